"""Reads of one case by an assessor: the sheet with its evidence, marks side by side when all sheets are closed."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from dorobek.people.enums import Role
from dorobek.people.models import Account, Draft
from dorobek.portfolio.models import Evidence
from dorobek.register.entry import Entry
from dorobek.validation import facts, perms
from dorobek.validation.enums import ApplicationState
from dorobek.validation.grounds import covered
from dorobek.validation.models import (
    AgreedMark,
    Application,
    Assessment,
    CriterionCheck,
    CriterionNote,
    Mark,
    ObservationScenario,
    TalkNote,
    TimeMark,
    ValidationOpening,
)
from dorobek.validation.queries.evidencing import laid_out
from dorobek.validation.queries.judging import judged_by, open_codes
from dorobek.validation.rules import Decision, Verdict, agreed_marks, decide
from dorobek.validation.rules.conversation import Question, Wording, guide


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
    proposed: AgreedMark | None = None  # waits for answers

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
    return application.assessments.counting().filter(round=application.round, assessor=user).first()


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
    return laid_out(application, "file", "credential_piece__issued", "credential_piece__held")


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
    sheets = application.assessments.counting().filter(round=application.round)
    counted = sheets.aggregate(all=Count("pk"), open=Count("pk", filter=Q(closed_at=None)))
    return bool(counted["all"]) and not counted["open"]


def comparison(user: Account, application: Application) -> Comparison | None:
    """Everybody's marks side by side; None until every sheet is closed, and for whoever does not judge (VA-5)."""
    if not perms.judges(user, application) or not all_sheets_closed(application):
        return None
    sheets = list(
        Assessment.objects.visible_to(user)
        .counting()
        .filter(application=application, round=application.round)
        .select_related("assessor")
        .prefetch_related(Prefetch("marks", Mark.objects.select_related("evidence")))
        .order_by("pk")
    )
    given = [{mark.criterion: mark for mark in one.marks.all()} for one in sheets]
    this_round = application.agreed.filter(round=application.round, fallen_at=None)
    said = {one.criterion: one for one in this_round.prefetch_related("answers__assessor").select_related("written_by")}
    agreed = {code: one for code, one in said.items() if one.settled_at}
    talk: dict[str, list[TalkNote]] = defaultdict(list)
    for note in application.talk.filter(round=application.round).select_related("written_by").order_by("pk"):
        talk[note.criterion].append(note)
    texts, rules = wordings(application.opening), application.opening.rules
    apart = agreed_marks([{code: Verdict(one.verdict) for code, one in sheet.items()} for sheet in given])[1]
    rows = tuple(
        Compared(
            code, texts[code].text, tuple(sheet.get(code) for sheet in given), code in apart, agreed.get(code),
            tuple(talk[code]), said[code] if code in said and code not in agreed else None,
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
    """Method -> criteria that it really concerned in this round."""
    return covered(application)
