"""The owner shows some things to somebody, for a time, and takes that back (PF-4); an employer sees only that (SA-19)."""

import datetime as dt
import uuid

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from dorobek.audits.actions.sharing import employer_of, end_share, make_slip, share, token_of
from dorobek.audits.models import ReferralSlip, Registration, SkillsAudit
from dorobek.audits.person_data import erase_person
from dorobek.audits.queries.sharing import contents, shareable
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry, StoredFile
from dorobek.people.enums import InstitutionKind, Role
from dorobek.people.models import Institution
from dorobek.portfolio.models import Evidence, Share, ShareView
from tests.factories import acting, make_account, make_case, make_competence, make_institution, make_staff, make_unit

pytestmark = pytest.mark.django_db


def later(days: int = 30) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=days)


@pytest.fixture
def audit() -> SkillsAudit:
    held = make_case()
    make_competence(held, state="confirmed")
    return held


def things(audit: SkillsAudit) -> list[uuid.UUID]:
    return [one.uid for one in shareable(audit.uid).whole]


def shown(audit: SkillsAudit, **given: object) -> Share:
    fields = {"label": "dla sklepu", "things": things(audit), "valid_until": later(), **given}
    return share(audit=audit, acting_user=acting(audit.person.account), **fields)  # type: ignore[arg-type]


def make_employer(name: str = "Sklepy Jarzębina") -> tuple[Institution, object]:
    employer = make_institution(name)
    Institution.objects.filter(pk=employer.pk).update(kind=InstitutionKind.EMPLOYER)
    return employer, make_staff(Role.EMPLOYER, make_unit(employer))


def referred(audit: SkillsAudit, employer: Institution) -> None:
    Registration.objects.create(
        audit=audit, person=audit.person, case_uid=audit.uid, facts={}, decision={}, eligible=True,
        decided_on=timezone.localdate(), referred_by=employer,
    )  # fmt: skip


def test_only_confirmed_competences_and_what_stands_now_can_be_shown(audit):
    make_competence(audit, "Jeszcze nie potwierdzona", state="claimed")
    assert [one.title for one in shareable(audit.uid).whole] == ["Rozlicza kasę na koniec zmiany"]


def test_whoever_has_the_address_sees_it_and_the_owner_sees_that_somebody_looked(audit, client):
    one = shown(audit)
    page = client.get(reverse("shared", args=[token_of(one)]))
    assert "Rozlicza kasę" in page.content.decode()
    assert audit.person.name in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "no-referrer"
    client.get(reverse("shared", args=[token_of(one)]))
    assert ShareView.objects.filter(share=one).count() == 1  # the same look
    client.force_login(audit.person.account)
    own = client.get(reverse("own-shares", args=[audit.uid])).content.decode()
    assert "ktoś, kto ma adres" in own
    assert token_of(one) in own


def test_the_owners_own_look_is_not_counted(audit, client):
    one = shown(audit)
    client.force_login(audit.person.account)
    assert "To Pani/Pana strona" in client.get(reverse("shared", args=[token_of(one)])).content.decode()
    assert not ShareView.objects.exists()


def test_an_ended_address_names_nobody(audit, client):
    one = shown(audit)
    end_share(share=one, audit=audit, acting_user=acting(audit.person.account))
    end_share(share=one, audit=audit, acting_user=acting(audit.person.account))
    page = client.get(reverse("shared", args=[token_of(one)]))
    assert page.status_code == 410
    assert audit.person.family_name not in page.content.decode()
    kinds = list(HistoryEntry.objects.filter(stream=audit.uid).values_list("kind", flat=True))
    assert kinds == ["share.made", "share.ended"]


def test_an_address_past_its_day_is_gone_and_an_invented_one_never_was(audit, client):
    one = shown(audit)
    Share.objects.filter(pk=one.pk).update(valid_until=timezone.now() - dt.timedelta(seconds=1))
    assert client.get(reverse("shared", args=[token_of(one)])).status_code == 410
    assert client.get(reverse("shared", args=["nie-ma-takiego"])).status_code == 404


def test_what_is_withdrawn_afterwards_is_shown_no_more(audit):
    one = shown(audit)
    competence = contents(one).competences[0]
    from dorobek.portfolio.models import Competence

    Competence.objects.filter(uid=competence.uid).update(state="disputed")
    assert contents(one).whole == []


