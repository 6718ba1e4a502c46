"""Entry 13477 for the demonstration: its true codes, hours and rules as data, every outcome told in words of our own.

The official wording is not here: `dorobek import zrk <print-out>` brings it as the next version of this same entry,
with the same numbers of sets, outcomes and criteria. Sets, outcomes and criteria stand as an outline, as in
`qualifications`.
"""

import datetime as dt

from dorobek.cli.demo.qualifications import TYMOWICE
from dorobek.register.actions import import_entries
from dorobek.register.entry import Body, Entry, Read
from dorobek.register.entry.outline import read_outline
from dorobek.register.entry.validation import Method, Requirement, ValidationRules
from dorobek.register.enums import BodyRole, Category, QualificationKind, Source, Status, ValidationMethod

CODE = "13477"
# Shown on the page of the entry: nobody is to take these words for the register's.
NOTICE = (
    "Na potrzeby pokazu efekty, kryteria i zasady tego wpisu opowiedziano własnymi słowami; numery, godziny i liczby "
    "są prawdziwe, a instytucja z Tymowic jest zmyślona. Tekst urzędowy wczytuje polecenie: dorobek import zrk."
)
OUTLINE = """# Początek bilansu i zasady współpracy
Wyjaśnia klientowi przy pierwszym spotkaniu, czym jest bilans
- opisuje, jak dowiaduje się, po co klient przyszedł i czego mu trzeba
- podaje pytania, od których zaczyna pierwsze spotkanie
- objaśnia, na jakich warunkach przebiega praca, co mówi o niej prawo i jakie zasady obowiązują doradcę
- przedstawia po kolei części bilansu
- objaśnia, co klient zrobi sam i dlaczego bez jego pracy bilansu nie będzie
Umawia się z klientem na cele i zasady
- dochodzi razem z klientem do celu głównego i celów po drodze
- używa więcej niż jednego sposobu stawiania celów
- dzieli zadania: co należy do doradcy, a co do klienta
- opisuje, co może pójść źle w trakcie pracy i jak temu zaradzić
- wymienia, co powinno się znaleźć w umowie z klientem
- układa postanowienia tej umowy słowami, które klient rozumie
Dba o dobry kontakt z klientem
- opisuje, jak kontakt z klientem zmienia się w czasie pracy i od czego to zależy
- używa w rozmowie powtórzenia własnymi słowami, podsumowań i różnych pytań
- wyjaśnia, na czym polega słuchanie, które pomaga drugiej osobie mówić
- wskazuje zachowania doradcy, które psują wywiad
- wymienia warunki, w których łatwiej o zaufanie
- dopasowuje sposób mówienia do wieku i doświadczeń klienta
- rozróżnia powody, dla których współpraca nie idzie, i znajduje wyjście
- opisuje, jak dostraja słowa, głos i postawę do tego, co widzi u klienta
- opisuje pułapki, w które wpada ten, kto wnioskuje o innych
Pobudza klienta do namysłu nad sobą
- wyjaśnia, dlaczego w bilansie najwięcej pracuje klient
- opisuje sposoby rozmowy, po których klient sam rusza do działania
- opisuje, jak mówić klientowi, co widać w jego pracy, żeby chciał iść dalej
- wyjaśnia, po co uczyć się w każdym wieku
- zachęca klienta: pokazuje korzyści i inne spojrzenie na to samo
- wyjaśnia, które umiejętności przenoszą się z jednej pracy do drugiej, i daje przykłady
# Poznanie tego, co klient umie
Przeprowadza rozmowę o drodze życiowej
- trzyma się zasad wywiadu o życiu i doświadczeniach
- pyta o szkołę, pracę i życie poza nimi
- wymienia wszystkie dziedziny życia, w których szuka doświadczeń
- spisuje na potrzeby bilansu to, co wyszło w tej rozmowie
Przeprowadza rozmowę o konkretnych zachowaniach
- wyjaśnia zasady wywiadu o zachowaniach
- dopytuje od ogółu do szczegółu: o sytuację, zadanie, działanie i skutek
- wyciąga wnioski o kompetencjach z tego, co klient robił
- mówi klientowi, jakie kompetencje widzi, i pyta, czy on też je widzi
- zaznacza kompetencje, które pójdą do dalszej pracy
- zostawia z tej rozmowy notatki do dalszej pracy
Dobiera i odczytuje narzędzia diagnozy: testy, kwestionariusze, próby
- wybiera narzędzie dla tej właśnie osoby i odczytuje jej wynik
- porównuje narzędzia, które badają to samo: co dają, a czego nie
Składa w całość to, czego się dowiedział
- układa w porządku wszystko, co zebrano
- oddziela to, co ważne dla bilansu, od reszty
- wskazuje, czego jeszcze brakuje, żeby bilans zamknąć
- wskazuje, kiedy i jaki inny specjalista mógłby pomóc
- nazywa mocne strony klienta: kompetencje, a przy nich dowody
- pisze raport wstępny językiem efektów uczenia się
# Plan rozwoju ułożony razem z klientem
Omawia z klientem wynik bilansu
- mówi o wyniku tak, żeby klient wiedział, co z nim zrobić
- pomaga klientowi nazwać cel albo go poprawić
- pomaga klientowi znaleźć cel zapasowy
- sprawdza z klientem, czy cel jest konkretny, da się zmierzyć i ma datę
- pisze na koniec raport z bilansu
Korzysta z wiedzy o pracy, nauce i kwalifikacjach
- wskazuje, skąd bierze wiadomości o zawodach i nauce i dlaczego można im wierzyć
- rozmawia z klientem o tym, gdzie i jak uzupełnić, czego mu brakuje
- wplata zebrane wiadomości w plan klienta
- wyjaśnia słowa systemu kwalifikacji: portfolio, walidacja, rejestr, efekt uczenia się
Układa z klientem działania na przyszłość
- tworzy z klientem więcej niż jeden scenariusz
- ustala z klientem, co, kiedy i w jakiej kolejności się zdarzy
- wskazuje, co może przeszkodzić w drodze do celu i co wtedy zrobić
- wskazuje różne drogi nauki: szkołę, kurs, pracę, naukę na własną rękę"""
RULES = ValidationRules(
    methods=(
        Method(str(ValidationMethod.KNOWLEDGE_TEST), "test wiedzy"),
        Method(str(ValidationMethod.EVIDENCE_ANALYSIS), "dowody i deklaracje: opisy przypadków, próbki własnej pracy"),
        Method(str(ValidationMethod.SIMULATED_OBSERVATION), "odegrana rozmowa z klientem, obserwowana przez komisję"),
        Method(str(ValidationMethod.CONVERSATION), "rozmowa z komisją", all_sets=True),
    ),
    only_these_methods=True,
    all_methods_used=True,
    every_outcome=True,
    members_min=3,
    member_level=7,
    member_criteria=(
        Requirement("wykształcenie w doradztwie zawodowym"),
        Requirement("doradzanie w sprawach zawodowych, pokazane w dokumentach", 5, 10),
        Requirement("używanie narzędzi diagnozy kompetencji, pokazane w dokumentach", 5, 10),
    ),
    each_criterion_met=True,
    members_all=("Każdy członek komisji ocenia według zasad walidacji.",),
    not_own_trainees=True,
    extra_may_be_candidate=True,
    adviser_needed=True,
    adviser=(
        Requirement("rozpoznawanie możliwości zawodowych klientów, pokazane w dokumentach", 5, 10),
        Requirement("znajomość efektów uczenia się tej kwalifikacji"),
        Requirement("umiejętność pomagania w nazywaniu i dokumentowaniu tego, co ktoś umie"),
        Requirement("aktualna wiedza o systemie kwalifikacji"),
    ),
    body=(Requirement("uczenie doradztwa zawodowego, pokazane w dokumentach", 5, 10),),
    provided=("miejsce i wyposażenie", "osoba, która gra klienta; może to być inny kandydat"),
    appeal_each_stage=True,
)  # fmt: skip
TEXTS = {
    "characteristics": "Osoba z tą kwalifikacją sama planuje i prowadzi bilans kompetencji dorosłego klienta: od pierwszej "
    "rozmowy, przez wywiady i dowody, do raportu i planu rozwoju ułożonego razem z klientem.",
    "target_groups": "Doradcy zawodowi, pracownicy kadr, psychologowie i pedagodzy, pośrednicy i trenerzy pracy, "
    "pracownicy biur karier.",
    "entry_conditions": "Wykształcenie co najmniej na poziomie 6 PRK i ważne uprawnienie do choć jednego "
    "standaryzowanego narzędzia, które bada możliwości zawodowe albo kompetencje.",
    "uses": "Praca w urzędach pracy, poradniach, biurach karier, działach kadr i we własnej firmie doradczej.",
    "validity": "Bezterminowo",
    "review_rule": "Przegląd co najmniej raz na dziesięć lat.",
    "legal_base": "Obwieszczenie Ministra Rodziny, Pracy i Polityki Społecznej z 6 grudnia 2019 r. (M.P. poz. 1191).",
}


