"""Results of tests beside what a person says of themselves, for the gap picture of a goal: side by side, never averaged."""

import uuid
from collections import defaultdict

from dorobek.instruments.enums import Level, Validity
from dorobek.instruments.models import ExternalResult, ScaleResult
from dorobek.plans.gaps.further import About, Known, also
from dorobek.plans.gaps.shapes import Origin, Side, Support

SIDES = {Level.VERY_LOW: Side.AGAINST, Level.LOW: Side.AGAINST, Level.HIGH: Side.FOR, Level.VERY_HIGH: Side.FOR}


@also
def results(about: About) -> Known:
    """Scales set beside a competence. A result that is not a valid one says nothing either way. One statement."""
    if about.user is None:
        rows = ExternalResult.objects.filter(person=about.person_id, case_uid=about.case_uid)
    else:
        rows = ExternalResult.objects.visible_to(about.user).filter(person=about.person_id)
    scales = ScaleResult.objects.filter(result__in=rows.values("pk"), competence__isnull=False)
    supports: dict[uuid.UUID, tuple[Support, ...]] = defaultdict(tuple)
    for scale in scales.select_related("result", "competence").order_by("-result__taken_on", "id"):
        if scale.competence is not None:
            supports[scale.competence.uid] += (_support(scale),)
    return Known(supports=dict(supports))


def _support(scale: ScaleResult) -> Support:
    held = scale.result
    side = SIDES.get(Level(scale.level), Side.OPEN) if scale.level and held.validity == Validity.VALID else Side.OPEN
    note = ", ".join(part for part in (scale.score, str(scale.get_level_display())) if part)
    return Support(Origin.RESULT, side, f"{held.tool}: {scale.scale}", held.taken_on, held.run_by, note)
