"""Places by their TERYT code (TERC part): voivodeship 2 digits, powiat 4, gmina 7 with its kind.

The names shipped are those of all voivodeships, all powiats of małopolskie and its neighbours, and the large cities.
The full list is published by the statistical office and is imported by the operator (`load_names`). A code of
correct form that is not on the list is accepted: the name the person typed is kept and shown.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext as _

from dorobek.kernel.partial_dates.words import fold

_DATA = Path(__file__).parent / "data" / "teryt.json"
_FORM = re.compile(r"(\d{2})(?:(\d{2})(?:(\d{2})(\d))?)?")
_FIRST_CITY = 61
GMINA_KINDS = {
    "1": "gmina miejska",
    "2": "gmina wiejska",
    "3": "gmina miejsko-wiejska",
    "4": "miasto w gminie miejsko-wiejskiej",
    "5": "obszar wiejski gminy miejsko-wiejskiej",
    "8": "dzielnica",
    "9": "delegatura",
}


class PlaceError(ValueError):
    """A code that cannot be a TERYT code; `message` says what is wrong in words."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class PlaceLevel(StrEnum):
    VOIVODESHIP = "voivodeship"
    POWIAT = "powiat"
    GMINA = "gmina"


@dataclass(frozen=True)
class Place:
    """A place on the list: its code and its bare name ("małopolskie", "bocheński", "Kraków")."""

    code: str
    name: str

    @property
    def level(self) -> PlaceLevel:
        return level_of(self.code)

    def display(self) -> str:
        return display(self.code)


class _Names:
    """Names by code: those shipped, and those an operator has imported in this process."""

    def __init__(self) -> None:
        data = json.loads(_DATA.read_text(encoding="utf-8"))
        self.by_code: dict[str, str] = {**data["voivodeships"], **data["powiats"], **data["cities"]}


@lru_cache(maxsize=1)
def _names() -> _Names:
    return _Names()


def load_names(names: Mapping[str, str]) -> None:
    """Add names by code, e.g. all gminas of the official list. Raises PlaceError for a malformed code."""
    checked = {check_code(code): name for code, name in names.items()}
    _names().by_code.update(checked)


def check_code(code: str) -> str:
    """The code without spaces, if its form is right. Raises PlaceError with a Polish message."""
    bare = re.sub(r"\s", "", code)
    match = _FORM.fullmatch(bare)
    if match is None:
        raise PlaceError(_("Kod TERYT ma 2 cyfry (województwo), 4 (powiat) albo 7 (gmina z rodzajem)."))
    voivodeship, powiat, gmina, kind = match.groups()
    if voivodeship not in _names().by_code:
        raise PlaceError(_("Nie ma województwa o kodzie %(code)s.") % {"code": voivodeship})
    if powiat == "00" or gmina == "00":
        raise PlaceError(_("Numer powiatu i gminy w kodzie TERYT zaczyna się od 01."))
    if kind is not None and kind not in GMINA_KINDS:
        raise PlaceError(_("Ostatnia cyfra kodu gminy to jej rodzaj: 1, 2, 3, 4, 5, 8 albo 9."))
    return bare


def is_valid_code(code: str) -> bool:
    try:
        check_code(code)
    except PlaceError:
        return False
    return True


def level_of(code: str) -> PlaceLevel:
    return {2: PlaceLevel.VOIVODESHIP, 4: PlaceLevel.POWIAT}.get(len(check_code(code)), PlaceLevel.GMINA)


def is_within(code: str, prefix: str) -> bool:
    """Does the place `code` lie in the place `prefix`? A place lies in itself. Raises PlaceError for either."""
    code, prefix = check_code(code), check_code(prefix)
    # a whole gmina (kind 3) holds its town (4) and its rural area (5)
    if len(prefix) == 7 and prefix.endswith("3"):
        return code[:6] == prefix[:6] and code[6:] in ("3", "4", "5")
    return code.startswith(prefix)


def name_of(code: str) -> str | None:
    """The bare name, or None where the list does not hold it. A city's only gmina bears the city's name."""
    code = check_code(code)
    found = _names().by_code.get(code)
    if found is None and len(code) == 7 and int(code[2:4]) >= _FIRST_CITY and code.endswith("011"):
        return _names().by_code.get(code[:4])
    return found


def display(code: str, typed_name: str = "") -> str:
    """For people: "powiat bocheński, woj. małopolskie"; an unknown place shows `typed_name` or its code."""
    code = check_code(code)
    voivodeship = _("woj. %(name)s") % {"name": _names().by_code[code[:2]]}
    if len(code) == 2:
        return voivodeship
    name = name_of(code) or typed_name.strip()
    if not name:
        known_powiat = display(code[:4]) if len(code) == 7 else voivodeship
        return f"{code}, {known_powiat}"
    if len(code) == 7:
        return f"{name}, {voivodeship}"
    label = name if int(code[2:]) >= _FIRST_CITY else _("powiat %(name)s") % {"name": name}
    return f"{label}, {voivodeship}"


def places(prefix: str = "", level: PlaceLevel | None = None) -> list[Place]:
    """Known places within `prefix`, by code."""
    found = [Place(code, name) for code, name in _names().by_code.items() if code.startswith(prefix)]
    return sorted((p for p in found if level is None or p.level is level), key=lambda place: place.code)


def find(text: str, *, limit: int = 20) -> list[Place]:
    """Known places whose name or code begins with `text`; case and Polish letters do not matter."""
    wanted = fold(text)
    if not wanted:
        return []
    found = [p for p in places() if fold(p.name).startswith(wanted) or p.code.startswith(wanted)]
    return sorted(found, key=lambda place: (len(place.code) != 4, fold(place.name)))[:limit]