def entry() -> Entry:
    """The entry with this demonstration's body beside the one that the register names."""
    return Entry(
        code=CODE,
        code_before_2020="5C142000002",
        title_pl="Prowadzenie procesu bilansowania kompetencji",
        title_en="Running a skills audit",
        kind=QualificationKind.PARTIAL,
        category=Category.MARKET,
        level=6,
        status=Status.FUNCTIONING,
        texts={name: {"pl": words} for name, words in TEXTS.items()},
        preceding=("Kwalifikacja pełna na poziomie 6 PRK",),
        effective_from=dt.date(2024, 1, 1),
        hours=270,
        next_review=dt.date(2029, 12, 19),
        field_code="149",
        field_label="Pozostałe dziedziny związane z kształceniem",
        activity_code="85.59.B",
        activity_label="Pozostałe pozaszkolne formy edukacji, gdzie indziej niesklasyfikowane",
        sets=read_outline(OUTLINE),
        bodies=(
            Body("Uniwersytet SWPS", BodyRole.AWARDING),
            Body(TYMOWICE[0], BodyRole.AWARDING, TYMOWICE[1]),
            Body("Wojewódzki Urząd Pracy w Krakowie", BodyRole.APPLICANT),
            Body("Minister Rodziny, Pracy i Polityki Społecznej", BodyRole.MINISTER),
        ),
        rules=RULES,
        extra={"notice": NOTICE},
    )


def load_entry() -> None:
    """Bring it into the register, as a file would come."""
    import_entries(reads=[Read(entry())], source=Source.TABLE, source_name="pokaz, własnymi słowami")
