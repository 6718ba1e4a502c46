"""Outcomes that a commission confirmed, for the gap picture of a goal: they stay, whatever becomes of the whole (VA-8)."""

import uuid

from django.db.models import QuerySet

from dorobek.plans.gaps.asked import line_code
from dorobek.plans.gaps.further import About, Known, Told, also, day_of, uid_of
from dorobek.plans.gaps.shapes import REGISTER, Origin, Side, Support
from dorobek.portfolio.readiness import Piece, PieceKind, Standing
from dorobek.validation.models import PartialResult


def _standing(about: About) -> QuerySet[PartialResult]:
    return PartialResult.objects.standing().filter(person=about.person_id)


@also(
    _standing, decision="decision__uid", outcome="outcome", wording="wording", qualification="qualification",
    confirmed_on="confirmed_on",
)  # fmt: skip
def confirmed(rows: list[Told], about: About) -> Known:
    """Confirmed outcomes of the person. They count for whoever looks at the picture; their title only for the person:
    whom else to show them is theirs to say."""
    pieces, supports = [], {}
    hidden = not about.opens_wallet
    for row in rows:
        uid = uuid.uuid5(uid_of(row["decision"]), row["outcome"])
        title = "" if hidden else row["wording"]
        code = line_code(REGISTER, f"{row['qualification']}-{row['outcome'].replace('.', '-')}")
        pieces.append(Piece(uid, PieceKind.CREDENTIAL, title, (row["wording"],), Standing.PROVED, code))
        supports[uid] = (Support(Origin.JUDGED, Side.FOR, title, day_of(row["confirmed_on"]), hidden=hidden),)
    return Known(tuple(pieces), supports)
