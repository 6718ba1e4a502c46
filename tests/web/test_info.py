"""The info centre on the screens and over REST: for everybody to read, for register editors to write (RG-9)."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dorobek.people.enums import Role
from dorobek.people.models import Account, Draft
from dorobek.register.actions.info_files import import_info
from dorobek.register.info.files import read_folder
from dorobek.register.models import InfoPage
from tests.factories import make_institution, make_staff, make_unit
from tests.sessions import signed_in_client

pytestmark = pytest.mark.django_db
SHIPPED = list(read_folder())


@pytest.fixture
def shipped() -> None:
    import_info(SHIPPED)


@pytest.fixture
def editor() -> Account:
    return make_staff(Role.REGISTER_EDITOR, make_unit(make_institution()), "Feliks Żądło")


def page(client, name, *arguments, status=200, **query):
    answer = client.get(reverse(name, args=arguments), query)
    assert answer.status_code == status
    return re.sub(r"\s+", " ", answer.content.decode().replace("\xa0", " "))


# ---- reading ----


def test_the_centre_lists_every_page_in_its_part(client, shipped):
    text = page(client, "info")
    for one in SHIPPED:
        assert f'href="/informacje/{one.name}/"' in text


def test_an_empty_centre_says_so(client):
    assert page(client, "info").count("Ta część jest jeszcze pusta.") == 3
    for section in ("slownik", "przewodnik", "praktyki"):
        assert "Ta część jest jeszcze pusta." in page(client, "info-section", section)
        assert "Ta część jest jeszcze pusta." in page(client, "info-print", section)


def test_a_page_has_its_text_what_to_see_next_and_the_day_of_its_review(client, shipped):
    text = page(client, "info-page", "slownik", "dowod")
    assert "Wszystko, co pokazuje, że kompetencja jest prawdziwa" in text
    assert 'href="/informacje/slownik/portfolio/"' in text
    assert '<time datetime="2026-11-20">20.11.2026</time>' in text


def test_the_guide_leads_forwards_and_backwards(client, shipped):
    text = page(client, "info-page", "przewodnik", "po-co-mi-walidacja")
    assert 'rel="prev" href="/informacje/przewodnik/czym-jest-walidacja/"' in text
    assert 'rel="next" href="/informacje/przewodnik/czy-to-dla-mnie/"' in text
    assert 'rel="prev"' not in page(client, "info-page", "przewodnik", "czym-jest-walidacja")
    assert 'rel="next"' not in page(client, "info-page", "przewodnik", "co-potem")


def test_the_glossary_has_a_place_for_every_letter_and_every_term(client, shipped):
    text = page(client, "info-section", "slownik")
    for letter in re.findall(r'href="#(.)"', text):
        assert f'id="{letter}"' in text
    for one in SHIPPED:
        if one.section == "slownik":
            assert f'id="{one.slug}"' in text
    found = re.findall(r'id="([^"]*)"', text)
    assert len(found) == len(set(found))


def test_a_whole_part_stands_on_one_page_for_paper(client, shipped):
    text = page(client, "info-print", "przewodnik")
    assert text.count("<article") == sum(one.section == "przewodnik" for one in SHIPPED)
    assert "<h3>Cztery kroki</h3>" in text


def test_search_needs_no_polish_letters_and_says_when_nothing_fits(client, shipped):
    assert "Odwołanie" in page(client, "info", q="odwolania").split("<ol")[-1].split("</h3>")[0]
    assert "Nic nie pasuje do tych słów" in page(client, "info", q="qqqxyz")
    assert "&lt;script&gt;" in page(client, "info", q="<script>alert(1)</script>")


def test_english_has_its_own_words_and_what_is_missing_is_marked_as_polish(client, shipped):
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    assert "<h1>Evidence</h1>" in page(client, "info-page", "slownik", "dowod")
    InfoPage.objects.filter(slug="dowod").update(title_en="", text_en="")
    assert '<article class="prose" lang="pl">' in page(client, "info-page", "slownik", "dowod")


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("info-page", ("slownik", "nie-ma")), ("info-page", ("inna", "dowod")),
        ("info-section", ("inna",)), ("info-print", ("inna",)),
    ],
)  # fmt: skip
def test_what_is_not_there_or_withdrawn_is_404(client, shipped, name, arguments):
    page(client, name, *arguments, status=404)
    InfoPage.objects.filter(slug="dowod").update(published=False)
    page(client, "info-page", "slownik", "dowod", status=404)
    assert "/informacje/slownik/dowod/" not in page(client, "info")
    assert "/informacje/slownik/dowod/" not in page(client, "info-page", "slownik", "portfolio")


def test_pages_cost_one_statement_and_one_page_three(client, shipped, django_assert_num_queries):
    for name, arguments, query, count in (
        ("info", (), {}, 1), ("info", (), {"q": "dowody"}, 1), ("info-section", ("slownik",), {}, 1),
        ("info-print", ("praktyki",), {}, 1), ("info-page", ("przewodnik", "co-potem"), {}, 3),
    ):  # fmt: skip
        with django_assert_num_queries(count):
            page(client, name, *arguments, **query)


def test_strangers_find_the_centre_in_the_menu_and_everybody_in_the_footer(client, editor):
    assert page(client, "home").count('href="/informacje/"') == 3  # menu, text, footer
    signed = page(signed_in_client(editor), "register")
    assert 'href="/informacje/"' in signed
    assert 'href="/informacje/redakcja/"' in signed


# ---- writing ----


def sent(client, address):
    form = client.get(address).context["form"]
    values = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    day = values["reviewed_on"]
    return {**values, "reviewed_on": f"{day:%d.%m.%Y}" if hasattr(day, "year") else day}


def test_an_editor_writes_looks_saves_publishes_and_withdraws(editor, client):
    editing = signed_in_client(editor)
    new = reverse("info-new")
    given = {**sent(editing, new), "section": "slownik", "title_pl": "Próba", "text_pl": "## A\n\n**Tekst** <b>x</b>"}
    looked = editing.post(new, {**given, "look": ""}).content.decode()
    assert "<h3>A</h3>" in looked
    assert "<b>Tekst</b> &lt;b&gt;x&lt;/b&gt;" in looked
    assert not InfoPage.objects.exists()
    assert editing.post(new, {**given, "save": ""}).status_code == 302
    held = InfoPage.objects.get()
    assert held.reviewed_on == timezone.localdate()
    page(client, "info-page", "slownik", "proba", status=404)
    publish = reverse("info-publish", args=[held.uid])
    editing.post(publish, {"published": "1", "base_version": held.version})
    assert "<b>Tekst</b>" in page(client, "info-page", "slownik", "proba")
    address = reverse("info-edit", args=[held.uid])
    assert editing.post(address, {**sent(editing, address), "text_pl": "Nowy.", "save": ""}).status_code == 302
    assert "Nowy." in page(client, "info-page", "slownik", "proba")
    versions = page(editing, "info-versions", held.uid)
    assert versions.count("Feliks Żądło") >= 3
    assert "<b>Tekst</b>" in page(editing, "info-version", held.uid, 1)
    page(editing, "info-version", held.uid, 9, status=404)
    stale = editing.post(publish, {"published": "0", "base_version": 1})
    assert stale.status_code == 302
    assert "Nowy." in page(client, "info-page", "slownik", "proba")
    editing.post(publish, {"published": "0", "base_version": 3})
    page(client, "info-page", "slownik", "proba", status=404)


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(editor, shipped):
    editing = signed_in_client(editor)
    held = InfoPage.objects.get(slug="dowod")
    address = reverse("info-edit", args=[held.uid])
    for field, value, said in (
        ("related", "byle co", "To nie jest adres strony: byle, co."),
        ("related", "slownik/nie-ma", "Takiej strony nie ma: slownik/nie-ma."),
        ("reviewed_on", "31.02.2026", "Tego dnia nie ma w kalendarzu"),
        ("title_pl", "", "Proszę wypełnić to pole."),
    ):
        answer = editing.post(address, {**sent(editing, address), "text_pl": "Długo pisany tekst", field: value})
        text = answer.content.decode().replace("\xa0", " ")
        assert said in text
        assert "Długo pisany tekst" in text
    held.refresh_from_db()
    assert held.version == 1


def test_two_editors_at_once_see_both_versions_and_choose(editor, shipped):
    other = make_staff(Role.REGISTER_EDITOR, make_unit(make_institution()), "Wanda Ćma")
    first, second = signed_in_client(editor), signed_in_client(other)
    held = InfoPage.objects.get(slug="dowod")
    address = reverse("info-edit", args=[held.uid])
    begun = sent(first, address)
    second.post(address, {**sent(second, address), "text_pl": "Wersja Wandy."})
    clash = first.post(address, {**begun, "text_pl": "Wersja Feliksa."})
    text = clash.content.decode()
    assert "Wersja Wandy." in text
    assert "Wersja Feliksa." in text
    held.refresh_from_db()
    assert held.text_pl == "Wersja Wandy."
    chosen = {"_conflict": held.version, "_choice.text_pl": "mine", "text_pl": "Wersja Feliksa."}
    assert first.post(address, {**begun, **chosen}).status_code == 302
    held.refresh_from_db()
    assert (held.text_pl, held.versions.count()) == ("Wersja Feliksa.", 3)


def test_a_draft_comes_back_and_goes_when_the_page_is_saved(editor, shipped):
    editing = signed_in_client(editor)
    address = reverse("info-edit", args=[InfoPage.objects.get(slug="dowod").uid])
    body = {"form": address, "client": "a", "seq": 1, "base_version": 1, "values": {"text_pl": ["W połowie zdania"]}}
    assert editing.post(reverse("draft-save"), body, content_type="application/json").status_code == 200
    assert "W połowie zdania" in editing.get(address).content.decode()
    assert editing.post(address, {**sent(editing, address), "save": ""}).status_code == 302
    assert not Draft.objects.exists()


def test_the_editors_list_costs_the_same_however_many_pages_there_are(editor):
    editing = signed_in_client(editor)
    import_info([one for one in SHIPPED if not one.words.related][:1] or [])
    page(editing, "info-editing")
    with CaptureQueriesContext(connection) as few:
        page(editing, "info-editing")
    import_info(SHIPPED)
    with CaptureQueriesContext(connection) as many:
        text = page(editing, "info-editing")
    assert len(many) == len(few)
    assert text.count("opublikowana") == len(SHIPPED)


# ---- REST ----


def test_rest_lists_finds_and_shows_and_answers_304_until_something_changes(client, shipped):
    listed = client.get("/api/info")
    assert len(listed.json()) == len(SHIPPED)
    assert client.get("/api/info", headers={"if-none-match": listed["ETag"]}).status_code == 304
    assert [one["slug"] for one in client.get("/api/info?q=odwolania&section=slownik").json()] == ["odwolanie"]
    assert client.get("/api/info?section=inna").status_code == 422
    one = client.get("/api/info/slownik/dowod")
    body = one.json()
    assert body["html_pl"].startswith("<p>Wszystko")
    assert [link["slug"] for link in body["related"]] == ["portfolio", "jak-zbierac-dowody", "dowod-bez-cudzych-danych"]
    assert body["address"].endswith("/informacje/slownik/dowod/")
    tag = {"if-none-match": one["ETag"]}
    assert client.get("/api/info/slownik/dowod", headers=tag).status_code == 304
    held = InfoPage.objects.get(slug="dowod")
    held.text_pl = "Inaczej."
    held.version += 1
    held.save()
    assert client.get("/api/info/slownik/dowod", headers=tag).json()["text_pl"] == "Inaczej."
    InfoPage.objects.filter(slug="dowod").update(published=False)
    assert client.get("/api/info/slownik/dowod", headers=tag).status_code == 404
    assert client.get("/api/info/slownik/%00").status_code == 404
