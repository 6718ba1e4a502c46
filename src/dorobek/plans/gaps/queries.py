"""Reads of targets and their gap pictures. Every picture is computed from what is held at this moment (DP-3).

target = target_of(user, case_uid, goal_uid)
picture = picture_of(target, user)      # for a screen: what this user may see
picture = picture_of(target)            # for planning and snapshots: what the case holds
"""

import uuid
from collections.abc import Sequence

from django.db.models import Prefetch, QuerySet

from dorobek.matching.types import Language
from dorobek.people.models import Account
from dorobek.plans.gaps.asked import lines_of, yardstick_of
from dorobek.plans.gaps.enums import TargetKind
from dorobek.plans.gaps.further import About, Known
from dorobek.plans.gaps.holding import holdings
from dorobek.plans.gaps.rules import Asked, picture_lines, with_lost
from dorobek.plans.gaps.shapes import GapLine, GapPicture, TargetShape
from dorobek.plans.models_targets import GapSnapshot, Target, TargetLine
from dorobek.portfolio.readiness import measure

LANGUAGES: tuple[Language, ...] = ("pl", "en")


def picture_of(target: Target, user: Account | None = None) -> GapPicture:
    """What the target asks for and how each of it stands. A statement each for what is asked (an occupation), competences with their evidence, the
    wallet, and each room below, whatever the number of rows.

    With a user, what that user may see of the person in any case; without one, what the target's own case holds.
    """
    asked = lines_of(target)
    owner = user is not None and target.person.account_id == user.pk
    codes = frozenset(one.wanted.code for one in asked)
    known = holdings(About(target.person_id, target.case_uid, user, owner, codes))
    return GapPicture(shape_of(target), _lines(asked, known))


def _lines(asked: Sequence[Asked], known: Known) -> tuple[GapLine, ...]:
    """Every line in its place, each compared in the language of its title."""
    found: dict[str, GapLine] = {}
    for language in LANGUAGES:
        part = [one for one in asked if one.language == language]
        if part:
            yardstick = yardstick_of(part, language)
            lines = picture_lines(part, measure(yardstick, known.pieces_in(language)), known.supports)
            if known.lost:
                lines = with_lost(lines, measure(yardstick, known.lost_in(language)), known.supports)
            found |= {line.code: line for line in lines}
    return tuple(found[one.wanted.code] for one in asked)


def shape_of(target: Target) -> TargetShape:
    """The target without its rows."""
    return TargetShape(
        uid=target.uid,
        goal_uid=target.goal.uid,
        goal=target.goal.wording,
        kind=target.kind,
        title=target.title,
        code=code_of_target(target),
    )


def code_of_target(target: Target) -> str:
    """The code of what was chosen: of the register, of the occupation, the template's uid; "" for a wish."""
    match target.kind:
        case TargetKind.QUALIFICATION:
            return target.qualification.code if target.qualification else ""
        case TargetKind.OCCUPATION:
            return target.concept.code or target.concept.uri if target.concept else ""
        case TargetKind.CREDENTIAL:
            return str(target.template.uid) if target.template else ""
        case _:
            return ""


def whole(rows: QuerySet[Target]) -> QuerySet[Target]:
    """With everything `picture_of` reads of them. Two statements."""
    related = (
        "goal",
        "person",
        "concept__framework",
        "skills_of__framework",
        "qualification__current",
        "template__current",
    )
    long = [f"qualification__current__{name}" for name in ("data", "changes", "remarks")]
    return (
        rows.select_related(*related)
        .defer(*long)
        .prefetch_related(Prefetch("lines", queryset=TargetLine.objects.order_by("order", "id")))
    )


def target_of(user: Account, case_uid: uuid.UUID, goal_uid: uuid.UUID) -> Target | None:
    """The target of a goal that the user may see; None when there is none yet. Two statements."""
    visible: QuerySet[Target] = Target.objects.visible_to(user)
    return whole(visible.filter(case_uid=case_uid, goal__uid=goal_uid)).first()


def targets_of_case(user: Account, case_uid: uuid.UUID) -> dict[int, Target]:
    """Targets of a case by the key of their goal, without their lines. One statement."""
    visible: QuerySet[Target] = Target.objects.visible_to(user)
    rows = visible.filter(case_uid=case_uid).select_related("concept", "qualification", "template")
    return {one.goal_id: one for one in rows}


def snapshots_of(user: Account, target: Target) -> list[GapSnapshot]:
    """The picture over time, oldest first. One statement."""
    visible: QuerySet[GapSnapshot] = GapSnapshot.objects.visible_to(user)
    return list(visible.filter(target=target).order_by("at", "id"))
