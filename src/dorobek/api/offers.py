"""REST: the training offer, for everybody."""

import datetime as dt
import uuid
from typing import Literal

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from dorobek.offers.models import Edition
from dorobek.offers.queries import Wanted, search
from dorobek.offers.times import clock, iterate

router = Router()


class ClassTime(Schema):
    """When an edition meets: every week on `weekday` (Monday 0), or once on `day`; hours as "17:00", the last "24:00"."""

    weekday: int | None = None
    day: dt.date | None = None
    start: str
    end: str

    @staticmethod
    def of(edition: Edition) -> "list[ClassTime]":
        return [
            ClassTime(weekday=weekday, day=day, start=clock(start), end=clock(end))
            for weekday, day, start, end in iterate(edition.times)
        ]


class OfferedOut(Schema):
    """An edition of a service. Money in grosze, places by TERYT.

    `part_of_week`: `evening` (after work), `weekend`, `free` (both), `day` (in usual hours of work too), "" not known.
    """

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
    class_times: list[ClassTime]
    part_of_week: str
    withdrawn: bool


class OfferPageOut(Schema):
    page: int
    more: bool
    editions: list[OfferedOut]


def _out(edition: Edition, marked: set[int]) -> OfferedOut:
    service = edition.service
    same = ("uid", "starts_on", "ends_on", "enrol_until", "place", "teryt", "remote", "price_grosze", "part_of_week")
    of_service = ("title", "kind", "field", "register_code", "certificate", "ending", "hours")
    return OfferedOut(
        **{name: getattr(edition, name) for name in same},
        **{name: getattr(service, name) for name in of_service},
        class_times=ClassTime.of(edition),
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
    part_of_week: Literal["", "free", "evening", "weekend", "day"] = "",
    register_code: str = "",
    certified: bool = False,
    order: str = "termin",
    page: int = 1,
) -> OfferPageOut:
    """Editions that can still be joined; `order` is `termin` or `cena`. `part_of_week` leaves out what tells no times."""
    wanted = Wanted(
        words=words[:200], teryt=teryt[:7], remote=remote, starts_from=starts_from, ends_by=ends_by,
        most_grosze=None if most_grosze is None else min(max(most_grosze, 0), 2_000_000_000), kind=kind, field=field,
        part_of_week=part_of_week, certified=certified, register_code=register_code, order=order,
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
