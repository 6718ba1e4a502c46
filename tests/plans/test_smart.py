"""Advice on goals: what is missing in this very sentence."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.plans.smart import advise
from dorobek.plans.words import advice_text

TODAY = dt.date(2026, 11, 21)
GOOD = [
    "Do czerwca 2027 zdam egzamin na prawo jazdy kategorii B.",
    "W ciągu roku skończę kurs księgowości i dostanę zaświadczenie.",
    "Do końca marca podpiszę umowę o pracę w magazynie.",
    "Do maja 2027 zdam maturę z matematyki.",
    "Jesienią 2027 rozpocznę studia podyplomowe z doradztwa zawodowego.",
    "Do końca 2027 otworzę własną firmę cateringową.",
    "Za pół roku zdam egzamin spawacza metodą MAG.",
    "Do 30 czerwca 2027 zdam egzamin na operatora wózka widłowego.",
    "Do listopada 2026 zdam egzamin na prawo jazdy.",
    "Od stycznia będę pracować jako kasjerka na pół etatu.",
    "Znajdę pracę w księgowości do września.",
    "Zrobię prawo jazdy kategorii C+E w pół roku.",
    "W przyszłym roku zdam maturę.",
    "Do wakacji ukończę kurs opiekuna osób starszych.",
    "Będę zarabiać 6000 zł brutto do końca 2027.",
    "Rozwinąć własną pasiekę do 20 uli w ciągu dwóch lat.",
    "Zrobię licencjat w trzy lata.",
    "Wyślę 10 CV tygodniowo do świąt.",
    "Potwierdzę w walidacji, że umiem montować stolarkę budowlaną, najpóźniej w maju.",
    "Założę sklep internetowy z rękodziełem i sprzedam w nim 30 rzeczy przez pierwszy rok.",
    "Do maja 2027 zdam egzamin, kiedy nie będę pracować na nocne zmiany.",
    "By the end of 2027 I will pass the B2 exam in German.",
]
LACKING = [
    ("Chcę się rozwijać", {"vague", "no-measure", "no-date"}),
    ("Chciałabym lepszą pracę", {"vague", "only-a-wish", "no-measure", "no-date"}),
    ("Poprawić swój angielski", {"vague", "no-measure", "no-date"}),
    ("Może kiedyś zrobię kurs fryzjerski", {"only-a-wish", "no-date"}),
    ("Zdam egzamin na wózki widłowe", {"no-date"}),
    ("Żeby szef dał mi podwyżkę do maja", {"depends-on-others", "no-measure"}),
    ("Dostać awans na kierownika zmiany w ciągu roku", {"depends-on-others", "no-measure"}),
    ("Zdam egzamin do maja oraz założę firmę do lipca", {"several-goals"}),
    ("Nauczyć się czegoś nowego do wiosny", {"vague", "no-measure"}),
    ("Więcej zarabiać", {"vague", "no-measure", "no-date"}),
    ("Jeśli w markecie nie będzie miejsca, poszukam pracy w hurtowni do końca 2027.", {"no-measure"}),
    ("Nie będzie mi wstyd za mój angielski do maja", {"no-measure"}),
    ("Chcę zarabiać więcej", {"vague", "no-measure", "no-date"}),
    ("Zarobić więcej do wiosny", {"vague", "no-measure"}),
    ("Jeśli się uda, nie będę już sprzątać", {"only-against", "only-a-wish", "no-measure", "no-date"}),
    ("Podnieść kwalifikacje", {"vague", "no-date"}),
    ("Nowa praca", {"too-short", "no-measure", "no-date"}),
    ("Praca", {"too-short", "no-measure", "no-date"}),
    ("Marzę o własnym sklepie", {"only-a-wish", "no-measure", "no-date"}),
    ("Zmienić pracę na spokojniejszą blisko domu", {"no-measure", "no-date"}),
    ("Postaram się zdać maturę w maju", {"only-a-wish"}),
    ("Skończę kurs komputerowy", {"no-date"}),
    ("Będę prowadzić rachunki trzech rolników", {"no-date"}),
    ("Zrobić coś dla siebie", {"vague", "no-measure", "no-date"}),
    ("Jakaś praca w biurze", {"vague", "no-measure", "no-date"}),
    ("Spróbuję zdać egzamin czeladniczy w przyszłości", {"only-a-wish", "no-date"}),
    ("Firma zatrudni mnie na stałe do grudnia", {"depends-on-others"}),
    ("Zdobędę świadectwo czeladnicze a także prawo jazdy do końca roku", {"several-goals"}),
    ("I would like a better job", {"vague", "only-a-wish", "no-date"}),
    ("Maybe a course", {"only-a-wish", "no-date"}),
    ("Pass the exam within a year; buy a van", {"several-goals"}),
    ("Get ahead", {"vague", "no-measure", "no-date"}),
    ("Ciekawa praca za rok", {"vague", "no-measure"}),
    ("Fajny zawód", {"vague", "no-measure", "no-date"}),
    ("Polepszyć sytuację do lata 2027", {"vague", "no-measure"}),
    ("Podniosę swoje kompetencje cyfrowe.", {"vague", "no-measure", "no-date"}),
    ("Będę lepiej zarabiać.", {"vague", "no-measure", "no-date"}),
    ("Zostanę najlepszym sprzedawcą w regionie", {"vague", "no-measure", "no-date"}),
    ("Zwiększę swoją pewność siebie do lata", {"vague", "no-measure"}),
    ("Chciałbym być spawaczem od maja", {"only-a-wish", "no-measure"}),
    ("Myślę o kursie barmańskim.", {"only-a-wish", "no-date"}),
    ("Mąż znajdzie mi pracę.", {"depends-on-others", "no-date"}),
    ("Urząd sfinansuje mi kurs prawa jazdy do maja", {"depends-on-others"}),
    ("Jeśli szef się zgodzi, pójdę na studia zaoczne.", {"depends-on-others", "no-date"}),
    ("Awansuję na kierowniczkę zmiany do wakacji", {"depends-on-others", "no-measure"}),
    ("Nie chcę już pracować na produkcji.", {"only-against", "no-measure", "no-date"}),
    ("Przestanę się stresować do świąt", {"only-against", "no-measure"}),
    ("Przekwalifikuję się na programistkę do końca 2027.", {"no-measure"}),
    ("Wrócę do pracy po urlopie wychowawczym we wrześniu 2027.", {"no-measure"}),
    ("Do maja 2026 zdam egzamin.", {"date-passed"}),
    ("Do 15.03.2025 złożę dokumenty do szkoły", {"date-passed"}),
    ("Zdam maturę do 2040 roku", {"date-far"}),
    ("Ukończę technikum i zdam maturę.", {"no-date"}),
    ("Wrócić do pracy po opiece nad mamą", {"no-measure", "no-date"}),
    ("Spełniać się zawodowo", {"vague", "no-measure", "no-date"}),
]


@pytest.mark.parametrize("wording", GOOD)
def test_a_whole_goal_gets_no_remark(wording):
    assert advise(wording, today=TODAY) == []


@pytest.mark.parametrize(("wording", "codes"), LACKING)
def test_what_is_missing_is_named(wording, codes):
    assert {advice.code for advice in advise(wording, today=TODAY)} == codes


def test_the_words_concerned_are_quoted_as_they_were_written():
    found = advise("Chciałabym znaleźć Lepszą pracę.", today=TODAY)
    assert {advice.code: advice.words for advice in found}["vague"] == "Lepszą"
    assert "Lepszą" in advice_text(found[0])


def test_a_date_or_a_measure_beside_the_sentence_counts():
    found = advise("Zmienić pracę na spokojniejszą", today=TODAY, due_on=TODAY.replace(year=2027), measure="umowa")
    assert found == []


@pytest.mark.parametrize(("days", "code"), [(-1, "date-passed"), (3000, "date-far")])
def test_a_term_that_passed_or_is_far_is_named(days, code):
    due = TODAY + dt.timedelta(days=days)
    assert [a.code for a in advise("Zdam maturę z polskiego", today=TODAY, due_on=due)] == [code]


def test_no_sentence_gets_the_one_remark_that_helps():
    assert [advice.code for advice in advise("  ", today=TODAY)] == ["empty"]


@given(st.text(max_size=300), st.none() | st.dates(), st.text(max_size=20))
def test_any_sentence_gets_advice_with_words_that_stand_in_it(wording, due_on, measure):
    for advice in advise(wording, today=TODAY, due_on=due_on, measure=measure):
        assert advice_text(advice)
        assert all(word in wording for word in advice.words.split())
