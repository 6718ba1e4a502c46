"""When each step is due, when to warn, and why one is late (SA-6). Dates come in, nothing is read from a clock.

Terms are counted as in the civil code: the day of the event is not counted (art. 111), a term in months ends on the
day of the same number or the last of the month (art. 112), and, where the programme says so, one that ends on a
Saturday or a day off ends on the next working day (art. 115).
"""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dorobek.programmes.enums import Actor, AuditEvent, DeadlineStatus
from dorobek.programmes.rules.words import Bilingual, days, long_date
from dorobek.programmes.schema.shapes import Deadline, Rules, TimeLimits

AUDIT_CODE = "whole-audit"
_EVENTS: dict[AuditEvent, Bilingual] = {
    AuditEvent.REGISTERED: Bilingual("rejestracja", "registration"),
    AuditEvent.FORM_SENT: Bilingual("wysłanie formularza", "sending of the form"),
    AuditEvent.FORM_SIGNED: Bilingual("podpisanie formularza", "signing of the form"),
    AuditEvent.PAPERS_COMPLETE: Bilingual("komplet dokumentów", "papers complete"),
    AuditEvent.ADMITTED: Bilingual("przyjęcie do programu", "admission"),
    AuditEvent.AUDIT_STARTED: Bilingual("początek bilansu", "start of the audit"),
    AuditEvent.FIRST_PART_DONE: Bilingual("pierwsza część bilansu", "first part of the audit"),
    AuditEvent.AGREEMENT_ACCEPTED: Bilingual("przyjęcie kontraktu", "acceptance of the agreement"),
    AuditEvent.LAST_MEETING: Bilingual("ostatnie spotkanie", "last meeting"),
    AuditEvent.HANDED_OVER: Bilingual("przekazanie dokumentów", "documents handed over"),
    AuditEvent.AUDIT_CLOSED: Bilingual("zakończenie bilansu", "end of the audit"),
    AuditEvent.ACCOUNTS_SUBMITTED: Bilingual("zestawienie z końcowymi wydatkami", "final accounts"),
    AuditEvent.LAST_PAYMENT: Bilingual("ostatnia płatność", "last payment"),
}
_OWNERS = {
    Actor.PARTICIPANT: Bilingual("uczestnika", "the participant"),
    Actor.ADVISER: Bilingual("doradcy", "the adviser"),
    Actor.OFFICE: Bilingual("urzędu", "the office"),
}


@dataclass(frozen=True)
class DeadlineState:
    """One deadline on one day. `due` and `days_left` are None until its starting event has happened."""

    code: str
    name: Bilingual
    owner: Actor
    status: DeadlineStatus
    reason: Bilingual
    due: date | None = None
    warn_from: date | None = None
    days_left: int | None = None


def deadline_states(
    rules: Rules, events: Mapping[AuditEvent, date], on: date, *, extended: Mapping[str, date] | None = None
) -> list[DeadlineState]:
    """Every deadline of a case on the day `on`, the whole audit's last.

    `events` holds what has happened and when; `extended` a later last day by deadline code, agreed for this case.
    """
    extended = extended or {}
    limits = rules.time
    every = (*limits.deadlines, _whole_audit(limits))
    return [_state(one, limits, events, on, extended.get(one.code)) for one in every]


def next_deadline(states: list[DeadlineState]) -> DeadlineState | None:
    """The open one that is due first; None when none runs."""
    running = [state for state in states if state.days_left is not None]
    return min(running, key=lambda state: state.due or date.max, default=None)


def due_date(deadline: Deadline, started: date, *, next_working_day: bool) -> date:
    """The last day of the term."""
    due = add_months(started, deadline.months) if deadline.months else started + timedelta(days=deadline.days or 0)
    while next_working_day and is_day_off(due):
        due += timedelta(days=1)
    return due


def add_months(day: date, months: int) -> date:
    """The day of the same number so many months on, or the last day of that month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def is_day_off(day: date) -> bool:
    """Saturday, Sunday or a public holiday in Poland."""
    return day.weekday() >= 5 or day in _holidays(day.year)


def _whole_audit(limits: TimeLimits) -> Deadline:
    return Deadline(
        code=AUDIT_CODE,
        name=Bilingual("Cały bilans", "The whole audit"),
        start=AuditEvent.AUDIT_STARTED,
        ends=AuditEvent.AUDIT_CLOSED,
        owner=Actor.ADVISER,
        warn_days=limits.audit_warn_days,
        months=limits.audit_months,
    )


def _state(
    deadline: Deadline,
    limits: TimeLimits,
    events: Mapping[AuditEvent, date],
    on: date,
    extended: date | None,
) -> DeadlineState:
    started = events.get(deadline.start)
    event = _EVENTS[deadline.start]
    if started is None:
        reason = Bilingual(f"Termin ruszy od: {event.pl}.", f"The term starts with: {event.en}.")
        return DeadlineState(deadline.code, deadline.name, deadline.owner, DeadlineStatus.NOT_STARTED, reason)
    due = due_date(deadline, started, next_working_day=limits.next_working_day)
    due = max(due, extended) if extended else due
    warn_from = due - timedelta(days=deadline.warn_days)
    done = events.get(deadline.ends)
    status, left, reason = _judge(deadline, started, due, warn_from, done, on)
    return DeadlineState(deadline.code, deadline.name, deadline.owner, status, reason, due, warn_from, left)


def _judge(
    deadline: Deadline, started: date, due: date, warn_from: date, done: date | None, on: date
) -> tuple[DeadlineStatus, int | None, Bilingual]:
    shown, event, since = long_date(due), _EVENTS[deadline.start], long_date(started)
    if done is not None:
        when = long_date(done)
        late = (done - due).days
        if late <= 0:
            return (
                DeadlineStatus.DONE,
                None,
                Bilingual(f"Zrobione {when.pl}, w terminie.", f"Done on {when.en}, in time."),
            )
        over = days(late)
        reason = Bilingual(f"Zrobione {when.pl}, {over.pl} po terminie.", f"Done on {when.en}, {over.en} late.")
        return DeadlineStatus.DONE_LATE, None, reason
    left = (due - on).days
    if left >= 0:
        status = DeadlineStatus.NEAR if on >= warn_from else DeadlineStatus.RUNNING
        remain = days(left)
        reason = Bilingual(
            f"Termin: {shown.pl}. " + ("To dzisiaj." if left == 0 else f"Do końca: {remain.pl}."),
            f"Due on {shown.en}. " + ("That is today." if left == 0 else f"Left: {remain.en}."),
        )
        return status, left, reason
    over, owner = days(-left), _OWNERS[deadline.owner]
    more = deadline.when_missed
    reason = Bilingual(
        f"Termin minął {shown.pl} ({over.pl} temu). Liczy się od: {event.pl}, {since.pl}. "
        f"Czeka na ruch {owner.pl}." + (f" {more.pl}" if more else ""),
        f"The term ended on {shown.en} ({over.en} ago). Counted from: {event.en}, {since.en}. "
        f"Waiting for {owner.en}." + (f" {more.en}" if more else ""),
    )
    return DeadlineStatus.LATE, left, reason


@lru_cache(maxsize=64)
def _holidays(year: int) -> frozenset[date]:
    fixed = [(1, 1), (1, 6), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26)]
    if year >= 2025:
        # Christmas Eve is a day off since 2025
        fixed.append((12, 24))
    easter = _easter(year)
    moving = (0, 1, 49, 60)
    return frozenset([date(year, *one) for one in fixed] + [easter + timedelta(days=one) for one in moving])


def _easter(year: int) -> date:
    """Gregorian Easter Sunday (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
