"""Credentials that come of decisions: once each, to exactly this person, revoked with the certificate (VA-8)."""

import json
from dataclasses import replace

import pytest

from dorobek.credentials.actions.issuers import found_issuer
from dorobek.credentials.actions.issuing import issue_credential
from dorobek.credentials.models import Credential, CredentialTemplate
from dorobek.credentials.queries.wallet import cards_of
from dorobek.credentials.recipients import Recipient
from dorobek.credentials.verification import verify_given
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.people.enums import Role
from dorobek.register.actions import import_entries
from dorobek.register.entry import Read
from dorobek.register.enums import Source
from dorobek.validation.actions.credentials import award_credentials, missing_for
from dorobek.validation.actions.documents import revoke_certificate
from dorobek.validation.designs import design_of
from dorobek.validation.models import AwardedCredential
from tests.factories import acting, make_staff
from tests.validation.conftest import second_entry
from tests.validation.world import World

pytestmark = pytest.mark.django_db


def body(issuer=True, **facts):
    """A body whose entry gives what a credential must tell."""
    world = World()
    entry = second_entry()
    held = world.qualification.current.entry
    changed = replace(entry, rules=held.rules, bodies=held.bodies, **{"hours": 120, "level": 4, **facts})
    import_entries(reads=[Read(changed)], source=Source.TABLE)
    world.qualification.refresh_from_db()
    world.administrator = make_staff(Role.ADMINISTRATOR, world.unit, "Stanisława Żmuda")
    if issuer:
        words = {"name_pl": world.institution.name, "country": "PL"}
        found_issuer(institution=world.institution, slug="izba", words=words, acting_user=acting(world.administrator))
    return world


def scopes():
    return list(AwardedCredential.objects.order_by("pk").values_list("scope", flat=True))


def test_a_certificate_brings_one_credential_into_the_wallet_and_anybody_can_check_it():
    world = body()
    application = world.judged()
    world.decide(application)
    assert scopes() == [], "the whole only with the certificate"
    certificate = world.certify(world.fresh(application))
    [made] = AwardedCredential.objects.all()
    assert (made.scope, made.certificate, made.credential.person) == ("", certificate, world.person)
    assert [one.title for one in cards_of(acting(world.me).account)] == ["Uproszczona księgowość"]
    assert verify_given(made.credential.document).report.decided == "valid"
    about = json.loads(made.credential.document)["credentialSubject"]["achievement"]
    assert [one["targetCode"] for one in about["alignment"]] == [
        "90002-1-1", "90002-1-2", "90002-2-1", "90002-2-2"
    ]  # fmt: skip
    assert award_credentials(decision=certificate.decision, acting_user=acting(world.officer)) == []
    assert Credential.objects.count() == 1


def test_partial_results_come_as_whole_sets_and_single_outcomes_and_are_not_repeated_later():
    world = body()
    application = world.judged(c11a="not-met")
    decision = world.decide(application)
    assert scopes() == ["1.2", "2"]
    titles = {one.title for one in cards_of(acting(world.me).account)}
    assert titles == {"Drugi", "Moduł 2"}
    assert award_credentials(decision=decision, acting_user=acting(world.officer)) == []
    later = world.appointed(world.documented(world.open()))
    world.verify(later, {"knowledge_test": ["1.1.a", "1.1.b"], "work_sample": ["1.1.a"]})
    for sheet in later.assessments.all():
        world.fill(sheet)
    world.decide(world.fresh(later))
    world.certify(world.fresh(later))
    assert scopes() == ["1.2", "2", ""]


def test_without_an_issuer_a_key_or_an_address_the_step_is_done_and_the_screen_says_what_is_missing():
    world = body(issuer=False)
    application = world.judged()
    world.decide(application)
    certificate = world.certify(world.fresh(application))
    assert "nie jest jeszcze wystawcą" in missing_for(application)
    with pytest.raises(RuleBroken, match="Zakłada go jej administrator"):
        award_credentials(decision=certificate.decision, acting_user=acting(world.officer))
    words = {"name_pl": world.institution.name, "country": "PL"}
    issuer = found_issuer(
        institution=world.institution, slug="izba", words=words, acting_user=acting(world.administrator)
    )
    account = world.person.account
    world.person.account = None
    world.person.save()
    assert "adresu e-mail" in missing_for(world.fresh(application))
    world.person.account = account
    world.person.save()
    issuer.keys.update(state="retired")
    assert "nie ma klucza" in missing_for(world.fresh(application))
    issuer.keys.update(state="active")
    made = award_credentials(decision=certificate.decision, acting_user=acting(world.officer))
    assert [one.scope for one in made] == [""]


