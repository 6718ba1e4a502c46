"""Whose a credential is and whether anybody here knows who signed it, before the machine calls it genuine (VA-4, MC-4)."""

import json

import pytest

from dorobek.credentials.actions.wallet import import_credentials
from dorobek.credentials.enums import Standing
from dorobek.credentials.trusting import held_by, known
from dorobek.credentials.verification import Own, Verified, verify_given
from dorobek.register.models import RegisterBody
from dorobek.validation.actions import applying
from dorobek.validation.crediting import check, told
from dorobek.validation.models import CredentialCheck, CredentialPiece
from dorobek.validation.queries.crediting import counted
from dorobek.validation.queries.evidencing import attached
from dorobek.validation.rules.crediting import EXPIRED_ELSEWHERE, answers
from dorobek.vc.badges.building import hashed
from dorobek.vc.report import CHECKS, Check, Report
from dorobek.vc.words import Words
from tests.credentials.elsewhere import elsewhere
from tests.factories import acting, make_person
from tests.validation.test_crediting import OUTCOME, Wallet

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return Wallet()


def foreign(world):
    """A document issued here to somebody else, in the candidate's wallet."""
    world.give(person=make_person("Jan Obcy"))
    his = world.give(person=make_person("Jan Inny"), outcomes=[OUTCOME], counts_towards=[])
    type(world.mine).objects.filter(pk=world.mine.pk).update(person=make_person("Anna Inna"))
    [held] = import_credentials(person=world.person, raw=his.document, acting_user=acting(world.me))
    return held


def test_one_issued_here_to_somebody_else_is_not_put_by_itself_and_counts_for_nothing(world):
    held = foreign(world)
    made = world.applied(world.opening)
    assert "1.2.a" not in attached(made, world.me)
    world.attach(made, held, "1.2.a")
    [row] = CredentialCheck.objects.filter(application=made)
    assert row.standing == Standing.INVALID
    assert "Wystawiono je innej osobie" in told(row.standing, row.report, row.checked_at)
    assert counted(attached(made, world.me))["1.2.a"] == 0
    assert answers([row.standing]).get("authenticity") == "no"


def test_it_is_compared_again_when_the_documentation_closes(world):
    held = foreign(world)
    made = world.applied(world.opening)
    world.attach(made, held, "1.2.a")
    applying.submit_application(application=made, acting_user=acting(world.me))
    applying.close_documentation(application=world.fresh(made), conditions_met=True, acting_user=acting(world.adviser))
    assert set(CredentialCheck.objects.values_list("moment", "standing")) == {
        ("mapped", "invalid"), ("documented", "invalid"),
    }  # fmt: skip


def test_ones_own_from_here_is_genuine_as_before(world):
    found = check(world.mine.document, holder=world.person)
    assert (found.standing, found.holder, found.by_itself) == (Standing.VALID, "passed", True)


def test_a_signature_of_ones_own_key_makes_nothing_genuine(world):
    mine = {"type": "IdentityObject", "hashed": False, "identityType": "name", "identityHash": world.person.name}
    document = json.loads(elsewhere())
    subject = document["credentialSubject"] | {"identifier": [mine]}
    held = world.put(codes=["90002-1-2"], credentialSubject=subject)
    made = world.applied(world.opening)
    world.attach(made, held, "2.1.a")
    row = CredentialCheck.objects.get(evidence__credential_piece__held=held, moment="mapped")
    said = told(row.standing, row.report, row.checked_at)
    assert row.standing == Standing.UNSURE
    assert "Podpis jest w porządku, ale nie znamy wystawcy." in said
    assert "Nie wiadomo na pewno" not in said, "the name is the candidate's"
    assert "authenticity" not in answers([row.standing])


def test_one_that_borrows_an_identifier_of_ours_is_not_known(world):
    found = verify_given(elsewhere(id=f"urn:uuid:{world.mine.uid}"))
    assert found.own is not None
    assert (known(found), held_by(found, world.person)) == ("unknown", "unknown")


def test_past_its_day_it_is_genuine_only_when_issued_here(world):
    late = world.put(validUntil="2026-03-05T00:00:00Z")
    made = world.applied(world.opening)
    world.attach(made, late, "2.1.a")
    piece = CredentialPiece.objects.get(held=late)
    assert (piece.standing, piece.told) == (Standing.EXPIRED, EXPIRED_ELSEWHERE)
    assert answers([piece.told]) == {"currency": "no"}
    own = CredentialPiece.objects.get(issued=world.mine)
    own.standing = Standing.EXPIRED
    assert answers([own.told]) == {"authenticity": "yes", "currency": "no"}


def shown(document, own=None):
    report = Report(tuple(Check(name, "passed") for name in CHECKS))
    return Verified("credential", "text", "", report, Words(), None, document, own)


@pytest.mark.parametrize(
    ("issuer", "answer"),
    [
        ("did:web:szkola.example.org", "passed"),
        ({"id": "did:web:www.szkola.example.org:kursy"}, "passed"),
        ("https://szkola.example.org/wystawca.json", "passed"),
        ("did:web:zla-szkola.example.org", "unknown"),
        ("did:web:example.org", "unknown"),
        ("did:web:strony.example.net:ktos", "unknown"),
        ("did:key:z6Mk", "unknown"),
        (None, "unknown"),
    ],
)
def test_elsewhere_only_the_own_domain_of_a_body_of_the_register_is_known(issuer, answer):
    RegisterBody.objects.create(name="Szkoła", name_key="szkola", website="https://www.szkola.example.org/")
    RegisterBody.objects.create(name="Inna", name_key="inna", website="https://strony.example.net/inna/")
    assert known(shown({"issuer": issuer})) == answer


@pytest.mark.parametrize(
    ("identity", "answer"),
    [
        ({"hashed": True, "identityHash": "E-MAIL", "salt": "sól", "identityType": "emailAddress"}, "passed"),
        ({"hashed": True, "identityHash": hashed("inny@example.org", "sól"), "salt": "sól",
          "identityType": "emailAddress"}, "unknown"),
        ({"hashed": True, "identityHash": "E-MAIL", "salt": "inna", "identityType": "emailAddress"}, "unknown"),
        ({}, "unknown"),
    ],
)  # fmt: skip
def test_the_holder_is_known_by_the_hash_of_the_e_mail(identity, answer):
    person = make_person()
    if identity.get("identityHash") == "E-MAIL":
        identity = identity | {"identityHash": hashed(person.account.email, "sól")}
    assert held_by(shown({"credentialSubject": {"identifier": [identity]}}), person) == answer


def test_without_a_record_of_whose_it_is_here_the_document_says():
    person = make_person()
    found = shown({"issuer": "did:web:nikt.example.org"}, Own("valid", "", None, "izba", None))
    assert held_by(found, person) == "unknown"
    assert held_by(found, None) == "unknown"
