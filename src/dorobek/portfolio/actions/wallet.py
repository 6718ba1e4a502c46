"""Credentials of other issuers that a person keeps here: put in, checked again, taken out (MC-6).

What is put in was read and checked by the room of credentials; here it is only kept.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dorobek.kernel import history
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.events import publish
from dorobek.people.acting import ActingUser
from dorobek.people.models import Person
from dorobek.portfolio import perms
from dorobek.portfolio.events import HoldingsChanged
from dorobek.portfolio.keeping import why_credential_kept
from dorobek.portfolio.models import HeldCredential

MOST_HELD = 500


@dataclass(frozen=True)
class Checked:
    """What a check found, as columns of `HeldCredential` hold it; `document` is what is to be checked again."""

    document: str
    digest: str
    title: str
    issuer_name: str
    awarded_on: dt.date | None
    valid_until: dt.datetime | None
    words: Mapping[str, Any]
    decided: str
    report: Sequence[Mapping[str, Any]]
    checked_at: dt.datetime


@transaction.atomic
def keep_credential(
    *, person: Person, source: str, source_url: str, checked: Checked, acting_user: ActingUser
) -> HeldCredential:
    """Put one into the wallet. Raises NotAllowed, RuleBroken (it is there already, the wallet is full)."""
    acting_user.require(perms.may_keep_wallet(acting_user.account, person))
    Person.objects.select_for_update().get(pk=person.pk)  # two imports at once are one after the other
    held = HeldCredential.objects.filter(person=person)
    if held.filter(digest=checked.digest).exists():
        raise RuleBroken(_("To poświadczenie jest już w portfelu: „%s”.") % checked.title)
    if held.count() >= MOST_HELD:
        raise RuleBroken(_("W portfelu nie ma już miejsca. Proszę usunąć poświadczenia, które nie są potrzebne."))
    made = HeldCredential(person=person, source=source, source_url=source_url, **vars(checked))
    made.save()
    acting_user.record(
        "wallet.imported", stream=person.uid, subject=made.uid, title=made.title, issuer_name=made.issuer_name,
        decided=made.decided,
    )  # fmt: skip
    publish(HoldingsChanged(str(person.uid), "", "credential"))
    return made


@transaction.atomic
def note_check(*, held: HeldCredential, checked: Checked, acting_user: ActingUser) -> HeldCredential:
    """Write down a newer check; what the credential says is as it was put in. Raises NotAllowed."""
    acting_user.require(perms.may_keep_wallet(acting_user.account, held.person))
    row, before = _noted(held, checked)
    acting_user.record("wallet.checked", stream=held.person.uid, subject=row.uid, decided=[before, row.decided])
    return row


@transaction.atomic
def note_day_check(*, held: HeldCredential, checked: Checked) -> bool:
    """The same, found by the job of the day; an answer that is no other than before is not written. True: it was."""
    if HeldCredential.objects.get(pk=held.pk).decided == checked.decided:
        return False
    row, before = _noted(held, checked)
    data = {"decided": [before, row.decided]}
    history.record(stream=held.person.uid, kind="wallet.checked-itself", actor_id=None, subject=row.uid, data=data)
    return True


def _noted(held: HeldCredential, checked: Checked) -> tuple[HeldCredential, str]:
    """The row with its newer check, and what was decided before; whoever follows the person's holdings is told."""
    row = HeldCredential.objects.select_for_update().get(pk=held.pk)
    values = {"decided": checked.decided, "report": list(checked.report), "checked_at": checked.checked_at}
    before = row.decided
    row.write(values, base_version=None)
    if before != row.decided:
        publish(HoldingsChanged(str(held.person.uid), "", "revoked" if _taken_back(checked) else "credential"))
    return row, before


@transaction.atomic
def remove_credential(*, held: HeldCredential, acting_user: ActingUser) -> None:
    """Take it out for good; addresses under which it was shown show it no longer.

    Raises NotAllowed, RuleBroken (a commission judges by it now: `keeping`).
    """
    acting_user.require(perms.may_keep_wallet(acting_user.account, held.person))
    if why := why_credential_kept(held):
        raise RuleBroken(why)
    acting_user.record("wallet.removed", stream=held.person.uid, subject=held.uid, title=held.title)
    HeldCredential.objects.filter(pk=held.pk).delete()
    publish(HoldingsChanged(str(held.person.uid), "", "credential"))


def _taken_back(checked: Checked) -> bool:
    """Did the check find that the issuer took it back?"""
    codes = {fault["code"] for check in checked.report for fault in check.get("faults", ())}
    return bool(codes & {"revoked", "suspended"})
