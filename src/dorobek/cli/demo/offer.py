"""The offer of the demonstration: invented providers, courses, exams and validations, with dates over several powiats.

A date is told as (days from today to its beginning, days it lasts, place, price in zlotys), so that it never grows old;
a fifth word says its days and hours where they differ from those of the service. What is remote has no fixed hours.
Prices and places differ so that the cheapest, the soonest and the widest route are three routes.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

HEAD = (
    "numer;numer usługi;dostawca;nip;tytuł;rodzaj;dziedzina;certyfikat;kończy się;godziny;forma;warunki;"
    "kod kwalifikacji;efekty;miejsce;teryt;cena;miejsca;początek;koniec;zajęcia"
)
PLACES = {
    "Kraków": "1261", "Tarnów": "1263", "Nowy Sącz": "1262", "Bochnia": "1201", "Limanowa": "1207", "Gorlice": "1205",
    "Myślenice": "1209", "Łęgowice": "1210", "Olkusz": "1212", "zdalnie": "",
}  # fmt: skip
WORDS, WORKSHOP, WHEEL = "Szkoła Słowo po Słowie", "Warsztat Gżegżółka", "Ośrodek Kierownica"
CHAMBER, LEDGER, FURTHER = (
    "Izba Rzemiosła i Handlu w Tymowicach", "Biuro Nauki „Rachmistrz”", "Zakład Doskonalenia „Krok dalej”",
)  # fmt: skip
TAX = {WORDS: "6790000011", WORKSHOP: "6790000022", WHEEL: "6790000033", CHAMBER: "6790000044", LEDGER: "6790000055",
       FURTHER: "6790000066"}  # fmt: skip
Date = tuple[int, int, str, int] | tuple[int, int, str, int, str]
EVENINGS, OTHER_EVENINGS = "wt, cz 17:00-20:15", "pn, śr 17:00-20:15"
SATURDAYS, BY_DAY = "sb 9:00-15:00", "pn, śr 13:00-16:00"


@dataclass(frozen=True)
class Service:
    """A service with its dates; `needs`: the title of what must come before; `times`: its days and hours."""

    provider: str
    title: str
    field: str
    hours: int
    certificate: str
    outcomes: str
    dates: tuple[Date, ...]
    kind: str = "szkolenie"
    form: str = "w grupie"
    needs: str = ""
    code: str = ""
    times: str = ""


INVOICES = "Faktury i księga przychodów w programie komputerowym"
SERVICES = (
    Service(LEDGER, INVOICES, "komputery", 40, "Certyfikat Rachmistrz, moduł dokumenty",
            "ewidencjonuje faktury i inne dokumenty księgowe|wpisuje dokument do księgi przychodów i rozchodów|"
            "sprawdza fakturę pod względem formalnym i rachunkowym",
            ((-52, 40, "Łęgowice", 980), (-45, 40, "Kraków", 1190, "pn-śr 9:00-11:15"), (18, 45, "Łęgowice", 1020),
             (25, 40, "Kraków", 1190, "pn-śr 9:00-11:15"), (32, 45, "Nowy Sącz", 1090, SATURDAYS), (40, 50, "zdalnie", 990)),
            times=EVENINGS),
    Service(LEDGER, "Kasa i bank w programie księgowym", "komputery", 24, "Certyfikat Rachmistrz, moduł kasa",
            "rozlicza kasę i rachunek bankowy|prowadzi raport kasowy|uzgadnia wyciąg bankowy z zapisami",
            ((-40, 30, "Kraków", 690), (14, 30, "Łęgowice", 640), (21, 25, "Limanowa", 620, "sb, nd 9:00-12:30"),
             (45, 40, "zdalnie", 540), (60, 30, "Nowy Sącz", 660, SATURDAYS)), times="pn, śr 17:00-19:45"),
    Service(LEDGER, "Podatek VAT i zaliczki krok po kroku", "komputery", 36, "Certyfikat Rachmistrz, moduł podatki",
            "rozlicza podatek VAT i zaliczki na podatek dochodowy|oblicza kwotę podatku za miesiąc|"
            "przygotowuje plik kontrolny i deklarację",
            ((30, 45, "Kraków", 1150, BY_DAY), (50, 50, "Łęgowice", 1080), (75, 60, "zdalnie", 890),
             (95, 45, "Tarnów", 1120, SATURDAYS)), needs=INVOICES, times="wt, cz 17:00-19:30"),
    Service(LEDGER, "Lista płac dla kilku osób", "komputery", 20, "Certyfikat Rachmistrz, moduł płace",
            "przygotowuje listę płac dla kilku osób|oblicza składki i wynagrodzenie do wypłaty|zgłasza osobę do ubezpieczeń",
            ((16, 20, "Kraków", 720, "pn-cz 9:00-10:45"), (38, 25, "Łęgowice", 680), (70, 30, "zdalnie", 520),
             (90, 20, "Nowy Sącz", 640, SATURDAYS)), times=OTHER_EVENINGS),
    Service(FURTHER, "Mała księgowość od podstaw, cały kurs", "zawodowe", 160, "",
            "ewidencjonuje faktury i inne dokumenty księgowe|rozlicza kasę i rachunek bankowy|"
            "rozlicza podatek VAT i zaliczki na podatek dochodowy|przygotowuje listę płac dla kilku osób",
            ((20, 150, "Tarnów", 3900), (35, 160, "Kraków", 4200), (60, 160, "zdalnie", 3400)), times="sb 8:00-15:30"),
    Service(CHAMBER, "Walidacja: dokumentacja księgowa w małej firmie", "inne", 6, "Dokumentacja księgowa w małej firmie",
            "", ((80, 1, "Tarnów", 760), (130, 1, "Limanowa", 720), (180, 1, "Kraków", 790)),
            kind="walidacja", form="pojedynczo", code="90002", times="{day} 16:00-20:00"),
    Service(WORDS, "Język angielski od podstaw", "języki obce", 60, "TELC A2",
            "rozumie proste rozmowy|pisze krótki list",
            ((28, 60, "Kraków", 1450), (42, 60, "zdalnie", 1290), (-30, 19, "Kraków", 1390, "pn-pt 16:30-20:30"),
             (55, 60, "Tarnów", 1380), (70, 60, "Nowy Sącz", 1320)), times=OTHER_EVENINGS),
    Service(WORDS, "Język niemiecki w opiece", "języki obce", 80, "TELC B1",
            "rozmawia z osobą starszą i jej rodziną po niemiecku|wzywa pomoc i opisuje objawy",
            ((33, 90, "Kraków", 1890), (50, 90, "zdalnie", 1590), (64, 90, "Gorlice", 1690)), times=EVENINGS),
    Service(WORDS, "Egzamin z języka angielskiego A2", "języki obce", 3, "TELC A2", "",
            ((21, 14, "Kraków", 480), (51, 14, "Tarnów", 460), (81, 14, "Nowy Sącz", 460)), kind="sam egzamin",
            times="{day} 16:30-19:30"),
    Service(WORKSHOP, "Arkusz kalkulacyjny w pracy biurowej", "komputery", 40, "ECDL, moduł B4",
            "tworzy zestawienie z sumami i filtrowaniem w arkuszu|rysuje wykres|liczy i sumuje w arkuszu",
            ((30, 45, "Bochnia", 1180), (50, 45, "Tarnów", 1240), (36, 40, "Limanowa", 1120, SATURDAYS),
             (66, 45, "zdalnie", 980)), times=OTHER_EVENINGS),
    Service(WORKSHOP, "Edytor tekstu i pisma urzędowe", "komputery", 30, "ECDL, moduł B3",
            "redaguje pismo urzędowe|rejestruje pisma przychodzące i wychodzące",
            ((26, 30, "Bochnia", 880), (48, 30, "Myślenice", 860, "pn-pt 10:00-11:30"), (72, 30, "zdalnie", 740)),
            times=EVENINGS),
    Service(WORKSHOP, "Sklep internetowy krok po kroku", "komputery", 45, "ECDL, moduł S3",
            "pisze opis i robi zdjęcie produktu|pakuje i nadaje przesyłkę|rozlicza zwrot w terminie ustawowym",
            ((24, 40, "Kraków", 1290), (58, 40, "zdalnie", 1090)), times="pn, śr 9:00-13:00"),
    Service(WORKSHOP, "Wstęp do prowadzenia projektów", "zarządzanie projektami", 24, "",
            "układa harmonogram i budżet", ((33, 30, "zdalnie", 790), (63, 30, "Kraków", 940)), times=SATURDAYS),
    Service(WORKSHOP, "Prowadzenie projektów z egzaminem", "zarządzanie projektami", 40, "PRINCE2 Foundation",
            "układa harmonogram i budżet|przydziela zadania do możliwości",
            ((40, 30, "Kraków", 2390), (68, 40, "zdalnie", 1990)), needs="Wstęp do prowadzenia projektów",
            times="sb, nd 9:00-14:00"),
    Service(WHEEL, "Prawo jazdy kategorii B", "prawo jazdy", 60, "prawo jazdy B", "prowadzi samochód osobowy",
            ((15, 70, "Kraków", 3200), (22, 70, "Nowy Sącz", 2950), (35, 70, "Limanowa", 2900), (65, 70, "Gorlice", 2850)),
            form="pojedynczo"),
    Service(WHEEL, "Prawo jazdy kategorii C, kurs i egzamin", "prawo jazdy", 80, "prawo jazdy C",
            "prowadzi samochód ciężarowy", ((45, 90, "Kraków", 4800), (75, 90, "Olkusz", 4500)), form="pojedynczo"),
    Service(CHAMBER, "Walidacja: rozliczanie kasy", "inne", 4, "Rozliczanie kasy", "",
            ((25, 3, "Limanowa", 620), (85, 3, "Tarnów", 640)), kind="walidacja", form="pojedynczo", code="90001",
            times="{day} 16:00-20:00"),
    Service(FURTHER, "Instruktor w miejscu pracy", "zawodowe", 60, "",
            "uczy nowe osoby czynności na stanowisku|układa przebieg z podziałem na czas i ćwiczenia",
            ((29, 60, "Tarnów", 1700), (59, 60, "Kraków", 1850), (89, 60, "zdalnie", 1400)), times=OTHER_EVENINGS),
    Service(FURTHER, "Magazynier ze skanerem", "zawodowe", 50, "",
            "pobiera towar według listy i potwierdza pobranie|porównuje liczbę i stan towaru z listem przewozowym",
            ((19, 30, "Kraków", 1250), (44, 30, "Bochnia", 1190), (69, 30, "Olkusz", 1150)), times="pn-cz 17:00-20:00"),
    Service(FURTHER, "Spawanie MAG, kurs z egzaminem", "zawodowe", 120, "Certyfikat spawacza 135", "spawa metodą MAG",
            ((27, 60, "Tarnów", 4100), (57, 60, "Nowy Sącz", 3950)), times="pn-cz 15:00-18:30"),
    Service(WORKSHOP, "Egzamin z arkusza kalkulacyjnego", "komputery", 2, "ECDL, moduł B4",
            "tworzy zestawienie z sumami i filtrowaniem w arkuszu",
            ((34, 0, "Tarnów", 260), (64, 0, "Nowy Sącz", 260), (94, 0, "Bochnia", 240)), kind="sam egzamin",
            times="{day} 16:30-18:30"),
)  # fmt: skip


def lines(today: dt.date) -> Iterator[str]:
    """Rows of the CSV, in the order of the services; the number of a date is D-<service>-<its place>."""
    for number, one in enumerate(SERVICES, start=1):
        ending = "uznany certyfikat" if one.certificate else "zaświadczenie o ukończeniu"
        for place, (start, length, where, price, *own) in enumerate(one.dates, start=1):
            begins = today + dt.timedelta(days=start)
            times = own[0] if own else one.times if where != "zdalnie" else ""
            cells = (
                f"D-{number}-{place}", f"K-{number}", one.provider, TAX[one.provider], one.title, one.kind, one.field,
                one.certificate, ending, one.hours, one.form, one.needs, one.code, one.outcomes, where, PLACES[where],
                f"{price},00", 12, begins, begins + dt.timedelta(days=length),
                times.format(day=begins),
            )  # fmt: skip
            yield ";".join(f'"{cell}"' if ";" in str(cell) else str(cell) for cell in cells)
