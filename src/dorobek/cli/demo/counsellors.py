"""Two invented people who run skills audits at work, and what a third of the demonstration has to show for it.

Their own audits ended before they applied for entry 13477; the competences are outcomes of that entry.
"""

from typing import Any

from dorobek.cli.demo.entry_13477 import CODE
from dorobek.cli.demo.rich import FEEDBACK, QUESTIONS
from dorobek.cli.demo.story import DemoPerson
from dorobek.cli.demo.telling import MINE, answers, course, job, school, who

TOOL = "uprawnienie do kwestionariusza zainteresowań, bezterminowe"
PLAN: dict[str, Any] = {
    "direction": "upskilling",
    "subject": "post",
    "main": "Do końca roku potwierdzę kwalifikację z bilansowania kompetencji i zacznę prowadzić bilanse na pełny etat.",
    "measure": "Certyfikat i nowy zakres obowiązków na piśmie.",
    "step": "W tym miesiącu zbiorę próbki raportów, z zakrytymi danymi, i złożę zgłoszenie do walidacji.",
    "other": "Jeśli w pracy nie będzie takiego stanowiska, poprowadzę bilanse w punkcie edukacji dorosłych.",
    "scenarios": (
        (
            "Walidacja bez kursu",
            (
                ("Zebrać próbki raportów i zapisów", "doradczyni"),
                ("Złożyć zgłoszenie", "doradca walidacyjny"),
                ("Test, scenka i rozmowa z komisją", "koleżanka pożycza książki"),
            ),
        ),
    ),
    "risk": "Termin walidacji wypadnie w czasie najazdu klientów.",
    "repair": "Wziąć dwa dni urlopu albo wybrać następny termin.",
    "questions": QUESTIONS,
    "source": "Ogłoszenia o pracy dla doradców w województwie, jesień 2026",
    "says": "Poradnie i urzędy szukają osób, które same poprowadzą cały bilans.",
}
SECTIONS = {
    **FEEDBACK,
    "feedback-report/situation": "Praca jest stała i wymagająca. Bilanse prowadzi od lat, ale żaden dokument tego nie nazywa.",
    "feedback-report/interests": "Najchętniej rozmawia z ludźmi w cztery oczy i układa z tego obraz, który da się zapisać.",
}
# Outcomes of the entry that the audit named; the number after the code is of the episode it rests on.
OUTCOMES = tuple(
    (f"{CODE}-{number}", episode)
    for number, episode in (
        ("1-1", 0), ("1-2", 0), ("1-3", 0), ("1-4", 0), ("2-1", 1), ("2-2", 1), ("2-3", 1), ("2-4", 1), ("3-1", 0), ("3-3", 0),
    )
)  # fmt: skip
EVIDENCE = (
    ("Opinia kierowniczki o pięciu latach pracy", 0),
    ("Umowa z klientką, dane zakryte", 1),
    ("Zaświadczenie: kurs prowadzenia rozmowy, 60 godzin", 2),
    ("Nagranie ćwiczenia z kursu, za zgodą", 3),
    ("Zapis rozmowy o drodze życiowej, dane zakryte", 4),
    ("Karta wywiadu o zachowaniach, dane zakryte", 5),
    ("Odczytany wynik kwestionariusza, próbka", 6),
    ("Raport wstępny, próbka", 7),
    ("Raport końcowy, próbka", 8),
    ("Plan rozwoju klientki, dane zakryte", 9),
)
STUDENTS = (
    ("Opinia kierownika biura karier", 0),
    ("Umowa ze studentem, dane zakryte", 1),
    ("Zaświadczenie o roku superwizji rozmów", 2),
    ("Notatki z superwizji, za zgodą", 3),
    ("Zapis rozmowy o drodze absolwentki, dane zakryte", 4),
    ("Karta wywiadu o praktykach, dane zakryte", 5),
    ("Odczytany wynik testu, próbka", 6),
    ("Raport wstępny absolwentki, próbka", 7),
    ("Raport końcowy absolwentki, próbka", 8),
    ("Plan rozwoju absolwentki, dane zakryte", 9),
)
COUNSELLORS = (
    DemoPerson(
        about="pośredniczka pracy, bilans zakończony, walidacja 13477 z certyfikatem",
        until="finished",
        ended=74,
        adviser="agnieszka",
        programme=MINE,
        identity=who("Honorata Dzięgiel-Ryś", (1971, 10, 3), street="ul. Kręta 8"),
        answers=answers("employee", education="master", occupation="pośredniczka pracy"),
        days_ago=40,
        events=(
            school("Uniwersytet, pedagogika, magister", "1990", "1995"),
            course("Kwestionariusz zainteresowań zawodowych", "2015", "24 godziny", entitlements=TOOL),
            course("Prowadzenie rozmowy doradczej", "2019", "60 godzin", "wywiad, kontrakt, informacja zwrotna"),
            job("Pośredniczka pracy", "Urząd pracy w Zagórkach", "1996", "2016", "Dobierałam oferty, rozmawiałam z ludźmi."),
            job("Doradczyni klienta", "Urząd pracy w Zagórkach", "2016", "", "Prowadzę bilanse osób, które tracą pracę."),
        ),
        goal="Mieć na piśmie to, co robię od dziesięciu lat: prowadzenie całego bilansu.",
        told=(
            ("education", "edu-liked-subjects", "Psychologia rozwojowa. Chciałam wiedzieć, skąd się bierze upór."),
            ("work", "work-tasks", "Trzy osoby dziennie. Pierwsza rozmowa, wywiady, raport, plan. Potem telefon po pół roku."),
            ("work", "work-proud", "Po zamknięciu przędzalni z dziewięciu osób siedem ma pracę, której wcześniej nie brały pod uwagę."),
        ),
        episodes=(
            {
                "part": "work",
                "title": "Dziewięć osób z przędzalni",
                "situation": "W dwa tygodnie zamknięto zakład. Dziewięć kobiet, średnio 22 lata przy jednej maszynie.",
                "task": "Poprowadzić z każdą bilans, zanim skończy się wypowiedzenie.",
                "action": "Z każdą umówiłam cele i zasady, poprowadziłam wywiady, napisałam raport i plan z dwoma scenariuszami.",
                "result": "Siedem pracuje, jedna skończyła szkołę, jedna opiekuje się wnukiem i tak chciała.",
                "useful": "Cała droga bilansu, od pierwszej rozmowy do planu.",
                "documentable": "Raporty i plany z zakrytymi danymi, opinia kierowniczki.",
            },
            {
                "part": "work",
                "title": "Klientka, która mówiła „nic nie umiem”",
                "situation": "Po dwóch spotkaniach karta była pusta.",
                "task": "Znaleźć, co umie, i dowody na to.",
                "action": "Zapytałam o jeden dzień z życia, potem o drugi; z wywiadu i kwestionariusza złożyłam raport wstępny.",
                "result": "Wyszło czternaście kompetencji, sześć z dowodami. Poszła na kurs instruktorki.",
                "useful": "Wywiad o życiu i o zachowaniach, odczytanie wyniku, składanie całości.",
                "documentable": "Zapisy wywiadów i raport wstępny.",
            },
        ),
        competences=OUTCOMES,
        adds="także w grupie",
        evidence=EVIDENCE,
        plan=PLAN,
        sections=SECTIONS,
    ),
    DemoPerson(
        about="biuro karier, bilans zakończony, walidacja 13477 po odwołaniu",
        until="finished",
        ended=71,
        adviser="agnieszka",
        programme=MINE,
        identity=who("Kornelia Żyła-Majcher", (1973, 4, 27), street="ul. Kręta 21"),
        answers=answers("employee", education="master", occupation="doradczyni w biurze karier"),
        days_ago=38,
        events=(
            school("Uniwersytet, psychologia, magister", "1992", "1997"),
            course("Kwestionariusz zainteresowań zawodowych", "2014", "24 godziny", entitlements=TOOL),
            job("Doradczyni w biurze karier", "Uczelnia w Świętochlinie", "2004", "", "Studenci i absolwenci, bilanse i plany."),
            {"kind": "activity", "title": "Wolontariat w świetlicy", "starts": "2013", "ongoing": True, "duties": "Raz w tygodniu odrabiam lekcje z szóstką dzieci."},
        ),
        notes={"other": "Mam dysleksję: czytam wolniej, proszę o większe litery i więcej czasu."},
        goal="Prowadzić bilanse także poza uczelnią, dla dorosłych.",
        told=(
            ("education", "edu-liked-subjects", "Statystyka, wbrew wszystkim. Test musi mieć normę, inaczej to wróżenie."),
            ("work", "work-tasks", "Bilans trwa u nas pięć spotkań. Najwięcej pracy jest między nimi."),
            ("personal", "life-community", "W świetlicy uczę się cierpliwości. Dzieci nie słuchają dwa razy."),
        ),
        episodes=(
            {
                "part": "work",
                "title": "Student, który rzucał trzecie studia",
                "situation": "Przyszedł z mamą i z zaświadczeniem, że nie wie, czego chce.",
                "task": "Porozmawiać z nim, nie z mamą, i dojść do celu, który jest jego.",
                "action": "Umówiłam się z obojgiem na zasady, mamę poprosiłam o poczekanie, z nim ułożyłam cele i plan.",
                "result": "Skończył szkołę dla elektryków. Przysłał kartkę.",
                "useful": "Pierwsza rozmowa, zasady, kontakt, plan.",
                "documentable": "Umowa i plan z zakrytymi danymi.",
            },
            {
                "part": "work",
                "title": "Sto kwestionariuszy i jeden wywiad",
                "situation": "Wynik mówił „artystyczna”, a studentka mówiła o ciągnikach.",
                "task": "Wyjaśnić, skąd ta różnica.",
                "action": "Poprowadziłam wywiad o trzech wakacjach w gospodarstwie dziadka i złożyłam to z wynikiem w raport.",
                "result": "Projektuje kabiny maszyn rolniczych.",
                "useful": "Narzędzia, wywiady, synteza.",
                "documentable": "Odczytany wynik i raport.",
            },
        ),
        competences=OUTCOMES,
        adds="także na odległość",
        evidence=STUDENTS,
        plan=PLAN,
        sections=SECTIONS,
    ),
)  # fmt: skip
# What the third puts together himself: title -> criteria beside which it stands. First what he had, then what he added.
OWN_PIECES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Opinia z klubu pracy, 2013-2024", ("1.1.a", "1.3.b", "1.4.e")),
    ("Dyplom studiów podyplomowych, doradztwo zawodowe", ("2.1.a",)),
    ("Umowa z klientem klubu pracy, dane zakryte", ("1.2.f",)),
    ("Zapis rozmowy o drodze życiowej, dane zakryte", ("2.1.d",)),
    ("Karta wywiadu z klubu pracy, dane zakryte", ("2.2.f",)),
    ("Opis kompetencji klientki, próbka", ("2.4.a", "2.4.b", "2.4.c", "2.4.e", "2.4.f")),
    ("Plan klientki klubu pracy, dane zakryte", ("3.2.c", "3.3.a", "3.3.b", "3.3.c")),
)
ADDED_PIECES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Odczytany wynik próby pracy i kwestionariusza, próbka", ("2.3.a",)),
    ("Raport wstępny w języku efektów uczenia się, próbka", ("2.4.a", "2.4.b", "2.4.c", "2.4.e", "2.4.f")),
    ("Raport końcowy z bilansu, próbka", ("3.1.e",)),
    ("Plan z zagrożeniami i wyjściami, dane zakryte", ("3.3.a", "3.3.b", "3.3.c")),
)
