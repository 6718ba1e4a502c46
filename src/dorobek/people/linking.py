"""A code that a person carries to another institution, so that both keep one record of them (PF-3, XX-7).

The code is their agreement: without it an institution is never told that another one knows the person. It is made
of the person's uid, the half hour and the secret key, so nothing is stored; it holds for 30 to 60 minutes.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac

from dorobek.people.enums import IdentifierKind
from dorobek.people.models import Person

WINDOW = dt.timedelta(minutes=30)
# letters and digits that are not taken for one another when read aloud or copied by hand; 32 of them
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH = 8
_SALT = "dorobek.people.linking"


def code_of(person: Person, moment: dt.datetime) -> str:
    """The code of a person in the half hour of `moment` (an aware time): "K7QF-3MXB"."""
    return _code(person, int(moment.timestamp() // WINDOW.total_seconds()))


def person_with_code(identity: Mapping[str, Any], code: str, moment: dt.datetime) -> Person | None:
    """The person with this identifier and birth date whose code this is, now or in the half hour before.

    Searches every institution on purpose, past `visible_to`: the code is the person's own permission.
    """
    kind, number = identity.get("identifier_kind") or IdentifierKind.NONE, identity.get("identifier")
    if kind == IdentifierKind.NONE or not number:
        return None
    typed = "".join(sign for sign in code.upper() if sign.isascii() and sign.isalnum())
    window = int(moment.timestamp() // WINDOW.total_seconds())
    same = Person.objects.filter(
        identifier_kind=kind, identifier=number, birth_date=identity.get("birth_date"), erased_at=None
    )
    for person in same.order_by("pk"):
        codes = [_code(person, one).replace("-", "") for one in (window, window - 1)]
        if any(constant_time_compare(typed, one) for one in codes):
            return person
    return None


def _code(person: Person, window: int) -> str:
    digest = salted_hmac(_SALT, f"{person.uid}:{window}", algorithm="sha256").digest()
    text = "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LENGTH])
    return f"{text[:4]}-{text[4:]}"
