"""The register as data: an entry as JSON, CSV or European Learning Model, and all of it as one file (RG-6)."""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import http_date, parse_http_date_safe

from dorobek.kernel.csv_text import lines
from dorobek.register.entry.elm import Skill, as_elm
from dorobek.register.entry.table import write_rows
from dorobek.register.models import OutcomeLink, Qualification, QualificationVersion
from dorobek.register.queries.analysis import accepted_for, accepted_links
from dorobek.web.register.entries import find, place

LICENCE = "CC0-1.0"
CHUNK = 500  # entries read at once


def open_data(request: HttpRequest) -> HttpResponse:
    """What there is to take, and how."""
    newest = QualificationVersion.objects.order_by("-pk").first()
    return render(request, "register/data.html", {"newest": newest, "count": Qualification.objects.count()})


def one(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """One entry in one of three forms."""
    qualification = find(code)
    assert qualification.current is not None
    entry, address = qualification.entry, request.build_absolute_uri(reverse("register-entry", args=[code]))
    links = accepted_links(qualification) if kind in ("json", "jsonld") else []
    if kind == "json":
        whole_entry = {
            "version": qualification.current.number,
            **entry.as_data(),
            **({"esco": skills(links)} if links else {}),
        }
        body = json.dumps(whole_entry, ensure_ascii=False, indent=1)
        return file(body, "application/json", f"{code}.json", qualification.current, qualification.links_at)
    if kind == "csv":
        return file("".join(lines(write_rows([entry]))), "text/csv", f"{code}.csv", qualification.current)
    if kind == "jsonld":
        body = json.dumps(as_elm(entry, address, by_outcome(links)), ensure_ascii=False, indent=1)
        return file(body, "application/ld+json", f"{code}.jsonld", qualification.current, qualification.links_at)
    raise Http404


def skills(links: Sequence[OutcomeLink]) -> list[dict[str, str]]:
    """Accepted links to ESCO as data: the outcome's place, the skill's address and labels."""
    return [
        {
            "outcome": place(link),
            "uri": link.concept.uri,
            "label_pl": link.concept.label_pl,
            "label_en": link.concept.label_en,
        }
        for link in links
    ]


def by_outcome(links: Sequence[OutcomeLink]) -> dict[str, list[Skill]]:
    """Accepted links by the outcome's place, as the European Learning Model wants them."""
    found: dict[str, list[Skill]] = {}
    for link in links:
        skill = (link.concept.uri, link.concept.label_pl, link.concept.label_en)
        found.setdefault(place(link), []).append(skill)
    return found


def file(
    body: str, kind: str, name: str, version: QualificationVersion, also: dt.datetime | None = None
) -> HttpResponse:
    """A file to download, dated by its version (or by what changed beside it) so that a second visit costs nothing."""
    changed = max(version.created_at, also) if also else version.created_at
    answer = HttpResponse(body, content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Last-Modified"] = http_date(changed.timestamp())
    answer["ETag"] = f'"{version.digest[:32]}{int(also.timestamp()) if also else ""}"'
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


def whole(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The whole register as one file, streamed: JSON with a line for each entry, or CSV."""
    newest = QualificationVersion.objects.order_by("-pk").first()
    if kind not in ("jsonl", "csv"):
        raise Http404
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    dates = (newest.created_at if newest else None, linked_at())
    changed = max((date for date in dates if date is not None), default=None)
    if changed is not None and since is not None and int(changed.timestamp()) <= since:
        return HttpResponse(status=304)
    body = json_lines() if kind == "jsonl" else table()
    types = {"jsonl": "application/jsonl", "csv": "text/csv"}
    answer = StreamingHttpResponse(body, content_type=f"{types[kind]}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rejestr.{kind}"'
    answer["Cache-Control"] = "public, max-age=3600"
    if changed is not None:
        answer["Last-Modified"] = http_date(changed.timestamp())
    return answer


def linked_at() -> dt.datetime | None:
    """When a link to ESCO was last decided in the whole register. One statement."""
    found: dt.datetime | None = Qualification.objects.aggregate(at=Max("links_at"))["at"]
    return found


def stored() -> Iterator[Qualification]:
    return Qualification.objects.select_related("current").order_by("pk").iterator(chunk_size=CHUNK)


def json_lines() -> Iterator[str]:
    """A line for each entry, with its accepted links to ESCO; a statement more for every CHUNK entries that have any."""
    entries = stored()
    while held := list(islice(entries, CHUNK)):
        links = accepted_for(held)
        for qualification in held:
            if qualification.current:
                row: dict[str, Any] = {
                    "licence": LICENCE,
                    "version": qualification.current.number,
                    **qualification.current.data,
                }
                if own := links.get(qualification.pk):
                    row["esco"] = skills(own)
                yield json.dumps(row, ensure_ascii=False) + "\n"


def table() -> Iterator[str]:
    return lines(write_rows(qualification.entry for qualification in stored() if qualification.current))
