"""Micro-credentials that are open for award and have no date in the offer, as options without fixed dates (MC-8, DP-4).

One can begin in any week; how long it takes follows from its hours. Pure: templates and days in, options out.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dorobek.credentials.design import Design
from dorobek.credentials.enums import Participation
from dorobek.kernel.text import normalised
from dorobek.plans.gaps.asked import line_code
from dorobek.plans.gaps.shapes import REGISTER
from dorobek.plans.planning.closing import Described, closes
from dorobek.plans.planning.shapes import Goal, Offered
from dorobek.plans.routes import REMOTE, Kind, Need, Option
from dorobek.plans.routes.problem import monday

PREFIX = "micro"
PACE = 6  # hours a week, for who has that many
WEEKLY = 26  # so many first weeks one by one, later ones every fourth
LATER_STEP = 4
MOST = 40  # micro-credentials that are planned with
NOTHING = ("", "brak", "bez wymagan", "nie ma", "brak wymagan")


@dataclass(frozen=True)
class Undated:
    """A published micro-credential: `uid` and `key` of its template; `place` a powiat where it is awarded, "" unknown."""

    uid: str
    key: int
    design: Design
    issuer: str
    codes: frozenset[str]
    place: str = ""
    place_name: str = ""
    url: str = ""


def code_of(uid: str, starts: dt.date) -> str:
    """`micro:<uid>@2026-11-30`."""
    return f"{PREFIX}:{uid}@{starts.isoformat()}"


def course_of_template(key: int) -> str:
    return f"m{key}"


def weeks_of(hours: int, pace: int) -> int:
    """Whole weeks that so many hours take, at least one."""
    return max(1, -(-hours // max(1, pace)))


def starts_between(today: dt.date, until: dt.date, weeks: int) -> Iterator[dt.date]:
    """Mondays after today from which the weeks end by `until`: every one of the first half year, then every fourth."""
    first = monday(today) + dt.timedelta(weeks=1)
    number = 0
    while (day := first + dt.timedelta(weeks=number)) + dt.timedelta(weeks=weeks, days=-1) <= until:
        yield day
        number += 1 if number < WEEKLY else LATER_STEP


def undated(
    goal: Goal, micros: Collection[Undated], today: dt.date, until: dt.date, hours_week: int, known: Mapping[str, str]
) -> tuple[list[Option], dict[str, Offered]]:
    """Options of every week for those that close a gap. `known`: plain titles of what may be required -> its course.

    What another of them requires comes too, though it closes nothing itself.
    """
    courses = {**known, **{normalised(one.design.title_pl): course_of_template(one.key) for one in micros}}
    shares = {one.key: closes(goal, described(goal, one)) for one in micros if one.design.hours}
    wanted = {key for key, closed in shares.items() if closed}
    by_course = {course_of_template(one.key): one for one in micros}
    needs = {one.key: _needs(one.design, courses, course_of_template(one.key)) for one in micros}
    new = set(wanted)
    while new := {by_course[c].key for key in new for c in needs[key][0] if c in by_course} - wanted:
        wanted |= new
    options: list[Option] = []
    offered: dict[str, Offered] = {}
    for one in [one for one in micros if one.key in wanted and one.design.hours][:MOST]:
        required, words = needs[one.key]
        for option in _options(one, shares.get(one.key, {}), required, today, until, hours_week):
            options.append(option)
            offered[option.code] = _told(option, one, words)
    return options, offered


def described(goal: Goal, one: Undated) -> Described:
    """What it closes by: outcomes by code and words, and the sets it counts towards. Without classes it only proves."""
    kind = Kind.EXAM if one.design.participation == Participation.NONE else Kind.MICRO
    return Described(kind, one.design.title_pl, tuple(line.pl for line in one.design.outcomes), "", _codes(goal, one))


def _codes(goal: Goal, one: Undated) -> frozenset[str]:
    prefixes = tuple(
        line_code(REGISTER, f"{each.code}-{each.set_number}-") for each in one.design.counts_towards if each.set_number
    )
    return one.codes | {line.code for line in goal.wanted if prefixes and line.code.startswith(prefixes)}


def _needs(design: Design, courses: Mapping[str, str], own: str) -> tuple[tuple[str, ...], str]:
    """Courses that its prerequisites name, and the rest in the issuer's words."""
    found, words = [], []
    for part in design.prerequisites_pl.replace("\n", ";").split(";"):
        plain = normalised(part)
        if course := courses.get(plain):
            found.append(course)
        elif plain not in NOTHING:
            words.append(part.strip())
    return tuple(course for course in dict.fromkeys(found) if course != own), "; ".join(words)


def _options(
    one: Undated, shares: Mapping[str, int], needs: tuple[str, ...], today: dt.date, until: dt.date, hours_week: int
) -> Iterator[Option]:
    hours = one.design.hours or 0
    pace = max(1, min(PACE, hours_week, hours))
    weeks = weeks_of(hours, pace)
    away = one.design.participation in (Participation.ON_SITE, Participation.BLENDED, Participation.WORK)
    for starts in starts_between(today, until, weeks):
        yield Option(
            code=code_of(one.uid, starts),
            course=course_of_template(one.key),
            title=one.design.title_pl,
            kind=Kind.MICRO,
            closes=dict(shares),
            price=0,
            starts=starts,
            ends=starts + dt.timedelta(weeks=weeks, days=-1),
            hours=hours,
            hours_week=pace,
            place=one.place if away else REMOTE,
            needs=tuple(Need(course=course) for course in needs),
        )


def _told(option: Option, one: Undated, requires: str) -> Offered:
    values = {"hours": option.hours, "pace": option.hours_week}
    notes = [_("Bez stałego terminu: %(hours)d godz. pracy liczymy po %(pace)d w tygodniu.") % values]
    notes.append(_("Wystawca nie podaje ceny: w kosztach jest 0 zł i trzeba o nią zapytać."))
    if not option.place and one.design.participation not in (Participation.ONLINE, Participation.NONE):
        notes.append(_("Wystawca nie podaje miejsca: o nie też trzeba zapytać."))
    return Offered(
        option.code, option.title, one.issuer, one.place_name if option.place else "", None, _uid(one), "", requires,
        one.url, tuple(notes), flexible=True, unpriced=True,
    )  # fmt: skip


def _uid(one: Undated) -> uuid.UUID:
    return uuid.UUID(one.uid)
