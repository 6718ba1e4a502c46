"""The REST API of the register of qualifications: public, paged by cursors, cached (RG-6)."""

import dataclasses
import datetime as dt
import json
import re
from typing import Any

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from dorobek.cli.demo.qualifications import entries
from dorobek.kernel.text import normalised
from dorobek.register.actions import import_entries
from dorobek.register.entry import Entry, Read
from dorobek.register.enums import ConceptKind, Source
from dorobek.register.models import Concept, Framework

pytestmark = pytest.mark.django_db
BASE = "/api/register"


@pytest.fixture
def register() -> list[Entry]:
    held = list(entries())
    bring(held)
    return held


@pytest.fixture
def many() -> list[str]:
    """Codes of 47 entries: two whole pages and a part of one."""
    made = [Entry(code=f"7{n:04d}", title_pl=f"Pielęgnacja ogrodu {n}", level=n % 8 + 1) for n in range(47)]
    bring(made)
    return [entry.code for entry in made]


@pytest.fixture
def frameworks() -> list[str]:
    """Addresses of 120 concepts of ESCO and three of KZiS, in the order of import."""
    esco = Framework.objects.create(code="esco", edition="1.2", name="ESCO", notice="Notice.", revision=1)
    kzis = Framework.objects.create(code="kzis", edition="2014", name="KZiS", revision=1)
    made = [
        Concept(framework=esco, uri=f"urn:e{n}", code=f"51{n}", kind=ConceptKind.OCCUPATION, label_en=f"gardener {n}")
        for n in range(120)
    ]
    labels = ("Żołnierz zawodowy", "Księgowy", "Kasjer")
    made += [
        Concept(framework=kzis, uri=f"urn:k{n}", code=f"9{n}", kind=ConceptKind.OCCUPATION, label_pl=label)
        for n, label in enumerate(labels)
    ]
    for concept in made:  # as an import does
        concept.plain_pl, concept.plain_en = normalised(concept.label_pl), normalised(concept.label_en)
    return [concept.uri for concept in Concept.objects.bulk_create(made)]


def bring(held: list[Entry]) -> None:
    import_entries(reads=[Read(entry) for entry in held], source=Source.TABLE)


def get(client: Any, path: str = "", expected: int = 200, **query: Any) -> Any:
    answer = client.get(BASE + path, query)
    assert answer.status_code == expected, answer.content[:400]
    return json.loads(answer.content)


def walked(client: Any, path: str, listed: str, **query: Any) -> list[list[dict[str, Any]]]:
    """Every page of an answer, by its cursors."""
    pages, cursor = [], ""
    while len(pages) < 20:
        answer = get(client, path, cursor=cursor, **query)
        pages.append(answer[listed])
        if answer["next"] is None:
            return pages
        cursor = answer["next"]
    raise AssertionError("the cursors never end")


def codes(hits: list[dict[str, Any]]) -> list[str]:
    return [one["code"] for one in hits]


FILTERED: list[dict[str, Any]] = [
    {},
    {"q": "kasa"},
    {"q": "ksiegowa"},
    {"q": "biura", "exact": "true"},
    {"level": "5"},
    {"level": ["3", "4"], "method": "conversation"},
    {"q": "praca", "level": "3", "effort": "61"},
    {"category": "free_market", "status": "functioning", "kind": "partial"},
    {"order": "effort"},
    {"q": "obsługa", "order": "title"},
    {"level": "siedem"},
]


@pytest.mark.parametrize("query", FILTERED, ids=str)
def test_filters_find_what_the_page_finds(client, register, query):
    as_page = {{"order": "kolejnosc"}.get(name, name): value for name, value in query.items() if name != "exact"}
    as_page |= {"doslownie": "1"} if "exact" in query else {}
    page = client.get(reverse("register"), as_page)
    found = get(client, **query)
    assert codes(found["hits"]) == re.findall(r'name="porownaj" value="(\w+)"', page.content.decode())
    assert found["total"] == page.context["found"].total
    counted = {name: [(v.value, v.count) for v in values] for name, values in page.context["found"].facets.items()}
    assert {name: [(v["value"], v["count"]) for v in values] for name, values in found["facets"].items()} == counted


def test_every_filter_of_the_page_narrows_here_too(client, register):
    for name, values in get(client)["facets"].items():
        for value in values:
            answer = get(client, **{name: value["value"]})
            assert answer["total"] == value["count"] > 0
            assert [one["value"] for one in answer["facets"][name] if one["chosen"]] == [value["value"]]
            assert value["label"]


def test_a_hit_says_which_words_met_and_where_its_page_is(client, register):
    hit = get(client, q="siedziałam na kasie i przyjmowałam zwroty")["hits"][0]
    assert hit["code"] == "90001"
    assert hit["met"]
    assert client.get(hit["address"]).status_code == 200


def test_counts_may_be_left_out(client, register):
    assert get(client, facets="false")["facets"] == {}


@pytest.mark.parametrize("query", [{}, {"order": "effort"}, {"q": "pielęgnacja ogrodu"}, {"q": "ogr", "exact": "true"}])
def test_cursors_lead_through_every_entry_exactly_once(client, many, query):
    pages = walked(client, "", "hits", **query)
    assert [len(page) for page in pages] == [20, 20, 7]
    assert sorted(code for page in pages for code in codes(page)) == many


