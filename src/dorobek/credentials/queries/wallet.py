"""Reads of a person's wallet: what was issued here and what they brought with them, as one list (MC-6)."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from dorobek.credentials.enums import CredentialState, Standing
from dorobek.credentials.models import Credential
from dorobek.people.models import Account, Person
from dorobek.portfolio.models import HeldCredential


@dataclass(frozen=True)
class Card:
    """One credential in the list. `own`: issued by this installation; `since`: when it came into the wallet."""

    uid: uuid.UUID
    own: bool
    title: str
    issuer: str
    awarded_on: dt.date | None
    last_day: dt.date | None
    standing: Standing
    since: dt.datetime
    checked_at: dt.datetime | None


def person_of(user: Account) -> Person | None:
    """Whose wallet the account opens. One statement."""
    return Person.objects.filter(account_id=user.pk).first() if user.is_authenticated else None


def holds_something(user: Account) -> bool:
    """Whether there is anything in the account's wallet. One statement."""
    return Person.objects.filter(something_of("pk"), account_id=user.pk).exists()


def something_of(person: str) -> Q:
    """The same as a condition for a query of others: of the person whose key stands in that column. No statement."""
    issued = Credential.objects.filter(person=OuterRef(person)).exclude(document="")
    held = HeldCredential.objects.filter(person=OuterRef(person))
    return Q(Exists(issued)) | Q(Exists(held))


def cards_of(user: Account, language: str = "pl") -> list[Card]:
    """The account's own wallet, newest first. Two statements, whatever is in it."""
    issued = own_credentials(user).defer("document")
    held = HeldCredential.objects.visible_to(user).defer("document", "words")
    cards = [card_of(one, language) for one in issued] + [held_card(one) for one in held]
    return sorted(cards, key=lambda one: one.since, reverse=True)


def own_credentials(user: Account) -> QuerySet[Credential]:
    """Those issued here to the account's own person; what an issuer's clerk may see besides is not theirs."""
    rows = Credential.objects.visible_to(user).filter(person__account_id=user.pk).exclude(document="")
    return rows.select_related("template_version__template", "issuer__institution", "person")


def card_of(one: Credential, language: str) -> Card:
    return Card(
        one.uid, True, one.template_version.design.title(language), one.issuer.name(language), one.awarded_on,
        last_day(one.valid_until), own_standing(one), one.created_at, None,
    )  # fmt: skip


def held_card(one: HeldCredential) -> Card:
    return Card(
        one.uid, False, one.title, one.issuer_name, one.awarded_on, last_day(one.valid_until), held_standing(one),
        one.created_at, one.checked_at,
    )  # fmt: skip


def own_standing(one: Credential) -> Standing:
    """What the issuer decided comes before what the clock says."""
    if one.state != CredentialState.VALID:
        return Standing(one.state)
    return Standing.EXPIRED if one.expired() else Standing.VALID


def held_standing(one: HeldCredential) -> Standing:
    """By the newest check; that a day has passed since is seen without one."""
    failed = {str(fault["code"]) for check in one.report for fault in check["faults"]} if one.report else set()
    if one.valid_until is not None and one.valid_until <= timezone.now():
        return Standing.EXPIRED
    if one.decided == "valid":
        return Standing.VALID
    if one.decided == "could not check":
        return Standing.UNSURE
    if "revoked" in failed:
        return Standing.REVOKED
    return Standing.SUSPENDED if "suspended" in failed else Standing.INVALID


def last_day(end: dt.datetime | None) -> dt.date | None:
    """A credential that ends at midnight was last valid the day before."""
    return timezone.localdate(end - dt.timedelta(seconds=1)) if end else None
