"""Deadlines of applications: both sides are reminded, once each, and everybody sees what is overdue (RG-5)."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from dorobek.kernel.deadlines import due_key
from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from dorobek.register.applications.enums import ApplicationStage as Stage
from dorobek.register.applications.reminding import AFTER, readers, run_day
from dorobek.register.applications.rules import MOVES
from dorobek.register.models import RegisterApplication
from dorobek.register.queries.applications import public_record, time_line
from tests.factories import make_staff, make_unit
from tests.register.applications import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def post(django_capture_on_commit_callbacks):
    """Reminders of the day that is so many days before the application's last one: (to, subject, text)."""

    def done(application, left):
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            run_day(application.due_on - dt.timedelta(left))
        return [(one.to[0], one.subject, one.body) for one in mail.outbox[before:]]

    return done


def test_editors_are_reminded_before_the_last_day_once_each(office, post):
    held = office.at(Stage.FORMAL)
    assert post(held, 8) == []
    sent = post(held, 7)
    assert {who for who, _subject, _body in sent} == {office.editor.email, office.second.email}
    assert f"{held.due_on:%d.%m.%Y}" in sent[0][2]
    assert post(held, 6) == []
    assert len(post(held, 1)) == 2
    assert post(held, 0) == []
    assert HistoryEntry.objects.filter(stream=held.uid, kind="register-application.reminded").count() == 2


def test_after_the_last_day_both_sides_are_told(office, post):
    held = office.at(Stage.FORMAL)
    sent = {who: (subject, body) for who, subject, body in post(held, -1)}
    assert set(sent) == {office.editor.email, office.second.email, office.applicant.email}
    assert "czeka na urząd" in sent[office.applicant.email][1]
    assert "po Państwa stronie" in sent[office.editor.email][0]
    assert post(held, -2) == []
    assert post(held, -AFTER - 1) == []


def test_the_applicant_is_reminded_to_complete_and_the_officer_to_decide(office, post):
    decision = office.at(Stage.DECISION)
    assert [who for who, _s, _b in post(decision, 7)] == [office.officer.email]
    decision.delete()
    returned = office.at(Stage.FORMAL)
    office_returns(office, returned)
    assert [who for who, _s, _b in post(returned, 2)] == [office.applicant.email]


def office_returns(office, held):
    from dorobek.register.applications.handling import check_formally
    from tests.factories import acting

    check_formally(application=held, complete=False, reason="Brakuje efektów.", acting_user=acting(office.editor))
    held.refresh_from_db()


def test_nobody_is_told_to_handle_the_application_of_their_own_institution(office):
    held = office.at(Stage.FORMAL)
    both = make_staff(Role.REGISTER_EDITOR, make_unit(office.body), "Obie Strony")
    both.memberships.create(institution=office.body, role=Role.AWARDING_OFFICER)
    assert both in readers(held, "applicant")
    assert both not in readers(held, "editor")
    held.checked_by = office.officer
    assert office.officer not in readers(held, "officer")


def test_an_ended_application_reminds_nobody(office, post):
    held = office.at(Stage.FORMAL)
    RegisterApplication.objects.update(stage=Stage.WITHDRAWN)
    assert post(held, 2) == []


def test_everybody_sees_what_is_overdue_and_for_how_long(office, client):
    late, fine = office.at(Stage.FORMAL), office.at(Stage.OPINION)
    RegisterApplication.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - dt.timedelta(9))
    assert list(public_record(late=True)) == [late]
    page = client.get(reverse("register-applications")).content.decode().replace("\xa0", " ")
    assert "Po terminie: 1." in page
    assert "po terminie, dni: 9" in page
    only = client.get(reverse("register-applications") + "?po-terminie=1").content.decode()
    assert str(late.uid) in only
    assert str(fine.uid) not in only
    record = client.get(reverse("register-application", args=[late.uid])).content.decode().replace("\xa0", " ")
    assert "po terminie, dni: 9" in record
    told = client.get("/api/register-applications?late=true").json()
    assert [one["uid"] for one in told["items"]] == [str(late.uid)]


def test_a_reminder_is_no_step_of_the_public_time_line(office, post):
    held = office.at(Stage.FORMAL)
    before = [one.kind for one in time_line(held, timezone.localdate)]
    post(held, 2)
    assert [one.kind for one in time_line(held, timezone.localdate)] == before


@pytest.mark.parametrize(
    ("left", "key"), [(8, ""), (7, "7"), (3, "7"), (2, "2"), (0, "2"), (-1, "late"), (-AFTER - 1, "")]
)
def test_what_is_due(left, key):
    today = dt.date(2026, 11, 21)
    assert due_key(today + dt.timedelta(left), today, AFTER) == key
    assert due_key(None, today, AFTER) == ""


def test_every_stage_with_a_move_has_readers(office):
    held = office.at(Stage.FORMAL)
    assert all(readers(held, move) for move in set(MOVES.values()))
