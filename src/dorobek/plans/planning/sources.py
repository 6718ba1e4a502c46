"""Options that rooms below offer beside the training offer: dates opened for validation (DP-4, VA-1).

A room registers one source, in a module that its `AppConfig.ready` imports. Its options' codes begin with its prefix and
a colon (`validation:<uid>`); a step of a plan keeps that code and asks later how the thing stands now.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from dorobek.plans.planning.shapes import Final, Goal, LeftOut, Money, Offered
from dorobek.plans.routes import Option


@dataclass(frozen=True)
class Asked:
    """What options are looked for: those that begin after `today`, end by `until` and close a gap of the goal."""

    goal: Goal
    today: dt.date
    until: dt.date
    money: Money = field(default_factory=Money)


@dataclass(frozen=True)
class More:
    """What a room offers. Every option has its row in `offered`; `left_out` tells what cannot be planned with, and why."""

    options: tuple[Option, ...] = ()
    offered: Mapping[str, Offered] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True)
class Now:
    """How a planned thing stands today. `price` in grosze; `gone`: why it cannot be joined any more, "" while it can.

    `starts`, `ends`, `price`: None where it has none of its own. `until`: the last day to apply.
    """

    title: str
    provider: str
    place: str = ""
    starts: dt.date | None = None
    ends: dt.date | None = None
    price: int | None = None
    until: dt.date | None = None
    gone: str = ""


class Source(Protocol):
    """A room's options. Both make a known number of statements, however many rows there are."""

    @property
    def prefix(self) -> str:
        """What the codes begin with, before the colon."""

    def options(self, asked: Asked) -> More:
        """What closes a gap of the goal, each with its price, dates, place."""

    def finals(self, register_code: str, after: dt.date) -> Sequence[Final]:
        """Dates after a day at which the qualification can be gained. One statement."""

    def now(self, codes: Sequence[str]) -> Mapping[str, Now]:
        """How each thing stands; what does not exist any more is not in the answer."""


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Ask this source too. Registered again, it takes the place of the former one of its prefix."""
    _sources[source.prefix] = source


def from_rooms(asked: Asked) -> More:
    """What all the sources offer for the goal."""
    found = [source.options(asked) for source in _sources.values()]
    offered: dict[str, Offered] = {}
    for one in found:
        offered |= one.offered
    options = tuple(option for one in found for option in one.options)
    return More(options, offered, tuple(row for one in found for row in one.left_out))


def finals(register_code: str, after: dt.date) -> list[Final]:
    """Dates of all the sources at which a qualification can be gained."""
    return [one for source in _sources.values() for one in source.finals(register_code, after)]


def is_known(code: str) -> bool:
    """Does a source answer for the code?"""
    prefix, colon, _rest = code.partition(":")
    return bool(colon) and prefix in _sources


def now(codes: Iterable[str]) -> dict[str, Now]:
    """How planned things of the sources stand today; codes of nobody are left out."""
    by_source: dict[str, list[str]] = defaultdict(list)
    for code in filter(is_known, codes):
        by_source[code.partition(":")[0]].append(code)
    found: dict[str, Now] = {}
    for prefix, asked in by_source.items():
        found |= _sources[prefix].now(asked)
    return found
