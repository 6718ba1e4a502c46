"""Stories told in the interviews, for the gap picture of a goal: told is not held, and worth a question (DP-3)."""

from django.utils import timezone

from dorobek.audits.models import Episode
from dorobek.plans.gaps.further import About, Known, also
from dorobek.plans.gaps.shapes import Origin, Side, Support
from dorobek.portfolio.readiness import Piece, PieceKind, Standing

MOST_STORIES = 20


@also
def stories(about: About) -> Known:
    """The newest stories that the user may see. One statement."""
    if about.user is None:
        rows = Episode.objects.filter(person=about.person_id, case_uid=about.case_uid)
    else:
        rows = Episode.objects.visible_to(about.user).filter(person=about.person_id)
    told = list(rows.order_by("-id")[:MOST_STORIES])
    pieces = [Piece(one.uid, PieceKind.EPISODE, one.title, (one.text or one.title,), Standing.TOLD) for one in told]
    supports = {
        one.uid: (Support(Origin.STORY, Side.OPEN, one.title, timezone.localdate(one.created_at)),) for one in told
    }  # fmt: skip
    return Known(tuple(pieces), supports)
