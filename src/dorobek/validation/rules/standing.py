"""What somebody meets and lacks, requirement by requirement: for the pool, for advisers, for the body itself."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from dorobek.validation.rules.experience import YEAR, counted_days, meets
from dorobek.validation.rules.shapes import Member, Requirement


@dataclass(frozen=True)
class Standing:
    """One requirement: met or not. `days` counted and `wanted`, where it is about experience; else None."""

    requirement: Requirement
    met: bool
    days: int | None = None
    wanted: int | None = None

    @property
    def missing(self) -> int:
        """Days of documented experience that are still missing; 0 where it is met or is not about experience."""
        return max(0, (self.wanted or 0) - (self.days or 0))


def standings(requirements: Iterable[Requirement], member: Member, day: dt.date) -> tuple[Standing, ...]:
    """Each requirement, in the order of the entry, on the day."""
    return tuple(_standing(one, member, day) for one in requirements)


def _standing(one: Requirement, member: Member, day: dt.date) -> Standing:
    if one.years is None:
        return Standing(one, meets(one, member, day))
    periods = [period for period in member.periods if one.code in period.shows]
    return Standing(one, meets(one, member, day), counted_days(periods, day, one.within), one.years * YEAR)
