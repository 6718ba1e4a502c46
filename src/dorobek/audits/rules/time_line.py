"""The time line of a life (SA-7): order, lanes for what ran side by side, stretches with no entry."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from dorobek.audits.enums import EventKind
from dorobek.audits.rules.card import GAP_MONTHS, Entry, remarks
from dorobek.kernel.partial_dates import ParseError, PartialDate, Precision, months_between

# What usually lasts: without an end it is drawn as a bar when marked as lasting; everything else is a point.
SHORT_KINDS = (EventKind.COURSE, EventKind.FAMILY, EventKind.OTHER)
EXACT = (Precision.DAY, Precision.MONTH)


@dataclass(frozen=True)
class Moment:
    """One event as far as the line needs it. Dates in EDTF, empty when not known."""

    key: str
    area: str
    kind: str
    title: str
    starts: str
    ends: str
    ongoing: bool


@dataclass(frozen=True)
class Piece:
    """A moment with its place: days it is drawn from and to, its lane, and whether its dates are vague."""

    moment: Moment
    first_day: dt.date
    last_day: dt.date
    lane: int
    vague: bool
    point: bool


@dataclass(frozen=True)
class Silence:
    """„Okres bez wpisu": nothing to reproach, something to talk about. Both days included."""

    first_day: dt.date
    last_day: dt.date
    months: int


def read_date(edtf: str) -> PartialDate | None:
    """A stored date, or None when there is none or it cannot be read."""
    try:
        return PartialDate.from_edtf(edtf) if edtf else None
    except ParseError:
        return None


def in_order(moments: Iterable[Moment]) -> list[Moment]:
    """By beginning, the more exact first; those without a date last, as they came."""
    found = [(read_date(moment.starts), moment) for moment in moments]
    dated = sorted((pair for pair in found if pair[0]), key=lambda pair: (pair[0].sort_key, pair[1].key))  # type: ignore[union-attr]
    return [moment for _date, moment in dated] + [moment for date, moment in found if date is None]


def placed(moments: Iterable[Moment], *, today: dt.date) -> list[Piece]:
    """Dated moments in order, each in the first lane of its area that is free then."""
    taken: dict[str, list[dt.date]] = {}
    found = []
    for moment in in_order(moments):
        days = days_of(moment, today=today)
        if days is None:
            continue
        lanes = taken.setdefault(moment.area, [])
        lane = next((n for n, last in enumerate(lanes) if last < days[0]), len(lanes))
        lanes[lane : lane + 1] = [days[1]]
        found.append(Piece(moment, *days, lane=lane, vague=is_vague(moment), point=is_point(moment)))
    return found


def days_of(moment: Moment, *, today: dt.date) -> tuple[dt.date, dt.date] | None:
    """First and last day of the moment as drawn; None without a date. An end before the beginning is one day."""
    starts, ends = read_date(moment.starts), read_date(moment.ends)
    if starts is None:
        return None
    first = starts.earliest
    if moment.ongoing:
        return first, max(first, today)
    return first, max(first, ends.latest) if ends else first


def is_point(moment: Moment) -> bool:
    """True for what is drawn as a dot: no end known and not lasting, or a short thing of one date."""
    return not moment.ongoing and (not moment.ends or (moment.kind in SHORT_KINDS and moment.ends == moment.starts))


def is_vague(moment: Moment) -> bool:
    """True when a date was given as approximate or as a season, a part of a year or a decade."""
    dates = [date for date in (read_date(moment.starts), read_date(moment.ends)) if date]
    return any(date.approximate or date.precision not in (*EXACT, Precision.YEAR) for date in dates)


def silences(moments: Iterable[Moment], *, today: dt.date) -> list[Silence]:
    """Stretches of at least half a year with no entry, in order: between entries, and from the last one to today."""
    known = [moment for moment in moments if read_date(moment.starts)]
    entries = [Entry(m.key, m.kind, m.title, m.starts, _end(m), m.ongoing) for m in known]
    found = [Silence(r.first_day, r.last_day, r.months) for r in remarks(entries, today=today) if r.kind == "gap"]
    last = max((days[1] for m in known if _fills(m) and (days := days_of(m, today=today))), default=None)
    if last is not None and last < today:
        months = months_between(last + dt.timedelta(days=1), today)
        if months >= GAP_MONTHS:
            found.append(Silence(last + dt.timedelta(days=1), today, months))
    return found


def _end(moment: Moment) -> str:
    return moment.ends if read_date(moment.ends) else ""


def _fills(moment: Moment) -> bool:
    return moment.kind not in (EventKind.INTEREST, EventKind.FAMILY)
