"""A table of figures read row by row: each a figure, or what to put right in it (DP-7). No database.

Columns: klasyfikacja (kzis, esco), zawod (its code), nazwa, region (TERYT of a voivodeship or a powiat, empty for the
country), miara (wynagrodzenie, oferty, prognoza), wartosc, jednostka, okres, zrodlo, adres, z_dnia, wiarygodnosc.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import IO
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from dorobek.kernel import teryt
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.text import normalised
from dorobek.plans.enums import Reliability
from dorobek.plans.gaps.enums import Classification, Forecast, Measure

COLUMNS = (
    "klasyfikacja", "zawod", "nazwa", "region", "miara", "wartosc", "jednostka", "okres", "zrodlo", "adres", "z_dnia",
    "wiarygodnosc",
)  # fmt: skip
NEEDED = ("zawod", "miara", "wartosc", "okres", "zrodlo", "z_dnia", "wiarygodnosc")
MEASURES = {
    "wynagrodzenie": Measure.WAGE, "placa": Measure.WAGE, "oferty": Measure.DEMAND, "oferty pracy": Measure.DEMAND,
    "popyt": Measure.DEMAND, "prognoza": Measure.FORECAST,
}  # fmt: skip
FORECASTS = {
    "duzy niedobor": Forecast.MUCH_LACKING, "niedobor": Forecast.LACKING, "deficyt": Forecast.LACKING,
    "duzy deficyt": Forecast.MUCH_LACKING, "rownowaga": Forecast.BALANCE, "nadwyzka": Forecast.SURPLUS,
    "duza nadwyzka": Forecast.MUCH_SURPLUS,
}  # fmt: skip
RELIABILITIES = {
    "urzedowe": Reliability.OFFICIAL, "badanie": Reliability.RESEARCH, "raport": Reliability.RESEARCH,
    "praktyka": Reliability.PRACTICE, "pracodawca": Reliability.PRACTICE, "opinia": Reliability.OPINION,
}  # fmt: skip
DEAREST = Decimal(1_000_000)
MOST_OFFERS = Decimal(10_000_000)
LONGEST = {"nazwa": 300, "jednostka": 60, "zrodlo": 200, "adres": 500}
_NUMBER = re.compile(r"-?\d{1,3}(?: ?\d{3})*(?:[.,]\d{1,2})?|-?\d+(?:[.,]\d{1,2})?")
_CODE = {"kzis": re.compile(r"\d{1,6}"), "esco": re.compile(r"[\w.-]{1,80}")}
_PERIOD = re.compile(r"(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|(\d{4})))?")


@dataclass(frozen=True)
class Fault:
    """What is wrong in a row: its line in the file, the column, what to do."""

    line: int
    column: str
    problem: str


@dataclass(frozen=True)
class FigureRow:
    """A good row; names as the columns of `plans.LabourFigure`."""

    line: int
    classification: str
    occupation: str
    label: str
    region: str
    measure: str
    value: Decimal | None
    forecast: str
    unit: str
    period: str
    source: str
    source_url: str
    dated: dt.date
    reliability: str

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two rows the same figure."""
        names = ("classification", "occupation", "region", "measure", "unit", "period", "source")
        return tuple(str(getattr(self, name)) for name in names)


class _Wrong(Exception):
    """A cell that cannot be used."""

    def __init__(self, column: str, problem: str) -> None:
        super().__init__(problem)
        self.column, self.problem = column, problem


