"""The screens of applications to the register, by role (RG-5)."""

import pytest
from django.urls import reverse

from dorobek.people.enums import Role
from dorobek.register.applications.consulting import moderate_comment
from dorobek.register.applications.enums import ApplicationStage as Stage
from dorobek.register.models import ConsultationComment, RegisterApplication
from tests.factories import acting, make_staff, make_unit
from tests.register.applications import Office, end_consultation, inclusion

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


def sent(content):
    return {name: "" if value is None else value for name, value in content.items()}


def test_the_public_list_filters_and_has_an_empty_state(client, office):
    page = reverse("register-applications")
    assert "Nie ma jeszcze żadnego wniosku" in client.get(page).content.decode()
    office.at(Stage.FORMAL)
    assert "Obsługa recepcji" in client.get(page).content.decode()
    assert "Obsługa recepcji" in client.get(page + "?stan=formal&rodzaj=inclusion").content.decode()
    assert "Nic tu nie pasuje" in client.get(page + "?stan=refused").content.decode()
    assert client.get(page + "?stan=bzdura&page=x").status_code == 200


def test_a_draft_is_404_for_strangers_and_its_content_is_not_shown_before_the_consultation(client, office):
    held = office.draft()
    page = reverse("register-application", args=[held.uid])
    assert client.get(page).status_code == 404
    office.send(held)
    words = client.get(page).content.decode()
    assert "Treść będzie widoczna" in words
    assert "prowadzi recepcję" not in words
    office.consult(held)
    assert "prowadzi recepcję" in client.get(page).content.decode()


def test_anybody_comments_and_name_and_address_never_show(client, office):
    held = office.at(Stage.CONSULTATION)
    page = reverse("register-application", args=[held.uid])
    wrong = client.post(page, {"name": "Ewa Skryta", "email": "nie-adres", "text": "Za mało godzin."})
    assert wrong.status_code == 422
    assert "Za mało godzin." in wrong.content.decode()
    told = {"name": "Ewa Skryta", "email": "ewa@example.org", "text": "Za mało godzin."}
    assert client.post(page, told).status_code == 302
    assert "Za mało godzin." not in client.get(page).content.decode()
    made = ConsultationComment.objects.get()
    moderate_comment(comment=made, publish=True, reason="", acting_user=acting(office.editor))
    for account in (None, office.applicant, office.editor, office.officer):
        if account:
            client.force_login(account)
        words = client.get(page).content.decode()
        assert "Za mało godzin." in words
        assert "Ewa Skryta" not in words
        assert "ewa@example.org" not in words
    client.force_login(office.applicant)
    own = client.get(reverse("register-application-comment", args=[held.uid, made.uid])).content.decode()
    assert "Ewa Skryta" not in own
    client.force_login(office.editor)
    assert "Ewa Skryta" in client.get(
        reverse("register-application-comment", args=[held.uid, made.uid])
    ).content.decode()  # fmt: skip


def test_the_applicant_begins_writes_sees_what_is_missing_and_sends(client, office):
    client.force_login(office.applicant)
    answer = client.post(reverse("register-application-new"), {"kind": "right", "code": "brak"})
    assert answer.status_code == 422
    answer = client.post(reverse("register-application-new"), {"kind": "inclusion", "code": ""})
    held = RegisterApplication.objects.get()
    page = reverse("register-application-write", args=[held.uid])
    assert answer["Location"] == page
    assert "Czego jeszcze brakuje" in client.get(page).content.decode()
    half = sent(inclusion(demand="", outline="# A\nUmie"))
    refused = client.post(page, {**half, "base_version": held.version, "send": ""})
    assert refused.status_code == 422
    assert "nie ma kryterium" in refused.content.decode()
    held.refresh_from_db()
    assert (held.stage, held.content["hours"]) == (Stage.DRAFT, 120)
    again = refused.context["form"]["base_version"].value()
    assert int(again) == held.version
    answer = client.post(page, {**sent(inclusion()), "base_version": again, "send": ""})
    assert answer["Location"] == reverse("register-application", args=[held.uid])
    held.refresh_from_db()
    assert held.stage == Stage.FORMAL
    assert client.get(page).status_code == 302
    assert "Obsługa recepcji" in client.get(reverse("register-applications-mine")).content.decode()


def test_the_whole_way_on_the_screens(client, office):
    held = office.at(Stage.FORMAL)
    page = reverse("register-application-work", args=[held.uid])

    def step(account, **values):
        client.force_login(account)
        held.refresh_from_db()
        answer = client.post(page, {"base_version": held.version, **values})
        held.refresh_from_db()
        return answer.status_code

    assert "Obsługa recepcji" in _as(client, office.editor, reverse("register-applications-desk"))
    assert step(office.officer, complete="tak") == 404
    assert step(office.editor, complete="nie", reason="") == 422
    assert step(office.editor, complete="tak", reason="") == 302
    made = office.comment(held)
    comment = reverse("register-application-comment", args=[held.uid, made.uid])
    assert client.post(comment, {"publish": "tak", "base_version": made.version}).status_code == 302
    made.refresh_from_db()
    client.force_login(office.applicant)
    assert client.post(comment, {"answer": "Dodamy.", "base_version": made.version}).status_code == 302
    assert step(office.editor) == 422
    end_consultation(held)
    assert step(office.editor) == 302
    assert step(office.editor, author="Rada", favours="tak", text="Potrzebna") == 302
    assert step(office.editor, grant="tak", reason="Tak") == 404
    assert step(office.officer, grant="tak", reason="Spełnia warunki") == 302
    assert step(office.editor, code="wnioski") == 422
    assert step(office.editor, code="90501") == 302
    assert held.stage == Stage.ENTERING
    client.force_login(office.second)
    change = reverse("register-change", args=[held.change.uid])
    assert client.post(change, {"accept": "tak", "answer": ""}).status_code == 302
    held.refresh_from_db()
    assert held.stage == Stage.ENTERED
    client.logout()
    words = client.get(reverse("register-application", args=[held.uid])).content.decode()
    for said in ("Spełnia warunki", "Dodamy.", "Potrzebna", "Wpisano do rejestru", "Zobacz wpis"):
        assert said in words


def _as(client, account, page):
    client.force_login(account)
    return client.get(page).content.decode()


def test_another_institutions_application_is_404_to_write_withdraw_and_answer(client, office):
    held = office.at(Stage.CONSULTATION)
    made = office.comment(held)
    other = make_staff(Role.AWARDING_OFFICER, make_unit(office.officer.memberships.get().institution))
    client.force_login(other)
    for name, more in (
        ("register-application-write", []), ("register-application-withdraw", []),
        ("register-application-comment", [made.uid]),
    ):  # fmt: skip
        page = reverse(name, args=[held.uid, *more])
        assert client.get(page).status_code == 404
        assert client.post(page, {"answer": "x", "publish": "tak"}).status_code == 404


def test_withdrawing_asks_once_more(client, office):
    held = office.at(Stage.CONSULTATION)
    client.force_login(office.applicant)
    page = reverse("register-application-withdraw", args=[held.uid])
    assert "nie da się wznowić" in client.get(page).content.decode()
    assert client.post(page).status_code == 302
    held.refresh_from_db()
    assert held.stage == Stage.WITHDRAWN
    assert client.post(page).status_code == 422


def test_lists_cost_the_same_for_one_and_for_many(client, office, django_assert_max_num_queries):
    for _one in range(6):
        office.at(Stage.FORMAL)
    with django_assert_max_num_queries(4):
        client.get(reverse("register-applications"))
