"""Decisions about the offer as pure functions on plain data: prices, dates, places, marks of quality."""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.teryt import PlaceError, PlaceLevel, check_code, level_of, name_of, places
from dorobek.kernel.text import normalised
from dorobek.offers.times import ClassTimes, checked

DEAREST = 100_000_000  # grosze: a million zlotys; more is a slip of the hand
LONGEST_HOURS = 5_000
FIRST_YEAR, LAST_YEAR = 2000, 2100
# Criteria of the regional standard, each a question that can be answered with yes or no and a note.
STANDARD: dict[str, str] = {
    "goals": "Każde szkolenie ma zapisany cel i efekty, które można sprawdzić.",
    "needs": "Przed szkoleniem pytamy uczestników, co już umieją i czego potrzebują.",
    "trainers": "Prowadzący mają wiedzę, praktykę i przygotowanie do uczenia dorosłych.",
    "place": "Sala, sprzęt i platforma są dostępne także dla osób z niepełnosprawnością.",
    "check": "Sprawdzamy, czego uczestnicy się nauczyli, i mówimy im o wyniku.",
    "feedback": "Zbieramy opinie i pokazujemy, co dzięki nim zmieniliśmy.",
    "complaints": "Wiadomo, gdzie złożyć skargę i kiedy przyjdzie odpowiedź.",
}
_PRICE = re.compile(r"(-?)\s*(\d[\d\s]*)(?:[.,](\d{1,2}))?\s*(?:zł|zl|pln)?", re.IGNORECASE)
_REMOTE = {"zdalnie", "zdalna", "online", "on-line", "przez internet", "remote"}


def price_from_text(text: str) -> int:
    """Grosze from „2 700,00 zł", „2700", „2.700,50 PLN". Raises RuleBroken: no number, another currency, absurd."""
    grosze = _grosze(text)
    if grosze is None:
        raise RuleBroken(
            _("Nie rozumiem ceny „%(text)s”. Proszę podać ją w złotych, na przykład 1 250,00.") % {"text": text[:40]},
            "price",
        )
    return checked_price(grosze)


def sum_from_text(text: str) -> int:
    """Grosze of any sum that is no price, written as prices are. Raises RuleBroken in words about a sum."""
    grosze = _grosze(text)
    if grosze is None:
        raise RuleBroken(
            _("Nie rozumiem kwoty „%(text)s”. Proszę podać ją w złotych, na przykład 1 250,00.") % {"text": text[:40]}
        )
    if grosze < 0:
        raise RuleBroken(_("Kwota nie może być ujemna. Jeśli to nic, proszę wpisać 0."))
    if grosze > DEAREST:
        raise RuleBroken(_("Kwota przekracza milion złotych. Proszę sprawdzić, czy nie ma w niej nadmiarowych zer."))
    return grosze


def _grosze(text: str) -> int | None:
    """The sum, below zero too; None for what is none."""
    bare = re.sub(r"[\s\u00a0\u202f]+", " ", text).strip()
    bare = re.sub(r"(?<=\d)\.(?=\d{3}(?:\D|$))", "", bare)  # a point between thousands
    found = _PRICE.fullmatch(bare)
    if found is None:
        return None
    sign, zlotys, cents = found.groups()
    grosze = int(Decimal(zlotys.replace(" ", "")) * 100) + int((cents or "0").ljust(2, "0"))
    return -grosze if sign else grosze


def checked_price(grosze: int) -> int:
    """The price, if it can be one. Raises RuleBroken for a negative or an absurd one."""
    if grosze < 0:
        raise RuleBroken(_("Cena nie może być ujemna. Za usługę bez opłaty proszę wpisać 0."), "price")
    if grosze > DEAREST:
        raise RuleBroken(
            _("Cena przekracza milion złotych. Proszę sprawdzić, czy nie ma w niej nadmiarowych zer."), "price"
        )
    return grosze


def checked_dates(starts_on: dt.date, ends_on: dt.date, enrol_until: dt.date | None) -> dt.date:
    """The last day of enrolment: as given, else the day before the start. Raises RuleBroken for impossible dates."""
    for day, name in ((starts_on, "starts_on"), (ends_on, "ends_on")):
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise RuleBroken(
                _("Rok %(year)d nie może być prawdziwy. Proszę sprawdzić datę.") % {"year": day.year}, name
            )
    if ends_on < starts_on:
        raise RuleBroken(_("Szkolenie kończy się przed początkiem. Proszę sprawdzić obie daty."), "ends_on")
    if enrol_until is not None and enrol_until > ends_on:
        raise RuleBroken(_("Zapisy kończą się po zakończeniu szkolenia. Proszę sprawdzić daty."), "enrol_until")
    return enrol_until or starts_on - dt.timedelta(days=1)


def checked_hours(hours: int) -> int:
    """Hours of a service. Raises RuleBroken for a negative or an absurd number."""
    if not 0 <= hours <= LONGEST_HOURS:
        raise RuleBroken(_("Liczba godzin powinna być od 0 do %(most)d.") % {"most": LONGEST_HOURS}, "hours")
    return hours


