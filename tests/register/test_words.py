"""Somebody's own words lead to occupations and skills of ESCO, with reasons, for everybody (MT-1, RG-6)."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from dorobek.register.actions import import_catalogue
from dorobek.register.actions.labels import import_labels
from dorobek.register.queries import indexes
from tests.register.test_indexes import esco, folder, tables

pytestmark = pytest.mark.django_db
assert esco  # fixtures shared with the tests of indexes
assert folder
API = "/api/register/frameworks/near"
SAID = "Siedziałam na kasie w markecie i kasowałam klientów"


@pytest.fixture
def polish(esco: None, tmp_path: Path) -> None:
    import_catalogue()
    import_labels(folder=tables(tmp_path))
    for name in ("skills", "occupations"):
        for language in indexes.LANGUAGES:
            indexes.build(name, language)


def test_a_polish_sentence_leads_to_an_occupation_and_its_skills_in_the_interface(polish: None, client: Any) -> None:
    found = client.get(API, {"q": SAID}).json()
    assert found["ready"]
    assert found["occupations"][0]["label_pl"] == "kasjer"
    said = found["occupations"][0]["matches"][0]
    assert SAID[said["start"] : said["end"]] == said["said"]
    through = {one["label_en"]: one["through"] for one in found["skills"]}
    assert through["operate cash register"] == ["kasjer"]
    assert "ESCO" in found["notice"]


def test_an_english_sentence_does_too(polish: None, client: Any) -> None:
    found = client.get(API, {"q": "I operated the cash register as a cashier", "language": "en"}).json()
    assert found["occupations"][0]["label_en"] == "cashier"
    assert {one["label_en"]: bool(one["matches"]) for one in found["skills"]}["operate cash register"]


def test_words_that_fit_nothing_lead_to_nothing(polish: None, client: Any) -> None:
    found = client.get(API, {"q": "Wczoraj padał deszcz, a jutro ma być słońce."}).json()
    assert (found["ready"], found["occupations"], found["skills"]) == (True, [], [])


def test_without_esco_it_is_said_and_nobody_is_told_to_wait(client: Any) -> None:
    assert client.get(API, {"q": SAID}).json() == {"ready": False, "occupations": [], "skills": [], "notice": ""}
    assert "nie ma jeszcze listy zawodów ESCO" in client.get(reverse("register-words"), {"q": SAID}).content.decode()


def test_while_esco_is_being_learned_one_is_asked_to_come_back(esco: None, client: Any) -> None:
    page = client.get(reverse("register-words"), {"q": SAID}).content.decode()
    assert "nie jest jeszcze gotowa" in page
    assert "nie ma jeszcze listy" not in page


def test_too_long_a_text_is_refused_in_the_interface_and_cut_on_the_page(client: Any) -> None:
    assert client.get(API, {"q": "kasa " * 200}).status_code == 422
    for name in ("register", "register-words"):
        answer = client.get(reverse(name), {"q": "kasa " * 200})
        assert answer.status_code == 200
        assert "za długi tekst" in answer.content.decode()
        assert f'value="{"kasa " * 100}"' in answer.content.decode().replace('kasa"', 'kasa "')
        assert "za długi tekst" not in client.get(reverse(name), {"q": "kasa"}).content.decode()


def test_the_page_names_occupations_skills_and_why(polish: None, client: Any) -> None:
    page = client.get(reverse("register-words"), {"q": SAID}).content.decode()
    assert "kasjer" in page
    assert "bo brzmi to jak zawód:" in page
    assert '<a href="http://data.europa.eu/esco/skill/till" rel="noreferrer" lang="en">' in page
    assert "<html" in page
    box = client.get(reverse("register-words"), {"q": SAID}, headers={"hx-request": "true"}).content.decode()
    assert "kasjer" in box
    assert "<html" not in box


def test_the_search_asks_for_the_box_by_itself_and_escapes_what_was_typed(client: Any) -> None:
    page = client.get(reverse("register"), {"q": "<b>kasa</b>'; DROP TABLE x"}).content.decode()
    assert 'hx-get="/rejestr/slowa/?q=%3Cb%3Ekasa%3C/b%3E%27%3B%20DROP%20TABLE%20x"' in page
    assert "<b>kasa" not in page
