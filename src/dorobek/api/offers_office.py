"""REST: providers as an office keeps them, the import of the offer, and a provider's own dates and reports."""

import datetime as dt
import uuid
from typing import IO, Any, Literal, cast

from django.http import Http404
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from dorobek.api.offers import ClassTime
from dorobek.api.schemas import REFUSALS
from dorobek.kernel.errors import RuleBroken
from dorobek.offers import actions, queries
from dorobek.offers.enums import Source
from dorobek.offers.models import Edition, Provider, TrainingService
from dorobek.offers.perms import may_import, may_keep
from dorobek.offers.reading.times import minutes_of
from dorobek.people.actions import log_reading
from dorobek.vouchers.actions import report_participation
from dorobek.vouchers.models import Voucher
from dorobek.vouchers.queries import provider_vouchers
from dorobek.vouchers.rules import report_due

kept, own = Router(), Router()


class ProviderOut(Schema):
    """A provider with the newest steps of the quality standard; `marked_until` is null without a mark."""

    uid: uuid.UUID
    name: str
    tax_number: str
    contract_until: dt.date | None
    assessed_on: dt.date | None
    audited_on: dt.date | None
    marked_until: dt.date | None


class OfferFaultOut(Schema):
    line: int
    column: str
    problem: str


class OfferReportOut(Schema):
    """What an import found and did; `done` is false where nothing was written; `remarks` are of good rows."""

    rows: int
    new: int
    changed: int
    unchanged: int
    withdrawn: int
    past: int
    off_sale: int
    fault_count: int
    faults: list[OfferFaultOut]
    remark_count: int
    remarks: list[OfferFaultOut]
    dry_run: bool
    done: bool


class ServiceIn(Schema):
    title: str
    kind: Literal["training", "exam", "validation"] = "training"
    field: str = "other"
    goal: str = ""
    outcomes: list[str] = []
    register_code: str = ""
    ending: Literal["certificate", "statement", "nothing"] = "nothing"
    certificate: str = ""
    hours: int = 0
    hour_form: Literal["group", "pair", "single"] = "group"
    requires: str = ""


class DateIn(Schema):
    """A date of a service. `place` is a town, a powiat or „zdalnie"; money in grosze."""

    starts_on: dt.date
    ends_on: dt.date
    enrol_until: dt.date | None = None
    place: str
    teryt: str = ""
    price_grosze: int
    places: int = 0
    weekly_hours: int = 0
    class_times: list[ClassTime] = []

    def values(self) -> dict[str, Any]:
        """As the action takes them. Raises RuleBroken for times that are none."""
        times = [[one.weekday if one.day is None else one.day.isoformat(), *_hours(one)] for one in self.class_times]
        return {**self.dict(), "class_times": times}


def _hours(one: ClassTime) -> tuple[int, int]:
    if (one.weekday is None) == (one.day is None):
        raise RuleBroken("Każde zajęcia mają albo dzień tygodnia, albo datę.", "class_times")
    return minutes_of(one.start), minutes_of(one.end)


class MadeOut(Schema):
    uid: uuid.UUID


class WithdrawIn(Schema):
    reason: str


class ComingOut(Schema):
    """Somebody with a voucher: the name, the date, and until when the result is due."""

    uid: uuid.UUID
    number: str
    person: str
    edition: uuid.UUID
    participation: str
    report_due: dt.date


class OutcomeIn(Schema):
    participation: Literal["accepted", "rejected", "finished", "not-finished", "absent"]
    document: str


@kept.get("", response=list[ProviderOut])
def providers(request: Any, words: str = "", page: int = 1) -> list[ProviderOut]:
    """Providers by name or tax number, twenty on a page."""
    if not may_import(request.user):
        raise Http404
    found, _more = queries.provider_list(words[:100], page)
    return [ProviderOut(**{name: getattr(one, name) for name in ProviderOut.model_fields}) for one in found]