def place_from(name: str, code: str) -> tuple[str, str, bool]:
    """(name, TERYT code, remote) of a place given by its name, its code or the word „zdalnie".

    Raises RuleBroken for a place that does not exist and for an edition that takes place nowhere.
    """
    name, code = " ".join(name.split())[:120], code.strip()
    if normalised(name) in _REMOTE:
        return "", "", True
    if code:
        return name or _name_of(code), _checked_code(code), False
    if not name:
        raise RuleBroken(
            _("Brakuje miejsca. Proszę podać nazwę albo kod TERYT, a dla zajęć w sieci: zdalnie."), "place"
        )
    found = codes_by_name().get(normalised(name), [])
    if len(found) != 1:
        raise RuleBroken(
            _("Nie znam miejsca „%(name)s” albo jest takich kilka. Proszę dodać kod TERYT.") % {"name": name}, "place"
        )
    return name, found[0], False


def _checked_code(code: str) -> str:
    try:
        bare = check_code(code)
        if level_of(bare) is PlaceLevel.VOIVODESHIP:
            raise PlaceError(_("Samo województwo to za mało: potrzebny jest powiat albo gmina."))
        if len(bare) == 7 and name_of(bare[:4]) is None and bare[:2] == "12":
            raise PlaceError(_("Nie ma powiatu o kodzie %(code)s.") % {"code": bare[:4]})
        if len(bare) == 4 and name_of(bare) is None and bare[:2] == "12":
            raise PlaceError(_("Nie ma powiatu o kodzie %(code)s.") % {"code": bare})
    except PlaceError as error:
        raise RuleBroken(error.message, "teryt") from error
    return bare


def _name_of(code: str) -> str:
    return name_of(_checked_code(code)) or ""


_by_name: dict[str, list[str]] = {}


def codes_by_name() -> dict[str, list[str]]:
    """TERYT codes of powiats and cities by their plain name; made once."""
    if not _by_name:
        for place in places(level=PlaceLevel.POWIAT):
            _by_name.setdefault(normalised(place.name), []).append(place.code)
    return _by_name


def checked_answers(answers: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Answers to every criterion of the standard. Raises RuleBroken for one left out or one met without a word why."""
    kept: dict[str, dict[str, Any]] = {}
    for code, question in STANDARD.items():
        given = answers.get(code) or {}
        note = " ".join(str(given.get("note", "")).split())[:1000]
        if given.get("met") is None:
            raise RuleBroken(_("Proszę odpowiedzieć: %(question)s") % {"question": question}, code)
        if given["met"] and not note:
            raise RuleBroken(_("Proszę napisać, po czym to widać: %(question)s") % {"question": question}, code)
        kept[code] = {"met": bool(given["met"]), "note": note}
    return kept


def standard_met(answers: Mapping[str, Mapping[str, Any]]) -> bool:
    """True when every criterion of the standard is met."""
    return all(bool(answers.get(code, {}).get("met")) for code in STANDARD)


def checked_edition(given: Mapping[str, Any], today: dt.date) -> dict[str, Any]:
    """Columns of an edition that somebody typed. Raises RuleBroken: beside the rules of a file, no day may be past."""
    starts, ends = given["starts_on"], given["ends_on"]
    until = checked_dates(starts, ends, given.get("enrol_until"))
    if starts < today:
        raise RuleBroken(_("Ten dzień już minął. Proszę sprawdzić datę, także rok."), "starts_on")
    if until < today:
        raise RuleBroken(
            _("Zapisy skończyłyby się przed dzisiejszym dniem. Proszę podać, do kiedy można się zapisać."),
            "enrol_until",
        )
    place, code, remote = place_from(given.get("place") or "", given.get("teryt") or "")
    return {
        "starts_on": starts, "ends_on": ends, "enrol_until": until, "place": place, "teryt": code, "remote": remote,
        "price_grosze": checked_price(given["price_grosze"]), "places": _counted(given, "places"),
        "weekly_hours": _counted(given, "weekly_hours"),
        "class_times": checked(ClassTimes.from_data(given.get("class_times") or []), starts, ends).as_data(),
    }  # fmt: skip


MOST_COUNTED = {"places": 5_000, "weekly_hours": 80}


def _counted(given: Mapping[str, Any], name: str) -> int:
    number, most = int(given.get(name) or 0), MOST_COUNTED[name]
    if not 0 <= number <= most:
        raise RuleBroken(_("Ta liczba powinna być od 0 do %(most)d.") % {"most": most}, name)
    return number


def checked_service(given: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of a service that somebody typed. Raises RuleBroken."""
    kept = dict(given)
    if "title" in kept:
        kept["title"] = " ".join(str(kept["title"]).split())
        if not kept["title"]:
            raise RuleBroken(_("Proszę podać nazwę."), "title")
    if "hours" in kept:
        kept["hours"] = checked_hours(int(kept["hours"] or 0))
    if "outcomes" in kept:
        kept["outcomes"] = [" ".join(str(one).split())[:500] for one in kept["outcomes"] if str(one).strip()][:60]
    return kept
