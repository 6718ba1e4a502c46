"""Events of the vouchers room."""

from dataclasses import dataclass

from dorobek.kernel.events import event


@event
@dataclass(frozen=True)
class VoucherMoved:
    """A voucher is in another state; `edition_uid` is "" while it is not bound."""

    case_uid: str
    voucher_uid: str
    state: str
    edition_uid: str
    participation: str