@kept.post("/import", response={200: OfferReportOut, **REFUSALS})
def bring_in(
    request: Any, file: File[UploadedFile], dry_run: bool = True, leave_out_faulty: bool = False, whole: bool = False
) -> Any:
    """A CSV, or JSON of the national training base (by the end of its name)."""
    if not may_import(request.user):
        raise Http404
    name, content = str(file.name), cast(IO[bytes], file.file)
    source = Source.NATIONAL if name.lower().endswith(".json") else Source.TABLE
    done = actions.import_offer(
        file=content, name=name, source=source, acting_user=request.acting, dry_run=dry_run,
        leave_out_faulty=leave_out_faulty, whole=whole,
    )  # fmt: skip
    names = [name for name in OfferReportOut.model_fields if name not in ("faults", "remarks")]
    lists: dict[str, Any] = {
        name: [OfferFaultOut(line=one.line, column=one.column, problem=one.problem) for one in getattr(done, name)]
        for name in ("faults", "remarks")
    }
    return OfferReportOut(**{name: getattr(done, name) for name in names}, **lists)


@kept.post("/dates/{uid}/withdraw", response={200: MadeOut, **REFUSALS})
def withdraw_for_provider(request: Any, uid: uuid.UUID, body: WithdrawIn) -> MadeOut:
    """The office withdraws a date that its provider told it about; whoever chose it is told."""
    held = Edition.objects.select_related("service__provider").filter(uid=uid).first()
    if held is None or not may_keep(request.user, held.service.provider):
        raise Http404
    return MadeOut(uid=actions.withdraw_edition(edition=held, reason=body.reason, acting_user=request.acting).uid)


def _providers(request: Any) -> list[Provider]:
    found = list(queries.own_providers(request.user))
    if not found:
        raise Http404
    return found


@own.get("/vouchers", response=list[ComingOut])
def coming(request: Any) -> list[ComingOut]:
    """Who comes with a voucher, the soonest end first."""
    _providers(request)
    found = []
    for one in provider_vouchers(request.user):
        assert one.edition is not None
        found.append(
            ComingOut(
                uid=one.uid, number=one.number, person=one.person.name, edition=one.edition.uid,
                participation=one.participation, report_due=report_due(one.edition.ends_on),
            )
        )  # fmt: skip
    return found


@own.post("/vouchers/{uid}/participation", response={200: ComingOut, **REFUSALS})
def outcome(request: Any, uid: uuid.UUID, body: OutcomeIn) -> ComingOut:
    """What became of a participant."""
    rows = Voucher.objects.of_provider(request.user).select_related("person", "right", "edition__service__provider")
    held = rows.filter(uid=uid).first()
    if held is None:
        raise Http404
    log_reading(account=request.user, person=held.person, case_uid=held.case_uid, part="API")
    done = report_participation(voucher=held, acting_user=request.acting, **body.dict())
    assert done.edition is not None
    return ComingOut(
        uid=done.uid, number=done.number, person=held.person.name, edition=done.edition.uid,
        participation=done.participation, report_due=report_due(done.edition.ends_on),
    )  # fmt: skip


@own.post("/{uid}/services", response={201: MadeOut, **REFUSALS})
def new_service(request: Any, uid: uuid.UUID, body: ServiceIn) -> Any:
    """A training, an exam or a validation of one of the caller's providers."""
    held = next((one for one in _providers(request) if one.uid == uid), None)
    if held is None:
        raise Http404
    made = actions.write_service(provider=held, values=body.dict(), acting_user=request.acting)
    return Status(201, MadeOut(uid=made.uid))


@own.post("/services/{uid}/dates", response={201: MadeOut, **REFUSALS})
def new_date(request: Any, uid: uuid.UUID, body: DateIn) -> Any:
    """Another date."""
    rows = TrainingService.objects.filter(provider__in=_providers(request), uid=uid).select_related("provider")
    held = rows.first()
    if held is None:
        raise Http404
    made = actions.write_edition(service=held, values=body.values(), acting_user=request.acting)
    return Status(201, MadeOut(uid=made.uid))


@own.post("/dates/{uid}/withdraw", response={200: MadeOut, **REFUSALS})
def withdraw_date(request: Any, uid: uuid.UUID, body: WithdrawIn) -> MadeOut:
    """The date will not take place; whoever chose it is told."""
    held = Edition.objects.filter(service__provider__in=_providers(request), uid=uid).first()
    if held is None:
        raise Http404
    return MadeOut(uid=actions.withdraw_edition(edition=held, reason=body.reason, acting_user=request.acting).uid)
