"""Age in completed years by the Polish civil code, art. 112.

A person completes a year of age at the very beginning of the birthday. Someone born on 29 February has no such day
in a common year; by the same article the term then ends on the last day of that month, so the birthday counts on
28 February.
"""

from datetime import date

from dorobek.programmes.rules.nodes import OLDEST_AGE
from dorobek.programmes.rules.words import Bilingual, long_date


def birthday(birth: date, age: int) -> date:
    """The day on which `age` years are completed."""
    try:
        return birth.replace(year=birth.year + age)
    except ValueError:
        return date(birth.year + age, 2, 28)


def completed_years(birth: date, on: date) -> int:
    """Age on that day; negative before birth."""
    years = on.year - birth.year
    return years if on >= birthday(birth, years) else years - 1


def check_birth_date(birth: date, on: date) -> Bilingual | None:
    """What is wrong with a birth date, in words; None when it can be true."""
    shown = long_date(birth)
    if birth > on:
        return Bilingual(
            f"Data urodzenia {shown.pl} jest w przyszłości. Proszę sprawdzić rok.",
            f"The birth date {shown.en} is in the future. Please check the year.",
        )
    if completed_years(birth, on) > OLDEST_AGE:
        return Bilingual(
            f"Data urodzenia {shown.pl} oznacza ponad {OLDEST_AGE} lat. Proszę sprawdzić rok.",
            f"The birth date {shown.en} means more than {OLDEST_AGE} years of age. Please check the year.",
        )
    return None
