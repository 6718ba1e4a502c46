"""How the invented people are put down: shorthand for their answers, and the cashier's story that two of them share."""

import datetime as dt
from typing import Any

from dorobek.cli.demo.rich import CASHIER_PLAN, FEEDBACK
from dorobek.cli.demo.story import DemoPerson

AUDIT_ENDED = 75  # days ago, of the participant whose plan moves
MINE, ONLINE, SCHOOL = "moj-kierunek", "bilans-online-2024", "ucze-sie-dalej"


def who(
    name: str, born: tuple[int, int, int], form: str = "madam", email: bool = True, **fields: str
) -> dict[str, Any]:
    """Identity of a participant; the address is an example one."""
    given, _space, family = name.partition(" ")
    address = "".join(
        {"ł": "l", "ą": "a", "ę": "e", "ć": "c", "ń": "n", "ó": "o", "ś": "s", "ź": "z", "ż": "z"}.get(c, c)
        for c in given.lower()
    )
    contact = {"email": f"{address}@poczta.example.org"} if email else {}
    defaults = {
        "phone": "500 000 100",
        "street": "ul. Lipowa 4",
        "postal_code": "34-999",
        "place": "Łęgowice",
        "teryt": "1210",
    }
    return {
        "given_names": given,
        "family_name": family,
        "birth_date": dt.date(*born),
        "address_form": form,
        **contact,
        **defaults,
        **fields,
    }


def answers(*statuses: str, education: str = "upper-secondary", **more: Any) -> dict[str, Any]:
    return {
        "education": education,
        "statuses": list(statuses),
        "residence": "polish-citizen",
        "places": {"lives": "1210", "works": "1210"},
        **more,
    }


def job(
    title: str, organisation: str, starts: str, ends: str = "", duties: str = "", form: str = "contract"
) -> dict[str, Any]:
    return {
        "kind": "job",
        "title": title,
        "organisation": organisation,
        "starts": starts,
        "ends": ends,
        "ongoing": not ends,
        "duties": duties,
        "employment_form": form,
    }


def school(title: str, starts: str, ends: str, *, finished: bool = True) -> dict[str, Any]:
    return {"kind": "school", "title": title, "starts": starts, "ends": ends, "finished": finished}


def course(title: str, starts: str, duration: str, outcomes: str = "", entitlements: str = "") -> dict[str, Any]:
    return {
        "kind": "course",
        "title": title,
        "starts": starts,
        "duration_said": duration,
        "outcomes": outcomes,
        "entitlements": entitlements,
        "finished": True,
    }


