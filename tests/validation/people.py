"""People who judge, for tests: each criterion of 13477 has somebody who meets it."""

import datetime as dt

from dorobek.validation.rules import Candidate, Member, Period

DAY = dt.date(2026, 11, 21)
FIVE_YEARS = (dt.date(2018, 1, 1), dt.date(2022, 12, 31))


def member(key, *criteria, level=7, document="świadectwo pracy", **more):
    """Meets the criteria named: by a diploma and by five years of documented work alike."""
    period = Period(*FIVE_YEARS, document, frozenset(criteria))
    return Member(key, level, (period,), frozenset(criteria), **more)


def lawful():
    return [member("ala", "k1"), member("bolek", "k2"), member("celina", "k3")]


ONE = [Candidate("maria")]
