"""REST for those who settle: what waits, what is late, paying out and annulling, the settlement, the figures."""

import datetime as dt
import uuid
from typing import Any, Literal

from django.http import Http404, HttpResponse
from ninja import Router, Schema

from dorobek.api.schemas import REFUSALS
from dorobek.kernel.csv_text import download
from dorobek.people.actions import log_reading
from dorobek.vouchers import actions, export, queries
from dorobek.vouchers.models import Voucher
from dorobek.vouchers.perms import settles

router = Router()
By = Literal["programme", "month", "powiat", "field"]


class SettledOut(Schema):
    """A voucher paid out; money in grosze, places by TERYT."""

    number: str
    programme: str
    teryt: str
    field: str
    service: str
    service_number: str
    provider: str
    tax_number: str
    ended_on: dt.date
    paid_at: dt.datetime
    document: str
    value_grosze: int
    support_grosze: int
    own_grosze: int


class SettlementOut(Schema):
    """`control_grosze` is the sum of the vouchers' prices, compared with the ledger before anything is given out."""

    vouchers: list[SettledOut]
    control_grosze: int
    control_support_grosze: int
    control_own_grosze: int


class WaitingOut(Schema):
    uid: uuid.UUID
    number: str
    state: str
    participation: str
    value_grosze: int


class VoucherFigureOut(Schema):
    name: str
    committed_grosze: int
    spent_grosze: int
    returned_grosze: int
    open_grosze: int


class VoucherFiguresOut(Schema):
    """`total` is the control sum, compared with the ledger."""

    rows: list[VoucherFigureOut]
    total: VoucherFigureOut


class OwedOut(Schema):
    """An own share that is to be transferred back to the participant."""

    uid: uuid.UUID
    number: str
    state: str
    owed_grosze: int


class InvoiceIn(Schema):
    document: str


class AnnulIn(Schema):
    reason: str
    document: str


def _settles(request: Any) -> Any:
    if not settles(request.user):
        raise Http404
    return request.user


def _voucher(request: Any, uid: uuid.UUID) -> Voucher:
    found = queries.settling(_settles(request), uid)
    if found is None:
        raise Http404
    log_reading(account=request.user, person=found.person, case_uid=found.case_uid, part="API")
    return found


def _waiting(voucher: Voucher) -> WaitingOut:
    return WaitingOut(**{name: getattr(voucher, name) for name in WaitingOut.model_fields})


@router.get("/waiting", response=list[WaitingOut])
def waiting(request: Any) -> list[WaitingOut]:
    """Used and not yet paid; bound, and something went wrong."""
    return [_waiting(one) for one in queries.to_settle(_settles(request))]


@router.get("/late", response=list[WaitingOut])
def late(request: Any) -> list[WaitingOut]:
    """Vouchers whose provider did not report within its seven days."""
    return [_waiting(one) for one in queries.late_reports(_settles(request))]


@router.get("/owed", response=list[OwedOut])
def own_shares_owed(request: Any) -> list[OwedOut]:
    """Own shares of vouchers that ended or became cheaper, until the transfer is written down."""
    found = queries.owed(_settles(request))
    return [OwedOut(**{name: getattr(one, name) for name in OwedOut.model_fields}) for one in found]


@router.get("/settlement", response={200: SettlementOut, **REFUSALS})
def settlement(request: Any, since: dt.date | None = None, until: dt.date | None = None) -> SettlementOut:
    """What was paid out between two days, both included. 422 while it disagrees with the ledger."""
    found = export.checked(_settles(request), since, until)
    return SettlementOut(
        vouchers=[_settled(one) for one in found],
        control_grosze=sum(one.value_grosze for one in found),
        control_support_grosze=sum(one.support_grosze for one in found),
        control_own_grosze=sum(one.own_grosze for one in found),
    )


@router.get("/settlement.csv")
def settlement_csv(request: Any, since: dt.date | None = None, until: dt.date | None = None) -> HttpResponse:
    """The same as CSV with the control sum in its last line."""
    return download(list(export.rows(_settles(request), since, until)), "rozliczenie-bonow")


def _settled(voucher: Any) -> SettledOut:
    service = voucher.edition.service
    return SettledOut(
        number=voucher.number, programme=voucher.right.programme_version.programme.name, teryt=voucher.right.teryt,
        field=service.field, service=service.title, service_number=service.number, provider=service.provider.name,
        tax_number=service.provider.tax_number, ended_on=voucher.edition.ends_on, paid_at=voucher.paid_at,
        document=voucher.invoice, value_grosze=voucher.value_grosze, support_grosze=voucher.support_grosze,
        own_grosze=voucher.own_grosze,
    )  # fmt: skip


@router.get("/figures", response={200: VoucherFiguresOut, **REFUSALS})
def money(request: Any, by: By = "programme") -> VoucherFiguresOut:
    """Money granted, paid, given back and under way. 422 while it disagrees with the ledger."""
    lines = [_figure(words[0], grosze) for words, grosze in export.figure_lines(_settles(request), by)]
    return VoucherFiguresOut(rows=lines[:-1], total=lines[-1])


def _figure(name: str, grosze: Any) -> VoucherFigureOut:
    committed, spent, returned, still = grosze
    return VoucherFigureOut(
        name=name, committed_grosze=committed, spent_grosze=spent, returned_grosze=returned, open_grosze=still
    )


@router.post("/{uid}/settle", response={200: WaitingOut, **REFUSALS})
def settle(request: Any, uid: uuid.UUID, body: InvoiceIn) -> WaitingOut:
    """Pay the provider."""
    return _waiting(actions.settle(voucher=_voucher(request, uid), acting_user=request.acting, **body.dict()))


@router.post("/{uid}/annul", response={200: WaitingOut, **REFUSALS})
def annul(request: Any, uid: uuid.UUID, body: AnnulIn) -> WaitingOut:
    """Take a voucher back."""
    return _waiting(actions.annul(voucher=_voucher(request, uid), acting_user=request.acting, **body.dict()))


@router.post("/{uid}/return", response={200: WaitingOut, **REFUSALS})
def give_back(request: Any, uid: uuid.UUID, body: AnnulIn) -> WaitingOut:
    """Give a voucher back after its training began: its provider is not paid. 404 before that, when advisers do it."""
    return _waiting(actions.give_back(voucher=_voucher(request, uid), acting_user=request.acting, **body.dict()))


@router.post("/{uid}/own-paid-back", response={200: WaitingOut, **REFUSALS})
def own_paid_back(request: Any, uid: uuid.UUID, body: InvoiceIn) -> WaitingOut:
    """The own share went back to the participant; the document is the transfer's."""
    return _waiting(actions.pay_back_own(voucher=_voucher(request, uid), acting_user=request.acting, **body.dict()))
