"""Results of tests beside what a person says of themselves, for the gap picture of a goal: side by side, never averaged."""

import uuid
from collections import defaultdict

from django.db.models import QuerySet

from dorobek.instruments.enums import Level, Validity
from dorobek.instruments.models import ExternalResult, ScaleResult
from dorobek.plans.gaps.further import About, Known, Told, also, day_of, uid_of
from dorobek.plans.gaps.shapes import Origin, Side, Support

SIDES = {Level.VERY_LOW: Side.AGAINST, Level.LOW: Side.AGAINST, Level.HIGH: Side.FOR, Level.VERY_HIGH: Side.FOR}


def _scales(about: About) -> QuerySet[ScaleResult]:
    if about.user is None:
        rows = ExternalResult.objects.filter(person=about.person_id, case_uid=about.case_uid)
    else:
        rows = ExternalResult.objects.visible_to(about.user).filter(person=about.person_id)
    return ScaleResult.objects.filter(result__in=rows.values("pk"), competence__isnull=False)


@also(
    _scales, competence="competence__uid", scale="scale", score="score", level="level", tool="result__tool",
    taken_on="result__taken_on", run_by="result__run_by", validity="result__validity",
)  # fmt: skip
def results(rows: list[Told], about: About) -> Known:
    """Scales set beside a competence, the newest first. A result that is not a valid one says nothing either way."""
    supports: dict[uuid.UUID, tuple[Support, ...]] = defaultdict(tuple)
    for row in sorted(rows, key=lambda one: one["taken_on"], reverse=True):
        supports[uid_of(row["competence"])] += (_support(row),)
    return Known(supports=dict(supports))


def _support(row: Told) -> Support:
    level = Level(row["level"]) if row["level"] else None
    side = SIDES.get(level, Side.OPEN) if level and row["validity"] == Validity.VALID else Side.OPEN
    note = ", ".join(part for part in (row["score"], str(level.label) if level else "") if part)
    return Support(Origin.RESULT, side, f"{row['tool']}: {row['scale']}", day_of(row["taken_on"]), row["run_by"], note)
