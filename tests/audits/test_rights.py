"""What a person may do with what is held on them: correct, consent, withdraw, be erased (XX-3); keys of an institution."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from dorobek.audits.actions.rights import answer_erasure
from dorobek.audits.models import SkillsAudit
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.people.actions.rights import ask_for_erasure, correct_contact
from dorobek.people.actions.tokens import make_token, revoke_token
from dorobek.people.enums import Role
from dorobek.people.models import Account, ApiToken, Consent, ErasureRequest, Person
from tests.factories import acting, make_case, make_institution, make_programme, make_staff, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit() -> SkillsAudit:
    return make_case(stage="finished")


@pytest.fixture
def administrator(audit) -> Account:
    return make_staff(Role.ADMINISTRATOR, audit.unit)


def asked(audit: SkillsAudit) -> ErasureRequest:
    return ask_for_erasure(person=audit.person, reason="Nie chcę już", acting_user=acting(audit.person.account))


def test_an_administrator_erases_and_says_what_stays(audit, administrator):
    request = asked(audit)
    answer_erasure(request=request, erase=True, answer="Usunięte.", acting_user=acting(administrator))
    person = Person.objects.get(pk=audit.person.pk)
    assert person.erased_at is not None
    assert person.family_name == ""
    with pytest.raises(RuleBroken):
        answer_erasure(request=request, erase=True, answer="Znowu", acting_user=acting(administrator))


def test_an_audit_that_runs_is_ended_first(audit, administrator):
    SkillsAudit.objects.update(stage="research")
    with pytest.raises(RuleBroken) as refusal:
        answer_erasure(request=asked(audit), erase=True, answer="Tak", acting_user=acting(administrator))
    assert refusal.value.field == "erase"


def test_a_refusal_needs_words_and_the_person_reads_them(audit, administrator, client):
    request = asked(audit)
    with pytest.raises(RuleBroken):
        answer_erasure(request=request, erase=False, answer=" ", acting_user=acting(administrator))
    answer_erasure(request=request, erase=False, answer="Kontrola trwa do maja.", acting_user=acting(administrator))
    client.force_login(audit.person.account)
    assert "Kontrola trwa do maja." in client.get(reverse("own-data", args=[audit.uid])).content.decode()


def test_somebody_of_two_institutions_is_erased_only_by_the_operator(audit, administrator):
    elsewhere = make_unit(make_institution())
    make_case(
        make_staff(Role.ADVISER, elsewhere), person=audit.person, version=make_programme(elsewhere.institution),
        stage="finished",
    )  # fmt: skip
    request = asked(audit)
    with pytest.raises(NotAllowed):
        answer_erasure(request=request, erase=True, answer="Tak", acting_user=acting(administrator))
    operator = make_staff(Role.ADMINISTRATOR, elsewhere, is_operator=True)
    answer_erasure(request=request, erase=True, answer="Tak", acting_user=acting(operator))
    assert Person.objects.get(pk=audit.person.pk).erased_at is not None


def test_advisers_and_other_administrators_do_not_answer(audit):
    request = asked(audit)
    for account in (audit.adviser, make_staff(Role.ADMINISTRATOR, make_unit(make_institution()))):
        with pytest.raises(NotAllowed):
            answer_erasure(request=request, erase=True, answer="Tak", acting_user=acting(account))


def test_the_answer_is_sent_once_it_stands(audit, administrator, django_capture_on_commit_callbacks):
    Person.objects.filter(pk=audit.person.pk).update(email="malgosia@example.org")
    request = asked(audit)
    with django_capture_on_commit_callbacks(execute=True):
        answer_erasure(request=request, erase=True, answer="Usunęliśmy.", acting_user=acting(administrator))
        assert not mail.outbox
    assert mail.outbox[0].to == ["malgosia@example.org"]
    assert "Usunęliśmy." in mail.outbox[0].body


def test_the_administrators_screens_answer_and_write_to_the_person(
    audit, administrator, client, django_capture_on_commit_callbacks
):
    Person.objects.filter(pk=audit.person.pk).update(email="malgosia@example.org")
    request = asked(audit)
    client.force_login(administrator)
    assert audit.person.name in client.get(reverse("administration-requests")).content.decode()
    page = reverse("administration-request", args=[request.uid])
    assert audit.number in client.get(page).content.decode()
    assert client.post(page, {"erase": "1", "answer": ""}).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page, {"erase": "1", "answer": "Usunęliśmy."}).status_code == 302
    assert mail.outbox[0].to == ["malgosia@example.org"]
    assert "Usunęliśmy." in mail.outbox[0].body


def test_a_person_corrects_contact_but_not_the_name(audit):
    me = acting(audit.person.account)
    correct_contact(person=audit.person, contact={"phone": "600 700 800"}, acting_user=me)
    audit.person.refresh_from_db()
    assert audit.person.phone.replace(" ", "").endswith("600700800")
    with pytest.raises(NotAllowed):
        correct_contact(person=audit.person, contact={"family_name": "Inna"}, acting_user=me)
    with pytest.raises(NotAllowed):
        correct_contact(person=audit.person, contact={"phone": "1"}, acting_user=acting(audit.adviser))


def test_contact_and_consents_on_the_screens(audit, client):
    given = Consent.objects.create(
        person=audit.person,
        case_uid=audit.uid,
        code="newsletter",
        wording_version="1",
        wording="Wiadomości",
        given=True,
    )
    client.force_login(audit.person.account)
    sent = {
        "address_form": "madam",
        "phone": "600700800",
        "email": "nie-adres",
        "street": "",
        "postal_code": "",
        "place": "",
    }
    assert client.post(reverse("own-contact", args=[audit.uid]), sent).status_code == 200
    assert client.post(reverse("own-contact", args=[audit.uid]), {**sent, "email": ""}).status_code == 302
    assert client.post(reverse("own-consent", args=[audit.uid, given.uid])).status_code == 302
    given.refresh_from_db()
    assert not given.given
    assert given.withdrawn_at is not None
    assert client.post(reverse("own-consent", args=[audit.uid, given.uid]), {"given": ""}).status_code == 302
    given.refresh_from_db()
    assert given.given


def test_a_consent_the_programme_needs_is_not_withdrawn_here(audit, client):
    code = next(str(one.code) for one in audit.rules.consents if one.required)
    needed = Consent.objects.create(
        person=audit.person, case_uid=audit.uid, code=code, wording_version="1", wording="Dane", given=True
    )
    client.force_login(audit.person.account)
    client.post(reverse("own-consent", args=[audit.uid, needed.uid]))
    needed.refresh_from_db()
    assert needed.given


def test_a_key_opens_the_api_until_it_is_revoked(audit, administrator, client):
    token, secret = make_token(
        unit=audit.unit, name="Kadry", role=Role.COORDINATOR, days=30, acting_user=acting(administrator)
    )
    assert secret not in repr(ApiToken.objects.values().get())
    asked_with = {"Authorization": f"Bearer {secret}"}
    assert client.get(f"/api/cases/{audit.uid}/competences", headers=asked_with).status_code == 200
    revoke_token(token=token, acting_user=acting(administrator))
    assert client.get(f"/api/cases/{audit.uid}/competences", headers=asked_with).status_code == 401


@pytest.mark.parametrize(
    "change", [{"name": " "}, {"role": Role.ADMINISTRATOR}, {"role": "x"}, {"days": 0}, {"days": 999}]
)
def test_a_key_has_a_name_a_role_and_a_last_day(audit, administrator, change):
    given = {"unit": audit.unit, "name": "Kadry", "role": Role.ADVISER, "days": 30, **change}
    with pytest.raises(RuleBroken):
        make_token(acting_user=acting(administrator), **given)
    assert not ApiToken.objects.exists()


def test_keys_on_the_screens_show_the_secret_once(audit, administrator, client):
    client.force_login(administrator)
    sent = {"name": "Kadry", "unit": str(audit.unit.pk), "role": Role.ADVISER, "read_only": "on", "days": "30"}
    page = client.post(reverse("administration-token-new"), sent)
    assert page["Cache-Control"] == "no-store"
    token = ApiToken.objects.get()
    assert token.prefix in page.content.decode()
    assert token.expires_at < timezone.now() + dt.timedelta(days=31)
    listed = client.get(reverse("administration-tokens")).content.decode()
    assert "Kadry" in listed
    assert client.post(reverse("administration-token-revoke", args=[token.uid])).status_code == 302
    token.refresh_from_db()
    assert token.revoked_at is not None
