"""Somebody's credentials from elsewhere, read and checked on their way into the wallet (MC-6)."""

import datetime as dt
import re

from django.db import transaction
from django.utils.translation import gettext as _

from dorobek.credentials.kept import checked_of, is_credential
from dorobek.credentials.models import Credential
from dorobek.credentials.perms import may_hold
from dorobek.credentials.verification import Verified, verify_given
from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.people.models import Person
from dorobek.portfolio.actions.wallet import keep_credential, note_check
from dorobek.portfolio.enums import HeldSource
from dorobek.portfolio.models import HeldCredential
from dorobek.vc.fetching import Source
from dorobek.vc.report import SIGNATURE

MOST_BYTES = 2_000_000
LONGEST_ADDRESS = 500
_ADDRESS = re.compile(r"https?://\S+")


class Refused(RuleBroken):
    """What was given is not taken in; `found` is what the check made of it, None when nothing was checked."""

    def __init__(self, message: str, field: str | None = None, found: Verified | None = None) -> None:
        super().__init__(message, field)
        self.found = found


def import_credentials(
    *,
    person: Person,
    raw: bytes | str,
    acting_user: ActingUser,
    at: dt.datetime | None = None,
    source: Source | None = None,
) -> list[HeldCredential]:
    """Read, check and keep what was uploaded (bytes), pasted, or lies at an address (text). Several come in one
    presentation; those the wallet has already are left out.

    It is kept with every answer even when something failed or could not be checked, so that its owner sees why.
    Raises NotAllowed; Refused: nothing, too large, no credential, words changed after signing, there already.
    """
    acting_user.require(may_hold(acting_user.account, person))
    raw = raw if isinstance(raw, bytes) else raw.strip()
    if len(raw) > MOST_BYTES:
        raise Refused(_("To za dużo jak na poświadczenie: najwyżej 2 MB. Proszę wybrać inny plik."), _field(raw))
    address = raw if isinstance(raw, str) and _ADDRESS.fullmatch(raw) else ""
    if len(address) > LONGEST_ADDRESS:
        raise Refused(_("Ten adres jest za długi. Proszę pobrać plik poświadczenia i dodać go stąd."), "text")
    whole = verify_given(raw, at=at, source=source)
    parts = whole.inside or (whole,)
    for one in parts:
        _refuse(one, _field(raw))
    return _kept(person, parts, _origin(raw, address, whole), address, acting_user)


@transaction.atomic
def _kept(
    person: Person, parts: tuple[Verified, ...], origin: str, address: str, acting_user: ActingUser
) -> list[HeldCredential]:
    made, told = [], ""
    for one in parts:
        try:
            if _issued_here(person, one):
                raise RuleBroken(_("To poświadczenie już jest w portfelu: wystawiono je tutaj."))
            checked = checked_of(one, untitled=_("Poświadczenie bez nazwy"))
            made.append(
                keep_credential(
                    person=person, source=origin, source_url=address, checked=checked, acting_user=acting_user
                )
            )
        except RuleBroken as refusal:
            told = str(refusal.message)
    if not made:
        raise Refused(told)
    return made


def check_again(*, held: HeldCredential, acting_user: ActingUser, source: Source | None = None) -> HeldCredential:
    """A new check with a new report, as of now. Raises NotAllowed."""
    acting_user.require(may_hold(acting_user.account, held.person))
    found = verify_given(held.document, source=source)
    checked = checked_of(found, untitled=held.title)
    return note_check(held=held, checked=checked, acting_user=acting_user)


def _refuse(found: Verified, field: str) -> None:
    codes = {fault.code for fault in found.report.faults}
    if not is_credential(found):
        raise Refused(_why(codes), field, found)
    if found.report.outcome(SIGNATURE) == "failed" or "context-changed" in codes:
        raise Refused(
            _("Podpis nie zgadza się z treścią: ktoś ją zmienił albo plik się uszkodził. Proszę poprosić wystawcę o nowy."),
            field, found,
        )  # fmt: skip


def _why(codes: set[str]) -> str:
    if any(code.startswith("fetch-") for code in codes):
        return _("Spod tego adresu nic nie dało się pobrać. Proszę pobrać plik na swoje urządzenie i dodać go stąd.")
    if "nothing-given" in codes:
        return _("Proszę wybrać plik albo wkleić tekst poświadczenia lub jego adres.")
    if "no-credential" in codes:
        return _("W tym obrazku nie ma poświadczenia. Proszę zapisać odznakę jeszcze raz, bez zmniejszania.")
    return _("To nie jest poświadczenie, które umiemy odczytać. Przyjmujemy JSON, token, odznakę PNG albo SVG i adres.")


def _field(raw: bytes | str) -> str:
    return "file" if isinstance(raw, bytes) else "text"


def _origin(raw: bytes | str, address: str, found: Verified) -> str:
    if address:
        return HeldSource.LINK
    if found.carrier != "text":
        return HeldSource.PICTURE
    return HeldSource.FILE if isinstance(raw, bytes) else HeldSource.TEXT


def _issued_here(person: Person, found: Verified) -> bool:
    named = str((found.document or {}).get("id", "")).removeprefix("urn:uuid:")
    own = Credential.objects.filter(person=person).exclude(document="")
    return found.own is not None and own.filter(uid=named).exists()
