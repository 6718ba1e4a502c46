"""REST: the training offer, for everybody."""

import datetime as dt
import uuid

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from dorobek.offers.models import Edition
from dorobek.offers.queries import Wanted, search

router = Router()


class OfferedOut(Schema):
    """An edition of a service. Money in grosze, places by TERYT."""

    uid: uuid.UUID
    title: str
    kind: str
    field: str
    provider: str
    quality_mark: bool
    register_code: str
    certificate: str
    ending: str
    hours: int
    starts_on: dt.date
    ends_on: dt.date
    enrol_until: dt.date
    place: str
    teryt: str
    remote: bool
    price_grosze: int
    withdrawn: bool


class OfferPageOut(Schema):
    page: int
    more: bool
    editions: list[OfferedOut]


def _out(edition: Edition, marked: set[int]) -> OfferedOut:
    service = edition.service
    same = ("uid", "starts_on", "ends_on", "enrol_until", "place", "teryt", "remote", "price_grosze")
    of_service = ("title", "kind", "field", "register_code", "certificate", "ending", "hours")
    return OfferedOut(
        **{name: getattr(edition, name) for name in same},
        **{name: getattr(service, name) for name in of_service},
        provider=service.provider.name,
        quality_mark=service.provider_id in marked,
        withdrawn=edition.withdrawn_at is not None,
    )


@router.get("", response=OfferPageOut)
def offer(
    request: HttpRequest,
    words: str = "",
    teryt: str = "",
    remote: bool | None = None,
    starts_from: dt.date | None = None,
    ends_by: dt.date | None = None,
    most_grosze: int | None = None,
    kind: str = "",
    field: str = "",
    register_code: str = "",
    certified: bool = False,
    order: str = "termin",
    page: int = 1,
) -> OfferPageOut:
    """Editions that can still be joined; `order` is `termin` or `cena`."""
    wanted = Wanted(
        words=words[:200], teryt=teryt[:7], remote=remote, starts_from=starts_from, ends_by=ends_by,
        most_grosze=None if most_grosze is None else min(max(most_grosze, 0), 2_000_000_000), kind=kind, field=field,
        certified=certified, register_code=register_code, order=order,
    )  # fmt: skip
    found = search(wanted, page)
    return OfferPageOut(page=found.page, more=found.more, editions=[_out(one, found.marked) for one in found.editions])


@router.get("/{uid}", response=OfferedOut)
def one_edition(request: HttpRequest, uid: uuid.UUID) -> OfferedOut:
    """One edition, a withdrawn one too."""
    held = Edition.objects.select_related("service__provider").filter(uid=uid).first()
    if held is None:
        raise Http404
    return _out(held, set())
