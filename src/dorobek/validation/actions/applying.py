"""From application to documentation closed (VA-1, VA-7)."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.events import publish
from dorobek.people.acting import ActingUser
from dorobek.people.models import Account, Person
from dorobek.people.perms import is_own
from dorobek.plans.events import OptionBegun
from dorobek.portfolio.models import Evidence
from dorobek.validation import facts, perms
from dorobek.validation.actions.awaited import take_awaited
from dorobek.validation.actions.crediting import Checks, checks_of, note_checks
from dorobek.validation.carrying import carried_for, codes_carried
from dorobek.validation.enums import ApplicationState, CheckMoment
from dorobek.validation.events import CaseStepped
from dorobek.validation.models import Application, MappedEvidence, StaffRecord, ValidationOpening
from dorobek.validation.queries.seats import holds_place
from dorobek.validation.rules import Requirement
from dorobek.validation.rules.experience import unmet
from dorobek.vc.fetching import Source

# Steps of which somebody is told by letter: the candidate, or whoever has the move after them.
TOLD = frozenset(
    f"validation.{name}"
    for name in (
        "submitted", "documented", "refused", "admitted", "sitting-set", "commission-chosen", "declared", "appointed",
        "sheet-closed", "agreed", "decided", "certified", "appealed", "appeal-answered", "reopened",
        "certificate-revoked", "fee-asked", "fee-answered", "adjustment-answered", "member-replaced",
    )
)  # fmt: skip
BEFORE_COMMISSION = (ApplicationState.DRAFT, ApplicationState.SUBMITTED)
MAY_WITHDRAW = (
    *BEFORE_COMMISSION, ApplicationState.DOCUMENTED, ApplicationState.APPOINTED, ApplicationState.REFUSED,
)  # fmt: skip


@transaction.atomic
def begin_application(
    *, person: Person, opening: ValidationOpening, acting_user: ActingUser, adjustments: str = ""
) -> Application:
    """The person's own draft; outcomes confirmed to them earlier are carried over (VA-8). Raises NotAllowed, RuleBroken."""
    acting_user.require(is_own(acting_user.account, person))
    if opening.closed_at is not None or opening.applications_until < timezone.localdate():
        raise RuleBroken(_("Na ten termin nie można się już zgłaszać. Proszę wybrać inny."), "opening")
    taken = opening.applications.exclude(state=ApplicationState.WITHDRAWN)
    if taken.filter(person=person).exists():
        raise RuleBroken(_("Zgłoszenie na ten termin już jest."), "opening")
    carried = codes_carried(carried_for(person, opening))
    made = Application.objects.create(person=person, opening=opening, adjustments=adjustments, carried=carried)
    record(acting_user, "validation.begun", made, carried=carried)
    return made


@transaction.atomic
def map_evidence(
    *, application: Application, mapped: Mapping[str, Sequence[Evidence]], acting_user: ActingUser,
    checks: Checks | None = None,
) -> int:  # fmt: skip
    """Put the person's own pieces beside criteria; what is named is replaced. Returns how many criteria changed.

    A credential newly beside a criterion is checked by the machine: `checks` as made before the transaction began,
    else now. Raises NotAllowed, RuleBroken (documentation closed, no such criterion, somebody else's or removed evidence).
    """
    application = application.locked()
    acting_user.require(perms.may_document(acting_user.account, application))
    expect(application, *BEFORE_COMMISSION)
    if foreign := sorted(set(mapped) - set(application.opening.rules.criterion_codes)):
        raise RuleBroken(_("Nie ma takiego kryterium: %s.") % ", ".join(foreign), "criterion")
    pieces = [one for listed in mapped.values() for one in listed]
    if any(one.person_id != application.person_id or one.removed_at for one in pieces):
        raise RuleBroken(_("Można wskazać tylko własne dowody, które są w portfolio."), "evidence")
    if not perms.is_candidate(acting_user.account, application):
        require_adviser(application.opening, acting_user.account)
        _only_moved(application, mapped)
    before = set(application.mapped.values_list("criterion", "evidence_id"))
    for criterion, listed in mapped.items():
        application.mapped.filter(criterion=criterion).delete()
        for piece in {one.pk: one for one in listed}.values():
            MappedEvidence.objects.create(application=application, criterion=criterion, evidence=piece)
    said = {code: [str(one.uid) for one in listed] for code, listed in mapped.items()}
    record(acting_user, "validation.evidence-mapped", application, mapped=said)
    fresh = {one.pk: one for code, listed in mapped.items() for one in listed if (code, one.pk) not in before}
    known = {key: found for key, found in (checks or {}).items() if key in fresh}
    known |= checks_of(one for key, one in fresh.items() if key not in known)
    note_checks(application, known, CheckMoment.MAPPED, acting_user)
    return len(mapped)


@transaction.atomic
def submit_application(*, application: Application, acting_user: ActingUser) -> Application:
    """The candidate sends it; places are counted under a lock. Raises NotAllowed, RuleBroken (full, too late)."""
    from dorobek.validation.actions.fees import open_fee

    opening = application.opening.locked()
    application = application.locked()
    acting_user.require(perms.is_candidate(acting_user.account, application))
    expect(application, ApplicationState.DRAFT)
    if opening.applications_until < timezone.localdate():
        raise RuleBroken(_("Czas na zgłoszenia minął. Proszę wybrać inny termin."), "opening")
    if opening.applications.filter(holds_place()).count() >= opening.places:
        raise RuleBroken(_("Nie ma już miejsc na ten termin. Proszę wybrać inny."), "opening")
    take_awaited(application.person)
    sent: dict[str, Any] = {"submitted_at": timezone.now()}
    carried = codes_carried(carried_for(application.person, opening))
    if set(carried) != set(application.carried):  # a certificate was restored, or another result came since
        sent["carried"] = carried
    moved = move(application, ApplicationState.SUBMITTED, "validation.submitted", acting_user, **sent)
    publish(OptionBegun(str(application.person.uid), f"validation:{opening.uid}"))
    open_fee(moved, timezone.localdate(), acting_user)
    return moved


