"""REST: the register of qualifications and the frameworks, for everybody, without an account (RG-6).

Every answer may be cached: it carries an ETag and Last-Modified, and a second visit costs one statement and no body.
Names of filter values are Polish whatever language a browser's cookie asks for, so that one copy serves all.
"""

import datetime as dt
import hashlib
import json
from typing import Any, Literal
from urllib.parse import quote

from django.core import signing
from django.db.models import Max, Q, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from ninja import ModelSchema, Query, Router, Schema
from pydantic import Field

from dorobek.api.schemas import Problem
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.text import normalised
from dorobek.register.entry import Entry
from dorobek.register.models import Concept, Framework, Qualification, QualificationVersion
from dorobek.register.queries.search import FILTERS, Found, Hit, Wanted, nearest_to, search, suggested
from dorobek.web.register.entries import change, find
from dorobek.web.register.searching import MOST_CHOSEN, named

router = Router()
SHAPE = 1  # part of every ETag: raise it when the shape of an answer changes
MINUTES, HOUR, DAY = 300, 3600, 86_400  # seconds an answer may be kept: of a search, of an entry, of a fixed version
CONCEPTS = 50  # concepts on a page
WORDS = 8  # words of a concept query that are read
BROKEN = "Ten kursor jest uszkodzony albo należy do innego zapytania. Proszę zacząć od pierwszej strony."


class RegisterQuery(Schema):
    """The filters of the portal's page; a filter given several times takes any of its values.

    `exact`: the words as typed, in titles only. `facets=false` leaves the counts out.
    """

    q: str = ""
    exact: bool = False
    order: Literal["", "title", "effort"] = ""
    level: list[str] = Field(default_factory=list, max_length=MOST_CHOSEN)
    kind: list[str] = Field(default_factory=list, max_length=MOST_CHOSEN)
    category: list[str] = Field(default_factory=list, max_length=MOST_CHOSEN)
    method: list[str] = Field(default_factory=list, max_length=MOST_CHOSEN)
    effort: list[str] = Field(default_factory=list, max_length=MOST_CHOSEN)
    status: list[str] = Field(default_factory=list, max_length=MOST_CHOSEN)
    field: list[str] = Field(default_factory=list, max_length=MOST_CHOSEN)
    body: list[str] = Field(default_factory=list, max_length=MOST_CHOSEN)
    facets: bool = True
    cursor: str = Field("", max_length=500)


class RegisterHit(ModelSchema):
    """An entry in a list. `met`: the words of the entry that the query met; `address`: its page."""

    met: list[str]
    address: str

    class Meta:
        model = Qualification
        fields = [
            "code", "title_pl", "title_en", "summary_pl", "kind", "category", "level", "status", "hours",
            "field_code", "field_label", "awarded_by", "outcome_count", "criterion_count",
        ]  # fmt: skip


class FacetValue(Schema):
    """A value of a filter and how many entries it would give, the other filters as they are."""

    value: str
    label: str
    count: int
    chosen: bool


class RegisterPage(Schema):
    """Up to 20 entries. `next`: the cursor of the page after, null on the last.

    `changed`: the register has changed since the cursor was given, so entries may repeat or be left out.
    """

    hits: list[RegisterHit]
    total: int
    facets: dict[str, list[FacetValue]]
    next: str | None
    changed: bool


class TitleSuggestions(Schema):
    titles: list[str]


class RegisterEntry(Schema):
    """An entry whole, as one version of it stands. `address` is that version's page and never changes."""

    code: str
    version: int
    address: str
    recorded_at: dt.datetime
    entry: Entry


class ChangedField(Schema):
    """What changed: `path` for a program, `where` for a reader; values as the entry holds them."""

    path: str
    where: str
    before: Any
    after: Any


class EntryVersion(ModelSchema):
    """A version and what changed in it against the version before; nothing in the first."""

    address: str
    recorded_at: dt.datetime
    changes: list[ChangedField]

    class Meta:
        model = QualificationVersion
        fields = ["number", "source", "source_name"]


class ConceptQuery(Schema):
    """`q`: words that a label has, or the beginning of a code. `framework`: esco or kzis."""

    q: str = Field("", max_length=200)
    framework: str = Field("", max_length=20)
    cursor: str = Field("", max_length=500)


class FrameworkConcept(ModelSchema):
    """An occupation, a skill or a group of an imported framework. `notice`: what its licence asks to show."""

    framework: str
    edition: str
    notice: str
    other_pl: list[str]
    other_en: list[str]

    class Meta:
        model = Concept
        fields = [
            "uri", "code", "kind", "label_pl", "label_en", "description_pl", "description_en", "group_code", "retired",
        ]  # fmt: skip


class ConceptPage(Schema):
    """Up to 50 concepts in the order of import; `next`: the cursor of the page after, null on the last."""

    concepts: list[FrameworkConcept]
    next: str | None


