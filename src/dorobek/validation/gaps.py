"""Outcomes that a commission confirmed, for the gap picture of a goal: they stay, whatever becomes of the whole (VA-8)."""

import uuid

from dorobek.plans.gaps.asked import line_code
from dorobek.plans.gaps.further import About, Known, also
from dorobek.plans.gaps.shapes import REGISTER, Origin, Side, Support
from dorobek.portfolio.readiness import Piece, PieceKind, Standing
from dorobek.validation.models import PartialResult


@also
def confirmed(about: About) -> Known:
    """Confirmed outcomes of the person. They count for whoever looks at the picture; their title only for the person:
    whom else to show them is theirs to say. One statement."""
    pieces, supports = [], {}
    rows = PartialResult.objects.filter(person=about.person_id).select_related("decision").order_by("id")
    for one in rows:
        uid = uuid.uuid5(one.decision.uid, one.outcome)
        hidden = not about.opens_wallet
        title = "" if hidden else one.wording
        code = line_code(REGISTER, f"{one.qualification}-{one.outcome.replace('.', '-')}")
        pieces.append(Piece(uid, PieceKind.CREDENTIAL, title, (one.wording,), Standing.PROVED, code))
        supports[uid] = (Support(Origin.JUDGED, Side.FOR, title, one.confirmed_on, hidden=hidden),)
    return Known(tuple(pieces), supports)
