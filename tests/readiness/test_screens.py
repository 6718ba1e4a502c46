"""The pages of readiness: for the participant and the adviser, nobody else; and over REST (PF-5)."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dorobek.people.enums import Role
from dorobek.people.models import AccessLog
from dorobek.portfolio.readiness import Coverage
from dorobek.web.readiness.bars import bar
from dorobek.web.readiness.views import reason
from tests.factories import make_case, make_competence, make_person, make_staff, make_unit
from tests.readiness.conftest import TILL
from tests.sessions import signed_in_client

pytestmark = pytest.mark.django_db
LISTS = ("own-readiness", "case-readiness")


def reader(audit, name):
    return signed_in_client(audit.person.account if name.startswith("own") else audit.adviser)


def page(audit, name, *more, client: Client | None = None, status=200):
    answer = (client or reader(audit, name)).get(reverse(name, args=[audit.uid, *more]))
    assert answer.status_code == status
    return re.sub(r"\s+", " ", answer.content.decode().replace("\xa0", " "))


@pytest.mark.parametrize("name", LISTS)
def test_the_list_shows_the_nearest_first_with_how_much_is_covered_and_that_validation_is_the_way(cashier, name):
    text = page(cashier, name)
    first = text.split('<h2 class="h3">', 1)[1]
    assert "Obsługa kasy i rozliczanie zmiany w sklepie" in first.split("</h2>")[0]
    assert "Potwierdzone 2 z 4" in first
    assert "z dowodem: 1; potwierdzone, bez dowodu: 1; tylko opowiedziane: 1; brakuje: 1" in first
    assert "Luka to często tylko brak dowodu." in text
    assert "drogą jest walidacja" in text
    assert reverse(f"{name}-one", args=[cashier.uid, TILL]) in first
    assert text.count('class="draw draw--mini"') == text.count('<h2 class="h3">')


@pytest.mark.parametrize("name", LISTS)
def test_one_qualification_shows_every_criterion_and_how_it_is_held(cashier, name):
    text = page(cashier, f"{name}-one", TILL)
    for words in ("Umie, jest dowód", "Umie, brak dowodu", "Tylko opowiedziane", "Brakuje"):
        assert words in text
    assert "Dowód: Raport kasowy" in text
    assert "„Klient bez paragonu”, słowa: Przyjmowałam zwroty i reklamacje" in text
    assert "pokazuje kolejność czynności i sprawdza, czy nowa osoba je powtarza" in text
    assert "Razem z całym efektem." in text
    lacking = text.split("Czego brakuje", 1)[1].split("</section>", 1)[0]
    assert "1.1 Obsługuje kasę fiskalną" in lacking.split("Potwierdzenia, rozmowy albo nauki:")[0]
    assert "2.2 Wdraża nową osobę" in lacking.split("Potwierdzenia, rozmowy albo nauki:")[1]


@pytest.mark.parametrize("name", LISTS)
def test_without_confirmed_competences_the_page_says_what_has_to_happen_first(register, name):
    audit = make_case()
    make_competence(audit, state="claimed")
    assert "Nie ma jeszcze potwierdzonych kompetencji" in page(audit, name)
    one = page(audit, f"{name}-one", TILL)
    assert "Potwierdzone 0 z 4 efektów" in one
    assert "nic nie jest tu policzone jako umiane" in one


@pytest.mark.parametrize("name", LISTS)
def test_in_an_empty_register_nothing_is_near_and_the_page_says_so(name):
    audit = make_case()
    make_competence(audit, state="confirmed")
    assert "Żadna kwalifikacja w rejestrze nie jest blisko." in page(audit, name)


@pytest.mark.parametrize("name", LISTS)
def test_a_code_that_is_not_in_the_register_is_not_found(cashier, name):
    page(cashier, f"{name}-one", "12345", status=404)


def test_nobody_else_finds_these_pages(cashier):
    unit = make_unit(cashier.institution)
    others = [
        make_person("Inna Osoba").account,
        *(make_staff(role, unit) for role in (Role.ADVISER, Role.SPECIALIST, Role.ADMINISTRATOR, Role.EMPLOYER)),
    ]
    for account in others:
        client = signed_in_client(account)
        for name in LISTS:
            page(cashier, name, client=client, status=404)
            page(cashier, f"{name}-one", TILL, client=client, status=404)
    page(cashier, "case-readiness", client=reader(cashier, "own"), status=404)
    page(cashier, "own-readiness", client=reader(cashier, "case"), status=404)


def test_the_person_sees_that_the_adviser_looked(cashier):
    page(cashier, "case-readiness")
    assert AccessLog.objects.filter(person=cashier.person, part="najbliższe kwalifikacje").exists()


def test_the_participants_page_and_the_synthesis_lead_there(cashier):
    assert reverse("own-readiness", args=[cashier.uid]) in page(cashier, "own-home")
    assert reverse("case-readiness", args=[cashier.uid]) in page(cashier, "case-synthesis")


def test_words_that_look_like_markup_are_shown_as_they_are(cashier):
    make_competence(cashier, "Przyjmuje zwroty i reklamacje <script>alert(1)</script>", state="confirmed")
    for name in LISTS:
        text = page(cashier, f"{name}-one", TILL)
        assert "<script>alert(1)" not in text
        assert "&lt;script&gt;alert(1)" in text


@pytest.mark.parametrize("name", [*LISTS, "own-readiness-one", "case-readiness-one"])
def test_a_page_costs_the_same_statements_whatever_a_person_has(cashier, name):
    client, more = reader(cashier, name), [TILL] if name.endswith("one") else []
    page(cashier, name, *more, client=client)
    with CaptureQueriesContext(connection) as few:
        page(cashier, name, *more, client=client)
    for number in range(25):
        make_competence(cashier, f"Obsługuje kasę fiskalną {number}", state="confirmed")
    with CaptureQueriesContext(connection) as many:
        page(cashier, name, *more, client=client)
    assert len(many) <= len(few) <= 20


def test_rest_gives_the_list_and_each_criterion(cashier):
    client = reader(cashier, "own")
    address = f"/api/cases/{cashier.uid}/readiness"
    first = client.get(address).json()[0]
    assert first["code"] == TILL
    assert first["coverage"] == {"proved": 1, "held": 1, "told": 1, "missing": 1, "total": 4, "share": 0.5}
    one = client.get(f"{address}/{TILL}").json()
    assert [outcome["standing"] for outcome in one["outcomes"]] == ["held", "proved", "told", "missing"]
    assert one["outcomes"][1]["because"][0]["evidence"] == ["Raport kasowy"]
    assert one["outcomes"][1]["criteria"][2]["with_whole_outcome"] is True
    assert client.get(f"{address}/12345").status_code == 404
    stranger = signed_in_client(make_person("Inna Osoba").account)
    assert stranger.get(address).status_code == 404
    assert stranger.get(f"{address}/{TILL}").status_code == 404


def test_a_bar_has_a_part_for_each_standing_there_is():
    assert bar(Coverage(1, 1, 1, 1)).count("<rect") == 4
    assert bar(Coverage(proved=3)).count("<rect") == 1
    assert "<rect" not in bar(Coverage())
    assert bar(Coverage(held=1, missing=199)).count("<rect") == 2


def test_the_reason_leaves_out_what_there_is_none_of():
    assert reason(Coverage(held=2)) == "potwierdzone, bez dowodu: 2"
    assert reason(Coverage()) == ""
