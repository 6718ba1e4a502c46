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

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.text import normalised
from dorobek.offers.enums import Ending, Field, ServiceKind
from dorobek.offers.reading.row import Fault, OfferRow
from dorobek.offers.rules import checked_dates, checked_hours, checked_price, place_from

CHUNK = 65_536
LONGEST_ELEMENT = 2_000_000  # characters of one service; more is no service
_LIST = re.compile(r'"lista"\s*:\s*\[|\A\s*\[')
_FIELD_WORDS = {
    Field.LANGUAGES: ("jezyk", "angielsk", "niemieck"), Field.DRIVING: ("prawo jazdy", "kat. b"),
    Field.COMPUTING: ("komputer", "excel", "informaty"), Field.PROJECTS: ("projekt", "prince2", "agile"),
}  # fmt: skip


def read_national(file: IO[bytes]) -> Iterator[OfferRow | Fault]:
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
    decoder = json.JSONDecoder()
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
            if end == len(buffer) and chunk:
                break  # a number may go on in the next chunk
            yield element
            buffer = buffer[end:]
        if not chunk or len(buffer) > LONGEST_ELEMENT:
            raise RuleBroken(_("Plik urywa się w środku albo nie jest poprawnym JSON-em."), "file")


def _row(number: int, said: Mapping[str, Any]) -> OfferRow:
    provider = said.get("dostawcaUslug") if isinstance(said.get("dostawcaUslug"), Mapping) else {}
    assert isinstance(provider, Mapping)
    identity, title = _text(said, "id") or _text(said, "numer"), _text(said, "tytul")
    if not identity or not title:
        raise RuleBroken(_("Usługa nie ma numeru albo tytułu."), "id" if not identity else "tytul")
    starts, ends = _day(said, "dataRozpoczeciaUslugi"), _day(said, "dataZakonczeniaUslugi")
    until = checked_dates(
        starts, ends, _day(said, "dataZakonczeniaRekrutacji") if said.get("dataZakonczeniaRekrutacji") else None
    )
    place, teryt, remote = _place(said)
    name = _text(provider, "nazwa") or _("dostawca bez nazwy")
    qualification = _text(said, "idKwalifikacjiZrk") or _text(said, "idKwalifikacjiKkz")
    outcomes = said.get("efektyUczeniaSie")
    kind, ending = _kind(title, qualification)
    return OfferRow(
        line=number, number=identity[:80], service_number=identity[:80],
        provider_number=(_text(provider, "id") or normalised(name))[:80], provider_name=name[:250],
        provider_tax_number=_text(provider, "nip")[:20], title=title[:300], kind=kind, field=_field(title), ending=ending,
        goal=_text(said, "celEdukacyjny") or _text(said, "celBiznesowy"), outcomes=_texts(outcomes),
        register_code=qualification[:20], requires=_text(said, "warunkiUczestnictwa"),
        hours=checked_hours(_int(said, "liczbaGodzin")), places=checked_hours(_int(said, "maksymalnaLiczbaUczestnikow")),
        starts_on=starts, ends_on=ends, enrol_until=until, place=place, teryt=teryt, remote=remote,
        price_grosze=_price(said),
    )  # fmt: skip


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
    return place_from(
        _text(address, "miejscowosc") or _text(address, "nazwa"), _text(address, "kodTeryt") or _text(address, "teryt")
    )


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
    return " ".join(str(value).replace("\x00", "").split()) if isinstance(value, str | int) and value != "" else ""


def _texts(value: Any) -> tuple[str, ...]:
    found = value if isinstance(value, list) else [value]
    words = [one.get("opis") or one.get("nazwa") if isinstance(one, Mapping) else one for one in found]
    return tuple(" ".join(word.split()) for word in words if isinstance(word, str) and word.strip())


def _int(said: Mapping[str, Any], name: str) -> int:
    value = said.get(name)
    if value is None:
        return 0
    if isinstance(value, bool) or not isinstance(value, int):
        raise RuleBroken(_("To powinna być liczba całkowita."), name)
    return value


def _day(said: Mapping[str, Any], name: str) -> dt.date:
    text = str(said.get(name) or "")
    try:
        moment = parse_datetime(text)
        day = (localdate(moment) if moment.tzinfo else moment.date()) if moment else parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise RuleBroken(_("Nie ma takiego dnia: „%(text)s”.") % {"text": text[:30]}, name)
    return day
