"""How long something took, as people say it: "około dwóch lat", "pół roku", "40 godzin", "2-3 miesiące"."""

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NoReturn, Self

from django.utils.translation import gettext as _

from dorobek.kernel.partial_dates.value import ParseError
from dorobek.kernel.partial_dates.words import APPROXIMATE, fold

_MAX_LENGTH = 80
_MAX_NUMBER = 10_000
_WORKING_DAY_MINUTES = 8 * 60
_UNITS = {
    "year": r"lata|lat|latach|rok|roku|rocznie|years?|yrs?",
    "month": r"miesiac|miesiaca|miesiace|miesiecy|mies\.?|m-cy|m-ce|months?",
    "week": r"tydzien|tygodnia|tygodnie|tygodni|tyg\.?|weeks?",
    "day": r"dzien|dnia|dni|days?",
    "hour": r"godzina|godziny|godzine|godzin|godz\.?|h|hours?|hrs?",
    "minute": r"minuta|minuty|minute|minut|min\.?|minutes?",
}
_NUMBER_FORMS = {
    1: "jeden jedna jedno jednego jednej one a an",
    2: "dwa dwie dwoch dwu two",
    3: "trzy trzech three",
    4: "cztery czterech four",
    5: "piec pieciu five",
    6: "szesc szesciu six",
    7: "siedem siedmiu seven",
    8: "osiem osmiu eight",
    9: "dziewiec dziewieciu nine",
    10: "dziesiec dziesieciu ten",
    11: "jedenascie jedenastu eleven",
    12: "dwanascie dwunastu twelve",
    15: "pietnascie pietnastu fifteen",
    20: "dwadziescia dwudziestu twenty",
    30: "trzydziesci trzydziestu thirty",
}
_VAGUE = {
    (2, 5): "pare paru a-couple couple",
    (3, 9): "kilka kilku few several a-few",
    (11, 19): "kilkanascie kilkunastu a-dozen",
    (20, 90): "kilkadziesiat kilkudziesieciu",
}
_NUMBERS: dict[str, tuple[Fraction, Fraction]] = {
    word: (Fraction(value), Fraction(value)) for value, forms in _NUMBER_FORMS.items() for word in forms.split()
}
_NUMBERS |= {word: (Fraction(low), Fraction(high)) for (low, high), f in _VAGUE.items() for word in f.split()}
_NUMBERS |= dict.fromkeys(("pol", "half"), (Fraction(1, 2), Fraction(1, 2)))
_NUMBERS |= dict.fromkeys(("poltora", "poltorej"), (Fraction(3, 2), Fraction(3, 2)))
_UNIT = re.compile("|".join(f"(?P<{name}>{forms})" for name, forms in _UNITS.items()))
_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[a-z]+(?:-[a-z]+)*\.?|-")
_MORE = ("ponad", "przeszlo", "co najmniej", "minimum", "over", "more than", "at least")
_LESS = ("prawie", "niemal", "niecaly", "niecale", "niecalych", "nearly", "almost")
_ISO = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")


@dataclass(frozen=True, order=True)
class Amount:
    """Calendar months, days and minutes, kept apart because a month has no fixed length."""

    months: int = 0
    days: int = 0
    minutes: int = 0

    def __post_init__(self) -> None:
        if min(self.months, self.days, self.minutes) < 0 or not (self.months or self.days or self.minutes):
            raise ValueError("a duration is longer than nothing")

    @property
    def days_low(self) -> int:
        years, months = divmod(self.months, 12)
        return years * 365 + months * 30 - (2 if months else 0) + self.days

    @property
    def days_high(self) -> int:
        years, months = divmod(self.months, 12)
        return years * 366 + months * 31 + self.days

    def to_iso(self) -> str:
        years, months = divmod(self.months, 12)
        hours, minutes = divmod(self.minutes, 60)
        day_part = "".join(f"{value}{mark}" for value, mark in ((years, "Y"), (months, "M"), (self.days, "D")) if value)
        time_part = "".join(f"{value}{mark}" for value, mark in ((hours, "H"), (minutes, "M")) if value)
        return f"P{day_part}" + (f"T{time_part}" if time_part else "")

    @classmethod
    def from_iso(cls, text: str) -> Self:
        match = _ISO.fullmatch(text)
        if match is None:
            raise ValueError(text)
        years, months, days, hours, minutes = (int(group or 0) for group in match.groups())
        return cls(years * 12 + months, days, hours * 60 + minutes)

    def display(self, language: str) -> str:
        years, months = divmod(self.months, 12)
        hours, minutes = divmod(self.minutes, 60)
        values = zip((years, months, self.days, hours, minutes), _FORMS, strict=True)
        return " ".join(f"{value} {_plural(value, forms, language)}" for value, forms in values if value)


