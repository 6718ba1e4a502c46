"""A register editor changes an entry, another agrees (RG-6): nothing in the register changes by one person alone."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.register.actions.entries import REGISTER_STREAM
from dorobek.register.actions.storing import store_chunk
from dorobek.register.entry import Entry, Read
from dorobek.register.entry.codes import is_code
from dorobek.register.entry.differences import differences
from dorobek.register.enums import ChangeState, Source
from dorobek.register.models import EntryChange, Qualification
from dorobek.register.perms import may_decide_change, may_edit_register

LEVELS = range(1, 9)
Follower = Callable[[EntryChange, ActingUser], None]
_followers: list[Follower] = []


def on_decision(follower: Follower) -> Follower:
    """Decorator: call this in the transaction of every decision about a change."""
    _followers.append(follower)
    return follower


@transaction.atomic
def propose_change(
    *, entry: Entry, reason: str, acting_user: ActingUser, qualification: Qualification | None = None
) -> EntryChange:
    """Propose how an entry should stand, or a new entry. The register stays as it is until somebody else accepts.

    Raises NotAllowed, RuleBroken with the field: no code or name, a level that is none, nothing changed, no reason,
    another proposal for the entry already waits, a new entry under a code that is taken.
    """
    acting_user.require(may_edit_register(acting_user.account))
    _check(entry, reason)
    waiting = EntryChange.objects.filter(state=ChangeState.PROPOSED)
    if qualification is not None:
        qualification = Qualification.objects.select_for_update().get(pk=qualification.pk)
        acting_user.require(entry.code == qualification.code)
        if waiting.filter(qualification=qualification).exists():
            raise RuleBroken(_("Inna zmiana tego wpisu czeka już na drugą osobę. Najpierw trzeba o niej zdecydować."))
        if not differences(qualification.entry.as_data(), entry.as_data()):
            raise RuleBroken(_("Nic się nie zmieniło."))
    elif Qualification.objects.filter(code=entry.code).exists() or waiting.filter(data__code=entry.code).exists():
        raise RuleBroken(_("Wpis z tym kodem już jest w rejestrze albo czeka na drugą osobę."), "code")
    change = EntryChange.objects.create(
        qualification=qualification,
        base_number=qualification.current.number if qualification and qualification.current else 0,
        data=entry.as_data(),
        reason=reason.strip(),
        proposed_by=acting_user.account,
    )
    acting_user.record(
        "entry.proposed", stream=REGISTER_STREAM, subject=change.uid, code=entry.code, reason=change.reason
    )
    return change


def _check(entry: Entry, reason: str) -> None:
    if not is_code(entry.code):
        raise RuleBroken(
            _("Kod składa się z cyfr, liter bez ogonków i kresek, najwyżej 20, i nie jest nazwą strony."), "code"
        )
    if not entry.title_pl.strip():
        raise RuleBroken(_("Proszę podać nazwę kwalifikacji."), "title_pl")
    if entry.level is not None and entry.level not in LEVELS:
        raise RuleBroken(_("Poziom PRK to liczba od 1 do 8."), "level")
    if not reason.strip():
        raise RuleBroken(_("Proszę napisać, dlaczego ta zmiana jest potrzebna."), "reason")


@transaction.atomic
def decide_change(
    *, change: EntryChange, accept: bool, answer: str, acting_user: ActingUser, base_version: int | None = None
) -> EntryChange:
    """Another editor accepts, and the entry gets its next version; or rejects with a reason.

    Raises NotAllowed (one's own proposal), RuleBroken (decided already, the entry has changed since, no reason),
    Conflict.
    """
    held = change.locked()
    acting_user.require(may_decide_change(acting_user.account, held.proposed_by_id))
    if held.state != ChangeState.PROPOSED:
        raise RuleBroken(_("O tej zmianie już zdecydowano."))
    if not accept and not answer.strip():
        raise RuleBroken(_("Proszę napisać, czego brakuje albo co jest nie tak."), "answer")
    if accept:
        _store(held)
    values = {
        "state": ChangeState.ACCEPTED if accept else ChangeState.REJECTED,
        "answer": answer.strip()[:1000],
        "decided_by": acting_user.account,
        "decided_at": timezone.now(),
    }
    held.write(values, base_version=base_version)
    kind = "entry.accepted" if accept else "entry.rejected"
    acting_user.record(kind, stream=REGISTER_STREAM, subject=held.uid, code=held.data["code"], answer=held.answer)
    for follower in _followers:
        follower(held, acting_user)
    return held


def _store(change: EntryChange) -> None:
    """Write the version, unless the entry moved on since the proposal was written."""
    if change.qualification_id is not None:
        current = (
            Qualification.objects.select_for_update(of=("self",))
            .select_related("current")
            .get(pk=change.qualification_id)
        )
        if current.current is not None and current.current.number != change.base_number:
            raise RuleBroken(_("Wpis zmienił się po napisaniu tej propozycji. Proszę ją odrzucić i napisać od nowa."))
    entry = Entry.from_data(change.data)
    stored = store_chunk([Read(entry)], Source.EDITED, str(change.uid))
    if change.qualification_id is None and stored.created:
        change.qualification = Qualification.objects.get(code=entry.code)
        change.save(update_fields=["qualification"])
