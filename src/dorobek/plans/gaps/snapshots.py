"""The gap picture over time: counts kept on the days on which they changed (DP-6).

The picture itself is computed from what is held; here it is only remembered, when an event says that something arrived.
"""

from django.db import transaction

from dorobek.plans.gaps.enums import Cause
from dorobek.plans.gaps.queries import picture_of, whole
from dorobek.plans.gaps.shapes import GapPicture, GapState
from dorobek.plans.models_targets import GapSnapshot, Target

COUNTED = ("missing", "partly", "unproven", "contradicted", "held", "points", "closed")


def take_snapshot(target: Target, cause: Cause) -> GapSnapshot | None:
    """Keep today's counts when they are not those kept last; None when nothing changed.

    What the case holds is counted, the same for whoever looks. Two at once write one: the target is locked.
    """
    with transaction.atomic():
        Target.objects.select_for_update().get(pk=target.pk)
        counts = counts_of(picture_of(whole(Target.objects.filter(pk=target.pk)).get()))
        last = GapSnapshot.objects.filter(target=target).order_by("-at", "-id").first()
        if last is not None and all(getattr(last, name) == value for name, value in counts.items()):
            return None
        return GapSnapshot.objects.create(
            person_id=target.person_id, case_uid=target.case_uid, target=target, cause=cause, **counts
        )


def counts_of(picture: GapPicture) -> dict[str, int]:
    """The columns of a snapshot for a picture."""
    counts = {state.value: picture.counts[state] for state in GapState}
    return {**counts, "points": picture.points, "closed": picture.points_closed}
