"""An application to the register on its way: consulted in public, with one comment answered and one waiting (RG-5)."""

from typing import Any

from dorobek.cli.demo.clock import days_back
from dorobek.cli.demo.office import Offices
from dorobek.people.acting import ActingUser
from dorobek.people.models import Account
from dorobek.register.applications.applying import begin_application, save_application, send_application
from dorobek.register.applications.consulting import answer_comment, comment_on, moderate_comment
from dorobek.register.applications.enums import ApplicationKind
from dorobek.register.applications.handling import check_formally

OUTLINE = """# Przyjmowanie gości
Melduje gościa w pensjonacie
- zakłada kartę pobytu i sprawdza dokument tożsamości
- wydaje klucz i mówi, co i kiedy jest otwarte
Odpowiada na pytania gości
- podaje drogę do trzech miejsc w okolicy
- mówi, do kogo zadzwonić w nagłej potrzebie
# Rozliczanie pobytu
Wystawia rachunek za pobyt
- liczy noce, posiłki i opłatę miejscową
- poprawia rachunek, gdy gość zgłosi pomyłkę"""
CONTENT: dict[str, Any] = {
    "title_pl": "Prowadzenie recepcji małego pensjonatu",
    "level": 3,
    "category": "free_market",
    "hours": 110,
    "outline": OUTLINE,
    "characteristics": "Osoba przyjmuje gości, odpowiada na ich pytania i rozlicza pobyty. Pracuje sama na zmianie.",
    "target_groups": "Osoby, które prowadzą pokoje gościnne albo pomagają w nich rodzinie i chcą to potwierdzić.",
    "uses": "Praca w pensjonatach, agroturystyce i małych hotelach, także przy własnych pokojach.",
    "validity": "Bezterminowo. Sposób meldowania i opłaty zmieniają się rzadko, a pracodawca i tak je przypomina.",
    "demand": "W powiatach górskich właściciele pensjonatów co roku szukają kogoś na zmianę i nie wiedzą, kogo wybrać.",
    "similar": "Kwalifikacje hotelarskie są szersze i wymagają szkoły. Ta obejmuje tylko małą recepcję.",
    "validation": "Stosuje się wyłącznie następujące metody: - zadanie praktyczne przy prawdziwej ladzie; - rozmowa z "
    "komisją. W komisji zasiada co najmniej 2 członków. Sprawdzane są wszystkie efekty uczenia się. Wystarczy jedno "
    "przedpołudnie.",
}
ANSWER = "Dziękujemy. Opłatę miejscową dopisaliśmy do kryteriów rachunku, bo każda gmina liczy ją trochę inaczej."


def apply_to_register(offices: Offices) -> None:
    """Three weeks of an application: written, sent, found complete, commented on."""
    applicant = ActingUser(Account.objects.get(email="walidacja@izba.example.org"))
    editor = ActingUser(Account.objects.get(email="redaktorka@rcpz.example.org"))
    with days_back(20):
        made = begin_application(
            institution=offices.units["izba"].institution, kind=ApplicationKind.INCLUSION, acting_user=applicant
        )
        made = save_application(application=made, content=CONTENT, acting_user=applicant)
        made = send_application(application=made, acting_user=applicant)
    with days_back(12):
        made = check_formally(application=made, complete=True, reason="", acting_user=editor)
    with days_back(6):
        first = comment_on(
            application=made, name="Wacława Brzoza", email="waclawa@pokoje.example.org",
            text="Mam pokoje od dwudziestu lat. Najwięcej pomyłek jest w opłacie miejscowej, warto ją sprawdzać.",
        )  # fmt: skip
        first = moderate_comment(comment=first, publish=True, reason="", acting_user=editor)
    with days_back(4):
        answer_comment(comment=first, answer=ANSWER, acting_user=applicant)
    with days_back(1):
        comment_on(
            application=made, name="Eugeniusz Pliszka", email="pliszka@agro.example.org",
            text="Czy ktoś, kto prowadzi agroturystykę bez recepcji, też może się zgłosić?",
        )  # fmt: skip
