"""What a person is known by, checked: PESEL with its control digit and birth date, other identifiers, contact."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from dorobek.kernel import teryt
from dorobek.kernel.errors import RuleBroken
from dorobek.people.enums import AddressForm, IdentifierKind

PESEL_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
CENTURIES = {80: 1800, 0: 1900, 20: 2000, 40: 2100, 60: 2200}
LIMITS = {
    "given_names": 120,
    "family_name": 120,
    "identifier": 40,
    "citizenship": 60,
    "email": 254,
    "phone": 40,
    "street": 200,
    "postal_code": 12,
    "place": 120,
    "teryt": 7,
    "language": 5,
}
FIELDS = (*LIMITS, "address_form", "birth_date", "identifier_kind")


def birth_date_of_pesel(pesel: str) -> dt.date:
    """The birth date a PESEL number carries. Raises RuleBroken when it is no PESEL number."""
    if not re.fullmatch(r"[0-9]{11}", pesel):
        raise RuleBroken(_("PESEL ma 11 cyfr. Proszę sprawdzić numer."), "identifier")
    control = (10 - sum(int(digit) * weight for digit, weight in zip(pesel, PESEL_WEIGHTS, strict=False)) % 10) % 10
    if control != int(pesel[10]):
        raise RuleBroken(_("W tym numerze PESEL jest pomyłka: nie zgadza się cyfra kontrolna."), "identifier")
    month = int(pesel[2:4])
    century = month // 20 * 20
    try:
        return dt.date(CENTURIES[century] + int(pesel[:2]), month - century, int(pesel[4:6]))
    except ValueError as error:
        raise RuleBroken(_("Ten numer PESEL nie zawiera prawdziwej daty urodzenia."), "identifier") from error


def checked_identity(given: Mapping[str, Any], *, held: Mapping[str, Any], today: dt.date) -> dict[str, Any]:
    """Columns of a person from what was given, tidy; `held` is what is known already. Raises RuleBroken by field."""
    if unknown := set(given) - set(FIELDS):
        raise RuleBroken(_("Nie ma takiego pola: %(names)s.") % {"names": ", ".join(sorted(unknown))})
    found = {name: _text(name, value) if name in LIMITS else value for name, value in given.items()}
    whole = {**held, **found}
    for name, message in (("given_names", _("Proszę podać imię.")), ("family_name", _("Proszę podać nazwisko."))):
        if not whole.get(name):
            raise RuleBroken(message, name)
    if whole.get("address_form", AddressForm.NEUTRAL) not in AddressForm.values:
        raise RuleBroken(_("Proszę wybrać formę z listy."), "address_form")
    _check_birth(whole.get("birth_date"), today)
    found.update(_identifier(whole))
    if found.get("email"):
        found["email"] = _email(found["email"])
    if found.get("teryt"):
        found["teryt"] = _place(found["teryt"])
    return found


def _text(name: str, value: Any) -> str:
    text = " ".join(str(value or "").replace("\x00", "").split())
    if len(text) > LIMITS[name]:
        raise RuleBroken(
            _("To za długie: najwyżej %(limit)d znaków, a jest %(length)d. Proszę skrócić.")
            % {"limit": LIMITS[name], "length": len(text)},
            name,
        )
    return text


def _check_birth(birth: Any, today: dt.date) -> None:
    if not isinstance(birth, dt.date):
        raise RuleBroken(_("Proszę podać datę urodzenia."), "birth_date")
    if birth > today:
        raise RuleBroken(_("Ta data urodzenia jest w przyszłości. Proszę sprawdzić rok."), "birth_date")
    if birth.year < today.year - 120:
        raise RuleBroken(_("Ta data urodzenia jest zbyt dawna. Proszę sprawdzić rok."), "birth_date")


def _identifier(whole: Mapping[str, Any]) -> dict[str, str]:
    kind = str(whole.get("identifier_kind") or IdentifierKind.NONE)
    number = str(whole.get("identifier") or "")
    if kind not in IdentifierKind.values:
        raise RuleBroken(_("Proszę wybrać rodzaj dokumentu z listy."), "identifier_kind")
    if kind == IdentifierKind.NONE:
        return {"identifier_kind": kind, "identifier": ""}
    if not number:
        raise RuleBroken(_("Proszę wpisać numer albo wybrać „brak”."), "identifier")
    if kind == IdentifierKind.PESEL:
        number = number.replace(" ", "")
        if birth_date_of_pesel(number) != whole["birth_date"]:
            raise RuleBroken(
                _("PESEL i data urodzenia mówią co innego. Proszę sprawdzić jedno i drugie."), "identifier"
            )
    return {"identifier_kind": kind, "identifier": number.upper()}


def _email(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError as error:
        raise RuleBroken(_("To nie jest adres e-mail. Powinien wyglądać tak: imie@example.org."), "email") from error
    return address.lower()


def _place(code: str) -> str:
    try:
        return teryt.check_code(code)
    except teryt.PlaceError as refusal:
        raise RuleBroken(refusal.message, "teryt") from refusal
