"""What a goal leads to: chosen, changed, its lines taken, weighed, added (DP-3)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dorobek.credentials.enums import TemplateState
from dorobek.credentials.models import CredentialTemplate
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.events import publish
from dorobek.kernel.ids import uuid7
from dorobek.people.acting import ActingUser
from dorobek.people.events import CaseChanged
from dorobek.plans import perms
from dorobek.plans.gaps.asked import OWN, lines_of, source_lines
from dorobek.plans.gaps.enums import Cause, LineState, LineWeight, TargetKind
from dorobek.plans.gaps.proposing import proposals_for
from dorobek.plans.gaps.snapshots import take_snapshot
from dorobek.plans.models import Goal, Target, TargetLine
from dorobek.register.enums import ConceptKind
from dorobek.register.models import Concept, LearningOutcome, Qualification

MOST_LINES = 300
WISH_LETTERS = 2000
OCCUPATIONS = ("esco", "kzis")


@dataclass(frozen=True)
class Choice:
    """What was chosen: one of the four. `skills_of`: for an occupation of KZiS, the one of ESCO whose skills count."""

    concept: Concept | None = None
    skills_of: Concept | None = None
    qualification: Qualification | None = None
    template: CredentialTemplate | None = None
    wish: str = ""

    @property
    def kind(self) -> TargetKind:
        if self.concept is not None:
            return TargetKind.OCCUPATION
        if self.qualification is not None:
            return TargetKind.QUALIFICATION
        return TargetKind.CREDENTIAL if self.template is not None else TargetKind.WISH

    @property
    def title(self) -> str:
        return str(self.concept or self.qualification or self.template or self.wish)


@transaction.atomic
def choose_target(*, goal: Goal, choice: Choice, acting_user: ActingUser) -> Target:
    """Choose what the goal leads to; what was chosen before goes, and the history keeps it.

    A wish gets proposals of the matcher, each to be taken or put aside. The same choice again changes nothing. Raises
    NotAllowed, RuleBroken (nothing chosen, too long a wish, a template that is not published, no occupation).
    """
    goal = goal.locked()
    acting_user.require(perms.may_write_plan(acting_user, goal))
    _check(choice)
    before = Target.objects.select_for_update().filter(goal=goal).first()
    if before is not None and _same(before, choice):
        return before
    if before is not None:
        before.delete()
    made = Target.objects.create(
        person=goal.person, case_uid=goal.case_uid, goal=goal, kind=choice.kind, title=_title(choice),
        wish=choice.wish.strip(), concept=choice.concept, skills_of=choice.skills_of,
        qualification=choice.qualification, template=choice.template, chosen_by=acting_user.account,
    )  # fmt: skip
    _propose(made)
    acting_user.record(
        "target.chosen", stream=goal.case_uid, subject=made.uid, goal=goal.uid, target_kind=made.kind,
        title=[before.title if before else None, made.title],
    )  # fmt: skip
    return _moved(made)


def _check(choice: Choice) -> None:
    chosen = [one for one in (choice.concept, choice.qualification, choice.template, choice.wish.strip()) if one]
    if not chosen:
        raise RuleBroken(
            _("Proszę wybrać coś z listy albo napisać własnymi słowami, do czego ten cel prowadzi."), "wish"
        )
    if len(chosen) > 1:
        raise RuleBroken(_("Jeden cel prowadzi do jednej rzeczy. Drugą można zapisać jako osobny cel."), "wish")
    if len(choice.wish) > WISH_LETTERS:
        raise RuleBroken(
            _("To za długie: najwyżej %(limit)d znaków, a jest %(length)d. Proszę skrócić.")
            % {"limit": WISH_LETTERS, "length": len(choice.wish)},
            "wish",
        )
    for concept in (choice.concept, choice.skills_of):
        if concept and (concept.kind != ConceptKind.OCCUPATION or concept.framework.code not in OCCUPATIONS):
            raise RuleBroken(_("To nie jest zawód. Proszę wybrać zawód z listy."), "concept")
    if choice.template and (choice.template.state != TemplateState.PUBLISHED or choice.template.current is None):
        raise RuleBroken(_("Tego mikropoświadczenia nikt teraz nie nadaje. Proszę wybrać inne."), "template")


def _same(held: Target, choice: Choice) -> bool:
    names = ("concept", "skills_of", "qualification", "template")
    keys = [getattr(getattr(choice, name), "pk", None) for name in names]
    return [getattr(held, f"{name}_id") for name in names] == keys and held.wish == choice.wish.strip()


def _title(choice: Choice) -> str:
    return choice.title.strip()[:1000]


def _propose(target: Target) -> None:
    if target.kind != TargetKind.WISH:
        return
    for order, one in enumerate(proposals_for(target.wish)):
        TargetLine.objects.create(
            person=target.person, case_uid=target.case_uid, target=target, code=one.code, title=one.title,
            weight=LineWeight.ESSENTIAL, state=LineState.PROPOSED, score=one.score, reason=one.reason, order=order,
        )  # fmt: skip


def _moved(target: Target) -> Target:
    """The picture is another one now: kept with today's day, and the case is told."""
    fresh = Target.objects.get(pk=target.pk)
    take_snapshot(fresh, Cause.TARGET)
    publish(CaseChanged(str(target.case_uid)))
    return fresh