def test_only_the_owner_shares_and_the_adviser_only_on_their_behalf(audit):
    given = {"audit": audit, "label": "x", "things": things(audit), "valid_until": later()}
    for account in (audit.adviser, make_account()):
        with pytest.raises(NotAllowed):
            share(acting_user=acting(account), **given)
    share(acting_user=acting(audit.adviser, on_behalf_of=audit.person), **given)
    assert HistoryEntry.objects.filter(kind="share.made", on_behalf_of=audit.person.uid).exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [({"things": []}, "things"), ({"things": [uuid.uuid4()]}, "things"), ({"valid_until": later(-1)}, "until"),
     ({"valid_until": later(400)}, "until")],
)  # fmt: skip
def test_what_cannot_be_shared_is_refused_with_its_field(audit, change, field):
    with pytest.raises(RuleBroken) as refusal:
        shown(audit, **change)
    assert refusal.value.field == field
    assert not Share.objects.exists()


def test_a_thing_of_another_case_cannot_be_slipped_in(audit):
    other = make_case()
    strange = make_competence(other, state="confirmed")
    with pytest.raises(RuleBroken):
        shown(audit, things=[strange.uid])


def test_a_file_opens_only_through_a_share_that_holds_it(audit, client):
    stored = StoredFile(
        name="dyplom.pdf", media_type="application/pdf", size=4, sha256="0" * 64, person_uid=audit.person.uid
    )
    stored.content.save("dyplom.pdf", ContentFile(b"%PDF"), save=True)
    proof = Evidence.objects.create(person=audit.person, case_uid=audit.uid, kind="file", title="Dyplom", file=stored)
    one = shown(audit, things=[proof.uid])
    url = reverse("shared-file", args=[token_of(one), proof.uid])
    assert b"".join(client.get(url).streaming_content) == b"%PDF"  # type: ignore[attr-defined]
    without = shown(audit, things=[c.uid for c in shareable(audit.uid).competences])
    assert client.get(reverse("shared-file", args=[token_of(without), proof.uid])).status_code == 404
    end_share(share=one, audit=audit, acting_user=acting(audit.person.account))
    assert client.get(url).status_code == 404


def test_an_employer_sees_only_what_was_addressed_to_them(audit, client):
    employer, account = make_employer()
    with pytest.raises(NotAllowed):
        shown(audit, institution=employer)  # nobody's slip was shown
    referred(audit, employer)
    one = shown(audit, institution=employer)
    assert client.get(reverse("shared", args=[token_of(one)])).status_code == 404  # not an address for everybody
    client.force_login(account)
    assert audit.person.name in client.get(reverse("employer-home")).content.decode()
    assert "Rozlicza kasę" in client.get(reverse("employer-share", args=[one.uid])).content.decode()
    assert ShareView.objects.get().account == account
    _other, stranger = make_employer("Inna firma")
    client.force_login(stranger)
    assert audit.person.name not in client.get(reverse("employer-home")).content.decode()
    assert client.get(reverse("employer-share", args=[one.uid])).status_code == 404


def test_erasing_a_person_ends_every_share(audit, client):
    one = shown(audit)
    token = token_of(one)
    erase_person(person=audit.person, acting_user=None)
    assert client.get(reverse("shared", args=[token])).status_code == 410


def test_a_slip_names_nobody_and_leads_to_the_employer():
    employer, account = make_employer()
    slip = make_slip(institution=employer, note="kasy", days=30, acting_user=acting(account))
    assert len(slip.code) == 8
    assert employer_of(f" {slip.code[:4].lower()}-{slip.code[4:]} ") == employer
    assert employer_of("") is None
    with pytest.raises(RuleBroken):
        employer_of("ABCDEFGH")
    ReferralSlip.objects.update(valid_until=timezone.localdate() - dt.timedelta(days=1))
    with pytest.raises(RuleBroken):
        employer_of(slip.code)


def test_only_the_employer_makes_slips(audit):
    employer, _account = make_employer()
    with pytest.raises(NotAllowed):
        make_slip(institution=employer, note="", days=30, acting_user=acting(audit.adviser))


def test_the_screens_share_and_take_back(audit, client):
    client.force_login(audit.person.account)
    assert "Nikt jeszcze nic nie widzi" in client.get(reverse("own-shares", args=[audit.uid])).content.decode()
    day = timezone.localdate() + dt.timedelta(days=7)
    sent = {"competences": [str(things(audit)[0])], "to": "link", "until": f"{day:%d.%m.%Y}", "label": "Dla sąsiadki"}
    assert client.post(reverse("own-share-new", args=[audit.uid]), {**sent, "competences": []}).status_code == 200
    assert not Share.objects.exists()
    assert client.post(reverse("own-share-new", args=[audit.uid]), sent).status_code == 302
    one = Share.objects.get()
    assert client.post(reverse("own-share-end", args=[audit.uid, one.uid])).status_code == 302
    one.refresh_from_db()
    assert not one.is_open


def test_the_employers_screen_makes_a_slip(client):
    _employer, account = make_employer()
    client.force_login(account)
    assert client.post(reverse("employer-slip"), {"note": "kasy", "days": "90"}).status_code == 302
    assert ReferralSlip.objects.get().code in client.get(reverse("employer-home")).content.decode()
