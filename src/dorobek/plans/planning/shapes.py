"""What a problem is built from and what comes beside it. Plain frozen data; money in grosze, shares in percent."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from dorobek.offers.times import ClassTimes
from dorobek.plans.routes import Engagement, Fault, Option, Problem, Weight


@dataclass(frozen=True)
class Wanted:
    """One outcome that the goal asks for. `unproven`: the person has it and only the proof is missing.

    `texts`: its criteria, used beside the title for finding out what a course teaches.
    """

    code: str
    title: str
    weight: Weight = Weight.USEFUL
    held: int = 0
    unproven: bool = False
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Goal:
    """What is planned for: its title, the code of its register entry ("" for an occupation or a wish), its outcomes."""

    title: str
    register_code: str = ""
    wanted: tuple[Wanted, ...] = ()


@dataclass(frozen=True)
class Offered:
    """What a screen says about an option beside its figures. `requires`: the provider's own words.

    `notes`: sentences said beside it on the route. `flexible`: no fixed date, the dates are one of those possible.
    `unpriced`: nobody says the price, so that it counts as 0. `until`: the last day to apply. `times`: when it meets, as far as told.
    """

    code: str
    title: str
    provider: str
    place: str
    edition: uuid.UUID | None = None
    template: uuid.UUID | None = None
    certificate: str = ""
    requires: str = ""
    url: str = ""
    notes: tuple[str, ...] = ()
    flexible: bool = False
    unpriced: bool = False
    until: dt.date | None = None
    times: ClassTimes = field(default_factory=ClassTimes)


@dataclass(frozen=True)
class Told:
    """A sentence, and what to do about it ("" when nothing)."""

    text: str
    repair: str = ""
    code: str = ""  # the option it is about


@dataclass(frozen=True)
class LeftOut:
    """Something of the offer that cannot be planned with, and why."""

    title: str
    fault: Fault


@dataclass(frozen=True)
class Money:
    """What a voucher may pay. `left`: grosze of the right not taken; `own_percent` of the programme.

    `expected`: the right is not open yet, the sums assume that it will be; `lapses`: its last day.
    """

    left: int = 0
    own_percent: int = 0
    lapses: dt.date | None = None
    expected: bool = False

    @property
    def any(self) -> bool:
        return self.left > 0


@dataclass(frozen=True)
class Final:
    """A date of an exam or a validation that gives the qualification itself. `price` in grosze, None when nobody says it."""

    code: str
    provider: str
    place: str
    starts: dt.date
    price: int | None = None


@dataclass(frozen=True)
class Bought:
    """A place bought with a voucher (`number`). `closes`: gap code to percent, counted as closed by every route."""

    title: str
    provider: str
    place: str
    number: str
    closes: Mapping[str, int]
    engagement: Engagement
    edition: uuid.UUID


@dataclass(frozen=True)
class Basis:
    """A problem with everything that is said about it. `more`: editions that suited and were not looked at."""

    goal: Goal
    problem: Problem
    offered: Mapping[str, Offered]
    money: Money = Money()
    left_out: tuple[LeftOut, ...] = ()
    more: int = 0
    tables: frozenset[str] = field(default_factory=frozenset)  # imported: "neighbours", "minutes"
    unpriced: tuple[str, ...] = ()  # micro-credentials for these gaps that cannot be planned with
    bought: tuple[Bought, ...] = ()
    finals: tuple[Final, ...] = ()  # where the qualification itself can be gained

    def option(self, code: str) -> Option | None:
        return next((one for one in self.problem.options if one.code == code), None)