CASHIER_EVENTS = (
    school("Liceum Ekonomiczne w Łęgowicach, matura", "1989", "1993"),
    school("Szkoła policealna, rachunkowość", "jesień 2010", "wiosna 2012", finished=False),
    course("Obsługa kas fiskalnych", "2004", "16 godzin", "nabijanie, raporty, awarie", "zaświadczenie"),
    job("Ekspedientka", "Spółdzielnia „Zgoda”", "1993", "1999", "Wydawałam towar, prowadziłam zeszyt dostaw."),
    job(
        "Kasjerka",
        "Sklep „Jarzębina”",
        "2003",
        "2015",
        "Siedziałam na kasie, przyjmowałam zwroty, liczyłam utarg i wypisywałam raport dla kierowniczki.",
    ),
    job(
        "Starsza kasjerka",
        "Market „Jarzębina”",
        "2015",
        "",
        "Szkolę nowe osoby, układam grafik na weekendy, rozliczam kasę główną.",
    ),
    {
        "kind": "activity",
        "title": "Skarbniczka Koła Gospodyń Wiejskich „Świętochlinianki”",
        "starts": "wiosna 2013",
        "ongoing": True,
        "duties": "Zbieram składki, prowadzę zeszyt wpływów i wydatków, raz w roku robię sprawozdanie dla gminy.",
    },
    {"kind": "care", "title": "Opieka nad mamą po udarze", "starts": "2009", "ends": "2013"},
    {"kind": "interest", "title": "Haft krzyżykowy", "starts": "około 1985", "ongoing": True},
)
CASHIER_TOLD = (
    (
        "education",
        "edu-liked-subjects",
        "Matematyka. Lubiłam, jak się zgadza. Historii się bałam, bo trzeba było mówić przy wszystkich.",
    ),
    (
        "education",
        "edu-unfinished",
        "Policealną przerwałam, jak mama dostała udaru. Został mi rok. Zawsze myślałam, że kiedyś wrócę.",
    ),
    (
        "work",
        "work-tasks",
        "Rano otwieram kasę główną i sprawdzam wczorajszy raport. Potem kasa, zwroty, a wieczorem liczenie. Jak jest nowa dziewczyna, to siedzi ze mną tydzień.",
    ),
    ("work", "work-trusted-with", "Mam klucz do sejfu od 2016 roku. Nikt poza kierowniczką go nie ma."),
    (
        "work",
        "work-proud",
        "W wigilię 2017 brakowało 340 złotych. Znalazłam błąd w dwie godziny, zanim ktoś zdążył powiedzieć, że ukradli.",
    ),
    ("work", "work-disliked", "Jak krzyczą o paragon. Ale już umiem: mówię cicho i wolno, i zwykle im przechodzi."),
    (
        "personal",
        "life-community",
        "W kole prowadzę kasę od trzynastu lat. Jak dostałyśmy dotację na piec, rozliczałam każdą fakturę, bo gmina zwróciła nam wniosek dwa razy. Za trzecim przeszło bez uwag.",
    ),
    ("personal", "life-hobby", "Haftuję. Wzór trzeba policzyć, zanim się zacznie, bo potem się nie zgodzi środek."),
)
CASHIER_EPISODES: tuple[dict[str, str], ...] = (
    {
        "part": "work",
        "title": "Różnica 340 zł w wigilię 2017",
        "situation": "Wigilia, trzy kasy, po zamknięciu w kasie głównej brakowało 340 złotych. Dwie młodsze dziewczyny płakały.",
        "task": "Miałam rozliczyć dzień i podpisać raport, a kierowniczka była już w domu.",
        "action": "Siedziałam na kasie i sprawdzałam rolkę po kolei, porównałam zwroty z paragonami i znalazłam jeden zwrot nabity dwa razy.",
        "result": "Kwota się zgodziła co do grosza. Kierowniczka od tej pory prosi mnie o rozliczanie trudnych dni.",
        "useful": "Spokój, dokładność, liczenie utargu, znajomość kasy.",
        "documentable": "Raport z tego dnia z moim podpisem, referencje kierowniczki.",
    },
    {
        "part": "work",
        "title": "Zwrot bez paragonu",
        "situation": "Klient przyszedł z czajnikiem bez paragonu i krzyczał, że nas poda do sądu.",
        "task": "Przyjąć albo odmówić tak, żeby było zgodnie z zasadami i żeby nie zrobić awantury.",
        "action": "Poprosiłam go na bok, wysłuchałam, sprawdziłam płatność kartą i przyjęłam zwrot towaru na reklamację.",
        "result": "Przeprosił. Potem kupował u nas dalej.",
        "useful": "Rozmowa ze zdenerwowanym klientem, zasady zwrotów i reklamacji.",
        "documentable": "Formularz reklamacji.",
    },
    {
        "part": "personal",
        "title": "Dotacja na piec, trzy podejścia",
        "situation": "Koło dostało dotację z gminy na piec chlebowy. Wniosek o rozliczenie wrócił dwa razy.",
        "task": "Jako skarbniczka miałam rozliczyć 18 tysięcy złotych.",
        "action": "Ułożyłam faktury datami, zadzwoniłam do urzędu i zapytałam, czego brakuje, przepisałam zestawienie od nowa.",
        "result": "Za trzecim razem przeszło bez uwag, a piec działa.",
        "useful": "Prowadzenie pieniędzy stowarzyszenia, pisma urzędowe, upór.",
        "documentable": "Sprawozdanie koła za 2024 rok, pismo z gminy.",
    },
    {
        "part": "key",
        "title": "Uczę nowe osoby na kasie",
        "situation": "Przyszły trzy nowe osoby naraz, a sezon już trwał.",
        "task": "W tydzień miały siadać same.",
        "action": "Zrobiłam kartkę z krokami, siedziałam obok i tłumaczyłam po kolei, a trudne rzeczy pokazywałam dwa razy.",
        "result": "Dwie pracują do dziś. Kartka wisi przy kasach.",
        "useful": "Cierpliwość, proste tłumaczenie, planowanie.",
        "documentable": "Kartka z krokami, opinia kierowniczki.",
    },
)
CASHIER_COMPETENCES = (
    ("cash-up-shift", 0),
    ("cash-register-operates", 0),
    ("returns-rules-knows", 1),
    ("calm-upset-client", 1),
    ("association-treasurer", 2),
    ("money-responsible", 0),
    ("newcomer-instructs", 3),
    ("spreadsheet-uses", 2),
)
CASHIER_EVIDENCE = (
    ("Świadectwo pracy, „Jarzębina” 2015", 1),
    ("Upoważnienie do kasy głównej", 5),
    ("Sprawozdanie koła za 2024", 4),
    ("Kartka z krokami dla nowych osób", 6),
)


def cashier(
    name: str, born: tuple[int, int, int], until: str, days_ago: int, adviser: str = "agnieszka", **more: Any
) -> DemoPerson:
    """The cashier's story, told by two people at two places of the path."""
    fields: dict[str, Any] = {
        "about": "kasjerka",
        "programme": MINE,
        "answers": answers("employee", occupation="kasjerka", employer_name="Market „Jarzębina”"),
        "events": CASHIER_EVENTS,
        "notes": {"other": "Najlepiej czytam większe litery. Wolę spotkania po 16."},
        "goal": "Sprawdzić, czy mogę pracować przy rachunkach, nie tylko na kasie.",
        "told": CASHIER_TOLD,
        "episodes": CASHIER_EPISODES,
        "competences": CASHIER_COMPETENCES,
        "evidence": CASHIER_EVIDENCE,
        "plan": CASHIER_PLAN,
        "sections": FEEDBACK,
        **more,
    }
    return DemoPerson(until=until, adviser=adviser, identity=who(name, born), days_ago=days_ago, **fields)
