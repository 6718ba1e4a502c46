"""The public register: search, entry, comparison, versions, open data (RG-6). No account is needed."""

import json
import re

import pytest
from django.urls import reverse

from dorobek.cli.demo.qualifications import entries
from dorobek.register.actions import import_entries
from dorobek.register.entry import Entry, Read
from dorobek.register.enums import Source
from dorobek.web.templatetags.dorobek import highlighted

pytestmark = pytest.mark.django_db


@pytest.fixture
def register() -> list[Entry]:
    held = list(entries())
    import_entries(reads=[Read(entry) for entry in held], source=Source.TABLE)
    return held


def page(client, name, *arguments, status=200, **query):
    answer = client.get(reverse(name, args=arguments), query)
    assert answer.status_code == status
    return answer.content.decode()


def first_hit(client, words: str, **query: str) -> str:
    text = page(client, "register", q=words, **query)
    return re.sub("<[^>]*>", "", text.split("<h3>", 1)[1].split("</h3>", 1)[0]) if "<h3>" in text else ""


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("siedziałam na kasie i przyjmowałam zwroty", "Obsługa kasy"),
        ("ksiegowa", "księgowej"),
        ("magazynie", "magazynie"),
        ("opieka nad starszą mamą", "Opieka nad"),
        ("90007", "Wykonywanie drobnych"),
    ],
)
def test_words_in_any_form_lead_to_the_entry(client, register, words, title):
    assert title in first_hit(client, words)


def test_a_typo_still_leads_to_the_entry(client, register):
    assert "magazynie" in first_hit(client, "magzyn towar kompletowanie")


def test_exactly_as_typed_takes_only_titles_with_the_words(client, register):
    assert "Obsługa biura" in first_hit(client, "biura", doslownie="1")
    assert first_hit(client, "ksiegowal", doslownie="1") == ""


def test_nothing_fits_says_so_and_what_to_do(client, register):
    text = page(client, "register", q="qqqxyz")
    assert "Nic nie pasuje do tych słów." in text


def test_filters_narrow_and_show_counts_as_if_this_one_were_not_chosen(client, register):
    text = page(client, "register", level="5")
    assert "1 kwalifikacja" in text
    assert 'name="level" value="3"' in text  # still offered


def test_what_an_address_does_not_mean_is_left_out_never_an_error(client, register):
    page(client, "register", strona="-1", kolejnosc="x", level="siedem", q="kasa")
    page(client, "register", strona="99999999999", q="x" * 5000)


def test_suggestions_offer_titles_as_one_types(client, register):
    titles = json.loads(page(client, "register-suggestions", q="obsl"))["titles"]
    assert "Obsługa biura i korespondencji" in titles
    assert json.loads(page(client, "register-suggestions", q="o"))["titles"] == []


def test_the_search_costs_the_same_statements_however_many_there_are(client, register, django_assert_num_queries):
    page(client, "register", q="kasa")
    with django_assert_num_queries(2):
        page(client, "register", q="kasa")


def test_an_entry_shows_every_outcome_and_criterion(client, register):
    for held in register:
        text = page(client, "register-entry", held.code)
        for group in held.sets:
            for outcome in group.outcomes:
                for criterion in outcome.criteria:
                    assert criterion.pl.split()[-1].strip(".") in text


def test_an_unknown_entry_or_version_is_404(client, register):
    page(client, "register-entry", "70777", status=404)
    page(client, "register-version", "90001", 7, status=404)
    page(client, "register-export", "90001", "exe", status=404)


def test_an_entry_without_outcomes_says_so(client):
    import_entries(reads=[Read(Entry(code="90100", title_pl="Szkolna"))], source=Source.TABLE)
    assert "nie jest opisany efektami" in page(client, "register-entry", "90100")


def test_a_changed_entry_keeps_its_old_address_and_tells_what_changed(client, register):
    import dataclasses

    changed = dataclasses.replace(register[0], hours=120, level=4)
    import_entries(reads=[Read(changed)], source=Source.TABLE)
    assert "PRK 3" in page(client, "register-version", "90001", 1)
    assert "dziś już nieaktualna" in page(client, "register-version", "90001", 1)
    assert "PRK 4" in page(client, "register-entry", "90001")
    told = page(client, "register-versions", "90001")
    assert "nakład pracy" in told
    assert "poziom PRK" in told


def test_up_to_four_stand_side_by_side(client, register):
    codes = ["90001", "90002", "90003", "90004", "90005", "brak"]
    answer = client.get(reverse("register-compare"), {"porownaj": codes})
    text = answer.content.decode()
    assert text.count('scope="col"') == 4
    assert "Nie zaznaczono" in page(client, "register-compare")


def test_words_of_html_are_shown_as_typed(client):
    evil = "<script>alert(1)</script> & kasa"
    entry = Entry(code="90101", title_pl=evil, texts={"characteristics": {"pl": evil}})
    import_entries(reads=[Read(entry)], source=Source.TABLE)
    for name, arguments in (("register", ()), ("register-entry", ("90101",)), ("register-versions", ("90101",))):
        assert "<script>alert(1)" not in page(client, name, *arguments, **({"q": "kasa"} if not arguments else {}))


def test_marked_words_keep_everything_else_escaped():
    assert highlighted("a <b> kasa & Kasa", ("kasa",)) == "a &lt;b&gt; <mark>kasa</mark> &amp; <mark>Kasa</mark>"
    assert highlighted("kasa", ()) == "kasa"


def test_an_entry_goes_out_as_json_csv_and_elm(client, register):
    held = json.loads(page(client, "register-export", "90001", "json"))
    assert Entry.from_data(held).sets == register[0].sets
    rows = page(client, "register-export", "90001", "csv").splitlines()
    assert len(rows) == 1 + register[0].criterion_count
    elm = json.loads(page(client, "register-export", "90001", "jsonld"))
    assert "Obsługa kasy" in json.dumps(elm, ensure_ascii=False)


def test_the_whole_register_is_one_file_and_a_second_visit_costs_nothing(client, register):
    answer = client.get(reverse("register-whole", args=["jsonl"]))
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert len(lines) == len(register)
    assert {json.loads(line)["licence"] for line in lines} == {"CC0-1.0"}
    again = client.get(
        reverse("register-whole", args=["jsonl"]), headers={"If-Modified-Since": answer["Last-Modified"]}
    )
    assert again.status_code == 304


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(client):
    import_entries(reads=[Read(Entry(code="90102", title_pl="=1+1"))], source=Source.TABLE)
    text = b"".join(client.get(reverse("register-whole", args=["csv"])).streaming_content).decode()
    assert "'=1+1" in text


def test_the_figures_show_what_waits_in_the_register(client, register, django_assert_num_queries):
    import dataclasses
    import datetime as dt

    late = dataclasses.replace(register[0], next_review=dt.date(2020, 1, 2))
    import_entries(reads=[Read(late)], source=Source.TABLE)
    with django_assert_num_queries(8):
        text = page(client, "register-figures")
    assert "12 kwalifikacji" in text
    assert "Przegląd po terminie" in text
    assert "02.01.2020" in text
    assert "Prowadzenie małego" in text  # nobody awards it yet


def test_the_figures_of_an_empty_register_are_a_page(client):
    assert "Rejestr w liczbach" in page(client, "register-figures")
