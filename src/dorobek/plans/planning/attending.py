"""When a person must be there, beside when that person works (DP-4): meetings of an edition, what they refuse, what stays unsure."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from django.utils.translation import gettext as _

from dorobek.offers.models import Edition
from dorobek.offers.times import ClassTimes, lines, short
from dorobek.plans.planning.shapes import Basis, Told
from dorobek.plans.routes import Meeting, Option, Person
from dorobek.plans.routes.narrowing import at_work


def meetings_of(edition: Edition) -> tuple[Meeting, ...]:
    """Every meeting of an edition; none where the offer does not tell them."""
    return _meetings(edition.times, edition.starts_on, edition.ends_on) if edition.class_times else ()


@lru_cache(maxsize=4_096)  # the editions of a large offer are met again with every slider that is moved
def _meetings(times: ClassTimes, starts: dt.date, ends: dt.date) -> tuple[Meeting, ...]:
    return tuple(Meeting(*one) for one in times.meetings(starts, ends))


def work_text(work: Sequence[Sequence[int]]) -> str:
    """ "pn-pt 8:00-16:00"."""
    return "; ".join(lines(ClassTimes.of((day, start, end) for day, start, end in work)))


def at_work_told(basis: Basis) -> list[str]:
    """Dates of the offer that no route takes because they meet during work, the soonest first."""
    refused = [option for option in basis.problem.options if option.meetings and at_work(basis.problem, option)]
    found = []
    for option in sorted(refused, key=lambda one: (one.starts, one.title)):
        place = basis.offered[option.code].place or _("zdalnie")
        values = {"title": option.title, "place": place, "times": attended(basis, option)}
        found.append(
            _("„%(title)s”, od %(starts)s, %(place)s: %(times)s") % {**values, "starts": f"{option.starts:%d.%m.%Y}"}
        )
    return list(dict.fromkeys(found))


def attended(basis: Basis, option: Option) -> str:
    """When an option meets, for one line: "pn, śr 17:00-20:15"; "" where it is not told."""
    if (offered := basis.offered.get(option.code)) and offered.times:
        return short(offered.times)
    dated = ClassTimes.of(dated=((one.day, one.start, one.end) for one in option.meetings))
    return short(dated)


def attending_risks(basis: Basis, options: Sequence[Option]) -> list[Told]:
    """What is not sure about being there: hours that the offer does not tell, hours that a shift may take."""
    person, found = basis.problem.person, []
    unsaid = [option for option in options if not option.meetings and not _flexible(basis, option)]
    if _works(person) and unsaid:
        text = _("Oferta nie podaje godzin zajęć, więc nie wiadomo, czy nie wypadną w czasie pracy: %(titles)s.")
        titles = ", ".join(f"„{title}”" for title in dict.fromkeys(option.title for option in unsaid))
        found.append(Told(text % {"titles": titles}, _("Zapytać dostawcę o godziny, zanim się zapiszemy.")))
    for option in options if person.shifts else ():
        if option.meetings:
            text = _("„%(title)s” (%(times)s) może wypaść w czasie zmiany.")
            values = {"title": option.title, "times": attended(basis, option)}
            repair = _("Sprawdzić grafik na te dni i poprosić o zamianę, zanim się zapiszemy.")
            found.append(Told(text % values, repair, option.code))
    return found


def _works(person: Person) -> bool:
    return bool(person.work) or person.shifts


def _flexible(basis: Basis, option: Option) -> bool:
    return bool((offered := basis.offered.get(option.code)) and offered.flexible)
