"""Somebody without an account applies from a body's public page: an account of their own, once their address answered.

Until the letter is answered nothing is kept: what was typed travels in the signed link of the letter.
"""

import uuid
from dataclasses import dataclass, field

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from dorobek.audits.models import SkillsAudit
from dorobek.credentials.addresses import origin
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.text import normalised
from dorobek.people.acting import ActingUser
from dorobek.people.models import Account, Person
from dorobek.validation.models import ValidationOpening

SALT = "dorobek.validation.arriving"
DAYS = 3
CARRIED = ("given_names", "family_name", "email", "opening")  # in the link


@dataclass(frozen=True)
class Arrival:
    """Who wants to apply, and for which opening."""

    given_names: str
    family_name: str
    email: str
    opening: str
    account: uuid.UUID = field(default_factory=uuid.uuid4)  # named by the link, which opens one alone

    @property
    def opening_uid(self) -> uuid.UUID:
        return uuid.UUID(self.opening)

    @property
    def used(self) -> bool:
        """The link has opened its account already, whatever address that has by now, or the address has another."""
        return Account.objects.filter(Q(uid=self.account) | Q(email__iexact=self.email)).exists()


class TooOld(Exception):
    """The link was changed, or it is older than `DAYS`."""


def send_link(*, opening: ValidationOpening, given_names: str, family_name: str, email: str, path: str) -> None:
    """Write to the address: the link that opens an account, or, where it has one, how to sign in. Keeps nothing.

    Whoever asks is told the same in both cases. `path`: of the page of the link, "" in place of the token.
    Raises RuleBroken with the field at fault.
    """
    arrival = Arrival(_tidy(given_names), _tidy(family_name), _address(email), str(opening.uid))
    for name, message in (("given_names", _("Proszę podać imię.")), ("family_name", _("Proszę podać nazwisko."))):
        if not getattr(arrival, name):
            raise RuleBroken(message, name)
    title = opening.qualification.title_pl
    if Account.objects.filter(email__iexact=arrival.email).exists():
        text = _("Na ten adres jest już konto. Żeby się zgłosić, wystarczy się zalogować; kod przyjdzie pocztą:")
        link = f"{origin()}/walidacja/termin/{opening.uid}/"
    else:
        text = _("Pod tym odnośnikiem zaczyna się zgłoszenie (działa trzy dni):")
        said = {name: getattr(arrival, name) for name in CARRIED}
        link = origin() + path + signing.dumps(said, salt=SALT, compress=True) + "/"
    body = _(
        "Dzień dobry,\n\n%(text)s\n\n%(link)s\n\nJeśli to pomyłka, nie trzeba nic robić: niczego nie zapisaliśmy.\n"
    )
    subject = _("Zgłoszenie do walidacji: %s") % title[:120]
    send_mail(subject, body % {"text": text, "link": link}, None, [arrival.email])


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _address(text: str) -> str:
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise RuleBroken(_("To nie jest adres e-mail. Powinien wyglądać tak: imie@example.org."), "email") from error
    return address


def arrival_of(token: str) -> Arrival:
    """What the link carries. Raises TooOld."""
    try:
        said = signing.loads(token, salt=SALT, max_age=DAYS * 24 * 3600)
        account = uuid.UUID(bytes=salted_hmac(SALT, token, algorithm="sha256").digest()[:16], version=4)
        return Arrival(**said, account=account)
    except (signing.BadSignature, TypeError) as error:
        raise TooOld from error


@transaction.atomic
def open_own_account(*, arrival: Arrival) -> Account:
    """The account of whoever answered the letter, with their person. Raises RuleBroken where the address has one by now, or
    the link has been used.

    A person who is held here under the same address and name, without account and without a case, is the same one:
    a credential may have come before them.
    """
    if arrival.used:
        raise RuleBroken(_("Na ten adres jest już konto. Proszę się zalogować; kod przyjdzie pocztą."))
    name = f"{arrival.given_names} {arrival.family_name}"
    account = Account.objects.create_user(arrival.email, name=name, uid=arrival.account)
    acting_user = ActingUser(account)
    person = _known(arrival) or _registered(arrival, acting_user)
    person.write({"account": account}, base_version=None)
    acting_user.record("person.account-opened", stream=person.uid, subject=person.uid, account=account)
    return account


def _registered(arrival: Arrival, acting_user: ActingUser) -> Person:
    """A new person of whom only this is known; the rest is asked where a step needs it."""
    named = {name: getattr(arrival, name) for name in ("given_names", "family_name", "email")}
    person = Person(**named)
    person.prepare()
    person.save(force_insert=True)
    acting_user.record("person.registered", stream=person.uid, subject=person.uid, **named)
    return person


def _known(arrival: Arrival) -> Person | None:
    wanted = normalised(f"{arrival.given_names} {arrival.family_name}")
    rows = Person.objects.select_for_update().filter(email__iexact=arrival.email, erased_at=None, account=None)
    cases = SkillsAudit.objects.values("person")
    return next((one for one in rows.exclude(pk__in=cases).order_by("pk") if normalised(one.name) == wanted), None)
