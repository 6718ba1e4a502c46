"""Years of documented experience before a day: full years, and whether requirements are met on the day of appointment."""

import datetime as dt
from collections.abc import Iterable

from dorobek.register.entry.experience import YEAR, counted_days, years_before
from dorobek.validation.rules.shapes import Member, Period, Requirement

__all__ = ["YEAR", "counted_days", "counted_years", "meets", "unmet", "years_before"]


def counted_years(periods: Iterable[Period], until: dt.date, within: int | None = None) -> int:
    """Full years of `counted_days`."""
    return counted_days(periods, until, within) // YEAR


def meets(requirement: Requirement, member: Member, day: dt.date) -> bool:
    """Whether the person meets the requirement on the day of appointment."""
    if requirement.years is None:
        return requirement.code in member.shown
    periods = [one for one in member.periods if requirement.code in one.shows]
    return counted_days(periods, day, requirement.within) >= requirement.years * YEAR


def unmet(requirements: Iterable[Requirement], member: Member, day: dt.date) -> tuple[Requirement, ...]:
    """Requirements that the person does not meet: of a validation adviser (VA-7), of an awarding body (RG-4)."""
    return tuple(one for one in requirements if not meets(one, member, day))