_FORMS = (
    ("rok", "lata", "lat", "year"),
    ("miesiąc", "miesiące", "miesięcy", "month"),
    ("dzień", "dni", "dni", "day"),
    ("godzina", "godziny", "godzin", "hour"),
    ("minuta", "minuty", "minut", "minute"),
)


def _plural(value: int, forms: tuple[str, str, str, str], language: str) -> str:
    if not language.startswith("pl"):
        return forms[3] if value == 1 else forms[3] + "s"
    if value == 1:
        return forms[0]
    few = value % 10 in (2, 3, 4) and value % 100 not in (12, 13, 14)
    return forms[1] if few else forms[2]


@dataclass(frozen=True)
class PartialDuration:
    """A length of time between `low` and `high` (the same when exact); `approximate` for "około"."""

    low: Amount
    high: Amount
    approximate: bool = False
    typed: str = field(default="", compare=False)

    def bounds_days(self) -> tuple[int, int] | None:
        """Fewest and most calendar days; None for a length told in hours. "Około" adds a quarter either way."""
        if not (self.high.months or self.high.days):
            return None
        low, high = self.low.days_low, self.high.days_high
        return (low * 3 // 4, -(-high * 5 // 4)) if self.approximate else (low, high)

    def bounds_hours(self) -> tuple[float, float] | None:
        """Fewest and most hours; None for a length told in days or longer."""
        if self.high.months or self.high.days:
            return None
        low, high = self.low.minutes / 60, self.high.minutes / 60
        return (low * 0.75, high * 1.25) if self.approximate else (low, high)

    def to_iso(self) -> str:
        """The stored form: `P2Y`, `P2Y~`, `P2Y/P3Y`, `PT40H`."""
        body = self.low.to_iso() if self.low == self.high else f"{self.low.to_iso()}/{self.high.to_iso()}"
        return body + ("~" if self.approximate else "")

    @classmethod
    def from_iso(cls, text: str, *, typed: str = "") -> Self:
        """Read the stored form back. Raises ParseError for any other text."""
        body = text.removesuffix("~")
        low, _slash, high = body.partition("/")
        try:
            return cls(Amount.from_iso(low), Amount.from_iso(high or low), text != body, typed)
        except ValueError:
            raise ParseError(_("Nieprawidłowy zapis czasu trwania: „%(text)s”.") % {"text": text[:40]}) from None

    def display(self, language: str = "pl") -> str:
        polish = language.startswith("pl")
        body = self.low.display(language)
        if self.low != self.high:
            joiner = "do" if polish else "to"
            body = f"{'od' if polish else 'from'} {body} {joiner} {self.high.display(language)}"
        mark = ("ok. " if polish else "about ") if self.approximate else ""
        return mark + body

    def __str__(self) -> str:
        return self.display()


def parse_duration(text: str) -> PartialDuration:
    """Read a length of time. Raises ParseError with a message for the person."""
    typed = " ".join(text.split())
    if not typed:
        raise ParseError(_("Proszę wpisać, ile to trwało, na przykład: 2 lata, 3 miesiące albo 40 godzin."))
    if len(typed) > _MAX_LENGTH:
        _not_understood(typed)
    body, approximate = _take(fold(typed), APPROXIMATE)
    body, more = _take(body, _MORE)
    body, less = _take(body, _LESS)
    low, high = _read(body, typed)
    try:
        if more:
            high = _scaled(high, Fraction(3, 2))
        if less:
            low = _scaled(low, Fraction(3, 4))
        return PartialDuration(_amount(low), _amount(high), approximate, typed)
    except ValueError:
        _not_understood(typed)


# months, days, minutes as exact fractions while reading
_Sum = tuple[Fraction, Fraction, Fraction]
_SIZE: dict[str, _Sum] = {
    "year": (Fraction(12), Fraction(0), Fraction(0)),
    "month": (Fraction(1), Fraction(0), Fraction(0)),
    "week": (Fraction(0), Fraction(7), Fraction(0)),
    "day": (Fraction(0), Fraction(1), Fraction(0)),
    "hour": (Fraction(0), Fraction(0), Fraction(60)),
    "minute": (Fraction(0), Fraction(0), Fraction(1)),
}
_ZERO: _Sum = (Fraction(0), Fraction(0), Fraction(0))


def _read(body: str, typed: str) -> tuple[_Sum, _Sum]:
    body = re.sub(r"\ba (few|couple|dozen)\b(?: of)?", r"a-\1", body).replace(" of ", " ")
    body = re.sub(r"\ba half\b", "half", re.sub(r"\bhalf an?\b", "half", body))
    between = body.startswith("between ")
    body = re.sub(r"^(?:od|from|between) ", "", body)
    body = re.sub(r"(\d) (?=\d{3}\b)", r"\1", body)
    body = re.sub(r"(\d)-(?=\d)", r"\1 - ", body)
    tokens = _TOKEN.findall(body)
    if "".join(tokens) != re.sub(r"[ ,]", "", body) and "".join(tokens) != body.replace(" ", ""):
        _not_understood(typed)
    low, high = _ZERO, _ZERO
    number: tuple[Fraction, Fraction] | None = None
    ranged = False
    for index, token in enumerate(tokens):
        if unit := _unit_of(token):
            count = number or (Fraction(1), Fraction(1))
            if ranged and number is None:
                _not_understood(typed)
            if ranged and low != _ZERO:
                # "od 1 roku do 2 lat": the second quantity is the upper bound, not an addition
                high = _added(_ZERO, unit, count[1])
                return low, high
            low, high, number = _added(low, unit, count[0]), _added(high, unit, count[1]), None
        elif token in ("-", "do", "to") or (token == "and" and between):
            if number is None and low == _ZERO:
                _not_understood(typed)
            ranged = True
        elif token in ("i", "and", "oraz"):
            continue
        elif (value := _number_of(token)) is not None:
            number = _combine(number, value, ranged, tokens[index - 1] if index else "")
        else:
            _not_understood(typed)
    if number is not None or low == _ZERO:
        _not_understood(typed)
    return low, high


def _combine(
    number: tuple[Fraction, Fraction] | None, value: tuple[Fraction, Fraction], ranged: bool, before: str
) -> tuple[Fraction, Fraction]:
    if number is None:
        return value
    if ranged:
        return number[0], value[1]
    if before in ("i", "and") or value[0] < 1:
        return number[0] + value[0], number[1] + value[1]
    if value[0] < 10 <= number[0]:
        return number[0] + value[0], number[1] + value[1]
    return value


def _unit_of(token: str) -> str | None:
    match = _UNIT.fullmatch(token)
    return match.lastgroup if match else None


def _number_of(token: str) -> tuple[Fraction, Fraction] | None:
    if token[0].isdigit():
        value = Fraction(token.replace(",", "."))
        return (value, value) if value <= _MAX_NUMBER else None
    return _NUMBERS.get(token)


def _added(total: _Sum, unit: str, count: Fraction) -> _Sum:
    size = _SIZE[unit]
    return (total[0] + size[0] * count, total[1] + size[1] * count, total[2] + size[2] * count)


def _scaled(total: _Sum, factor: Fraction) -> _Sum:
    return (total[0] * factor, total[1] * factor, total[2] * factor)


def _amount(total: _Sum) -> Amount:
    """Whole units: a part of a month becomes days (30 to the month), a part of a day working hours (8 to the day)."""
    months = int(total[0])
    days_exact = total[1] + (total[0] - months) * 30
    days = int(days_exact)
    minutes = total[2] + (days_exact - days) * _WORKING_DAY_MINUTES
    return Amount(months, days, round(minutes))


def _take(body: str, heads: tuple[str, ...]) -> tuple[str, bool]:
    for head in heads:
        if body.startswith(head) and not body[len(head) : len(head) + 1].isalpha():
            return body[len(head) :].strip(), True
    return body, False


def _not_understood(typed: str) -> NoReturn:
    raise ParseError(
        _(
            "Nie rozumiem, ile to trwało: „%(text)s”. Proszę napisać tak: 2 lata, pół roku, 3 miesiące, "
            "około 2 lat albo 40 godzin."
        )
        % {"text": typed[:_MAX_LENGTH]}
    )
