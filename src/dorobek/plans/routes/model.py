"""The whole-number programme of a packed problem: rows for the solver, written as free MPS.

Variables: x_i, option i is taken; y_g, percent of gap g closed, at most what is missing; own, the person's money.
What makes it tight, so that the relaxation lies near the truth:
- needs are written once for a course and a day, not for an edition: editions of it begun by the day together are at
  most the editions of the needed course ended before it;
- what runs or meets at one moment is one row, and so are options of which no two fit into a week;
- an option never closes more of a gap than is missing;
- money is two plain rows (see `packing`).
"""

from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass

from dorobek.plans.routes.levels import Level
from dorobek.plans.routes.packing import LimitKind, Packed
from dorobek.plans.routes.problem import Need, Option

Terms = dict[int, int]


@dataclass(frozen=True)
class Row:
    """terms <= most."""

    terms: Terms
    most: int


@dataclass(frozen=True)
class Column:
    high: int
    whole: bool


class Model:
    """All but the calendar, which `exact` adds where an answer breaks it. Columns 0 to n-1 are options, then open gaps, last the person's money."""

    def __init__(self, packed: Packed) -> None:
        self.packed = packed
        self.first_gap = len(packed.options)
        self.own = self.first_gap + len(packed.gaps)
        self.columns = [Column(1, True) for _ in packed.options]
        self.columns += [Column(gap.missing, False) for gap in packed.gaps]
        self.columns.append(Column(packed.problem.person.own_money, False))
        self.rows = [Row(limit.uses, limit.most) for limit in packed.limits if limit.kind is not LimitKind.CALENDAR]
        self.rows += [*self._closing(), *self._money(), *_need_rows(packed)]

    def _closing(self) -> Iterable[Row]:
        """A gap is closed by at most what the taken options close of it."""
        for column in range(len(self.packed.gaps)):
            shares = self.packed.closes[:, column]
            terms = {number: -int(share) for number, share in enumerate(shares) if share}
            yield Row({**terms, self.first_gap + column: 1}, 0)

    def _money(self) -> Iterable[Row]:
        voucher = self.packed.problem.person.voucher
        prices = {number: option.price for number, option in enumerate(self.packed.options) if option.price}
        yield Row({**prices, self.own: -1}, voucher.support if voucher else 0)
        parts = {number: part for number, part in enumerate(self.packed.own_parts) if part}
        yield Row({**parts, self.own: -1}, 0)

    def terms(self, level: Level) -> Terms:
        """What a level counts, to be made small; add `constant(level)` to get its figure. Not for the end date."""
        match level:
            case Level.OWN:
                return {self.own: 1}
            case Level.PRICE:
                return {number: option.price for number, option in enumerate(self.packed.options) if option.price}
            case Level.ESSENTIAL:
                worth = self.packed.essential
            case _:
                worth = self.packed.worth
        return {self.first_gap + column: -int(points) for column, points in enumerate(worth) if points}

    def constant(self, level: Level) -> int:
        if level in (Level.OWN, Level.PRICE):
            return 0
        worth = self.packed.essential if level is Level.ESSENTIAL else self.packed.worth
        return int(worth @ self.packed.missing)

    def values(self, chosen: Iterable[int]) -> dict[int, int]:
        """All columns of a choice that are not 0, as a first answer for the solver."""
        numbers = sorted(chosen)
        closed = self.packed.closes[numbers].sum(axis=0)
        found = dict.fromkeys(numbers, 1)
        for column, gap in enumerate(self.packed.gaps):
            found[self.first_gap + column] = min(gap.missing, int(closed[column]))
        voucher = self.packed.problem.person.voucher
        price = sum(self.packed.options[number].price for number in numbers)
        parts = sum(self.packed.own_parts[number] for number in numbers)
        found[self.own] = max(parts, price - (voucher.support if voucher else 0))
        return {column: value for column, value in found.items() if value}


def _need_rows(packed: Packed) -> Iterable[Row]:
    waiting: dict[tuple[str, Need], list[int]] = defaultdict(list)
    for number, option in enumerate(packed.options):
        for need in packed.unmet(option):
            waiting[option.course, need].append(number)
    held = {gap.code: gap.held for gap in packed.gaps}
    for (course, need), numbers in waiting.items():
        short = 1 if need.course else need.share - held[need.gap]
        begun: Terms = {}
        for number in numbers:
            begun[number] = short
            following = [other for other in numbers if other not in begun]
            if following and packed.options[following[0]].starts == packed.options[number].starts:
                continue
            helping = _helping(packed.options, packed.options[number], course, need, short)
            yield Row({**helping, **begun}, 0)


def _helping(options: tuple[Option, ...], option: Option, course: str, need: Need, short: int) -> Terms:
    """What counts for a need before an option starts, as negative terms."""
    found: Terms = {}
    for number, other in enumerate(options):
        if other.ends >= option.starts:
            continue
        if need.course:
            if other.course == need.course:
                found[number] = -1
        elif need.gap in other.closes and other.course != course:
            found[number] = -min(short, other.closes[need.gap])
    return found


def mps(columns: list[Column], rows: list[Row], objective: Terms, gone: Set[int]) -> str:
    """The programme as free MPS, to be minimised, without the columns that are gone (they are 0)."""
    used: dict[int, list[str]] = defaultdict(list)
    kept = [number for number in range(len(columns)) if number not in gone]
    for column, value in objective.items():
        used[column].append(f"obj {value}")
    for number, row in enumerate(rows):
        for column, value in row.terms.items():
            used[column].append(f"r{number} {value}")
    lines = ["NAME routes FREE", "ROWS", " N obj", *(f" L r{number}" for number in range(len(rows))), "COLUMNS"]
    for number in kept:
        lines += (f" c{number} {entry}" for entry in used[number] or ["obj 0"])
    lines += ["RHS", *(f" rhs r{number} {row.most}" for number, row in enumerate(rows) if row.most), "BOUNDS"]
    for number in kept:
        high = columns[number].high
        lines.append(f" BV b c{number}" if columns[number].whole else f" UP b c{number} {high}")
    return "\n".join([*lines, "ENDATA", ""])
