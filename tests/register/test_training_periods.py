"""Training in the field: what the entry asks, over dated periods, to the day of the application (RG-4, RG-5)."""

import dataclasses
import datetime as dt
import json

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel.errors import RuleBroken
from dorobek.register.actions import import_entries
from dorobek.register.actions.editing import decide_change
from dorobek.register.applications.applying import lacks_of, save_application
from dorobek.register.applications.completeness import Lack, lacks
from dorobek.register.applications.enums import ApplicationKind
from dorobek.register.applications.enums import ApplicationStage as Stage
from dorobek.register.applications.periods import periods_of, standings
from dorobek.register.applications.words import lack_in_words
from dorobek.register.entry import Read
from dorobek.register.entry.validation import Requirement, ValidationRules
from dorobek.register.enums import Source
from dorobek.register.models import Qualification, RegisterApplication
from dorobek.validation.actions.body import body_lacks, body_member, keep_body_record
from dorobek.validation.rules import rules_of
from tests.factories import acting
from tests.register.applications import Office, period, right

RIGHT = ApplicationKind.RIGHT
DAY = dt.date(2026, 11, 21)
FIVE_OF_TEN = Requirement("szkolenia w tej dziedzinie", 5, 10)
PROGRAMMES = Requirement("programy szkoleń")


def found(*periods, demanded=(FIVE_OF_TEN,), day=DAY):
    return lacks(RIGHT, right(periods=list(periods)), day, demanded)


def days(*numbers):
    return dt.date(*numbers)


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        ([(days(2021, 1, 1), days(2025, 12, 31))], 0),
        ([(days(2021, 1, 2), days(2025, 12, 30))], 1),
        ([(days(2010, 1, 1), days(2016, 11, 20))], 5 * 365),  # all of it before the ten years
        ([(days(2010, 1, 1), days(2016, 11, 21))], 5 * 365 - 1),  # the same date ten years earlier counts
        ([(days(2017, 1, 1), days(2019, 12, 31)), (days(2022, 1, 1), days(2023, 12, 31))], 0),  # a gap
        ([(days(2017, 1, 1), days(2019, 12, 31)), (days(2018, 1, 1), days(2020, 12, 31))], 365 - 1),  # an overlap
        ([(days(2021, 11, 22), None)], 0),  # still lasting: to the day before the application
        ([(days(2021, 11, 23), None)], 1),
    ],
)
def test_days_count_once_within_calendar_years_before_the_application(rows, missing):
    expected = [Lack("periods", "years", FIVE_OF_TEN.text, missing)] if missing else []
    assert found(*(period(*row) for row in rows)) == expected
    assert all(str(missing) in lack_in_words(one) for one in expected)


def test_what_the_entry_says_counts_and_nothing_else():
    short = period(days(2025, 1, 1), days(2026, 1, 1))
    assert found(short, demanded=(Requirement("rok szkoleń", 1, 3),)) == []
    assert found(short, demanded=(Requirement("dwa lata szkoleń", 2),))[0].days == 2 * 365 - 366
    assert found(demanded=()) == []
    assert found(demanded=(PROGRAMMES,)) == []
    assert found() == [Lack("periods", "empty")]


def test_each_requirement_counts_its_own_periods():
    demanded = (PROGRAMMES, Requirement("szkolenia", 1), Requirement("egzaminy", 1))
    whole = (days(2020, 1, 1), days(2022, 1, 1), "umowa")
    assert found(period(*whole), demanded=demanded) == []
    [lack] = found(period(*whole, "p2"), demanded=demanded)
    assert (lack.about, lack.days) == ("egzaminy", 365)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ((days(2026, 1, 1), days(2020, 1, 1)), "days"),
        ((days(2019, 1, 1), days(2026, 11, 22)), "days"),
        ((days(2026, 11, 22), None), "days"),
        ((days(2019, 1, 1), None, " "), "document"),
    ],
)
def test_a_period_that_cannot_be_is_named(row, problem):
    assert [one.problem for one in found(period(*row))] == [problem]


ROWS = st.lists(st.tuples(st.integers(0, 4500), st.integers(0, 2000)), min_size=1, max_size=5)


@given(ROWS)
def test_more_periods_never_count_less_and_no_day_twice(rows):
    made = [period(DAY - dt.timedelta(back + long), DAY - dt.timedelta(back)) for back, long in rows]
    counted = [
        standings([FIVE_OF_TEN], periods_of({"periods": made[:n]}), DAY)[0].days for n in range(1, len(made) + 1)
    ]
    assert counted == sorted(counted)
    every = {
        day for back, long in rows for day in range(back, back + long + 1)
        if day > 0 and DAY - dt.timedelta(day) >= dt.date(2016, 11, 21)
    }  # fmt: skip
    assert counted[-1] == len(every)


def test_the_single_period_of_an_older_application_is_read():
    held = {"training_from": "2019-01-01", "training_to": "2025-01-01", "training": "kursy\ngastronomiczne"}
    [one] = periods_of(held)
    assert (one.since, one.until, one.document) == (days(2019, 1, 1), days(2025, 1, 1), "kursy gastronomiczne")


