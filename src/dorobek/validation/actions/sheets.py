"""An assessor's word before judging, and what they keep on their own sheet until it is closed (VA-3 to VA-5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.portfolio.enums import Mark as Answer
from dorobek.portfolio.models import Evidence
from dorobek.validation import perms
from dorobek.validation.actions.applying import expect, record
from dorobek.validation.actions.assessing import put_mark, require_declared
from dorobek.validation.actions.commissions import declare
from dorobek.validation.actions.methods import check_method, write_record
from dorobek.validation.enums import ApplicationState, MethodHow
from dorobek.validation.grounds import QUESTIONS
from dorobek.validation.models import (
    Application,
    Assessment,
    CriterionCheck,
    CriterionNote,
    Declaration,
    Mark,
    MethodRecord,
)
from dorobek.validation.pointing import Shown
from dorobek.validation.queries.judging import seats_to_declare
from dorobek.validation.rules import Verdict


@dataclass(frozen=True)
class Filled:
    """One criterion of a sheet as filled in. `verdict` None: not marked yet; `checks`: answers to QUESTIONS, "" for none.

    `pointer`: what the mark points to (`pointing`), "" for what lies nearest.
    """

    criterion: str
    verdict: Verdict | None = None
    reason: str = ""
    method: str = ""
    evidence: Evidence | None = None
    checks: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    pointer: str = ""


@transaction.atomic
def declare_impartiality(
    *, application: Application, acting_user: ActingUser, trained: bool = False, relative: bool = False,
    subordinate: bool = False,
) -> list[Declaration]:  # fmt: skip
    """The member's one word on this candidate, for every commission of this date in which they sit and have not said it.

    Raises NotAllowed (sits in none, their own case), RuleBroken (said already, too late).
    """
    seats = list(seats_to_declare(acting_user.account, application))
    if not seats:
        raise NotAllowed
    said = {"trained": trained, "relative": relative, "subordinate": subordinate}
    return [declare(application=application, member=one, acting_user=acting_user, **said) for one in seats]


@transaction.atomic
def fill_sheet(*, assessment: Assessment, rows: Sequence[Filled], acting_user: ActingUser) -> int:
    """Marks and checklists of several criteria at once; what did not change is left. Returns how many criteria changed.

    Raises NotAllowed, RuleBroken (sheet closed, a mark that could not be defended; then nothing of it is kept).
    """
    assessment = open_sheet(assessment, acting_user)
    held = {one.criterion: one for one in assessment.marks.all()}
    rules, changed = assessment.application.opening.rules, set()
    shown = Shown.to(assessment, [row.criterion for row in rows if row.verdict is not None])
    for row in rows:
        now = held.get(row.criterion)
        if row.verdict is None or (now and _same(row, now)):
            continue
        put_mark(
            assessment=assessment, rules=rules, criterion=row.criterion, verdict=row.verdict, method=row.method,
            reason=row.reason, evidence=row.evidence, pointer=row.pointer, shown=shown, acting_user=acting_user,
        )  # fmt: skip
        changed.add(row.criterion)
    return len(changed | _check(assessment, rows, acting_user))


def _same(row: Filled, now: Mark) -> bool:
    """Whether the row says what is stored; one that points to nothing by name leaves the pointer as it is."""
    given = (row.verdict, row.reason.strip(), row.method, row.pointer or now.pointer)
    piece = row.evidence is None or row.evidence.pk == now.evidence_id
    return piece and given == (now.verdict, now.reason, now.method, now.pointer)


def _check(assessment: Assessment, rows: Sequence[Filled], acting_user: ActingUser) -> set[str]:
    """The checklists that changed; one entry in the history for all of them."""
    held = {one.criterion: one for one in assessment.checks.all()}
    changed = set()
    known = assessment.application.opening.rules.criterion_codes
    for row in rows:
        values = {**{name: row.checks.get(name, "") for name in QUESTIONS}, "note": row.note.strip()}
        now = held.get(row.criterion)
        before = {name: getattr(now, name) if now else "" for name in values}
        if values == before:
            continue
        if row.criterion not in known:
            raise RuleBroken(_("Nie ma takiego kryterium: %s.") % row.criterion, "criterion")
        if any(value and value not in Answer.values for name, value in values.items() if name != "note"):
            raise RuleBroken(_("Na pytania o dowody odpowiada się: tak, częściowo albo nie."), "checks")
        CriterionCheck.objects.update_or_create(assessment=assessment, criterion=row.criterion, defaults=values)
        changed.add(row.criterion)
    if changed:
        record(
            acting_user, "validation.evidence-checked", assessment.application, criteria=sorted(changed),
            sheet=str(assessment.uid),
        )  # fmt: skip
    return changed


@transaction.atomic
def note_criteria(
    *, assessment: Assessment, method: str, notes: Mapping[str, str], acting_user: ActingUser,
    questions: Mapping[str, str] | None = None,
) -> int:  # fmt: skip
    """The assessor's own notes by criterion; an empty one takes the note away. Returns how many changed.

    `questions`: what was asked, kept beside the note. Raises NotAllowed, RuleBroken (sheet closed, foreign criterion).
    """
    assessment = open_sheet(assessment, acting_user)
    rules = assessment.application.opening.rules
    if foreign := sorted(set(notes) - set(rules.criterion_codes)):
        raise RuleBroken(_("Nie ma takiego kryterium: %s.") % ", ".join(foreign), "criterion")
    if rules.only_these_methods and rules.method(method) is None:
        raise RuleBroken(_("Wpis w rejestrze nie dopuszcza tej metody."), "method")
    own = assessment.notes.filter(method=method)
    held = {one.criterion: one.text for one in own}
    changed = {code: text.strip() for code, text in notes.items() if text.strip() != held.get(code, "")}
    for code, text in changed.items():
        values = {"text": text, "question": (questions or {}).get(code, "")[:1200], "written_at": timezone.now()}
        if text:
            CriterionNote.objects.update_or_create(
                assessment=assessment, criterion=code, method=method, defaults=values
            )
        else:
            own.filter(criterion=code).delete()
    if changed:
        record(
            acting_user, "validation.noted", assessment.application, criteria=sorted(changed), method=method,
            sheet=str(assessment.uid),
        )  # fmt: skip
    return len(changed)


@transaction.atomic
def finish_conversation(
    *, assessment: Assessment, notes: Mapping[str, str], questions: Mapping[str, str], acting_user: ActingUser,
    method: str = "conversation",
) -> MethodRecord:  # fmt: skip
    """The notes are kept, and the method was used for the criteria that were talked about.

    Raises NotAllowed, RuleBroken (nothing noted, sheet closed, foreign method).
    """
    note_criteria(assessment=assessment, method=method, notes=notes, questions=questions, acting_user=acting_user)
    talked = sorted(assessment.notes.filter(method=method).values_list("criterion", flat=True))
    if not talked:
        raise RuleBroken(_("Proszę zapisać choć jedno zdanie z rozmowy, przy kryterium, którego dotyczyło."))
    check_method(assessment.application.opening.rules, method, talked)
    return write_record(assessment.application, method, talked, MethodHow.NOTES, acting_user)


def open_sheet(assessment: Assessment, acting_user: ActingUser) -> Assessment:
    """The sheet, locked; the application first, as everywhere. Raises NotAllowed, RuleBroken when it is closed."""
    application = assessment.application.locked()
    assessment = assessment.locked()
    acting_user.require(perms.may_mark(acting_user.account, assessment))
    expect(application, ApplicationState.APPOINTED)
    if assessment.closed_at is not None or assessment.round != application.round:
        raise RuleBroken(_("Arkusz jest zamknięty. Niczego nie można już w nim zmienić."))
    require_declared(assessment)
    return assessment
