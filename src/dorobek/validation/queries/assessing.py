"""Reads of the assessor's side: the desk, the sheet with its evidence, marks side by side when all sheets are closed."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from dorobek.people.enums import Role
from dorobek.people.models import Account, Draft
from dorobek.portfolio.models import Evidence
from dorobek.register.entry import Entry
from dorobek.validation import facts, perms
from dorobek.validation.enums import ApplicationState
from dorobek.validation.models import (
    AgreedMark,
    Application,
    Assessment,
    CommissionMember,
    CriterionCheck,
    CriterionNote,
    Declaration,
    Mark,
    ObservationScenario,
    Sitting,
    SittingCandidate,
    TalkNote,
    TimeMark,
    ValidationOpening,
)
from dorobek.validation.rules import Decision, QualificationRules, Verdict, agreed_marks, decide
from dorobek.validation.rules.conversation import Question, Wording, guide

FINISHED_SHOWN = 20


class Move(StrEnum):
    """What the assessor does next in a case."""

    DECLARE = "declare"
    JUDGE = "judge"
    WAIT = "wait"  # own sheet closed, others' not yet
    AGREE = "agree"
    READY = "ready"  # all agreed: the officer publishes
    DONE = "done"


@dataclass(frozen=True)
class DeskRow:
    """A case on the desk. `done` of `total` criteria have a mark; `left`: differences not agreed; `silent`: open sheets."""

    application: Application
    move: Move
    due_on: dt.date
    done: int = 0
    total: int = 0
    left: int = 0
    silent: tuple[str, ...] = ()


@dataclass(frozen=True)
class OutcomePart:
    """An outcome with its criteria: (code, wording)."""

    code: str
    title: str
    criteria: tuple[tuple[str, str], ...]
    carried: bool = False


@dataclass(frozen=True)
class SetPart:
    number: int
    title: str
    outcomes: tuple[OutcomePart, ...]


@dataclass(frozen=True)
class Compared:
    """One criterion with everybody's marks, in the order of `Comparison.assessors`; None: that assessor gave none."""

    code: str
    text: str
    marks: tuple[Mark | None, ...]
    apart: bool
    agreed: AgreedMark | None = None
    talk: tuple[TalkNote, ...] = ()

    @property
    def waits(self) -> bool:
        return self.apart and self.agreed is None


@dataclass(frozen=True)
class Comparison:
    assessors: tuple[Account, ...]
    rows: tuple[Compared, ...]
    result: Decision = field(repr=False)

    @property
    def waiting(self) -> tuple[Compared, ...]:
        return tuple(one for one in self.rows if one.waits)


# ---- which cases ----


def seats_to_declare(user: Account, application: Application) -> QuerySet[CommissionMember]:
    """Seats of the user from which they have not yet said what ties them to the candidate.

    The commission of the sitting at which the case is judged; without a sitting, those of this date that have none.
    None in their own case, none where they judged an earlier round or no longer work as assessors.
    """
    if not to_declare(user).filter(pk=application.pk).exists():
        return CommissionMember.objects.none()
    return _seats(user).filter(_meant(application), commission__opening=application.opening_id).filter(
        ~Exists(Declaration.objects.filter(application=application, member=OuterRef("pk")))
    ).order_by("pk")  # fmt: skip


def _works_in(user: Account) -> list[int]:
    return [m.institution_id for m in user.active_memberships if m.role == Role.ASSESSOR]


def _seats(user: Account) -> QuerySet[CommissionMember]:
    return CommissionMember.objects.filter(record__account=user, record__institution__in=_works_in(user))


def _meant(application: Application) -> Q:
    """The commission meant for this round, as a condition on its members."""
    sitting = application.sittings.filter(round=application.round).first()
    return Q(commission__sittings=sitting.sitting_id) if sitting else Q(commission__sittings=None)


def to_declare(user: Account) -> QuerySet[Application]:
    """Applications on which the user, composed into a commission, has still to declare. One statement."""
    this_round = SittingCandidate.objects.filter(application=OuterRef("pk"), round=OuterRef("round"))
    said = Declaration.objects.filter(application=OuterRef(OuterRef("pk")), member=OuterRef("pk"))
    mine = _seats(user).filter(~Exists(said))
    sits = mine.filter(
        commission__sittings__candidates__application=OuterRef("pk"),
        commission__sittings__candidates__round=OuterRef("round"),
    )
    free = mine.filter(commission__opening=OuterRef("opening"), commission__sittings=None)
    judged = Assessment.objects.filter(application=OuterRef("pk"), assessor=user)
    return (
        Application.objects.filter(state=ApplicationState.DOCUMENTED)
        .filter(Exists(sits) | (Exists(free) & ~Exists(this_round)))
        .filter(~Exists(judged))
        .exclude(person__account_id=user.pk)
        .select_related("person", "opening__institution", "opening__qualification", "opening__entry_version")
        .order_by("opening__begins_on", "pk")
    )


