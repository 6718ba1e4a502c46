"""What the officer notes in a case: the fee, the answer to an adjustment asked for, documents handed over."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.people.acting import ActingUser
from dorobek.people.models import Account, Institution
from dorobek.validation import perms
from dorobek.validation.actions.applying import expect, record
from dorobek.validation.actions.refusing import tell_refused
from dorobek.validation.enums import AppealAbout, AppealState, ApplicationState, FeeState, HandedHow, HandedWhat
from dorobek.validation.models import AdjustmentAnswer, Application, Availability, Fee, HandOver

SENT = (
    ApplicationState.SUBMITTED,
    ApplicationState.DOCUMENTED,
    ApplicationState.APPOINTED,
    ApplicationState.DECIDED,
    ApplicationState.CERTIFIED,
)
BEFORE_JUDGING = (ApplicationState.SUBMITTED, ApplicationState.DOCUMENTED)
MOST_EXTRA = 200


@transaction.atomic
def note_fee(
    *, application: Application, state: FeeState, acting_user: ActingUser, grosze: int | None = None,
    document: str = "", reason: str = "", settled_on: dt.date | None = None, base_version: int | None = None,
) -> Fee:  # fmt: skip
    """The fee of one case: due (of the opening unless told otherwise), paid by a document, or waived with a reason.

    Never more than by the terms at sending, nor against an appeal that was upheld.
    Raises NotAllowed, RuleBroken (no document, no reason, a day to come), Conflict.
    """
    application = application.locked()
    acting_user.require(perms.may_run(acting_user.account, application))
    expect(application, *SENT)
    today = timezone.localdate()
    if state == FeeState.PAID and not document.strip():
        raise RuleBroken(_("Proszę podać numer przelewu albo pokwitowania."), "document")
    if state == FeeState.WAIVED and not reason.strip():
        raise RuleBroken(_("Proszę napisać, dlaczego ta osoba nie płaci."), "reason")
    if grosze is not None and grosze < _asked_now(application) and not reason.strip():
        raise RuleBroken(_("Proszę napisać, dlaczego opłata jest niższa."), "reason")
    if settled_on is not None and settled_on > today:
        raise RuleBroken(_("Ta data jest z przyszłości. Proszę ją sprawdzić."), "settled_on")
    _check_fee(application, state, grosze)
    fee, _made = Fee.objects.get_or_create(application=application, defaults={"grosze": application.opening.fee_grosze})
    settled = None if state == FeeState.DUE else settled_on or today
    values = {
        "state": state, "grosze": fee.grosze if grosze is None else grosze, "document": document.strip(),
        "reason": reason.strip(), "settled_on": settled,
    }  # fmt: skip
    changes = fee.locked().write(values, base_version=base_version)
    if changes or _made:
        record(acting_user, "validation.fee-noted", application, **changes)
    fee.refresh_from_db()
    return fee


def _check_fee(application: Application, state: FeeState, grosze: int | None) -> None:
    """Raise RuleBroken for a fee above the terms at sending, or for money where an upheld appeal waived it."""
    most = _terms(application)
    if grosze is not None and grosze > most:
        told = f"{most // 100},{most % 100:02d}"
        raise RuleBroken(_("Opłata nie może być wyższa niż w dniu wysłania zgłoszenia: %s zł.") % told, "grosze")
    held = Fee.objects.filter(application=application).first()
    won = application.appeals.filter(about=AppealAbout.FEE, state=AppealState.UPHELD)
    if held is not None and held.state != state and state != FeeState.WAIVED and won.exists():
        raise RuleBroken(_("Odwołanie w tej sprawie uwzględniono: ta osoba nie płaci."), "state")


def _terms(application: Application) -> int:
    """What the terms asked for on the day of sending, by the history; in grosze."""
    told = HistoryEntry.objects.filter(subject=application.uid, kind="validation.fee-due").select_related("payload")
    sent = told.order_by("seq").last()
    if sent is not None and (data := sent.payload.data):
        return int(data["grosze"])
    return max(_asked_now(application), application.opening.fee_grosze)


def _asked_now(application: Application) -> int:
    """What is to be paid as noted until now, in grosze."""
    held = Fee.objects.filter(application=application).first()
    return held.grosze if held else application.opening.fee_grosze


@transaction.atomic
def answer_adjustments(
    *, application: Application, granted: bool, reason: str, acting_user: ActingUser, extra_percent: int = 0,
    base_version: int | None = None,
) -> AdjustmentAnswer:  # fmt: skip
    """Whether the body makes the adjustment that the candidate asked for, how, or why not; until judging begins.

    `extra_percent`: more time in a timed part. Raises NotAllowed, RuleBroken (nothing asked, no reason), Conflict.
    """
    application = application.locked()
    acting_user.require(perms.may_run(acting_user.account, application))
    expect(application, *BEFORE_JUDGING)
    if not application.wishes:
        raise RuleBroken(_("Ta osoba nie prosiła o dostosowanie."), "granted")
    won = application.appeals.filter(about=AppealAbout.ADJUSTMENT, state=AppealState.UPHELD)
    if not granted and won.exists():
        raise RuleBroken(_("Odwołanie w tej sprawie uwzględniono: dostosowanie trzeba zrobić."), "granted")
    if not reason.strip():
        raise RuleBroken(
            _("Proszę napisać, co będzie zrobione.") if granted else _("Proszę napisać, dlaczego się nie da."), "reason"
        )
    if not 0 <= extra_percent <= MOST_EXTRA or (extra_percent and not granted):
        raise RuleBroken(_("Dodatkowy czas podajemy w procentach, od 0 do 200, tylko przy zgodzie."), "extra_percent")
    values = {
        "granted": granted, "reason": reason.strip(), "extra_percent": extra_percent,
        "answered_by": acting_user.account, "answered_at": timezone.now(),
    }  # fmt: skip
    held = AdjustmentAnswer.objects.select_for_update().filter(application=application).first()
    if held is None:
        held = AdjustmentAnswer.objects.create(application=application, **values)
    else:
        held.write(values, base_version=base_version)
    record(
        acting_user, "validation.adjustment-answered", application, granted=granted, reason=held.reason,
        extra_percent=extra_percent,
    )  # fmt: skip
    if not granted:
        key = f"{held.uid} {held.version}"
        tell_refused(application, AppealAbout.ADJUSTMENT, held.reason, acting_user, key=key)
    return held


@transaction.atomic
def note_hand_over(
    *, application: Application, what: HandedWhat, how: HandedHow, handed_on: dt.date, acting_user: ActingUser,
    note: str = "",
) -> HandOver:  # fmt: skip
    """A document was given to the candidate. Raises NotAllowed, RuleBroken (not there yet, a day to come)."""
    application = application.locked()
    acting_user.require(perms.may_run(acting_user.account, application))
    expect(application, *SENT)
    if what == HandedWhat.CERTIFICATE and application.state != ApplicationState.CERTIFIED:
        raise RuleBroken(_("Certyfikatu jeszcze nie wydano, więc nie można go przekazać."), "what")
    if what == HandedWhat.DECISION and not application.decisions.exists():
        raise RuleBroken(_("Wyniku jeszcze nie ogłoszono, więc nie można go przekazać."), "what")
    if handed_on > timezone.localdate():
        raise RuleBroken(_("Ta data jest z przyszłości. Proszę ją sprawdzić."), "handed_on")
    made = HandOver.objects.create(
        application=application, what=what, how=how, handed_on=handed_on, note=note.strip(),
        noted_by=acting_user.account,
    )  # fmt: skip
    record(acting_user, "validation.handed-over", application, what=what, how=how, handed_on=handed_on.isoformat())
    return made


@transaction.atomic
def keep_availability(
    *, institution: Institution, account: Account, most: int, away: list[tuple[dt.date, dt.date]],
    acting_user: ActingUser, places: list[str] | None = None, base_version: int | None = None,
) -> Availability:  # fmt: skip
    """When, where and how often somebody of the pool can sit. Raises NotAllowed, RuleBroken, Conflict."""
    acting_user.require(perms.may_open(acting_user.account, institution))
    if any(last < first for first, last in away):
        raise RuleBroken(_("Nieobecność kończy się przed początkiem. Proszę poprawić daty."), "away")
    row, _made = Availability.objects.get_or_create(institution=institution, account=account)
    row = row.locked()
    values = {
        "most": most, "places": sorted({one.strip() for one in places or [] if one.strip()}),
        "away": sorted([first.isoformat(), last.isoformat()] for first, last in away),
    }  # fmt: skip
    changes = row.write(values, base_version=base_version)
    if changes:
        acting_user.record("validation.availability-kept", stream=row.uid, subject=row.uid, **changes)
    return row