def test_a_cursor_keeps_the_filters_it_was_given_for(client, many):
    cursor = get(client)["next"]
    problem = get(client, expected=422, cursor=cursor, level="3")
    assert problem["field"] == "cursor"
    assert "kursor" in problem["detail"]


@pytest.mark.parametrize("cursor", ["x", "x:y", "a" * 300, "eyJhIjoxfQ:abc", "ż", ":", "\0"])
def test_a_broken_cursor_is_refused_in_words(client, many, cursor):
    assert "Proszę zacząć od pierwszej strony" in get(client, expected=422, cursor=cursor)["detail"]
    assert get(client, "/frameworks/concepts", expected=422, cursor=cursor)["field"] == "cursor"


def test_a_cursor_cannot_be_written_by_hand(client, many):
    forged = signing.Signer(salt="another").sign_object([3, "1-20260101", "x"])
    get(client, expected=422, cursor=forged)
    get(client, "/frameworks/concepts", expected=422, cursor=get(client)["next"])


def test_a_cursor_of_an_older_register_goes_on_and_says_so(client, many):
    cursor = get(client)["next"]
    bring([Entry(code="80001", title_pl="Znakowanie tras")])
    answer = get(client, cursor=cursor)
    assert answer["changed"]
    assert len(answer["hits"]) == 20
    assert answer["total"] == 48
    assert not get(client, cursor=answer["next"])["changed"]


def test_a_cursor_beyond_a_register_that_shrank_ends_the_list(client, many):
    cursor = get(client, cursor=get(client, level=list("12345"))["next"], level=list("12345"))["next"]
    assert cursor is None
    cursor = get(client, q="ogrodu")["next"]
    bring([Entry(code=code, title_pl=f"Zimowanie {code}") for code in many[5:]])
    answer = get(client, q="ogrodu", cursor=cursor)
    assert (answer["hits"], answer["next"], answer["changed"]) == ([], None, True)


@pytest.mark.parametrize(
    "query", [{"order": "x"}, {"exact": "maybe"}, {"level": [str(n) for n in range(31)]}, {"cursor": "x" * 501}]
)
def test_what_the_query_cannot_mean_is_422(client, register, query):
    assert get(client, expected=422, **query)["problems"]


@pytest.mark.parametrize("words", ["<script>", "' OR 1=1 --", "x" * 100_000, "\0", "%_%", "\ud83d\ude00"])
def test_odd_words_are_only_words(client, register, words):
    words = words.encode("utf-16", "surrogatepass").decode("utf-16")
    get(client, q=words)
    get(client, "/suggestions", q=words)


def test_an_empty_register_answers_an_empty_page(client):
    answer = get(client)
    assert (answer["hits"], answer["total"], answer["next"], answer["changed"]) == ([], 0, None, False)
    assert get(client, "/suggestions", q="kasa") == {"titles": []}


def test_suggestions_are_those_of_the_page(client, register):
    page = client.get(reverse("register-suggestions"), {"q": "obsl"}).json()
    assert get(client, "/suggestions", q="obsl") == page
    assert page["titles"]


def test_an_entry_is_answered_whole_with_its_version_and_address(client, register):
    for held in register:
        answer = get(client, f"/{held.code}")
        assert Entry.from_data(answer["entry"]) == held
        assert (answer["code"], answer["version"]) == (held.code, 1)
        assert client.get(answer["address"]).status_code == 200


def test_what_the_register_did_not_know_comes_back_too(client):
    held = Entry(code="90300", title_pl="Nowa", extra={"pole": {"a": [1, None, "ż"]}}, next_review=dt.date(2030, 1, 2))
    bring([held])
    assert get(client, "/90300")["entry"] == held.as_data()


def test_versions_tell_what_changed(client, register):
    bring([dataclasses.replace(register[0], hours=120, level=4)])
    newest, first = get(client, "/90001/versions")
    assert (newest["number"], first["number"], first["changes"]) == (2, 1, [])
    told = {one["path"]: (one["where"], one["before"], one["after"]) for one in newest["changes"]}
    assert told == {"hours": ("nakład pracy", 90, 120), "level": ("poziom PRK", 3, 4)}
    assert get(client, "/90001")["entry"]["level"] == 4


def test_an_old_version_stays_at_its_address(client, register):
    bring([dataclasses.replace(register[0], level=4)])
    old = get(client, "/90001/versions/1")
    assert Entry.from_data(old["entry"]) == register[0]
    assert old["address"].endswith("/rejestr/90001/1/")
    assert get(client, "/90001/versions/2")["entry"]["level"] == 4


def test_similar_entries_are_those_of_the_page(client, register):
    page = client.get(reverse("register-similar", args=["90001"]))
    similar = get(client, "/90001/similar")
    assert codes(similar) == [hit.qualification.code for hit in page.context["hits"]]
    assert similar
    assert "90001" not in codes(similar)


