"""A text in both languages of the system, and the small grammar that reasons need."""

from dataclasses import dataclass
from datetime import date

from dorobek.kernel.partial_dates import PartialDate


@dataclass(frozen=True)
class Bilingual:
    """The same text in Polish and English. Kept as a pair because documents are printed in either."""

    pl: str
    en: str

    def text(self, language: str) -> str:
        return self.pl if language.startswith("pl") else self.en

    def __str__(self) -> str:
        return self.pl

    def to_dict(self) -> dict[str, str]:
        return {"pl": self.pl, "en": self.en}


def long_date(day: date) -> Bilingual:
    """ "12 marca 2027" / "12 March 2027"."""
    exact = PartialDate(day.year, day.month, day.day)
    return Bilingual(exact.display("pl"), exact.display("en"))


def plural(count: int, one: str, few: str, many: str) -> str:
    """The count with its Polish noun: 1 rok, 2 lata, 5 lat, 22 lata, 112 lat."""
    if count == 1:
        return f"{count} {one}"
    is_few = count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14)
    return f"{count} {few if is_few else many}"


def ordinal(number: int) -> str:
    """English ordinal: 1st, 22nd, 113th."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def years(count: int) -> Bilingual:
    return Bilingual(plural(count, "rok", "lata", "lat"), f"{count} year" + ("" if count == 1 else "s"))


def days(count: int) -> Bilingual:
    return Bilingual(plural(count, "dzień", "dni", "dni"), f"{count} day" + ("" if count == 1 else "s"))


def joined(parts: list[Bilingual], *, pl: str = " ", en: str = " ") -> Bilingual:
    """Parts one after another, each once."""
    unique = list(dict.fromkeys(parts))
    return Bilingual(pl.join(part.pl for part in unique), en.join(part.en for part in unique))
