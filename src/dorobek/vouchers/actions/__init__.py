"""Every write of vouchers."""

from dorobek.vouchers.actions.buying import annul, bind, give_back, grant, record_own_share, unbind
from dorobek.vouchers.actions.rights import annul_right, open_right, say_why_not_bought
from dorobek.vouchers.actions.settling import pay_back_own, report_participation, settle

__all__ = [
    "annul",
    "annul_right",
    "bind",
    "give_back",
    "grant",
    "open_right",
    "pay_back_own",
    "record_own_share",
    "report_participation",
    "say_why_not_bought",
    "settle",
    "unbind",
]