def read_figures(file: IO[bytes], today: dt.date) -> Iterator[FigureRow | Fault]:
    """Every row of a CSV file in UTF-8, with semicolons, commas or tabs. Raises RuleBroken when it is no such table."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        head = text.readline()
        delimiter = max(";,\t", key=head.count)
        names = [normalised(name).replace(" ", "_") for name in next(csv.reader([head], delimiter=delimiter), [])]
        if missing := [name for name in NEEDED if name not in names]:
            raise RuleBroken(
                _("W pierwszym wierszu brakuje kolumn: %(names)s.") % {"names": ", ".join(missing)}, "file"
            )
        for line, cells in enumerate(csv.reader(text, delimiter=delimiter), start=2):
            if any(cell.strip() for cell in cells):
                given = dict(zip(names, (" ".join(cell.split()) for cell in cells), strict=False))
                yield _row(line, given, today)
    except (UnicodeDecodeError, csv.Error) as error:
        raise RuleBroken(_("To nie jest tekst CSV w UTF-8. Proszę zapisać tabelę jako „CSV UTF-8”."), "file") from error
    finally:
        text.detach()


def _row(line: int, given: Mapping[str, str], today: dt.date) -> FigureRow | Fault:
    try:
        classification, occupation = _occupation(given)
        measure = _named(given, "miara", MEASURES, _("wynagrodzenie, oferty albo prognoza"))
        value, forecast, unit = _said(given, measure)
        return FigureRow(
            line=line, classification=classification, occupation=occupation, label=_short(given, "nazwa"),
            region=_region(given), measure=measure, value=value, forecast=forecast, unit=unit,
            period=_period(given, today), source=_needed(given, "zrodlo"), source_url=_address(given),
            dated=_day(given, today),
            reliability=_named(given, "wiarygodnosc", RELIABILITIES, _("urzędowe, badanie, praktyka albo opinia")),
        )  # fmt: skip
    except _Wrong as wrong:
        return Fault(line, wrong.column, wrong.problem)


def _needed(given: Mapping[str, str], column: str) -> str:
    text = _short(given, column)
    if not text:
        raise _Wrong(column, _("To pole jest puste, a bez niego nie wiadomo, co znaczy ta liczba."))
    return text


def _short(given: Mapping[str, str], column: str) -> str:
    text = given.get(column, "")
    if "\x00" in text or len(text) > LONGEST.get(column, 200):
        raise _Wrong(column, _("Ten tekst jest za długi albo ma znak, którego nie da się zapisać."))
    return text


def _occupation(given: Mapping[str, str]) -> tuple[str, str]:
    named = normalised(given.get("klasyfikacja", "")) or Classification.KZIS.value
    if named not in Classification.values:
        raise _Wrong("klasyfikacja", _("Proszę wpisać kzis albo esco, a jest „%(text)s”.") % {"text": named[:40]})
    code = _needed(given, "zawod")
    code = code.rstrip("/").rsplit("/", 1)[-1] if named == Classification.ESCO else code
    if not _CODE[named].fullmatch(code):
        raise _Wrong(
            "zawod", _("„%(text)s” nie jest kodem zawodu. W klasyfikacji KZiS to sześć cyfr.") % {"text": code[:40]}
        )
    return named, code


def _named(given: Mapping[str, str], column: str, known: Mapping[str, str], which: str) -> str:
    text = _needed(given, column)
    found = known.get(normalised(text)) or (text if text in known.values() else "")
    if not found:
        raise _Wrong(
            column, _("Nie znamy odpowiedzi „%(text)s”. Może tu być: %(which)s.") % {"text": text[:40], "which": which}
        )
    return str(found)


def _region(given: Mapping[str, str]) -> str:
    code = given.get("region", "")
    if code and (len(code) not in (2, 4) or not teryt.is_valid_code(code)):
        raise _Wrong(
            "region",
            _("„%(text)s” nie jest kodem województwa (dwie cyfry) ani powiatu (cztery). Puste pole to cały kraj.")
            % {"text": code[:40]},
        )
    return code


def _said(given: Mapping[str, str], measure: str) -> tuple[Decimal | None, str, str]:
    """The value, or the forecast in words; and the unit, without which a number tells nothing."""
    text = _needed(given, "wartosc")
    if measure == Measure.FORECAST and normalised(text) in FORECASTS:
        return None, FORECASTS[normalised(text)].value, _short(given, "jednostka")
    value = _number(text)
    unit = _short(given, "jednostka")
    if not unit:
        raise _Wrong(
            "jednostka", _("Proszę podać jednostkę, na przykład „zł brutto miesięcznie” albo „oferty w roku”.")
        )
    if measure == Measure.WAGE and not 0 < value <= DEAREST:
        raise _Wrong("wartosc", _("Wynagrodzenie musi być większe od zera i nie większe niż milion. Proszę sprawdzić."))
    if measure == Measure.DEMAND and not 0 <= value <= MOST_OFFERS:
        raise _Wrong("wartosc", _("Liczba ofert nie może być ujemna ani większa niż dziesięć milionów."))
    return value, "", unit


def _number(text: str) -> Decimal:
    bare = re.sub(r"[\s\u00a0\u202f]+", " ", text).strip()
    if not _NUMBER.fullmatch(bare):
        raise _Wrong(
            "wartosc",
            _("„%(text)s” nie jest liczbą. Jednostkę, na przykład zł, proszę wpisać w osobnej kolumnie.")
            % {"text": text[:40]},
        )
    value = Decimal(bare.replace(" ", "").replace(",", "."))
    if abs(value) >= Decimal(10) ** 10:
        raise _Wrong("wartosc", _("Ta liczba jest za duża. Proszę sprawdzić, czy nie ma nadmiarowych zer."))
    return value


def _period(given: Mapping[str, str], today: dt.date) -> str:
    text = _needed(given, "okres")
    found = _PERIOD.fullmatch(text)
    if not found or not 1990 <= int(found[1]) <= today.year + 1:
        raise _Wrong("okres", _("Okres proszę wpisać tak: 2025, 2025-10, 2025-Q3 albo 2025-2030."))
    if found[4] and not int(found[1]) < int(found[4]) <= int(found[1]) + 30:
        raise _Wrong("okres", _("Koniec okresu musi być po jego początku."))
    return text


def _address(given: Mapping[str, str]) -> str:
    url = _short(given, "adres")
    if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc):
        raise _Wrong("adres", _("Proszę wpisać cały adres strony, zaczynający się od https://"))
    return url


def _day(given: Mapping[str, str], today: dt.date) -> dt.date:
    text = _needed(given, "z_dnia")
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            day = dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
        if day > today:
            raise _Wrong("z_dnia", _("Ten dzień jeszcze nie nadszedł. Proszę podać dzień, z którego jest ta liczba."))
        if day.year < 1990:
            raise _Wrong("z_dnia", _("Ta data jest zbyt dawna. Proszę ją sprawdzić."))
        return day
    raise _Wrong("z_dnia", _("Dzień proszę wpisać tak: 2026-03-31."))
