"""The offer as the national base of training services gives it: JSON with `lista`, prices already in grosze.

Any field may be missing. The list is read element by
element, so that a file of any length takes the memory of one element.
"""

import datetime as dt
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import IO, Any

from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.teryt import name_of
from dorobek.kernel.text import normalised
from dorobek.offers.enums import Ending, Field, ServiceKind
from dorobek.offers.reading.days import day_of
from dorobek.offers.reading.row import Fault, OfferRow, OffSale
from dorobek.offers.reading.schedule import schedule_of
from dorobek.offers.rules import checked_dates, checked_hours, checked_price, codes_by_name, place_from
from dorobek.offers.times import ClassTimes, checked

CHUNK = 65_536
LONGEST_ELEMENT = 2_000_000  # characters of one service; more is no service
LONGEST_NUMBER = 18  # digits
# stems of a status that takes a service off sale; „opublikowana", „w realizacji" and „zakończona" follow from the dates
_OFF_SALE = ("anulow", "odwol", "wycof", "zawiesz", "odrzuc", "usunie", "niepublik", "nieopublik", "roboc", "szkic",
             "w edycji", "archiw")  # fmt: skip
_LIST = re.compile(r'"lista"\s*:\s*\[|\A\s*\[')
_FIELD_WORDS = {
    Field.LANGUAGES: ("jezyk", "angielsk", "niemieck"), Field.DRIVING: ("prawo jazdy", "kat. b"),
    Field.COMPUTING: ("komputer", "excel", "informaty"), Field.PROJECTS: ("projekt", "prince2", "agile"),
}  # fmt: skip


def read_national(file: IO[bytes]) -> Iterator[OfferRow | OffSale | Fault]:
    """Rows and faults in the order of the list. Raises RuleBroken when the file is no such JSON."""
    for number, element in enumerate(_elements(file), start=1):
        if not isinstance(element, Mapping):
            yield Fault(number, "", _("To nie jest opis usługi."))
            continue
        try:
            yield _row(number, element)
        except RuleBroken as broken:
            yield Fault(number, broken.field or "", str(broken.message))


def _elements(file: IO[bytes]) -> Iterator[Any]:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="strict", newline="")
    try:
        yield from _list(text)
    finally:
        text.detach()  # the file stays open for whoever opened it


def _list(text: io.TextIOWrapper) -> Iterator[Any]:
    # a number of thousands of digits stays text: then its field alone is at fault
    decoder = json.JSONDecoder(parse_int=lambda digits: int(digits) if len(digits) <= LONGEST_NUMBER else digits)
    buffer, begun = "", False
    while True:
        try:
            chunk = text.read(CHUNK)
        except UnicodeDecodeError as error:
            raise RuleBroken(_("Plik nie jest zapisany w UTF-8."), "file") from error
        buffer += chunk
        if not begun:
            found = _LIST.search(buffer)
            if found is None:
                if chunk and len(buffer) < LONGEST_ELEMENT:
                    continue
                raise RuleBroken(_("W pliku nie ma listy usług („lista”)."), "file")
            buffer, begun = buffer[found.end() :], True
        while True:
            buffer = buffer.lstrip(" \t\r\n,")
            if buffer.startswith("]"):
                return
            try:
                element, end = decoder.raw_decode(buffer)
            except json.JSONDecodeError:
                break
            except RecursionError as error:
                raise RuleBroken(
                    _("Plik jest zagnieżdżony tak głęboko, że nie może być listą usług."), "file"
                ) from error
            if end == len(buffer) and chunk:
                break  # a number may go on in the next chunk
            yield element
            buffer = buffer[end:]
        if not chunk or len(buffer) > LONGEST_ELEMENT:
            raise RuleBroken(_("Plik urywa się w środku albo nie jest poprawnym JSON-em."), "file")


def _row(number: int, said: Mapping[str, Any]) -> OfferRow | OffSale:
    provider = said.get("dostawcaUslug") if isinstance(said.get("dostawcaUslug"), Mapping) else {}
    assert isinstance(provider, Mapping)
    identity, title = _text(said, "id") or _text(said, "numer"), _text(said, "tytul")
    if not identity or not title:
        raise RuleBroken(_("Usługa nie ma numeru albo tytułu."), "id" if not identity else "tytul")
    status = _text(said, "status") or _text_of(said.get("status"), "nazwa")
    if any(stem in normalised(status) for stem in _OFF_SALE):
        return OffSale(number, identity[:80], status[:60])
    starts, ends = _day(said, "dataRozpoczeciaUslugi"), _day(said, "dataZakonczeniaUslugi")
    until = checked_dates(
        starts, ends, _day(said, "dataZakonczeniaRekrutacji") if said.get("dataZakonczeniaRekrutacji") else None
    )
    place, teryt, remote = _place(said)
    name = _text(provider, "nazwa") or _("dostawca bez nazwy")
    qualification = _text(said, "idKwalifikacjiZrk") or _text(said, "idKwalifikacjiKkz")
    outcomes = said.get("efektyUczeniaSie")
    kind, ending = _kind(title, qualification)
    times, left_out = _times(said, starts, ends)
    return OfferRow(
        line=number, number=identity[:80], service_number=identity[:80],
        provider_number=(_text(provider, "id") or normalised(name))[:80], provider_name=name[:250],
        provider_tax_number=_text(provider, "nip")[:20], title=title[:300], kind=kind, field=_field(title), ending=ending,
        goal=_text(said, "celEdukacyjny") or _text(said, "celBiznesowy"), outcomes=_texts(outcomes),
        register_code=qualification[:20], requires=_text(said, "warunkiUczestnictwa"),
        hours=checked_hours(_int(said, "liczbaGodzin")), places=checked_hours(_int(said, "maksymalnaLiczbaUczestnikow")),
        starts_on=starts, ends_on=ends, enrol_until=until, place=place, teryt=teryt, remote=remote,
        price_grosze=_price(said), times=times, times_left_out=left_out,
    )  # fmt: skip