@router.get("", response={200: RegisterPage, 422: Problem}, summary="Search with filters and counts")
def find_entries(request: HttpRequest, query: Query[RegisterQuery], response: HttpResponse) -> Any:
    """Three statements; one when the caller's copy still stands."""
    asked = fingerprint(query)
    state, stamp = register_state()
    page, known = opened(query.cursor, "register", asked, (1, state))
    if fresh(request, response, f"{state}-{asked}-{query.cursor}", stamp, MINUTES):
        return response
    found = search(wanted(query, page))
    beyond = page > found.pages  # the register has shrunk since the cursor was given
    return {
        "hits": [] if beyond else hits(request, found.hits),
        "total": found.total,
        "facets": facets(found) if query.facets else {},
        "next": closed([page + 1, state], "register", asked) if page < found.pages else None,
        "changed": known != state,
    }


@router.get("/suggestions", response=TitleSuggestions, summary="Titles for what is being typed")
def suggest_titles(request: HttpRequest, response: HttpResponse, q: str = "") -> Any:
    """Two statements; one when the caller's copy still stands."""
    state, stamp = register_state()
    if fresh(request, response, f"{state}-{digest(q)}", stamp, MINUTES):
        return response
    return {"titles": suggested(q)}


@router.get("/frameworks/concepts", response={200: ConceptPage, 422: Problem}, summary="Concepts of ESCO and KZiS")
def find_concepts(request: HttpRequest, query: Query[ConceptQuery], response: HttpResponse) -> Any:
    """Two statements; one when the caller's copy still stands."""
    asked = fingerprint(query)
    (after,) = opened(query.cursor, "concepts", asked, (0,))
    state, stamp = frameworks_state()
    if fresh(request, response, f"{state}-{asked}-{query.cursor}", stamp, HOUR):
        return response
    rows = list(concepts(query).filter(pk__gt=after)[: CONCEPTS + 1])
    page = rows[:CONCEPTS]
    return {
        "concepts": [concept(row) for row in page],
        "next": closed([page[-1].pk], "concepts", asked) if len(rows) > CONCEPTS else None,
    }


@router.get("/{code}", response={200: RegisterEntry, 404: Problem}, summary="An entry as it stands today")
def newest_entry(request: HttpRequest, code: str, response: HttpResponse) -> Any:
    """One statement."""
    _qualification, stood = held(code)
    if fresh(request, response, version_tag(stood), stood.created_at, HOUR):
        return response
    return whole(request, code, stood)


@router.get("/{code}/versions", response={200: list[EntryVersion], 404: Problem}, summary="Versions and their changes")
def entry_versions(request: HttpRequest, code: str, response: HttpResponse) -> Any:
    """Newest first. Two statements."""
    qualification, stood = held(code)
    if fresh(request, response, version_tag(stood), stood.created_at, HOUR):
        return response
    return [told(request, code, version) for version in qualification.versions.defer("data", "remarks")]


@router.get("/{code}/versions/{number}", response={200: RegisterEntry, 404: Problem}, summary="An entry as it stood")
def entry_version(request: HttpRequest, code: str, number: int, response: HttpResponse) -> Any:
    """A version never changes. Two statements."""
    qualification, _newest = held(code)
    stood = qualification.versions.filter(number=number).first() if 0 < number < 2**31 else None
    if stood is None:
        raise Http404
    if fresh(request, response, version_tag(stood), stood.created_at, DAY):
        return response
    return whole(request, code, stood)


@router.get("/{code}/similar", response={200: list[RegisterHit], 404: Problem}, summary="Entries in nearest words")
def similar_entries(request: HttpRequest, code: str, response: HttpResponse) -> Any:
    """Up to six, nearest first. Four statements; two when the caller's copy still stands."""
    qualification, _stood = held(code)
    state, stamp = register_state()
    if fresh(request, response, f"{state}-{digest(code)}", stamp, MINUTES):
        return response
    return hits(request, nearest_to(qualification))


def wanted(query: RegisterQuery, page: int) -> Wanted:
    """What the query asks for, as the portal's page would say it."""
    filters = {name: tuple(values) for name in FILTERS if (values := getattr(query, name))}
    return Wanted(query.q, query.exact, filters, query.order, page)


def hits(request: HttpRequest, found: Any) -> list[dict[str, Any]]:
    """Hits as RegisterHit has them."""
    base = request.build_absolute_uri(reverse("register"))
    return [hit(base, one) for one in found]


def hit(base: str, one: Hit) -> dict[str, Any]:
    row = one.qualification
    own = {"met": list(one.met), "address": f"{base}{quote(row.code, safe='')}/"}
    return own | {name: getattr(row, name) for name in RegisterHit.model_fields if name not in own}


def facets(found: Found) -> dict[str, list[dict[str, Any]]]:
    """Every filter's values with their names and counts, the most frequent first."""
    with translation.override("pl"):
        return {
            name: [
                {"value": one.value, "label": named(name, one), "count": one.count, "chosen": one.chosen}
                for one in values
            ]
            for name, values in found.facets.items()
        }


