"""What trainings paid with a voucher taught, for the gap picture of a goal, once they are settled (DP-3, VO-3).

A recognised certificate proves; a statement that somebody took part says only that they learned it.
"""

import uuid

from django.db.models import QuerySet

from dorobek.offers.enums import Ending
from dorobek.plans.gaps.further import About, Known, Told, also, day_of, list_of, uid_of
from dorobek.plans.gaps.shapes import Origin, Side, Support
from dorobek.portfolio.readiness import Piece, PieceKind, Standing
from dorobek.vouchers.enums import VoucherState
from dorobek.vouchers.models import Voucher


def _settled(about: About) -> QuerySet[Voucher]:
    rows = Voucher.objects.filter(person=about.person_id, state=VoucherState.SETTLED)
    return rows.filter(case_uid=about.case_uid) if about.user is None else rows.visible_to(about.user)


@also(
    _settled, uid="uid", ends_on="edition__ends_on", title="edition__service__title",
    ending="edition__service__ending", certificate="edition__service__certificate",
    outcomes="edition__service__outcomes", provider="edition__service__provider__name",
)  # fmt: skip
def settled(rows: list[Told], about: About) -> Known:
    """Outcomes of settled trainings, in the provider's words."""
    pieces: list[Piece] = []
    supports: dict[uuid.UUID, tuple[Support, ...]] = {}
    for row in rows:
        proved = row["ending"] == Ending.CERTIFICATE
        title = row["certificate"] if proved and row["certificate"] else row["title"]
        origin, side = (Origin.CREDENTIAL, Side.FOR) if proved else (Origin.EVIDENCE, Side.OPEN)
        told = (Support(origin, side, title, day_of(row["ends_on"]), row["provider"], row["title"]),)
        for number, text in enumerate(list_of(row["outcomes"])):
            uid = uuid.uuid5(uid_of(row["uid"]), str(number))
            standing = Standing.PROVED if proved else Standing.HELD
            pieces.append(Piece(uid, PieceKind.CREDENTIAL, title, (str(text),), standing))
            supports[uid] = told
    return Known(tuple(pieces), supports)
