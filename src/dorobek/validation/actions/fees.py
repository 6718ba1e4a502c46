"""The fee: the terms on the day of sending, a wish to pay less, its answer, and which step waits (the body's own rule)."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.validation import perms
from dorobek.validation.actions.applying import expect, record
from dorobek.validation.enums import AppealAbout, AppealState, ApplicationState, FeeState, FeeWaits
from dorobek.validation.models import Application, Fee, ValidationOpening
from dorobek.validation.rules.fees import FeeNow, Hold, due_on, hold

OPEN = (
    ApplicationState.SUBMITTED,
    ApplicationState.DOCUMENTED,
    ApplicationState.APPOINTED,
    ApplicationState.DECIDED,
    ApplicationState.CERTIFIED,
)
MOST_DAYS = 366


@transaction.atomic
def change_fee_terms(
    *, opening: ValidationOpening, fee_grosze: int, waits: FeeWaits, days: int, to: str, reason: str,
    acting_user: ActingUser, base_version: int | None = None,
) -> ValidationOpening:  # fmt: skip
    """Other terms of payment, for whoever sends from now on; those who have sent keep theirs.

    Raises NotAllowed, RuleBroken (no reason, days, nowhere to pay), Conflict.
    """
    opening = opening.locked()
    acting_user.require(perms.may_open(acting_user.account, opening.institution))
    if not reason.strip():
        raise RuleBroken(_("Proszę napisać, dlaczego zmienia się opłata."), "reason")
    check_terms(fee_grosze, waits, days, to)
    values = {"fee_grosze": fee_grosze, "fee_waits": waits, "fee_days": days, "fee_to": to.strip()}
    changes = opening.write(values, base_version=base_version)
    if not changes:
        raise RuleBroken(_("Nic się nie zmieniło."))
    acting_user.record(
        "validation.fee-terms", stream=opening.uid, subject=opening.uid, reason=reason.strip(), **changes
    )
    return opening


def check_terms(grosze: int, waits: str, days: int, to: str) -> None:
    """Raise RuleBroken for terms by which nobody could pay in time."""
    if not 1 <= days <= MOST_DAYS:
        raise RuleBroken(_("Na zapłatę można dać od 1 do %d dni.") % MOST_DAYS, "days")
    if grosze and waits != FeeWaits.NOTHING and not to.strip():
        raise RuleBroken(_("Jeśli coś czeka na opłatę, proszę podać, gdzie się płaci: numer rachunku albo kasa."), "to")


def open_fee(application: Application, sent: dt.date, acting_user: ActingUser) -> Fee | None:
    """The fee by the terms of the day of sending; None where validation is free. Called by the action that sends."""
    opening = application.opening
    if not opening.fee_grosze:
        return None
    last = due_on(sent, opening.fee_days)
    made = Fee.objects.create(
        application=application, grosze=opening.fee_grosze, waits=opening.fee_waits, due_on=last
    )  # fmt: skip
    record(
        acting_user, "validation.fee-due", application, grosze=made.grosze, waits=made.waits,
        due_on=last.isoformat(), terms=opening.version,
    )  # fmt: skip
    return made


@transaction.atomic
def ask_fee(*, application: Application, words: str, acting_user: ActingUser) -> Fee:
    """The candidate asks to pay less or nothing; until the answer nothing is demanded. Raises NotAllowed, RuleBroken."""
    application = application.locked()
    acting_user.require(perms.is_candidate(acting_user.account, application))
    expect(application, *OPEN)
    fee = _due(application)
    if not words.strip():
        raise RuleBroken(_("Proszę napisać, dlaczego opłata powinna być niższa albo żadna."), "words")
    if fee.asked:
        raise RuleBroken(
            _("Prośba jest już złożona. Odpowiedź będzie na tej stronie.") if fee.granted is None
            else _("Instytucja już odpowiedziała na prośbę. Od odmowy można się odwołać.")
        )  # fmt: skip
    changes = fee.write({"asked": words.strip(), "asked_at": timezone.now()}, base_version=None)
    record(acting_user, "validation.fee-asked", application, **changes)
    return fee


@transaction.atomic
def answer_fee(
    *, application: Application, granted: bool, reason: str, acting_user: ActingUser, grosze: int = 0,
    base_version: int | None = None,
) -> Fee:  # fmt: skip
    """Pay less (`grosze` left; 0: nothing, which settles it), or the whole, with the reason either way.

    A refusal, also of a part, can be appealed and becomes a letter. Raises NotAllowed, RuleBroken (nothing asked, no reason, not less),
    Conflict.
    """
    from dorobek.validation.actions.refusing import tell_refused

    application = application.locked()
    acting_user.require(perms.may_run(acting_user.account, application))
    expect(application, *OPEN)
    fee = _due(application)
    if not fee.asked or fee.granted is not None:
        raise RuleBroken(_("Nie ma prośby o opłatę, która czeka na odpowiedź."), "granted")
    if not reason.strip():
        raise RuleBroken(_("Proszę napisać uzasadnienie. Przeczyta je kandydat."), "reason")
    if granted and not 0 <= grosze < fee.grosze:
        raise RuleBroken(_("Przy zgodzie proszę podać kwotę niższą niż dotąd; 0 zwalnia z całej opłaty."), "grosze")
    values = {
        "granted": granted, "answer": reason.strip(), "answered_at": timezone.now(), "answered_by": acting_user.account,
    }  # fmt: skip
    if granted:
        values |= {"grosze": grosze}
        values |= {} if grosze else {"state": FeeState.WAIVED, "settled_on": timezone.localdate(), "reason": reason}
    changes = fee.write(values, base_version=base_version)
    record(acting_user, "validation.fee-answered", application, **changes)
    if fee.grosze and fee.state == FeeState.DUE:
        left = _("Do zapłaty zostaje %s zł.") % f"{fee.grosze // 100},{fee.grosze % 100:02d}"
        told = f"{left} {reason.strip()}" if granted else reason.strip()
        tell_refused(application, AppealAbout.FEE, told, acting_user, key=f"{fee.uid}")
    return fee


def _due(application: Application) -> Fee:
    fee = Fee.objects.select_for_update().filter(application=application).first()
    if fee is None or fee.state != FeeState.DUE or not fee.grosze:
        raise RuleBroken(_("Nie ma tu opłaty do zapłacenia."))
    return fee


def fee_now(application: Application) -> FeeNow | None:
    """The fee as the rule reads it; None where there is none. Two statements at most."""
    fee = Fee.objects.filter(application=application).first()
    if fee is None:
        return None
    filed = application.appeals.filter(about=AppealAbout.FEE, state=AppealState.FILED)
    return FeeNow(
        fee.waits, fee.grosze, fee.state != FeeState.DUE, bool(fee.asked), fee.granted,
        disputed=fee.granted is not None and filed.exists(),
    )  # fmt: skip


def fee_refusals(application: Application, step: FeeWaits) -> list[str]:
    """Why this step waits for the fee, in words with the day and who can mend it; empty when it does not."""
    found = hold(fee_now(application), step, application.round)
    if found is None:
        return []
    fee = Fee.objects.get(application=application)
    if found is Hold.ANSWER:
        return [_("Kandydat prosi o niższą opłatę albo o zwolnienie. Najpierw trzeba odpowiedzieć. Reguła instytucji.")]
    values = {"money": f"{fee.grosze // 100},{fee.grosze % 100:02d}", "step": FeeWaits(step).label}
    values["day"] = f"{fee.due_on:%d.%m.%Y}" if fee.due_on else "-"
    return [
        _(
            "Opłata %(money)s zł nie jest zapłacona (termin: %(day)s), a tu %(step)s. Krok będzie możliwy po zapłacie, "
            "obniżeniu albo zwolnieniu. Reguła instytucji."
        )
        % values
    ]