@pytest.mark.parametrize(("facts", "words"), [({"hours": None}, "nakładu pracy"), ({"level": None}, "poziomu PRK")])
def test_what_the_entry_does_not_tell_is_not_invented(facts, words):
    world = body(**facts)
    application = world.judged()
    world.decide(application)
    world.certify(world.fresh(application))
    assert words in missing_for(application)
    assert scopes() == []


def test_only_officers_of_the_body_issue_and_nothing_before_it_is_due():
    world = body()
    application = world.judged()
    decision = world.decide(application)
    with pytest.raises(RuleBroken, match="nie wynika"):
        award_credentials(decision=decision, acting_user=acting(world.officer))
    for who in (world.me, world.assessors[0], world.appeals, world.administrator):
        with pytest.raises(NotAllowed):
            award_credentials(decision=decision, acting_user=acting(who))


def test_nobody_issues_by_hand_what_only_a_commission_gives():
    world = body()
    application = world.judged()
    world.decide(application)
    world.certify(world.fresh(application))
    version = CredentialTemplate.objects.get().current
    with pytest.raises(RuleBroken, match="wynika z decyzji komisji"):
        issue_credential(
            version=version, recipient=Recipient(1, "Jan", "Sprytny", "jan@example.org"),
            awarded_on=application.created_at.date(), acting_user=acting(world.administrator),
        )  # fmt: skip


def test_a_revoked_certificate_takes_its_credential_with_it_and_leaves_the_parts():
    world = body()
    application = world.judged(c11a="not-met")
    world.decide(application)
    parts = set(Credential.objects.values_list("pk", flat=True))
    later = world.appointed(world.documented(world.open()))
    world.verify(later, {"knowledge_test": ["1.1.a", "1.1.b"], "work_sample": ["1.1.a"]})
    for sheet in later.assessments.all():
        world.fill(sheet)
    world.decide(world.fresh(later))
    certificate = world.certify(world.fresh(later))
    revoke_certificate(certificate=certificate, reason="Dokument był cudzy.", acting_user=acting(world.officer))
    whole = Credential.objects.exclude(pk__in=parts).get()
    assert (whole.state, whole.reason) == ("revoked", "Dokument był cudzy.")
    assert set(Credential.objects.filter(state="valid").values_list("pk", flat=True)) == parts
    with pytest.raises(RuleBroken, match="nie wynika"):
        award_credentials(decision=certificate.decision, acting_user=acting(world.officer))


def test_a_long_reason_of_a_revocation_fits_the_credential():
    world = body()
    application = world.judged()
    world.decide(application)
    certificate = world.certify(world.fresh(application))
    revoke_certificate(certificate=certificate, reason="Powód. " * 200, acting_user=acting(world.officer))
    assert len(Credential.objects.get().reason) == 500


def test_the_design_follows_the_entry():
    world = body()
    opening = world.open()
    whole, group, one = (design_of(opening, scope) for scope in ("", "2", "1.1"))
    assert (whole.title_pl, whole.hours, whole.prk_level) == ("Uproszczona księgowość", 120, 4)
    assert whole.assessment == ("theory-test", "practical-task")
    assert "co najmniej 2 osoby" in whole.assessment_pl
    assert ([line.code for line in group.outcomes], group.hours) == (["90002-2-1", "90002-2-2"], 60)
    assert (group.counts_towards[0].set_number, one.counts_towards[0].set_number) == (2, 0)
    assert (one.title_pl, one.hours) == ("Pierwszy", 40)
    assert one.outcomes[0].criteria == ("jedno", "drugie")
