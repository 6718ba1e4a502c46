"""Persons: made, corrected, given an account. Called by actions that have checked who may decide that."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.people.identity import FIELDS, checked_identity
from dorobek.people.models import Account, Person


@transaction.atomic
def create_person(*, identity: Mapping[str, Any], acting_user: ActingUser) -> Person:
    """A new person. `identity`: columns of Person (names, birth date, identifier, contact, place).

    Raises RuleBroken with the field at fault.
    """
    person = Person(**checked_identity(identity, held={}, today=timezone.localdate()))
    person.prepare()
    person.save(force_insert=True)
    named = {name: value for name in FIELDS if (value := getattr(person, name))}
    acting_user.record("person.registered", stream=person.uid, subject=person.uid, **named)
    return person


@transaction.atomic
def change_person(
    *, person: Person, identity: Mapping[str, Any], acting_user: ActingUser, base_version: int | None = None
) -> dict[str, list[Any]]:
    """Correct what a person is known by; returns {field: [before, after]}. Raises RuleBroken, Conflict."""
    person = person.locked()
    held = {name: getattr(person, name) for name in FIELDS}
    columns = checked_identity(identity, held=held, today=timezone.localdate())
    named = {**held, **columns}
    kept = Person(given_names=named["given_names"], family_name=named["family_name"])
    kept.prepare()
    columns.update(sort_key=kept.sort_key, search_text=kept.search_text)
    changes = person.write(columns, base_version=base_version)
    shown = {name: change for name, change in changes.items() if name in FIELDS}
    if shown:
        acting_user.record("person.corrected", stream=person.uid, subject=person.uid, **shown)
    return shown


@transaction.atomic
def open_account(*, person: Person, acting_user: ActingUser) -> Account:
    """An account under the person's e-mail address, without a password: they set one, or use an e-mailed code.

    Raises RuleBroken where the address already opens somebody else's account.
    """
    person = person.locked()
    if person.account is not None:
        return person.account
    if not person.email:
        raise RuleBroken(_("Żeby założyć konto, potrzebny jest adres e-mail."), "email")
    if Account.objects.filter(email__iexact=person.email).exists():
        raise RuleBroken(
            _("Ten adres e-mail ma już inne konto. Proszę podać inny adres albo zostawić to pole puste."), "email"
        )
    account = Account.objects.create_user(person.email, name=person.name, language=person.language)
    person.write({"account": account}, base_version=None)
    acting_user.record("person.account-opened", stream=person.uid, subject=person.uid, account=account)
    return account
