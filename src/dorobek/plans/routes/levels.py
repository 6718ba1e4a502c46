"""The three routes of DP-4 and what each wants, in order: a later wish only decides between equals of the earlier."""

import math
from enum import StrEnum

import numpy as np

from dorobek.plans.routes.measuring import Sum
from dorobek.plans.routes.packing import Packed
from dorobek.plans.routes.problem import Problem


class Route(StrEnum):
    CHEAPEST = "cheapest"
    SOONEST = "soonest"
    WIDEST = "widest"


class Level(StrEnum):
    """A figure to make small. Essential and points count what stays open."""

    ESSENTIAL = "essential"
    OWN = "own"
    PRICE = "price"
    ENDS = "ends"
    POINTS = "points"


WISHES: dict[Route, tuple[Level, ...]] = {
    Route.CHEAPEST: (Level.ESSENTIAL, Level.OWN, Level.PRICE, Level.POINTS),
    Route.SOONEST: (Level.ESSENTIAL, Level.ENDS, Level.OWN, Level.POINTS),
    Route.WIDEST: (Level.POINTS, Level.OWN),
}
# How many of the wishes make the route what it is called; the rest choose between equals.
MAIN = {Route.CHEAPEST: 2, Route.SOONEST: 2, Route.WIDEST: 1}


def figure(problem: Problem, measured: Sum, level: Level) -> int:
    """The figure of one level: points times percent, grosze, or days from today to the end."""
    match level:
        case Level.ESSENTIAL:
            return measured.essential_all - measured.essential
        case Level.POINTS:
            return measured.points_all - measured.points
        case Level.OWN:
            return measured.own
        case Level.PRICE:
            return measured.price
        case Level.ENDS:
            return (measured.ends - problem.today).days if measured.ends else 0


def figures(problem: Problem, measured: Sum, route: Route) -> tuple[int, ...]:
    """The figures of a route in the order of its wishes: the smaller tuple is the better route."""
    return tuple(figure(problem, measured, level) for level in WISHES[route])


def quickly(packed: Packed, chosen: tuple[int, ...], route: Route) -> tuple[int, ...]:
    """The same figures from the tables, for the many choices that a search compares."""
    numbers = list(chosen)
    open_ = np.maximum(packed.missing - packed.closes[numbers].sum(axis=0), 0)
    price, parts = (int(total) for total in packed.money[:, numbers].sum(axis=1))
    voucher = packed.problem.person.voucher
    found = {
        Level.ESSENTIAL: int(open_ @ packed.essential),
        Level.POINTS: int(open_ @ packed.worth),
        Level.OWN: max(parts, price - (voucher.support if voucher else 0)),
        Level.PRICE: price,
        Level.ENDS: int(packed.days[numbers].max(initial=0)),
    }
    return tuple(found[level] for level in WISHES[route])


def grain(packed: Packed, level: Level) -> int:
    """Two different figures of a level differ by at least so much: their greatest common divisor."""
    voucher = packed.problem.person.voucher
    match level:
        case Level.ESSENTIAL | Level.POINTS:
            worth = packed.essential if level is Level.ESSENTIAL else packed.worth
            shares = [int(share) for share in {*packed.closes.flat, *packed.missing.flat}]
            found = math.gcd(*shares) * math.gcd(*map(int, worth))
        case Level.OWN:
            prices = [option.price for option in packed.options]
            found = math.gcd(*prices, *packed.own_parts, voucher.support if voucher else 0)
        case Level.PRICE:
            found = math.gcd(*(option.price for option in packed.options))
        case Level.ENDS:
            found = 1
    return found or 1
