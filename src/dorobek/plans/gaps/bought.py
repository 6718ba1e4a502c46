"""What trainings paid with a voucher taught, for the gap picture of a goal, once they are settled (DP-3, VO-3).

A recognised certificate proves; a statement that somebody took part says only that they learned it.
"""

import uuid

from dorobek.offers.enums import Ending
from dorobek.plans.gaps.further import About, Known, also
from dorobek.plans.gaps.shapes import Origin, Side, Support
from dorobek.portfolio.readiness import Piece, PieceKind, Standing
from dorobek.vouchers.enums import VoucherState
from dorobek.vouchers.models import Voucher


@also
def settled(about: About) -> Known:
    """Outcomes of settled trainings, in the provider's words. One statement."""
    rows = Voucher.objects.filter(person=about.person_id, state=VoucherState.SETTLED)
    rows = rows.filter(case_uid=about.case_uid) if about.user is None else rows.visible_to(about.user)
    pieces: list[Piece] = []
    supports: dict[uuid.UUID, tuple[Support, ...]] = {}
    for voucher in rows.select_related("edition__service__provider").order_by("pk"):
        edition = voucher.edition
        service = edition.service
        proved = service.ending == Ending.CERTIFICATE
        title = service.certificate if proved and service.certificate else service.title
        origin, side = (Origin.CREDENTIAL, Side.FOR) if proved else (Origin.EVIDENCE, Side.OPEN)
        told = (Support(origin, side, title, edition.ends_on, service.provider.name, service.title),)
        for number, text in enumerate(service.outcomes):
            uid = uuid.uuid5(voucher.uid, str(number))
            standing = Standing.PROVED if proved else Standing.HELD
            pieces.append(Piece(uid, PieceKind.CREDENTIAL, title, (str(text),), standing))
            supports[uid] = told
    return Known(tuple(pieces), supports)