def judged_by(user: Account) -> QuerySet[Application]:
    """Applications that a commission of the user judges or has judged, in this round."""
    return (
        Application.objects.visible_to(user)
        .filter(commission__members__record__account=user, opening__institution__in=_works_in(user))
        .select_related("person", "opening__institution", "opening__qualification", "opening__entry_version")
        .order_by("opening__ends_on", "pk")
    )


def desk(user: Account) -> list[DeskRow]:
    """Every case of the user, what is due first on top; the newest finished ones last. A known number of statements."""
    rows = [DeskRow(one, Move.DECLARE, _before(one)) for one in to_declare(user).prefetch_related("sittings__sitting")]
    sheets = Prefetch(
        "assessments", Assessment.objects.select_related("assessor").annotate(given=Count("marks")).order_by("pk")
    )
    cases = judged_by(user).prefetch_related(sheets, "agreed", "assessments__marks", "sittings__sitting")
    rules: dict[int, QualificationRules] = {}
    for one in cases.filter(state=ApplicationState.APPOINTED):
        known = rules.setdefault(one.opening_id, one.opening.rules)
        rows.append(_row(one, user, known))
    over = cases.filter(state__in=(ApplicationState.DECIDED, ApplicationState.CERTIFIED)).order_by("-pk")
    rows.sort(key=lambda row: (row.due_on, row.application.pk))
    return rows + [DeskRow(one, Move.DONE, one.opening.ends_on) for one in over[:FINISHED_SHOWN]]


def sitting_of(application: Application) -> Sitting | None:
    """When and where the commission sits over this case in this round."""
    return next((one.sitting for one in application.sittings.all() if one.round == application.round), None)


def _before(application: Application) -> dt.date:
    """The day by which a member declares: that of the sitting, else the first of the date."""
    sitting = sitting_of(application)
    return timezone.localdate(sitting.begins) if sitting else application.opening.begins_on


def _row(application: Application, user: Account, rules: QualificationRules) -> DeskRow:
    sheets = [one for one in application.assessments.all() if one.round == application.round]
    own = next((one for one in sheets if one.assessor_id == user.pk), None)
    total = len(open_codes(rules, application))
    done = own.given if own else 0  # type: ignore[attr-defined]
    silent = tuple(str(one.assessor) for one in sheets if one.closed_at is None)
    due = application.opening.ends_on
    if own is not None and own.closed_at is None:
        return DeskRow(application, Move.JUDGE, due, done, total, silent=silent)
    if silent:
        return DeskRow(application, Move.WAIT, due, done, total, silent=silent)
    said = [{mark.criterion: Verdict(mark.verdict) for mark in one.marks.all()} for one in sheets]
    agreed = {one.criterion for one in application.agreed.all() if one.round == application.round}
    left = len([code for code in agreed_marks(said)[1] if code not in agreed])
    return DeskRow(application, Move.AGREE if left else Move.READY, due, done, total, left)


def open_codes(rules: QualificationRules, application: Application) -> list[str]:
    """Criteria that wait for a mark; outcomes confirmed earlier are left out."""
    return [
        code
        for group in rules.sets
        for outcome in group.outcomes
        if outcome.code not in application.carried
        for code in outcome.criteria
    ]


# ---- one case ----


def outline(opening: ValidationOpening, carried: Sequence[str] = ()) -> tuple[SetPart, ...]:
    """Sets, outcomes and criteria of the entry by which this date judges."""
    return sets_outline(opening.entry_version.entry, carried)


def sets_outline(entry: Entry, carried: Sequence[str] = ()) -> tuple[SetPart, ...]:
    """The entry's sets, outcomes and criteria with their wordings. An outcome without criteria is its own criterion."""
    found = []
    for group in entry.sets:
        parts = []
        for one in group.outcomes:
            code = f"{group.number}.{one.number}"
            criteria = tuple((f"{code}.{item.letter}", item.pl) for item in one.criteria) or ((code, one.pl),)
            parts.append(OutcomePart(code, one.pl, criteria, code in carried))
        found.append(SetPart(group.number, group.pl, tuple(parts)))
    return tuple(found)


def wordings(opening: ValidationOpening) -> dict[str, Wording]:
    """Criterion by code, as the entry words it."""
    return {
        code: Wording(text, outcome.title)
        for group in outline(opening)
        for outcome in group.outcomes
        for code, text in outcome.criteria
    }


def sheet_of(user: Account, application: Application) -> Assessment | None:
    """The user's own sheet in this round, while they sit in the commission."""
    if not perms.judges(user, application):
        return None
    return application.assessments.filter(round=application.round, assessor=user).first()


def own_sheet(user: Account, uid: uuid.UUID) -> Assessment | None:
    """The user's sheet on the application with this uid, its application read; None for whoever does not judge it."""
    if not user.has_role(Role.ASSESSOR):
        return None
    found = (
        Application.objects.visible_to(user)
        .filter(uid=uid)
        .select_related(
            "person", "commission", "opening__institution", "opening__qualification", "opening__entry_version"
        )
        .first()
    )
    sheet = sheet_of(user, found) if found is not None else None
    if found is not None and sheet is not None:
        sheet.application = found
    return sheet