# ---- the application, its screens and REST, and the opening after it ----


class BodyOffice(Office):
    """The entry asks three years within six of a body, and documents of its programmes."""

    def qualification(self) -> Qualification:
        held = super().qualification()
        rules = dataclasses.replace(
            held.entry.rules or ValidationRules(), body=(PROGRAMMES, Requirement("szkolenia kucharzy", 3, 6))
        )
        import_entries(reads=[Read(dataclasses.replace(held.entry, rules=rules))], source=Source.TABLE)
        return Qualification.objects.select_related("current").get()


@pytest.fixture
def office(db):
    return BodyOffice()


def ago(years):
    return timezone.localdate() - dt.timedelta(years * 365)


def test_the_application_asks_what_its_entry_asks(office):
    short = right(periods=[period(ago(2), ago(1), "umowy", "p2")])
    held = office.draft(RIGHT, short)
    [lack] = lacks_of(held)
    assert (lack.field, lack.about) == ("periods", "szkolenia kucharzy")
    with pytest.raises(RuleBroken, match="szkolenia kucharzy"):
        office.send(held)
    enough = right(periods=[period(ago(5), ago(4), "umowy"), period(ago(3), None, "umowy")])
    held = save_application(application=held, content=enough, acting_user=acting(office.applicant))
    office.send(held)
    RegisterApplication.objects.filter(pk=held.pk).update(sent_on=ago(3))
    held.refresh_from_db()
    assert lacks_of(held)  # counted to the day of the application


def test_the_screen_takes_several_periods_and_tells_what_they_come_to(office, client):
    held = office.draft(RIGHT, right(periods=[]))
    client.force_login(office.applicant)
    page = reverse("register-application-write", args=[held.uid])
    assert "szkolenia kucharzy" in client.get(page).content.decode()
    texts = {name: "Zdanie, które każdy z zewnątrz potrafi zrozumieć." for name in right() if name != "periods"}
    rows = {
        "period_0_since": f"{ago(5):%d.%m.%Y}", "period_0_until": f"{ago(4):%d.%m.%Y}", "period_0_document": "umowy 1",
        "period_0_shows": ["p2"],
    }  # fmt: skip
    short = client.post(page, {**texts, **rows, "base_version": held.version, "send": ""})
    assert short.status_code == 422
    assert "Brakuje udokumentowanych dni" in short.content.decode()
    held.refresh_from_db()
    more = {"period_1_since": f"{ago(3):%d.%m.%Y}", "period_1_document": "umowy 2", "period_1_shows": ["p2"]}
    sent = client.post(page, {**texts, **rows, **more, "base_version": held.version, "send": ""})
    assert sent.status_code == 302
    held.refresh_from_db()
    assert [one["document"] for one in held.content["periods"]] == ["umowy 1", "umowy 2"]
    client.force_login(office.editor)
    told = client.get(reverse("register-application-work", args=[held.uid])).content.decode()
    assert "umowy 2" in told
    assert "Udokumentowane dni" in told


def test_rest_takes_periods_and_refuses_what_is_none(office, client):
    held = office.draft(RIGHT, right(periods=[]))
    client.force_login(office.applicant)

    def put(content):
        path = f"/api/register-applications/own/{held.uid}"
        return client.put(path, json.dumps({"content": content}), content_type="application/json").status_code

    since = ago(5).isoformat()
    assert put({"periods": [{"since": since, "until": None, "document": "umowy"}], "grounds": "tak"}) == 200
    held.refresh_from_db()
    assert held.content["periods"] == [period(ago(5), None, "umowy")]
    for wrong in ({"periods": "dawno"}, {"periods": [{"since": "wczoraj", "document": "x"}]}, {"grounds": []}):
        assert put(wrong) == 422


def entered(office):
    held = office.at(Stage.ENTERING, RIGHT)
    decide_change(change=held.change, accept=True, answer="", acting_user=acting(office.second))
    return RegisterApplication.objects.select_related("qualification__current").get(pk=held.pk)


def test_the_opening_takes_the_periods_of_the_application(office, client):
    held = entered(office)
    body, qualification = held.institution, held.qualification
    rules = rules_of(qualification.entry)
    assert [one.document for one in body_member(body, qualification).periods] == ["programy szkoleń"]
    assert [one.text for one in body_lacks(body, qualification, rules)] == [PROGRAMMES.text]
    client.force_login(office.applicant)
    page = client.get(reverse("office-body", args=[qualification.code])).content.decode()
    assert "z wniosku o prawo" in page
    assert "programy szkoleń" in page
    keep_body_record(
        institution=body, qualification=qualification, periods=[], shown=["p1"], acting_user=acting(office.applicant)
    )
    assert body_member(body, qualification).periods == ()  # what the body keeps here holds


def test_an_application_not_entered_gives_no_periods(office):
    held = office.at(Stage.ENTERING, RIGHT)
    assert body_member(held.institution, held.qualification).periods == ()
