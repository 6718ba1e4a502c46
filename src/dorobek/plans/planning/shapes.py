"""What a problem is built from and what comes beside it. Plain frozen data; money in grosze, shares in percent."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from dorobek.plans.routes import Fault, Option, Problem, Weight


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
    """What a screen says about an option beside its figures. `requires`: the provider's own words."""

    code: str
    title: str
    provider: str
    place: str
    edition: uuid.UUID | None = None
    template: uuid.UUID | None = None
    certificate: str = ""
    requires: str = ""
    url: str = ""


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
class Basis:
    """A problem with everything that is said about it. `more`: editions that suited and were not looked at."""

    goal: Goal
    problem: Problem
    offered: Mapping[str, Offered]
    money: Money = Money()
    left_out: tuple[LeftOut, ...] = ()
    more: int = 0
    tables: frozenset[str] = field(default_factory=frozenset)  # imported: "neighbours", "minutes"
    unpriced: tuple[str, ...] = ()  # micro-credentials for these gaps that the offer gives no edition of

    def option(self, code: str) -> Option | None:
        return next((one for one in self.problem.options if one.code == code), None)