def held(code: str) -> tuple[Qualification, QualificationVersion]:
    """The qualification and its newest version; 404 otherwise. One statement."""
    if "\0" in code:  # PostgreSQL refuses to look for it
        raise Http404
    qualification = find(code)
    assert qualification.current is not None
    return qualification, qualification.current


def permanent(request: HttpRequest, code: str, number: int) -> str:
    """The page of a version, which never moves."""
    return request.build_absolute_uri(f"{reverse('register')}{quote(code, safe='')}/{number}/")


def whole(request: HttpRequest, code: str, stood: QualificationVersion) -> dict[str, Any]:
    """A version as RegisterEntry has it."""
    address = permanent(request, code, stood.number)
    known = {"code": code, "version": stood.number, "address": address}
    return {**known, "recorded_at": stood.created_at, "entry": stood.entry}


def told(request: HttpRequest, code: str, version: QualificationVersion) -> dict[str, Any]:
    """A version and its changes as EntryVersion has them."""
    with translation.override("pl"):
        changes = [
            {"path": path, "where": change(path, pair)["where"], "before": pair[0], "after": pair[1]}
            for path, pair in version.changes.items()
        ]
    return {
        "number": version.number,
        "address": permanent(request, code, version.number),
        "recorded_at": version.created_at,
        "source": version.source,
        "source_name": version.source_name,
        "changes": changes,
    }


def concepts(query: ConceptQuery) -> Any:
    """Concepts that have every word in a label, or whose code begins with it; by primary key."""
    rows = Concept.objects.select_related("framework").order_by("pk")
    if framework := query.framework.replace("\0", ""):
        rows = rows.filter(framework__code=framework)
    for word in query.q.replace("\0", " ").split()[:WORDS]:
        plain = normalised(word)  # also without Polish letters: "ksiegowa" finds "księgowa"
        fits = Q(code__istartswith=word)
        if plain:
            fits |= Q(plain_pl__contains=plain) | Q(plain_en__contains=plain)
        rows = rows.filter(fits)
    return rows


def concept(row: Concept) -> dict[str, Any]:
    held_by = {name: getattr(row.framework, name) for name in ("edition", "notice")}
    same = {name: getattr(row, name) for name in FrameworkConcept.model_fields if name not in (*held_by, "framework")}
    return {**same, **held_by, "framework": row.framework.code}


def register_state() -> tuple[str, dt.datetime]:
    """What the register's lists depend on (its newest version and the day), and since when. One statement."""
    row = QualificationVersion.objects.order_by("-pk").values_list("pk", "created_at").first()
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    pk, created = row or (0, midnight)
    return f"{pk}-{midnight:%Y%m%d}", max(created, midnight)


def frameworks_state() -> tuple[str, dt.datetime | None]:
    """What lists of concepts depend on: how often frameworks were imported, and when last. One statement."""
    found = Framework.objects.aggregate(newest=Max("pk"), imports=Sum("revision"), at=Max("imported_at"))
    return f"{found['newest']}-{found['imports']}-{found['at']}", found["at"]


def version_tag(stood: QualificationVersion) -> str:
    """An entry may return to what it was, so the number stands beside the digest."""
    return f"{stood.digest[:32]}-{stood.number}"


def fresh(request: HttpRequest, response: HttpResponse, tag: str, since: dt.datetime | None, seconds: int) -> bool:
    """Put the headers of caching on the response; True when the caller's copy stands and it became a bare 304."""
    response["ETag"] = etag = quote_etag(f"{SHAPE}-{digest(tag)}")
    response["Cache-Control"] = f"public, max-age={seconds}"
    response["Content-Language"] = "pl"
    stamp = int(since.timestamp()) if since else None
    if stamp is not None:
        response["Last-Modified"] = http_date(stamp)
    answer = get_conditional_response(request, etag, stamp, response)
    if answer is None or answer is response:
        return False
    response.status_code = answer.status_code
    response.content = b""
    del response["Content-Type"]
    return True


def digest(text: str) -> str:
    """32 hexadecimal characters."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def fingerprint(query: Schema) -> str:
    """The same for the same question, whichever page of its answer is asked for."""
    return digest(json.dumps(query.dict(exclude={"cursor"}), sort_keys=True))


def closed(place: list[Any], salt: str, asked: str) -> str:
    """A cursor: a place in the answer to one question, signed so that it comes back as it was given."""
    return signing.Signer(salt=f"cursor-{salt}").sign_object([*place, asked])


def opened(cursor: str, salt: str, asked: str, first: tuple[Any, ...]) -> tuple[Any, ...]:
    """The place that a cursor names, `first` without one. Raises RuleBroken for a broken one or another question's."""
    if not cursor:
        return first
    try:
        *place, question = signing.Signer(salt=f"cursor-{salt}").unsign_object(cursor)
    except (signing.BadSignature, ValueError) as problem:
        raise RuleBroken(BROKEN, "cursor") from problem
    if question != asked:
        raise RuleBroken(BROKEN, "cursor")
    return tuple(place)
