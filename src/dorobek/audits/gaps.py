"""Stories told in the interviews, for the gap picture of a goal: told is not held, and worth a question (DP-3)."""

from django.db.models import QuerySet
from django.db.models.functions import TruncDate

from dorobek.audits.models import Episode
from dorobek.plans.gaps.further import About, Known, Told, also, day_of, uid_of
from dorobek.plans.gaps.shapes import Origin, Side, Support
from dorobek.portfolio.readiness import Piece, PieceKind, Standing

MOST_STORIES = 20
STEPS = ("situation", "task", "action", "result", "useful")


def _newest(about: About) -> QuerySet[Episode]:
    """The newest stories that the user may see."""
    if about.user is None:
        rows = Episode.objects.filter(person=about.person_id, case_uid=about.case_uid)
    else:
        rows = Episode.objects.visible_to(about.user).filter(person=about.person_id)
    return Episode.objects.filter(pk__in=rows.order_by("-id").values("pk")[:MOST_STORIES])


@also(
    _newest, uid="uid", title="title", told_on=TruncDate("created_at"), situation="situation", task="task",
    action="action", result="result", useful="useful",
)  # fmt: skip
def stories(rows: list[Told], about: About) -> Known:
    """Stories, the newest first."""
    pieces, supports = [], {}
    for row in reversed(rows):
        uid, title = uid_of(row["uid"]), row["title"]
        text = Episode(**{name: row[name] for name in STEPS}).text
        pieces.append(Piece(uid, PieceKind.EPISODE, title, (text or title,), Standing.TOLD))
        supports[uid] = (Support(Origin.STORY, Side.OPEN, title, day_of(row["told_on"])),)
    return Known(tuple(pieces), supports)
