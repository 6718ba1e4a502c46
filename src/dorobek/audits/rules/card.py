"""The participant card (SA-3): where a field of the programme is kept, what an entry may hold, what to talk about."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dorobek.audits.enums import EmploymentForm, EventKind
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.partial_dates import ParseError, PartialDate, Span, gaps, overlaps, parse_partial_date
from dorobek.programmes.enums import CardSectionKind as Section

_COMMON = {"from": "starts", "to": "ends", "place": "place", "note": "note"}
# Field code -> column of LifeEvent. A code that is absent is kept in `details` under its own name.
COLUMN_OF_FIELD: dict[Section, dict[str, str]] = {
    Section.SCHOOLS: {**_COMMON, "name": "title", "finished": "finished"},
    Section.COURSES: {
        **_COMMON,
        "name": "title",
        "organiser": "organisation",
        "duration": "duration_said",
        "outcomes": "outcomes",
        "entitlements": "entitlements",
    },
    Section.WORK: {
        **_COMMON,
        "post": "title",
        "employer": "organisation",
        "form": "employment_form",
        "current": "ongoing",
        "duties": "duties",
    },
    Section.OUTSIDE_WORK: {**_COMMON, "name": "title", "description": "duties"},
    Section.INTERESTS: {"name": "title", "description": "note", "since": "starts"},
    Section.LANGUAGES: {"name": "title"},
    Section.DIGITAL: {"name": "title", "description": "note"},
}
LIMITS = {
    "title": 250,
    "organisation": 250,
    "place": 120,
    "duration_said": 80,
    "entitlements": 500,
    "duties": 10_000,
    "outcomes": 10_000,
    "note": 10_000,
}
DETAIL_LIMIT = 1000
DETAILS_AT_MOST = 20
NOTE_LIMIT = 10_000
ENTRIES_AT_MOST = 2000
DATES = ("starts", "ends")
FLAGS = ("ongoing", "finished")
OWN_COLUMNS = frozenset((*LIMITS, *DATES, *FLAGS, "employment_form", "details", "area"))
GAP_MONTHS = 6


def checked_entry(
    kind: str, given: Mapping[str, Any], *, held: Mapping[str, Any], birth: dt.date | None, today: dt.date
) -> dict[str, Any]:
    """Columns of an entry from what was given, tidy and checked; `held` is what the entry holds already.

    Dates may be text as said ("wiosna 2009"), EDTF, or a PartialDate. Raises RuleBroken, naming the field.
    """
    unknown = set(given) - OWN_COLUMNS
    if unknown:
        raise RuleBroken(_("Nie ma takiego pola: %(names)s.") % {"names": ", ".join(sorted(unknown))})
    found: dict[str, Any] = {}
    for name, value in given.items():
        found.update(_column(name, value, today))
    entry = {**held, **found}
    if not entry.get("title"):
        raise RuleBroken(_words_for_title(kind), "title")
    _check_order(entry, birth)
    if "starts" in found:
        found["sort_day"] = PartialDate.from_edtf(entry["starts"]).earliest if entry["starts"] else None
    return found


def _column(name: str, value: Any, today: dt.date) -> dict[str, Any]:
    if name in DATES:
        return _date(name, value, today)
    if name == "ongoing":
        return {name: bool(value)}
    if name == "finished":
        return {name: None if value is None or value == "" else bool(value)}
    if name == "details":
        return {name: checked_details(value)}
    if name == "employment_form":
        if value and value not in EmploymentForm.values:
            raise RuleBroken(_("Proszę wybrać formę pracy z listy."), name)
        return {name: str(value or "")}
    if name == "area":
        return {name: value}
    return {name: checked_text(name, value, LIMITS[name])}


def checked_text(name: str, value: Any, limit: int) -> str:
    """Text with its ends trimmed; one line for short fields. Raises RuleBroken when too long."""
    text = str(value or "").replace("\x00", "").strip()
    if limit <= 500:
        text = " ".join(text.split())
    if len(text) > limit:
        raise RuleBroken(
            _("To za długie: najwyżej %(limit)d znaków, a jest %(length)d. Proszę skrócić.")
            % {"limit": limit, "length": len(text)},
            name,
        )
    return text


def checked_details(value: Any) -> dict[str, str]:
    """Further fields by code. Raises RuleBroken for too many or too long ones."""
    if not isinstance(value, Mapping) or len(value) > DETAILS_AT_MOST:
        raise RuleBroken(_("Dodatkowe pola mają zły kształt."), "details")
    return {
        str(code)[:40]: text for code, item in value.items() if (text := checked_text(str(code), item, DETAIL_LIMIT))
    }


def _date(name: str, value: Any, today: dt.date) -> dict[str, Any]:
    said = f"{name}_said"
    if value is None or (isinstance(value, str) and not value.strip()):
        return {name: "", said: ""}
    if isinstance(value, PartialDate):
        return {name: value.to_edtf(), said: value.typed[:80]}
    text = str(value).strip()
    try:
        date = parse_partial_date(text, today=today, allow_future=name == "ends")
    except ParseError as refusal:
        edtf = _from_edtf(text)
        if edtf is None or (name == "starts" and edtf.earliest > today):
            raise RuleBroken(str(refusal), name) from refusal
        return {name: edtf.to_edtf(), said: ""}
    return {name: date.to_edtf(), said: text[:80]}


def _from_edtf(text: str) -> PartialDate | None:
    try:
        return PartialDate.from_edtf(text)
    except ValueError:
        return None


def _check_order(entry: Mapping[str, Any], birth: dt.date | None) -> None:
    starts = PartialDate.from_edtf(entry["starts"]) if entry.get("starts") else None
    ends = PartialDate.from_edtf(entry["ends"]) if entry.get("ends") else None
    if starts and ends and ends.latest < starts.earliest:
        raise RuleBroken(_("Koniec jest wcześniej niż początek. Proszę sprawdzić obie daty."), "ends")
    if ends and entry.get("ongoing"):
        raise RuleBroken(_("To trwa nadal, więc nie ma jeszcze daty końca. Proszę usunąć jedno z dwóch."), "ends")
    if starts and birth and starts.latest < birth:
        raise RuleBroken(_("Ta data jest wcześniejsza niż data urodzenia. Proszę sprawdzić rok."), "starts")


def _words_for_title(kind: str) -> str:
    return {
        EventKind.SCHOOL: _("Proszę podać nazwę szkoły."),
        EventKind.COURSE: _("Proszę podać nazwę kursu."),
        EventKind.JOB: _("Proszę podać stanowisko albo to, czym się ta osoba zajmowała."),
        EventKind.LANGUAGE: _("Proszę podać, jaki to język."),
    }.get(EventKind(kind), _("Proszę podać krótką nazwę."))


@dataclass(frozen=True)
class Entry:
    """An entry as far as time matters. Dates in EDTF, empty when not known."""

    key: str
    kind: str
    title: str
    starts: str
    ends: str
    ongoing: bool


@dataclass(frozen=True)
class Remark:
    """Something to talk about; never an error. `kind` is "gap" or "overlap"."""

    kind: str
    first_day: dt.date
    last_day: dt.date
    months: int
    titles: tuple[str, ...] = ()


def remarks(entries: Iterable[Entry], *, today: dt.date) -> list[Remark]:
    """Gaps between schools, jobs, care and other pursuits, and jobs that ran side by side, in order of time.

    An entry without an end that is not marked as lasting counts as open for no longer than its beginning names.
    """
    timed = [(entry, span) for entry in entries if (span := _span(entry)) and not span.reversed]
    filling = [span for entry, span in timed if entry.kind not in (EventKind.INTEREST, EventKind.FAMILY)]
    found = [Remark("gap", gap.first_day, gap.last_day, gap.months) for gap in gaps(filling, GAP_MONTHS, today=today)]
    titles = {entry.key: entry.title for entry, _span_ in timed}
    jobs = [span for entry, span in timed if entry.kind == EventKind.JOB]
    for both in overlaps(jobs, today=today)[:50] if len(jobs) <= 60 else ():
        names = (titles[both.first.key], titles[both.second.key])
        found.append(Remark("overlap", both.first_day, both.last_day, both.months, names))
    return sorted(found, key=lambda remark: (remark.first_day, remark.kind))


def _span(entry: Entry) -> Span | None:
    if not entry.starts:
        return None
    starts = PartialDate.from_edtf(entry.starts)
    if entry.ongoing:
        return Span(starts, None, entry.key)
    return Span(starts, PartialDate.from_edtf(entry.ends) if entry.ends else starts, entry.key)