def evidence_of(application: Application) -> dict[str, list[Evidence]]:
    """Pieces that the candidate put beside each criterion and has not removed since. One statement.

    For those who judge the application: the caller has asked `perms.judges`.
    """
    rows = application.mapped.filter(evidence__removed_at=None).select_related("evidence__file")
    found: dict[str, list[Evidence]] = defaultdict(list)
    for one in rows.order_by("criterion", "pk"):
        found[one.criterion].append(one.evidence)
    return dict(found)


def conversation_guide(assessment: Assessment, method: str = "conversation") -> list[Question]:
    """What is still open on this sheet: nothing but the conversation itself has shown it (VA-4)."""
    application = assessment.application
    shown = assessment.marks.filter(verdict=Verdict.MET).exclude(method=method).values_list("criterion", flat=True)
    opening = application.opening
    return guide(opening.rules, wordings(opening), set(shown), application.carried, method)


def scenarios_for(user: Account, application: Application) -> QuerySet[ObservationScenario]:
    """Published scenarios of the body for the version of the entry by which this date judges."""
    opening = application.opening
    return (
        ObservationScenario.objects.visible_to(user)
        .filter(institution=opening.institution_id, qualification=opening.qualification_id)
        .filter(entry_version=opening.entry_version_id, published_at__isnull=False, withdrawn_at=None)
        .order_by("title", "pk")
    )


def others_to_play(user: Account, application: Application) -> QuerySet[Application]:
    """Other candidates of this date, of those the user judges, who may play the client; none where the entry forbids it."""
    if not application.opening.rules.extra_may_be_candidate:
        return Application.objects.none()
    others = judged_by(user).filter(opening=application.opening_id).exclude(person=application.person_id)
    return others.exclude(state=ApplicationState.WITHDRAWN).order_by("person__sort_key", "pk")


def unsent_marks(user: Account, application: Application) -> bool:
    """Whether time marks that a device sent as a draft wait to be taken over from an observation. One statement."""
    drafts = Draft.objects.filter(account=user, case_uid=application.uid, form__contains="/obserwacja/")
    return any("".join(one.values.get("taps", [])).strip() for one in drafts)


def all_sheets_closed(application: Application) -> bool:
    sheets = application.assessments.filter(round=application.round)
    counted = sheets.aggregate(all=Count("pk"), open=Count("pk", filter=Q(closed_at=None)))
    return bool(counted["all"]) and not counted["open"]


def comparison(user: Account, application: Application) -> Comparison | None:
    """Everybody's marks side by side; None until every sheet is closed, and for whoever does not judge (VA-5)."""
    if not perms.judges(user, application) or not all_sheets_closed(application):
        return None
    sheets = list(
        Assessment.objects.visible_to(user)
        .filter(application=application, round=application.round)
        .select_related("assessor")
        .prefetch_related(Prefetch("marks", Mark.objects.select_related("evidence")))
        .order_by("pk")
    )
    given = [{mark.criterion: mark for mark in one.marks.all()} for one in sheets]
    agreed = {one.criterion: one for one in application.agreed.filter(round=application.round)}
    talk: dict[str, list[TalkNote]] = defaultdict(list)
    for note in application.talk.filter(round=application.round).select_related("written_by").order_by("pk"):
        talk[note.criterion].append(note)
    texts, rules = wordings(application.opening), application.opening.rules
    apart = agreed_marks([{code: Verdict(one.verdict) for code, one in sheet.items()} for sheet in given])[1]
    rows = tuple(
        Compared(
            code, texts[code].text, tuple(sheet.get(code) for sheet in given), code in apart, agreed.get(code),
            tuple(talk[code]),
        )
        for code in open_codes(rules, application)
    )  # fmt: skip
    result = decide(rules.sets, facts.marks(application)[0], application.carried)
    return Comparison(tuple(one.assessor for one in sheets), rows, result)


def kept_beside(user: Account, application: Application, criterion: str) -> dict[int, list[str]]:
    """What each assessor (by key of account) kept on a criterion beside the mark, as lines; of sheets the user may see.

    Three statements.
    """
    of = {"assessment__application": application, "assessment__round": application.round, "criterion": criterion}
    found: dict[int, list[str]] = defaultdict(list)
    taps = TimeMark.objects.visible_to(user).filter(**of, removed_at=None).select_related("assessment")
    for tap in taps.order_by("at", "pk"):
        found[tap.assessment.assessor_id].append(f"{timezone.localtime(tap.at):%H:%M} {tap.words}")
    for note in CriterionNote.objects.visible_to(user).filter(**of).select_related("assessment").order_by("pk"):
        found[note.assessment.assessor_id].append(f"{note.get_method_display()}: {note.text}")
    for check in CriterionCheck.objects.visible_to(user).filter(**of).exclude(note="").select_related("assessment"):
        found[check.assessment.assessor_id].append(check.note)
    return found


def coverage(application: Application) -> dict[str, set[str]]:
    """Method -> criteria for which its use is recorded in this round. One statement."""
    found: dict[str, set[str]] = defaultdict(set)
    for method, criteria in application.methods.filter(round=F("application__round")).values_list("method", "criteria"):
        found[method] |= set(criteria)
    return dict(found)
