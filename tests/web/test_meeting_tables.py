"""One entry of a meeting as schedule, attendance list, participation record and timesheet, for a spreadsheet."""

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from dorobek.audits.models import Meeting
from dorobek.kernel.csv_text import harmless, lines
from dorobek.people.enums import Role
from tests.factories import make_case, make_staff

pytestmark = pytest.mark.django_db
NOON = timezone.make_aware(dt.datetime(2026, 3, 30, 12, 0))


def meet(audit, at=NOON, **fields):
    values = {"kind": "talk", "state": "held", "minutes": 95, "place": "pok. 4", "done": "Poznaliśmy się."}
    return Meeting.objects.create(
        audit=audit, person=audit.person, case_uid=audit.uid, institution=audit.institution, adviser=audit.adviser,
        starts_at=at, **{**values, **fields},
    )  # fmt: skip


@pytest.fixture
def audit():
    audit = make_case()
    meet(audit)
    meet(audit, NOON + dt.timedelta(days=1), state="missed", done="", cancelled_reason="chore dziecko")
    meet(audit, NOON + dt.timedelta(days=2), state="cancelled", done="", cancelled_reason="święto")
    meet(audit, NOON + dt.timedelta(days=40), state="planned", done="")
    return audit


def rows(answer):
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    assert "attachment" in answer["Content-Disposition"]
    return list(csv.reader(io.StringIO(text[1:]), delimiter=";"))


def test_the_schedule_holds_every_meeting_but_those_called_off(client, audit):
    client.force_login(audit.adviser)
    head, *found = rows(client.get(reverse("case-meetings-schedule", args=[audit.uid])))
    assert head[1:5] == ["Dzień", "Od", "Do", "Minuty"]
    assert [row[1] for row in found] == ["2026-03-30", "2026-03-31", "2026-05-09"]
    assert found[0][2:5] == ["12:00", "13:35", "95"]


def test_the_attendance_list_says_who_came_and_who_did_not(client, audit):
    client.force_login(audit.adviser)
    _head, *found = rows(client.get(reverse("case-meetings-attendance", args=[audit.uid])))
    assert [(row[1], row[-2]) for row in found] == [(audit.person.name, "tak"), (audit.person.name, "nie")]


def test_the_participation_record_holds_what_was_done_and_formulas_do_not_run(client, audit):
    meet(audit, NOON + dt.timedelta(days=3), done="=HYPERLINK(1)", homework="@x")
    client.force_login(audit.adviser)
    _head, *found = rows(client.get(reverse("case-meetings-record", args=[audit.uid])))
    assert len(found) == 5
    assert [row for row in found if "'=HYPERLINK(1)" in row and "'@x" in row]
    assert "chore dziecko" in found[1]


def test_the_timesheet_holds_one_month_of_ones_own_meetings_and_their_sum(client, audit):
    meet(audit, timezone.make_aware(dt.datetime(2026, 4, 1, 0, 0)), minutes=30)  # the next month
    meet(audit, timezone.make_aware(dt.datetime(2026, 3, 31, 23, 0)), minutes=30)
    client.force_login(audit.adviser)
    _head, *found = rows(client.get(reverse("timesheet-table") + "?miesiac=2026-03"))
    assert [row[4] for row in found] == ["95", "30", "125"]
    client.force_login(make_staff(Role.COORDINATOR, audit.unit))
    assert len(rows(client.get(reverse("timesheet-table") + "?miesiac=2026-03"))) == 1


@pytest.mark.parametrize("month", ["2026-13", "0000-01", "marzec", "2026-3x", "'"])
def test_a_month_that_does_not_exist_is_this_month(client, audit, month):
    client.force_login(audit.adviser)
    assert client.get(reverse("timesheet"), {"miesiac": month}).context["first"] == timezone.localdate().replace(day=1)


def test_rest_gives_the_same_tables(client, audit):
    client.force_login(audit.adviser)
    for kind, name in (("schedule", "schedule"), ("attendance", "attendance"), ("participation", "record")):
        by_rest = client.get(f"/api/cases/{audit.uid}/meetings/{kind}.csv")
        assert by_rest.content == client.get(reverse(f"case-meetings-{name}", args=[audit.uid])).content
    assert client.get("/api/timesheet?month=2026-03").json()["minutes"] == 95
    assert len(rows(client.get("/api/timesheet.csv?month=2026-03"))) == 3


def test_the_screens_lead_to_the_tables(client, audit):
    client.force_login(audit.adviser)
    assert reverse("case-meetings-record", args=[audit.uid]) in client.get(
        reverse("case-meetings", args=[audit.uid])
    ).content.decode()  # fmt: skip
    assert reverse("timesheet-table") in client.get(reverse("timesheet") + "?miesiac=2026-03").content.decode()


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_a_sign_that_begins_a_formula_gets_an_apostrophe(sign):
    assert harmless(f"{sign}1") == f"'{sign}1"
    assert harmless(f"1{sign}") == f"1{sign}"
    assert harmless("") == ""


def test_semicolons_quotes_and_new_lines_stay_in_their_cell():
    told = ['a;b "c"\nd', "łóżko 🛏"]
    assert list(csv.reader(io.StringIO("".join(lines([told]))[1:], newline=""), delimiter=";")) == [told]
