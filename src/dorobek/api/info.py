"""REST: the info centre for everybody, without an account (RG-9). Editing is on the screens alone, as in the register.

Every answer may be cached: it carries an ETag and Last-Modified, and a second visit costs at most two statements and no body.
"""

import datetime as dt
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import ModelSchema, Router, Schema

from dorobek.api.register import MINUTES, digest, fresh
from dorobek.api.schemas import Problem
from dorobek.register.info.markup import opening, render
from dorobek.register.models import InfoPage
from dorobek.register.queries import info

router = Router()
Section = Literal["slownik", "przewodnik", "praktyki"]


class InfoLink(Schema):
    """A page in a list. `opening`: its first paragraph in Polish; `address`: its page for a reader."""

    section: Section
    slug: str
    title_pl: str
    title_en: str
    opening: str
    address: str


class InfoWhole(ModelSchema):
    """A page whole: both languages as typed (`text`) and as markup (`html`), and what it points at."""

    html_pl: str
    html_en: str
    related: list[InfoLink]
    address: str
    reviewed_on: dt.date | None

    class Meta:
        model = InfoPage
        fields = ["section", "slug", "title_pl", "title_en", "text_pl", "text_en", "version", "changed_at"]


@router.get("", response=list[InfoLink], summary="Pages of the info centre, all or those with the words")
def list_pages(request: HttpRequest, response: HttpResponse, q: str = "", section: Section | None = None) -> Any:
    """`q`: words, in any form and with or without Polish letters. Two statements; one when the copy still stands."""
    state, since = info.info_state()
    if fresh(request, response, f"{state}-{digest(q)}-{section}", since, MINUTES):
        return response
    if q.strip():
        found = info.search_info(q, section=section or "")
    else:
        found = [page for name, pages in info.by_section().items() if section in (None, name) for page in pages]
    return [link(request, page) for page in found]


@router.get("/{section}/{slug}", response={200: InfoWhole, 404: Problem}, summary="One page")
def one_page(request: HttpRequest, section: str, slug: str, response: HttpResponse) -> Any:
    """Three statements; two when the caller's copy still stands."""
    state, since = info.info_state()
    page = None if "\0" in section + slug else info.find_info_page(section, slug)
    if page is None:
        raise Http404
    if fresh(request, response, f"{state}-{page.name}-{page.version}", since, MINUTES):
        return response
    own = {
        "html_pl": render(page.text_pl),
        "html_en": render(page.text_en),
        "related": [link(request, one) for one in info.see_also(page)],
        "address": address(request, page),
    }
    return own | {name: getattr(page, name) for name in InfoWhole.model_fields if name not in own}


def link(request: HttpRequest, page: InfoPage) -> dict[str, Any]:
    same = {name: getattr(page, name) for name in ("section", "slug", "title_pl", "title_en")}
    return {**same, "opening": opening(page.text_pl), "address": address(request, page)}


def address(request: HttpRequest, page: InfoPage) -> str:
    return request.build_absolute_uri(reverse("info-page", args=[page.section, page.slug]))
