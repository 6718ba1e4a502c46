"""/walidacja/biuro/: openings by date, cases by state, whose move it is, what runs late; certificates; agreement."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dorobek.kernel.csv_text import lines
from dorobek.people.models import Account
from dorobek.validation.enums import AppealState, ApplicationState
from dorobek.validation.models import StaffRecord
from dorobek.validation.queries import agreement, certificates, desk
from dorobek.validation.rules import Kappa
from dorobek.validation.rules.moves import Mover
from dorobek.web.doors import CaseRequest
from dorobek.web.validation.candidate.words import task
from dorobek.web.validation.office.doors import officer, own_body, page

PER_PAGE, OPENINGS, APPEALS = 25, 10, 10
SURE = 30  # criteria that both marked; below, kappa says little
MOVERS = {
    Mover.CANDIDATE: lambda: _("kandydat"),
    Mover.ADVISER: lambda: _("doradca walidacyjny"),
    Mover.OFFICER: lambda: _("biuro"),
    Mover.COMMISSION: lambda: _("komisja"),
    Mover.APPEALS: lambda: _("rozpatrujący odwołanie"),
    Mover.NOBODY: lambda: _("nikt"),
}


@require_safe
@officer
def show(request: CaseRequest) -> HttpResponse:
    """The desk. Statements do not grow with the number of cases."""
    state, words = request.GET.get("stan", ""), request.GET.get("q", "").strip()
    late = request.GET.get("po-terminie") == "1"
    if state not in ApplicationState.values:
        state = ""
    rows = desk.cases(request.user, state=state, words=words, late=late)
    cases = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    coming = Paginator(desk.coming(request.user), OPENINGS).get_page(request.GET.get("terminy"))
    past = Paginator(desk.past(request.user), OPENINGS).get_page(request.GET.get("minione"))
    counted = desk.states(request.user)
    appeals = desk.appeals_of(request.user).filter(state=AppealState.FILED)[:APPEALS]
    context = {
        "body": own_body(request), "coming": coming, "past": past, "page_of": cases, "rows": told(desk.with_moves(list(cases))),
        "states": [(one, ApplicationState(one).label, count) for one, count in counted.items()],
        "state": state, "q": words, "late_only": late, "late": desk.late_count(request.user),
        "appeals": appeals, "today": timezone.localdate(),
    }  # fmt: skip
    return page(request, "desk", "office", context)


def told(rows: list[desk.Row]) -> list[dict[str, Any]]:
    """Rows ready to print: whose move, what, by when, whether it is late."""
    return [
        {
            "case": row.application, "who": MOVERS[row.move.mover](), "what": task(row.move.step), "due": row.move.due,
            "late": row.late, "ours": row.move.mover is Mover.OFFICER, "nobody": row.move.mover is Mover.NOBODY,
        }
        for row in rows
    ]  # fmt: skip


@require_safe
@officer
def register(request: CaseRequest) -> HttpResponse:
    """The register of the body's certificates: list and search."""
    words, year = request.GET.get("q", "").strip(), _year(request)
    found = Paginator(certificates.certificates(request.user, words, year), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_of": found, "q": words, "year": year or "", "report": certificates.report(request.user)}
    return page(request, "certificates", "office-certificates", context)


@require_safe
@officer
def register_table(request: CaseRequest) -> HttpResponseBase:
    """The register as CSV, sent while it is read."""
    head = [_("Numer"), _("Wydano"), _("Osoba"), _("Kod"), _("Kwalifikacja"), _("Kto wydał"), _("Cofnięto")]
    rows = certificates.certificates(request.user, request.GET.get("q", "").strip(), _year(request))

    def table() -> Any:
        yield head
        yield from certificates.certificate_rows(rows)

    return _file(StreamingHttpResponse(lines(table()), content_type="text/csv; charset=utf-8"), "certyfikaty.csv")


@require_safe
@officer
def report(request: CaseRequest, kind: str) -> HttpResponseBase:
    """For the register of qualifications: figures by qualification and year, without a person."""
    rows = certificates.report(request.user)
    if kind == "json":
        return _file(JsonResponse({"certificates": rows}, json_dumps_params={"ensure_ascii": False}), "raport.json")
    if kind != "csv":
        raise Http404
    names = ("body", "qualification", "title", "year", "certificates", "revoked")
    head = [_("Instytucja"), _("Kod"), _("Kwalifikacja"), _("Rok"), _("Certyfikaty"), _("W tym cofnięte")]
    table = [head, *([str(row[name]) for name in names] for row in rows)]
    return _file(StreamingHttpResponse(lines(table), content_type="text/csv; charset=utf-8"), "raport.csv")


def _year(request: CaseRequest) -> int | None:
    text = request.GET.get("rok", "")
    return int(text) if text.isascii() and text.isdigit() and 1900 <= int(text) <= 9999 else None


def _file(answer: HttpResponseBase, name: str) -> HttpResponseBase:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
@officer
def likeness(request: CaseRequest) -> HttpResponse:
    """Agreement between assessors in decided cases: kappa of each qualification and of each pair, with what it means."""
    body = own_body(request)
    kept = StaffRecord.objects.filter(institution=body).select_related("qualification")
    qualifications = {one.qualification_id: one.qualification for one in kept.order_by("qualification__code")}
    tables, accounts = [], set()
    for one in qualifications.values():
        held = agreement(institution=body, qualification=one, user=request.user)
        if held and held.pairs:
            accounts |= {account for pair in held.pairs for account in pair}
            tables.append((one, held))
    names = {one.pk: str(one) for one in Account.objects.filter(pk__in=accounts)}
    shown = [
        (one, _kappa(held.whole), [_pair(names, pair, kappa) for pair, kappa in sorted(held.pairs.items())])
        for one, held in tables
    ]
    return page(request, "agreement", "office-agreement", {"tables": shown, "body": body, "sure": SURE})


def _pair(names: dict[int, str], pair: tuple[int, int], kappa: Kappa) -> dict[str, Any]:
    return {"first": names.get(pair[0], "?"), "second": names.get(pair[1], "?"), **_kappa(kappa)}


def _kappa(kappa: Kappa) -> dict[str, Any]:
    value = kappa.value
    return {
        "kappa": kappa,
        "words": kappa_words(value), "value": "" if value is None else f"{value:.2f}".replace(".", ","),
        "unsure": kappa.cases < SURE, "width": max(0, round((value or 0) * 100)),
    }  # fmt: skip


def kappa_words(value: float | None) -> str:
    """What a kappa means, in words of our own."""
    if value is None:
        return _("nie da się policzyć: same jednakowe oceny")
    for least, words in ((0.8, _("bardzo zgodnie")), (0.6, _("zgodnie")), (0.4, _("średnio")), (0.0, _("słabo"))):
        if value >= least:
            return words
    return _("rzadziej zgodnie, niż wyszłoby przez przypadek")
