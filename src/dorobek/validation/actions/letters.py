"""Letters about steps of a case and their deadlines, once each; queued with the step, sent by a durable job."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation

from dorobek.kernel import jobs
from dorobek.kernel.deadlines import due_key
from dorobek.people.acting import ActingUser
from dorobek.people.models import Account
from dorobek.validation import perms
from dorobek.validation.actions.applying import record
from dorobek.validation.documents import case_number
from dorobek.validation.enums import ApplicationState, FeeState
from dorobek.validation.letter_words import REMIND, TO_CANDIDATE, line, to_candidate, to_staff
from dorobek.validation.models import Application, CaseNotice, Fee
from dorobek.validation.queries.moving import fee_requests, moves_of
from dorobek.validation.queries.readers import Readers
from dorobek.validation.rules.moves import Move, Mover, Step, answer_fee

JOB = "validation-letter"
APART = dt.timedelta(hours=1)  # letters to one member of staff; what comes between goes together
AT_ONCE = 500
TOLD_LATE = 14  # days after the last one in which a delay is still told
OVER = (ApplicationState.WITHDRAWN, ApplicationState.CERTIFIED)
SILENT = (ApplicationState.DRAFT, ApplicationState.REFUSED, *OVER)  # nobody answers a request about money there
RELATED = ("person__account", "opening__institution", "opening__qualification")


@transaction.atomic
def choose_letters(*, application: Application, off: bool, acting_user: ActingUser) -> Application:
    """The candidate wants all letters, or those alone on which a right or a duty hangs. Raises NotAllowed."""
    application = application.locked()
    acting_user.require(perms.is_candidate(acting_user.account, application))
    changes = application.write({"letters_off": off}, base_version=None)
    if changes:
        record(acting_user, "validation.letters-chosen", application, **changes)
    return application


@transaction.atomic
def tell_step(*, application: Application, kind: str, step: str, by: int) -> int:
    """Letters of one step: to the candidate about it, and to whoever has the move now; returns how many are new.

    `step` names the occurrence: called twice it tells once. Who did the step is not told of it.
    """
    made = []
    if (kind in TO_CANDIDATE and application.person.account_id != by) or kind in (
        "validation.submitted",
        "validation.appealed",
    ):
        made.append(_to_candidate(application, kind, f"{kind}:{step}", None))
    move = moves_of([application])[application.pk]
    if kind == "validation.fee-asked" and (due := fee_requests([application]).get(application.pk)):
        move = answer_fee(due)  # the office is told at once, whoever has the move of the case
    for account in Readers().of(application, move):
        if account.pk != by:
            made.append(_to_account(application, account, move, ""))
    return _queue(made)


def remind_day(today: dt.date | None = None) -> int:
    """Reminders of a day, to whoever has the move, before its last day and once after; safe to run twice.

    A known number of statements for each `AT_ONCE` cases. Returns how many letters were queued.
    """
    on, readers, sent = today or timezone.localdate(), Readers(), 0
    keys = list(Application.objects.exclude(state__in=OVER).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        rows = Application.objects.filter(pk__in=keys[start : start + AT_ONCE]).select_related(*RELATED)
        listed = list(rows.prefetch_related("decisions", "appeals").order_by("pk"))
        sent += _remind(listed, on, readers)
    return sent


@transaction.atomic
def _remind(listed: Sequence[Application], on: dt.date, readers: Readers) -> int:
    moves, made, known = moves_of(listed), [], {one.pk: one for one in listed}
    for one in listed:
        move = moves[one.pk]
        when = due_key(move.due, on, TOLD_LATE)
        if not when:
            continue
        if move.mover is Mover.CANDIDATE and when != "late":
            made.append(_to_candidate(one, f"{REMIND}:{move.step}", _key(one, move, when), move.due))
        elif move.mover not in (Mover.CANDIDATE, Mover.NOBODY):
            made += [_to_account(one, account, move, when) for account in readers.of(one, move)]
    for key, last in fee_requests(listed).items():
        when, case = due_key(last, on, TOLD_LATE), known[key]
        if when and moves[key].step is not Step.ANSWER_FEE and case.state not in SILENT:
            move = answer_fee(last)
            made += [_to_account(case, account, move, when) for account in readers.of(case, move)]
    due = Fee.objects.filter(application__in=listed, state=FeeState.DUE, grosze__gt=0, due_on__isnull=False)
    owed = due.filter(Q(asked="") | Q(granted__isnull=False)).exclude(application__state=ApplicationState.REFUSED)
    for fee in owed.order_by("pk"):
        when = due_key(fee.due_on, on, TOLD_LATE)
        if when and when != "late":
            case, answered = known[fee.application_id], "" if fee.granted is None else ":answered"
            made.append(_to_candidate(case, f"{REMIND}:fee", f"fee:{fee.due_on}:{when}{answered}", fee.due_on))
    return _queue(made)


def _key(application: Application, move: Move, when: str) -> str:
    return f"{application.round}:{move.step}:{move.due}:{when}"


def _to_candidate(application: Application, kind: str, key: str, due: dt.date | None) -> CaseNotice | None:
    """The notice, when it is new and the candidate wants or needs it."""
    person = application.person
    wanted = TO_CANDIDATE[kind].needed or not application.letters_off
    if not wanted or person.erased_at is not None or not _address(application):
        return None
    made, new = CaseNotice.objects.get_or_create(
        application=application, key=f"candidate:{key}"[:120], defaults={"kind": kind, "due_on": due}
    )
    return made if new else None


def _to_account(application: Application, account: Account, move: Move, when: str) -> CaseNotice | None:
    made, new = CaseNotice.objects.get_or_create(
        application=application, key=f"{account.pk}:{_key(application, move, when)}"[:120],
        defaults={"account": account, "kind": str(move.step), "due_on": move.due},
    )  # fmt: skip
    return made if new else None


def _queue(made: Iterable[CaseNotice | None]) -> int:
    """One job for each reader: it sends all that waits for them in one letter."""
    found = [one for one in made if one is not None]
    for one in {one.account_id or f"c{one.application_id}": one for one in found}.values():
        jobs.start(JOB, {"notice": str(one.uid)}, key=f"{JOB}:{one.uid}")
    return len(found)


def _address(application: Application) -> str:
    person = application.person
    return person.email or (person.account.email if person.account else "")


def send_waiting(*, notice: CaseNotice) -> int:
    """Send what waits for the reader of this notice; returns how many notices went out.

    To a member of staff at most one letter within `APART`; what is left goes with the next. Each letter and the mark
    that it went stand in a transaction of their own: when the post fails, what went before stays marked, and the next
    job tries the rest again.
    """
    waiting = CaseNotice.objects.filter(sent_at=None)
    if notice.account_id is not None:
        last = CaseNotice.objects.filter(account=notice.account_id, sent_at__gt=timezone.now() - APART)
        return 0 if last.exists() else _send(waiting.filter(account=notice.account_id))
    of_case = waiting.filter(account=None, application=notice.application_id).order_by("pk")
    return sum(_send(waiting.filter(pk=pk)) for pk in list(of_case.values_list("pk", flat=True)))


@transaction.atomic
def _send(waiting: QuerySet[CaseNotice]) -> int:
    """One letter with what still waits here when the lock is held, and the mark that it went. Returns how many notices."""
    related = tuple(f"application__{name}" for name in RELATED)
    found = list(waiting.select_for_update(of=("self",)).select_related("account", *related).order_by("pk"))
    if not found:
        return 0
    if found[0].account_id is None:
        _send_candidate(found[0])
    else:
        _send_staff(found)
    return CaseNotice.objects.filter(pk__in=[one.pk for one in found]).update(sent_at=timezone.now())


def _send_candidate(notice: CaseNotice) -> None:
    application = notice.application
    with translation.override(application.person.language):
        subject, body = to_candidate(notice.kind, application, notice.due_on)
    send_mail(subject, body, None, [_address(application)])


def _send_staff(found: Sequence[CaseNotice]) -> None:
    account, today = found[0].account, timezone.localdate()
    assert account is not None
    with translation.override(account.language):
        latest = {(one.application_id, one.kind): one for one in found}
        lines = [
            line(case_number(one.application), one.kind, one.due_on, one.due_on is not None and one.due_on < today)
            for one in latest.values()
        ]
        subject, body = to_staff(lines, {one.kind for one in found})
    send_mail(subject, body, None, [account.email])


def start_waiting() -> int:
    """A job for each reader whom something has waited for longer than `APART`. Returns how many."""
    before = timezone.now() - APART
    rows = CaseNotice.objects.filter(sent_at=None, made_at__lt=before).order_by("account_id", "pk")
    found = {one.account_id or f"c{one.application_id}": one for one in rows[:AT_ONCE]}
    for one in found.values():
        jobs.start(JOB, {"notice": str(one.uid)}, key=f"{JOB}:{one.uid}:{timezone.now():%Y%m%d%H}")
    return len(found)