def close_documentation(
    *, application: Application, conditions_met: bool, acting_user: ActingUser, day: dt.date | None = None,
    source: Source | None = None, basis: Mapping[int, str] | None = None,
) -> Application:  # fmt: skip
    """The adviser has helped and sends it on; every credential is checked again by the machine.

    `basis`: by place of the entry's condition, what the adviser saw where the candidate stated nothing.
    Raises NotAllowed, RuleBroken (entry conditions, the adviser's own).
    """
    acting_user.require(perms.may_advise(acting_user.account, application))
    mapped = application.mapped.filter(evidence__removed_at=None).select_related("evidence")
    checks = checks_of((one.evidence for one in mapped), source)
    return _close(application, conditions_met, acting_user, day, checks, basis or {})


@transaction.atomic
def _close(
    application: Application, conditions_met: bool, acting_user: ActingUser, day: dt.date | None, checks: Checks,
    basis: Mapping[int, str],
) -> Application:  # fmt: skip
    from dorobek.validation.actions.conditions import confirm_conditions

    application = application.locked()
    acting_user.require(perms.may_advise(acting_user.account, application))
    expect(application, ApplicationState.SUBMITTED)
    if not conditions_met:
        raise RuleBroken(_("Najpierw trzeba sprawdzić warunki przystąpienia do walidacji z wpisu."), "conditions_met")
    require_adviser(application.opening, acting_user.account, day)
    confirm_conditions(application, basis, acting_user)
    take_awaited(application.person)
    note_checks(application, checks, CheckMoment.DOCUMENTED, acting_user)
    values = {"documented_by": acting_user.account}
    return move(application, ApplicationState.DOCUMENTED, "validation.documented", acting_user, **values)


@transaction.atomic
def withdraw_application(*, application: Application, acting_user: ActingUser) -> Application:
    """The candidate takes it back before a decision, or after a refusal, which frees the place. Raises NotAllowed, RuleBroken."""
    application = application.locked()
    acting_user.require(perms.is_candidate(acting_user.account, application))
    expect(application, *MAY_WITHDRAW)
    return move(application, ApplicationState.WITHDRAWN, "validation.withdrawn", acting_user)


def adviser_left(opening: ValidationOpening, account: Account, day: dt.date | None = None) -> tuple[Requirement, ...]:
    """Requirements of the entry that this adviser has no documents for (VA-7); empty when all are met."""
    asked = opening.rules.adviser
    if not asked:
        return ()
    records = StaffRecord.objects.filter(institution=opening.institution, qualification=opening.qualification)
    own = records.filter(account=account).select_related("account").first()
    return unmet(asked, facts.member_of(own), day or timezone.localdate()) if own else asked


def require_adviser(opening: ValidationOpening, account: Account, day: dt.date | None = None) -> None:
    """Raise RuleBroken, naming what is missing, unless the adviser meets the entry's requirements."""
    if left := adviser_left(opening, account, day):
        said = "; ".join(one.text for one in left)
        raise RuleBroken(_("Doradca nie ma dokumentów na wymagania z wpisu: %s.") % said)


def _only_moved(application: Application, mapped: Mapping[str, Sequence[Evidence]]) -> None:
    """An adviser puts beside criteria what the candidate has shown, and takes away nothing that stands nowhere else."""
    kept = application.mapped.filter(evidence__removed_at=None)
    held = set(kept.values_list("criterion", "evidence_id"))
    shown = {piece for _criterion, piece in held}
    if any(one.pk not in shown for listed in mapped.values() for one in listed):
        raise RuleBroken(
            _("Doradca układa dowody, które dołączył kandydat. O inny trzeba kandydata poprosić."), "evidence"
        )
    after = {piece for criterion, piece in held if criterion not in mapped}
    after |= {one.pk for listed in mapped.values() for one in listed}
    if shown - after:
        raise RuleBroken(_("Dowód dołączył kandydat i tylko on może go zabrać ze zgłoszenia."), "evidence")


def expect(application: Application, *states: ApplicationState) -> None:
    """Raise RuleBroken unless the application is in one of the states."""
    if application.state not in states:
        now = ApplicationState(application.state).label
        raise RuleBroken(_("Tego kroku nie można teraz zrobić. Zgłoszenie: %s.") % now)


def move(
    application: Application, state: ApplicationState, kind: str, acting_user: ActingUser, **values: Any
) -> Application:
    """Write the new state, with its entry in the history."""
    changes = application.write({"state": state, **values}, base_version=None)
    record(acting_user, kind, application, **changes)
    return application


def record(acting_user: ActingUser, kind: str, application: Application, **data: Any) -> None:
    """An entry in the person's chain, about this application."""
    acting_user.record(kind, stream=application.person.uid, subject=application.uid, **data)
    if kind in TOLD:
        publish(CaseStepped(str(application.uid), str(uuid.uuid4()), kind, acting_user.account.pk))
