from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.programmes.enums import AuditEvent, DeadlineStatus
from dorobek.programmes.rules.deadlines import AUDIT_CODE, add_months, deadline_states, is_day_off, next_deadline
from dorobek.programmes.rules.meetings import check_length, check_meetings, hours
from dorobek.programmes.rules.numbers import check_number, format_number, parse_number, pattern_fault
from dorobek.programmes.schema import shipped_rules

SOURCE = shipped_rules("moj-kierunek")
ONLINE = shipped_rules("bilans-online-2024")
SENT = date(2026, 3, 2)


def state(code: str, events: dict[AuditEvent, date], on: date, **more: date):  # type: ignore[no-untyped-def]
    found = deadline_states(ONLINE, events, on, extended=more)
    return next(one for one in found if one.code == code)


@pytest.mark.parametrize(
    ("on", "status", "left"),
    [
        (date(2026, 3, 11), DeadlineStatus.RUNNING, 5),
        (date(2026, 3, 12), DeadlineStatus.NEAR, 4),
        (date(2026, 3, 16), DeadlineStatus.NEAR, 0),
        (date(2026, 3, 17), DeadlineStatus.LATE, -1),
    ],
)
def test_the_form_is_signed_within_14_days(on: date, status: DeadlineStatus, left: int) -> None:
    found = state("sign-form", {AuditEvent.FORM_SENT: SENT}, on)
    assert (found.due, found.status, found.days_left) == (date(2026, 3, 16), status, left)


def test_lateness_says_since_when_who_has_the_move_and_what_follows() -> None:
    found = state("sign-form", {AuditEvent.FORM_SENT: SENT}, date(2026, 3, 19))
    assert "Termin minął 16 marca 2026 (3 dni temu)" in found.reason.pl
    assert "wysłanie formularza, 2 marca 2026" in found.reason.pl
    assert "uczestnika" in found.reason.pl
    assert "wysłać od nowa" in found.reason.pl


def test_a_term_runs_only_from_its_event_and_ends_with_the_step_done() -> None:
    assert state("first-part", {}, SENT).status is DeadlineStatus.NOT_STARTED
    done = {AuditEvent.FORM_SENT: SENT, AuditEvent.FORM_SIGNED: date(2026, 3, 16)}
    assert state("sign-form", done, date(2026, 5, 1)).status is DeadlineStatus.DONE
    late = {AuditEvent.FORM_SENT: SENT, AuditEvent.FORM_SIGNED: date(2026, 3, 17)}
    assert state("sign-form", late, date(2026, 5, 1)).status is DeadlineStatus.DONE_LATE


def test_a_term_that_ends_on_a_day_off_ends_on_the_next_working_day() -> None:
    # 14 days from 22 March 2026 is Easter Sunday, Easter Monday follows
    assert state("sign-form", {AuditEvent.FORM_SENT: date(2026, 3, 22)}, SENT).due == date(2026, 4, 7)


def test_an_extension_agreed_for_the_case_counts() -> None:
    found = deadline_states(
        ONLINE, {AuditEvent.FORM_SENT: SENT}, date(2026, 3, 20), extended={"sign-form": date(2026, 3, 30)}
    )
    assert found[0].due == date(2026, 3, 30)
    assert found[0].status is DeadlineStatus.RUNNING


def test_the_whole_audit_lasts_six_months_and_warns_ahead() -> None:
    events = {AuditEvent.AUDIT_STARTED: date(2026, 3, 10)}
    whole = deadline_states(SOURCE, events, date(2026, 8, 11))[-1]
    assert (whole.code, whole.due, whole.status) == (AUDIT_CODE, date(2026, 9, 10), DeadlineStatus.NEAR)
    first = next_deadline(deadline_states(SOURCE, events, date(2026, 3, 11)))
    assert first is not None
    assert first.code == "agreement-accepted"
    assert next_deadline(deadline_states(SOURCE, {}, date(2026, 3, 11))) is None


def test_months_end_on_the_last_day_where_there_is_no_such_day() -> None:
    assert add_months(date(2025, 8, 31), 6) == date(2026, 2, 28)
    assert add_months(date(2027, 8, 31), 6) == date(2028, 2, 29)
    assert add_months(date(2026, 1, 31), 12) == date(2027, 1, 31)


@pytest.mark.parametrize("day", ["2026-04-06", "2026-06-04", "2025-12-24", "2026-11-11", "2026-11-21", "2026-05-24"])
def test_polish_days_off_are_known(day: str) -> None:
    assert is_day_off(date.fromisoformat(day))


def test_an_ordinary_weekday_is_no_day_off() -> None:
    assert not is_day_off(date(2026, 11, 12))
    assert not is_day_off(date(2024, 12, 24))


def test_meetings_are_judged_by_number_and_sum() -> None:
    assert check_meetings(SOURCE.meetings, [90, 90, 90, 30], finished=True).notes == ()
    six = check_meetings(SOURCE.meetings, [50] * 6)
    assert not six.may_add
    assert "zwykle wystarcza 4" in six.notes[0].pl
    assert "pozwala na 6" in check_meetings(SOURCE.meetings, [40] * 7).notes[0].pl
    short = check_meetings(SOURCE.meetings, [60], finished=True)
    assert len(short.notes) == 2
    assert "4 h 30 min" in short.notes[1].pl
    assert check_meetings(SOURCE.meetings, [60]).notes == ()
    assert check_length(100, 60, 90) is not None
    assert check_length(90, 60, 90) is None
    assert hours(45) == "45 min"


def test_a_support_number_follows_the_pattern() -> None:
    assert SOURCE.support_number is not None
    pattern = SOURCE.support_number.pattern
    number = format_number(pattern, serial=427, year=2018)
    assert number == "RPMP.10.03.00-12-0435/16_WKK/0427/1"
    assert parse_number(pattern, f" {number} ") == {"serial": 427, "part": 1}
    assert check_number(pattern, number) is None
    message = check_number(pattern, "RPMP/12")
    assert message is not None
    assert "0427/1" in message
    assert check_number(pattern, "RPMPX10.03.00-12-0435/16_WKK/0427/1") is not None


@pytest.mark.parametrize("pattern", ["", "AB", "{serial}{serial}", "{serial}/{month}", "{serial", "x" * 200])
def test_a_faulty_pattern_is_refused_in_words(pattern: str) -> None:
    assert pattern_fault(pattern)


@given(st.integers(1, 999_999), st.integers(2000, 2100), st.integers(1, 9))
def test_a_number_made_from_a_pattern_reads_back(serial: int, year: int, part: int) -> None:
    pattern = "A.b+/{year}/{serial:4}-{part}"
    number = format_number(pattern, serial=serial, year=year, part=part)
    assert parse_number(pattern, number) == {"serial": serial, "year": year, "part": part}