@pytest.mark.parametrize(
    "path",
    ["/70777", "/70777/versions", "/70777/similar", "/70777/versions/1", "/90001/versions/7", "/90001/versions/0",
     "/90001/versions/99999999999999999999", "/%00", "/%3Cb%3E"],
)  # fmt: skip
def test_what_there_is_not_is_404(client, register, path):
    assert "Nie ma takiej rzeczy" in get(client, path, expected=404)["detail"]


CACHED = ["", "?q=kasa&level=3", "/suggestions?q=obsl", "/frameworks/concepts", "/90001", "/90001/versions",
          "/90001/versions/1", "/90001/similar"]  # fmt: skip


@pytest.mark.parametrize("path", CACHED)
def test_a_second_visit_gets_304_and_no_body(client, register, frameworks, path):
    first = client.get(BASE + path)
    assert first["Cache-Control"].startswith("public, max-age=")
    Framework.objects.update(imported_at=timezone.now())
    first = client.get(BASE + path)
    assert first["Last-Modified"]
    for header in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        again = client.get(BASE + path, headers=header)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
        assert again["Cache-Control"] == first["Cache-Control"]
    assert client.get(BASE + path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", CACHED)
def test_a_copy_is_stale_once_the_register_has_changed(client, register, frameworks, path):
    tag = client.get(BASE + path)["ETag"]
    bring([dataclasses.replace(register[0], level=4)])
    Framework.objects.filter(code="kzis").update(revision=2)
    expected = 304 if path.endswith("versions/1") else 200
    assert client.get(BASE + path, headers={"If-None-Match": tag}).status_code == expected


def test_an_entry_that_returns_to_what_it_was_is_still_another_version(client, register):
    tag = client.get(f"{BASE}/90001")["ETag"]
    bring([dataclasses.replace(register[0], level=4)])
    bring([register[0]])
    answer = client.get(f"{BASE}/90001", headers={"If-None-Match": tag})
    assert answer.json()["version"] == 3


def test_different_questions_have_different_tags(client, many):
    cursor = get(client)["next"]
    asked = ["", "?q=a", "?level=1", "?level=1&level=2", "?order=title", "?facets=false", f"?cursor={cursor}"]
    assert len({client.get(BASE + path)["ETag"] for path in asked}) == len(asked)


def test_one_copy_serves_readers_of_every_language(client, register):
    polish = client.get(BASE)
    client.cookies["django_language"] = "en"
    english = client.get(BASE)
    assert english.content == polish.content
    assert english["Content-Language"] == "pl"


def test_cursors_lead_through_every_concept_exactly_once(client, frameworks):
    pages = walked(client, "/frameworks/concepts", "concepts")
    assert [len(page) for page in pages] == [50, 50, 23]
    assert [one["uri"] for page in pages for one in page] == frameworks


@pytest.mark.parametrize(
    ("query", "uris"),
    [
        ({"q": "żołnierz"}, ["urn:k0"]),
        ({"q": "zawodowy żoł"}, ["urn:k0"]),
        ({"q": "ZOLNIERZ"}, ["urn:k0"]),
        ({"q": "ksiegowy"}, ["urn:k1"]),
        ({"framework": "kzis"}, ["urn:k0", "urn:k1", "urn:k2"]),
        ({"q": "gardener 119"}, ["urn:e119"]),
        ({"q": "92"}, ["urn:e92", "urn:k2"]),
        ({"q": "92", "framework": "kzis"}, ["urn:k2"]),
        ({"q": "nikt taki"}, []),
        ({"framework": "isced"}, []),
        ({"q": "%"}, []),
        ({"q": "\0"}, None),
    ],
)
def test_concepts_are_found_by_label_and_by_code(client, frameworks, query, uris):
    found = [one["uri"] for one in get(client, "/frameworks/concepts", **query)["concepts"]]
    assert found == (frameworks[:50] if uris is None else uris)


def test_a_concept_carries_its_edition_and_the_notice_of_its_licence(client, frameworks):
    one = get(client, "/frameworks/concepts", q="gardener 7", framework="esco")["concepts"][0]
    assert (one["framework"], one["edition"], one["notice"]) == ("esco", "1.2", "Notice.")


def test_too_long_a_question_about_concepts_is_422(client, frameworks):
    assert get(client, "/frameworks/concepts", expected=422, q="x" * 201)["problems"]


def test_answers_cost_the_same_statements_however_many_there_are(client, register, many, django_assert_num_queries):
    def statements(path: str, count: int, **headers: str) -> str:
        client.get(BASE + path)
        with django_assert_num_queries(count):
            return str(client.get(BASE + path, headers=headers).headers["ETag"])

    counts = {"": 3, "?q=kasa&level=3": 3, "/suggestions?q=obs": 2, "/frameworks/concepts": 2, "/90001": 1,
              "/90001/versions": 2, "/90001/versions/1": 2, "/90001/similar": 4}  # fmt: skip
    for path, count in counts.items():
        statements(path, count)
    tag = statements("", 3)
    with django_assert_num_queries(1):
        client.get(BASE, headers={"If-None-Match": tag})


def test_the_register_cannot_be_written_here(client, register):
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(f"{BASE}/90001").status_code == 405
