"""An answer of the planner as a screen, a document and the REST show it: titles, real money, gaps, words (DP-4)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from dorobek.offers.times import ClassTimes, short
from dorobek.plans.planning.ending import ending_of
from dorobek.plans.planning.money import real_payments
from dorobek.plans.planning.shapes import Basis, Told
from dorobek.plans.planning.words import broken_told, days, length_text, proof_text, risks_told
from dorobek.plans.routes import Answer, Broken, Option, Route, answer, check

FULL = 100


@dataclass(frozen=True)
class Taken:
    """One option of a route with who pays what, in grosze; `closes`: titles of gaps with percent.

    `gaps`: their codes; `notes`, `flexible`, `unpriced` as in shapes.Offered; `class_times` as an edition's column.
    """

    code: str
    title: str
    kind: str
    provider: str
    place: str
    starts: dt.date
    ends: dt.date
    hours: int
    price: int
    own: int
    voucher: int
    closes: tuple[tuple[str, int], ...] = ()
    template: str = ""
    gaps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    flexible: bool = False
    unpriced: bool = False
    class_times: tuple[tuple[int | str, ...], ...] = ()

    @property
    def times(self) -> str:
        """When it meets, for one line; "" where the offer does not tell."""
        return short(ClassTimes.from_data(self.class_times))

    @property
    def days(self) -> str:
        dates = days(self.starts, self.ends)
        return _("dowolny tydzień, na przykład %(dates)s") % {"dates": dates} if self.flexible else dates

    def as_data(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            **asdict(self), "starts": self.starts.isoformat(), "ends": self.ends.isoformat(),
            "closes": [list(one) for one in self.closes], "gaps": list(self.gaps), "notes": list(self.notes),
            "class_times": [list(one) for one in self.class_times],
        }  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A route to be shown. `gaps`: title, weight, held, closed, unproven of everything that is open."""

    name: str
    taken: tuple[Taken, ...]
    sums: dict[str, Any]
    gaps: list[dict[str, Any]]
    risks: tuple[Told, ...]
    proof: str
    proven: bool
    tried: bool
    length: str
    broken: tuple[Told, ...] = ()
    ending: Told | None = None  # what still comes after it, where a qualification is the goal

    @property
    def left(self) -> list[dict[str, Any]]:
        """Gaps that stay open, at least in part."""
        return [gap for gap in self.gaps if gap["held"] + gap["closed"] < FULL]

    @property
    def unpriced(self) -> int:
        """Things of the route whose price nobody says."""
        return sum(one.unpriced for one in self.taken)

    @property
    def span(self) -> str:
        return days(self.first, self.last) if self.first and self.last else ""

    @property
    def first(self) -> dt.date | None:
        return min((one.starts for one in self.taken), default=None)

    @property
    def last(self) -> dt.date | None:
        return max((one.ends for one in self.taken), default=None)

    @property
    def closed_whole(self) -> int:
        return len(self.gaps) - len(self.left)


def own_answer(basis: Basis, codes: Sequence[str]) -> Answer:
    """A choice made by hand, measured; codes that are not known are left out (`check` tells of them)."""
    known = {option.code: option for option in basis.problem.options}
    chosen = [known[code] for code in dict.fromkeys(codes) if code in known]
    return answer(basis.problem, Route.CHEAPEST, chosen, [], 0.0)


def broken_of(basis: Basis, codes: Sequence[str]) -> list[Broken]:
    return check(basis.problem, list(codes))


def shown(basis: Basis, found: Answer, broken: Sequence[Broken] = ()) -> Shown:
    """Everything a screen says about a route; the money is what vouchers would really pay."""
    payments = {one.option: one for one in real_payments(basis.money, found.options)}
    titles = {gap.code: gap.title for gap in basis.problem.gaps}
    taken = tuple(_taken(basis, option, payments, titles) for option in found.options)
    total = found.sum
    sums = {
        "price": sum(one.price for one in taken), "own": sum(one.own for one in taken),
        "voucher": sum(one.voucher for one in taken), "hours": total.hours,
        "starts": total.starts.isoformat() if total.starts else None,
        "ends": total.ends.isoformat() if total.ends else None,
        "points": total.points, "points_all": total.points_all,
        "percent": FULL * total.points // total.points_all if total.points_all else FULL,
        "reaches_goal": total.reaches_goal,
    }  # fmt: skip
    return Shown(
        name=str(found.route),
        taken=taken,
        sums=sums,
        gaps=_gaps(basis, total.closed),
        risks=tuple(risks_told(basis, found)),
        proof=" ".join(filter(None, (proof_text(found), _unpriced(taken)))),
        proven=found.proven,
        tried=bool(found.wishes),
        length=length_text(total.starts, total.ends),
        broken=tuple(broken_told(basis, one) for one in broken),
        ending=ending_of(basis, found),
    )


def _unpriced(taken: Sequence[Taken]) -> str:
    """What a proof by money does not know."""
    if not any(one.unpriced for one in taken):
        return ""
    return _("Rzeczy, których ceny nikt nie podaje, liczymy tu jako 0 zł.")


def _taken(basis: Basis, option: Option, payments: Mapping[str, Any], titles: Mapping[str, str]) -> Taken:
    offered = basis.offered[option.code]
    paid = payments[option.code]
    return Taken(
        option.code, option.title, str(option.kind), offered.provider, offered.place, option.starts, option.ends,
        option.hours, paid.price, paid.own, paid.voucher,
        tuple((titles[code], share) for code, share in option.closes.items() if code in titles),
        str(offered.template) if offered.template else "", tuple(code for code in option.closes if code in titles),
        offered.notes, offered.flexible, offered.unpriced,
        class_times=tuple(tuple(row) for row in offered.times.as_data()),
    )  # fmt: skip


def _gaps(basis: Basis, closed: Mapping[str, int]) -> list[dict[str, Any]]:
    unproven = {one.code for one in basis.goal.wanted if one.unproven}
    return [
        {
            "code": gap.code, "title": gap.title, "weight": str(gap.weight), "held": gap.held,
            "closed": closed.get(gap.code, 0), "unproven": gap.code in unproven,
        }
        for gap in basis.problem.gaps
    ]  # fmt: skip