def _times(said: Mapping[str, Any], starts: dt.date, ends: dt.date) -> tuple[ClassTimes, str]:
    """The class times; none and why, where the schedule is at fault: the base does not ask for one."""
    try:
        return checked(schedule_of(said), starts, ends), ""
    except RuleBroken as broken:
        return ClassTimes(), _("Termin przyjęty bez godzin zajęć. %(why)s") % {"why": broken.message}


def _price(said: Mapping[str, Any]) -> int:
    """What one participant pays, tax included, in grosze; a whole service's price is shared by its fewest people."""
    if said.get("cenaBruttoZaUczestnika") is not None:
        return checked_price(_int(said, "cenaBruttoZaUczestnika"))
    if said.get("cenaBruttoZaUsluge") is not None:
        people = max(_int(said, "minimalnaLiczbaUczestnikow"), 1)
        return checked_price(-(-_int(said, "cenaBruttoZaUsluge") // people))
    raise RuleBroken(_("Usługa nie ma ceny."), "cenaBruttoZaUczestnika")


def _place(said: Mapping[str, Any]) -> tuple[str, str, bool]:
    address = said.get("adres")
    if isinstance(address, list):
        address = address[0] if address else None
    if not isinstance(address, Mapping):
        return "", "", True  # the base gives no address for services that take place on the web
    name = _text(address, "miejscowosc") or _text(address, "nazwa")
    code = _text(address, "kodTeryt") or _text(address, "teryt") or _powiat(address)
    try:
        return place_from(name, code)
    except RuleBroken:
        if code or not name:
            raise
        return name[:120], "", False  # a town: the row says that its powiat is not known


def _powiat(address: Mapping[str, Any]) -> str:
    """The code of the powiat that the address names; "" when it names none, or one of several of that name."""
    bare = normalised(_text(address, "powiat") or _text_of(address.get("powiat"), "nazwa"))
    found = codes_by_name().get(bare.removeprefix("powiat ").removeprefix("m. ").strip(), [])
    region = normalised(_text(address, "wojewodztwo") or _text_of(address.get("wojewodztwo"), "nazwa"))
    if region:
        found = [code for code in found if normalised(name_of(code[:2]) or "") == region]
    return found[0] if len(found) == 1 else ""


def _kind(title: str, qualification: str) -> tuple[str, str]:
    words = normalised(title)
    kind = ServiceKind.TRAINING
    if "walidac" in words:
        kind = ServiceKind.VALIDATION
    elif words.startswith("egzamin"):
        kind = ServiceKind.EXAM
    certified = qualification or "certyfikat" in words or kind is not ServiceKind.TRAINING
    return str(kind), str(Ending.CERTIFICATE if certified else Ending.STATEMENT)


def _field(title: str) -> str:
    words = normalised(title)
    return str(next((f for f, stems in _FIELD_WORDS.items() if any(stem in words for stem in stems)), Field.OTHER))


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    return _clean(str(value)) if isinstance(value, str | int) and value != "" else ""


def _text_of(value: Any, name: str) -> str:
    return _text(value, name) if isinstance(value, Mapping) else ""


def _clean(text: str) -> str:
    """One line that a database can hold: no zeros, no halves of characters."""
    return " ".join(text.replace("\x00", "").encode("utf-8", "ignore").decode().split())


def _texts(value: Any) -> tuple[str, ...]:
    found = value if isinstance(value, list) else [value]
    words = [one.get("opis") or one.get("nazwa") if isinstance(one, Mapping) else one for one in found]
    return tuple(plain for word in words if isinstance(word, str) and (plain := _clean(word)))


def _int(said: Mapping[str, Any], name: str) -> int:
    value = said.get(name)
    if value is None:
        return 0
    if isinstance(value, bool) or not isinstance(value, int):
        raise RuleBroken(_("To powinna być liczba całkowita."), name)
    return value


def _day(said: Mapping[str, Any], name: str) -> dt.date:
    text = str(said.get(name) or "")
    day = day_of(text)
    if day is None:
        raise RuleBroken(_("Nie ma takiego dnia: „%(text)s”.") % {"text": text[:30]}, name)
    return day