@transaction.atomic
def remove_target(*, target: Target, acting_user: ActingUser) -> None:
    """The goal leads to nothing chosen any more; the history keeps what it was."""
    target = target.locked()
    acting_user.require(perms.may_write_plan(acting_user, target))
    acting_user.record("target.removed", stream=target.case_uid, subject=target.uid, said=target.title)
    target.delete()
    publish(CaseChanged(str(target.case_uid)))


@transaction.atomic
def answer_proposals(*, target: Target, taken: Collection[str], acting_user: ActingUser) -> Target:
    """What the matcher proposed for a wish: those named are taken, the other ones put aside. One entry for all."""
    target = target.locked()
    acting_user.require(perms.may_write_plan(acting_user, target))
    waiting = TargetLine.objects.select_for_update().filter(target=target, state=LineState.PROPOSED)
    answered: dict[str, list[str]] = {LineState.TAKEN: [], LineState.OUT: []}
    for line in waiting.order_by("order", "id"):
        state = LineState.TAKEN if line.code in taken else LineState.OUT
        line.write({"state": state}, base_version=None)
        answered[state].append(line.title)
    if not any(answered.values()):
        return target
    acting_user.record(
        "target.proposals-answered", stream=target.case_uid, subject=target.uid,
        taken=answered[LineState.TAKEN], put_aside=answered[LineState.OUT],
    )  # fmt: skip
    return _moved(target)


@transaction.atomic
def add_line(
    *, target: Target, acting_user: ActingUser, outcome: LearningOutcome | None = None, words: str = "",
    weight: str = LineWeight.OWN,
) -> TargetLine:  # fmt: skip
    """Something more that the person wants: an outcome of the catalogue or the register, or a sentence of their own.

    Raises NotAllowed, RuleBroken (nothing said, already there, too many).
    """
    target = target.locked()
    acting_user.require(perms.may_write_plan(acting_user, target))
    title = " ".join((outcome.title_pl if outcome else words).split())
    if not title:
        raise RuleBroken(_("Proszę napisać, czego jeszcze trzeba do tego celu."), "words")
    code = f"{outcome.framework}:{outcome.code}" if outcome else f"{OWN}:{uuid7()}"
    asked = lines_of(target)
    if any(one.wanted.code == code or one.wanted.title.lower() == title.lower() for one in asked):
        raise RuleBroken(_("To już jest na liście."), "words")
    if len(asked) >= MOST_LINES and target.kind == TargetKind.WISH:
        raise RuleBroken(_("Lista jest już bardzo długa. Proszę najpierw usunąć to, co niepotrzebne."), "words")
    values = {"title": title, "weight": weight, "state": LineState.TAKEN}
    return _write_line(target, code, values, "target.line-added", acting_user)


@transaction.atomic
def weigh_line(*, target: Target, code: str, weight: str, acting_user: ActingUser) -> TargetLine:
    """How much one outcome matters for this goal. Raises NotAllowed, RuleBroken (no such line)."""
    target = target.locked()
    acting_user.require(perms.may_write_plan(acting_user, target))
    title, held = _found(target, code)
    if weight not in LineWeight.values:
        raise RuleBroken(_("Tej odpowiedzi nie ma na liście. Proszę wybrać jedną z podanych."), "weight")
    values = {"title": title, "weight": weight, "state": LineState.TAKEN}
    return _write_line(target, code, values, "target.line-weighed", acting_user, before={"weight": held})


@transaction.atomic
def drop_line(*, target: Target, code: str, acting_user: ActingUser) -> TargetLine:
    """An outcome that this goal can do without; it can be taken back by `weigh_line`."""
    target = target.locked()
    acting_user.require(perms.may_write_plan(acting_user, target))
    title, held = _found(target, code)
    values = {"title": title, "weight": held, "state": LineState.OUT}
    return _write_line(target, code, values, "target.line-dropped", acting_user)


def _found(target: Target, code: str) -> tuple[str, str]:
    """Title and weight of a line, also of one that was taken out."""
    for one in lines_of(target):
        if one.wanted.code == code:
            return one.wanted.title, one.weight.value
    line = target.lines.filter(code=code).exclude(state=LineState.PROPOSED).first()
    if line is not None:
        return line.title, line.weight
    raise RuleBroken(_("Tej pozycji nie ma już na liście. Proszę odświeżyć stronę."), "code")


def _write_line(
    target: Target, code: str, values: dict[str, Any], kind: str, acting_user: ActingUser,
    before: dict[str, str] | None = None,
) -> TargetLine:  # fmt: skip
    line = TargetLine.objects.select_for_update().filter(target=target, code=code).first()
    if line is None:
        order = target.lines.count()
        line = TargetLine.objects.create(
            person=target.person, case_uid=target.case_uid, target=target, code=code, order=order, **values
        )
        changes: dict[str, Any] = {name: [(before or {}).get(name), values[name]] for name in ("weight", "state")}
    else:
        changes = line.write(values, base_version=None)
    if changes:
        acting_user.record(kind, stream=target.case_uid, subject=line.uid, title=line.title, **changes)
        _moved(target)
    return line


def dropped_lines(target: Target) -> list[TargetLine]:
    """Lines taken out that can be taken back. One statement."""
    codes = {one.wanted.code for one in source_lines(target)}
    rows = target.lines.filter(state=LineState.OUT)
    return [line for line in rows if line.code in codes or target.kind == TargetKind.WISH]
