"""Twelve invented qualifications, so that the register of the demonstration has something to find.

They are written in the form of a register entry but belong to no register: codes from 90001, titles and words made up.
Sets, outcomes and criteria stand as an outline (`register.entry.outline`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dorobek.register.actions import import_entries
from dorobek.register.entry import Body, Entry, Read
from dorobek.register.entry.outline import read_outline
from dorobek.register.entry.validation import Method, Requirement, ValidationRules
from dorobek.register.enums import BodyRole, Category, QualificationKind, Source, Status, ValidationMethod

TEST, EVIDENCE, TALK = (
    ValidationMethod.KNOWLEDGE_TEST,
    ValidationMethod.EVIDENCE_ANALYSIS,
    ValidationMethod.CONVERSATION,
)
SIMULATION, WORKPLACE = ValidationMethod.SIMULATED_OBSERVATION, ValidationMethod.WORKPLACE_OBSERVATION
CHAMBER = ("Izba Rzemiosła Dolina Raby", "Łęgowice")
SCHOOL = ("Zakład Doskonalenia „Krok dalej”", "Zagórki")
TRADE = ("Stowarzyszenie Handlu Lokalnego „Lada”", "Łęgowice")
TYMOWICE = ("Izba Rzemiosła i Handlu w Tymowicach", "Tymowice")  # the body that validates in the demonstration


@dataclass(frozen=True)
class Invented:
    """One qualification in short; see the module's docstring for the outline."""

    code: str
    title_pl: str
    title_en: str
    level: int
    hours: int
    field: tuple[str, str]
    who: str
    uses: str
    methods: tuple[ValidationMethod, ...]
    awarding: tuple[tuple[str, str], ...]
    outline: str
    category: Category = Category.FREE_MARKET
    status: Status = Status.FUNCTIONING
    members: int = 3  # of a commission, at least


QUALIFICATIONS = (
    Invented(
        "90001", "Obsługa kasy i rozliczanie zmiany w sklepie", "Operating a till and settling a shift in a shop",
        3, 90, ("0416", "Sprzedaż hurtowa i detaliczna"),
        "Osoba z tą kwalifikacją przyjmuje zapłatę, rozlicza kasę, przyjmuje zwroty i reklamacje oraz pilnuje "
        "bezpieczeństwa gotówki. Pracuje samodzielnie i pomaga nowym osobom na kasie.",
        "Praca na kasie w sklepie spożywczym, markecie, aptece albo na stacji paliw; prowadzenie zmiany kasowej.",
        (TEST, EVIDENCE, SIMULATION, TALK), (TRADE, SCHOOL, TYMOWICE),
        """# Obsługa kasy fiskalnej
Obsługuje kasę fiskalną i terminal płatniczy
- przyjmuje zapłatę gotówką, kartą i telefonem oraz wydaje resztę
- drukuje paragon i fakturę do paragonu
- usuwa drobne usterki: brak papieru, zawieszony terminal
Rozlicza kasę na koniec zmiany
- liczy gotówkę i porównuje ją z raportem dobowym
- wyjaśnia różnicę między kasą a raportem
- zabezpiecza i przekazuje utarg
# Kontakt z klientem przy kasie
Przyjmuje zwroty i reklamacje
- sprawdza warunki zwrotu i wypełnia protokół
- rozmawia spokojnie z niezadowolonym klientem
Wdraża nową osobę do pracy na kasie
- pokazuje kolejność czynności i sprawdza, czy nowa osoba je powtarza
- odpowiada na pytania w czasie obsługi""",
    ),
    Invented(
        "90002", "Prowadzenie dokumentacji księgowej w małej firmie", "Keeping the books of a small company",
        4, 240, ("0411", "Rachunkowość i podatki"),
        "Osoba z tą kwalifikacją ewidencjonuje faktury, prowadzi księgę przychodów i rozchodów, rozlicza podatek VAT "
        "i przygotowuje przelewy. Pracuje pod nadzorem biura rachunkowego albo samodzielnie.",
        "Praca młodszej księgowej, pomocy w biurze rachunkowym, prowadzenie własnej działalności.",
        (TEST, EVIDENCE, TALK), (SCHOOL,),
        """# Ewidencja dokumentów
Ewidencjonuje faktury i inne dokumenty księgowe
- sprawdza fakturę pod względem formalnym i rachunkowym
- wpisuje dokument do księgi przychodów i rozchodów
- porządkuje dokumenty według dat i rodzaju
Rozlicza kasę i rachunek bankowy
- prowadzi raport kasowy
- uzgadnia wyciąg bankowy z zapisami
# Podatki i składki
Rozlicza podatek VAT i zaliczki na podatek dochodowy
- oblicza kwotę podatku za miesiąc
- przygotowuje plik kontrolny i deklarację
Przygotowuje listę płac dla kilku osób
- oblicza składki i wynagrodzenie do wypłaty
- zgłasza osobę do ubezpieczeń""",
    ),
    Invented(
        "90003", "Prowadzenie szkoleń wewnętrznych w miejscu pracy", "Training colleagues at the workplace",
        4, 120, ("0114", "Kształcenie nauczycieli ze specjalizacją"),
        "Osoba z tą kwalifikacją rozpoznaje, czego brakuje zespołowi, przygotowuje i prowadzi krótkie szkolenia "
        "stanowiskowe, a potem sprawdza, co z nich zostało.",
        "Wdrażanie nowych pracowników, szkolenia stanowiskowe, praca instruktora w zakładzie.",
        (EVIDENCE, SIMULATION, TALK), (SCHOOL, CHAMBER),
        """# Przygotowanie szkolenia
Rozpoznaje potrzeby szkoleniowe zespołu
- pyta uczestników i obserwuje ich pracę
- formułuje cel szkolenia jako umiejętność, którą można sprawdzić
Przygotowuje plan i materiały szkolenia
- układa przebieg z podziałem na czas i ćwiczenia
- pisze instrukcję stanowiskową zrozumiałą dla nowej osoby
# Prowadzenie szkolenia
Uczy nowe osoby czynności na stanowisku
- pokazuje czynność, objaśnia ją i daje do powtórzenia
- poprawia błędy bez zawstydzania
Sprawdza efekty szkolenia
- przeprowadza krótki sprawdzian albo obserwację
- omawia z uczestnikiem, co jeszcze ćwiczyć""",
    ),
    Invented(
        "90004", "Kompletowanie i wydawanie towaru w magazynie", "Picking and issuing goods in a warehouse",
        3, 100, ("1041", "Usługi transportowe"),
        "Osoba z tą kwalifikacją przyjmuje dostawy, kompletuje zamówienia skanerem, układa palety i pilnuje zgodności "
        "stanów. Zna zasady bezpiecznej pracy wśród wózków.",
        "Praca w magazynie, centrum logistycznym, na zapleczu sklepu albo hurtowni.",
        (TEST, WORKPLACE, TALK), (SCHOOL, TRADE),
        """# Przyjmowanie dostaw
Przyjmuje dostawę i sprawdza jej zgodność z dokumentami
- porównuje liczbę i stan towaru z listem przewozowym
- zgłasza braki i uszkodzenia w protokole
Rozmieszcza towar w magazynie
- dobiera miejsce według rotacji i ciężaru
- zachowuje kolejność terminów przydatności
# Wydawanie towaru
Kompletuje zamówienia z użyciem skanera
- pobiera towar według listy i potwierdza pobranie
- układa paletę stabilnie i ją zabezpiecza
Prowadzi spis z natury
- liczy towar i zapisuje różnice
- wyjaśnia przyczynę różnicy""",
    ),
    Invented(
        "90005", "Opieka nad osobą starszą w jej domu", "Caring for an older person at home",
        3, 160, ("0921", "Opieka nad osobami starszymi i dorosłymi niepełnosprawnymi"),
        "Osoba z tą kwalifikacją pomaga w myciu, ubieraniu, jedzeniu i poruszaniu się, prowadzi dom osoby starszej, "
        "rozmawia z nią i z rodziną, rozpoznaje pogorszenie zdrowia i wzywa pomoc.",
        "Praca opiekunki środowiskowej, asystenta osoby z niepełnosprawnością, usługi opiekuńcze gminy.",
        (TEST, SIMULATION, EVIDENCE, TALK), (SCHOOL,),
        """# Pomoc w codziennych czynnościach
Pomaga w higienie i ubieraniu
- myje osobę leżącą z poszanowaniem jej wstydu
- zmienia pościel i pozycję w łóżku
Przygotowuje i podaje posiłki zgodnie z dietą
- planuje posiłki na tydzień
- karmi osobę, która nie może jeść sama
# Bezpieczeństwo i kontakt
Rozpoznaje pogorszenie stanu zdrowia i wzywa pomoc
- mierzy ciśnienie i temperaturę oraz zapisuje wyniki
- wzywa pogotowie i opisuje objawy
Rozmawia z osobą starszą i jej rodziną
- słucha i odpowiada spokojnie także przy zaburzeniach pamięci
- uzgadnia z rodziną podział zadań""",
        category=Category.SECTORAL,
    ),
    Invented(
        "90006", "Przygotowywanie posiłków dla grup", "Cooking for groups",
        3, 200, ("1013", "Hotele, restauracje i katering"),
        "Osoba z tą kwalifikacją planuje i gotuje obiady dla kilkudziesięciu osób, dba o higienę kuchni i zamawia "
        "produkty.",
        "Praca w stołówce, szkole, domu pomocy, na obozie albo przy obsłudze przyjęć.",
        (SIMULATION, TALK), (CHAMBER,),
        """# Praca w kuchni
Gotuje potrawy kuchni polskiej dla dużej grupy
- przelicza przepis na liczbę osób
- pilnuje czasu i temperatury
Utrzymuje higienę w kuchni
- oddziela produkty surowe od gotowych
- prowadzi zapisy wymagane przez sanepid
# Zaopatrzenie
Planuje jadłospis i zamówienia
- układa jadłospis z uwzględnieniem diet
- oblicza koszt porcji""",
        category=Category.CRAFT,
    ),
    Invented(
        "90007", "Wykonywanie drobnych remontów mieszkań", "Carrying out small home repairs",
        3, 180, ("0732", "Budownictwo i inżynieria lądowa"),
        "Osoba z tą kwalifikacją maluje, kładzie płytki i panele, naprawia ściany i uzgadnia zakres prac z właścicielem.",
        "Własna działalność, ekipy remontowe, gospodarz budynku.",
        (SIMULATION, EVIDENCE), (CHAMBER,),
        """# Prace wykończeniowe
Maluje i naprawia ściany
- uzupełnia ubytki i szlifuje podłoże
- nakłada farbę równo i bez zacieków
Układa płytki i panele
- rozplanowuje układ i docina elementy
- fuguje i czyści powierzchnię
# Organizacja remontu
Wycenia remont i uzgadnia go z klientem
- oblicza ilość materiału
- zapisuje uzgodnienia w zleceniu""",
        category=Category.CRAFT,
    ),
    Invented(
        "90008", "Obsługa biura i korespondencji", "Running an office and its correspondence",
        4, 150, ("0415", "Sekretariat i praca biurowa"),
        "Osoba z tą kwalifikacją prowadzi kalendarz i korespondencję, przygotowuje pisma i zestawienia, przyjmuje "
        "interesantów i dba o obieg dokumentów.",
        "Praca w sekretariacie, recepcji, dziale kadr, urzędzie gminy.",
        (TEST, EVIDENCE), (SCHOOL, CHAMBER),
        """# Dokumenty
Przygotowuje pisma i zestawienia w edytorze i arkuszu
- redaguje pismo urzędowe
- tworzy zestawienie z sumami i filtrowaniem
Prowadzi obieg dokumentów
- rejestruje pisma przychodzące i wychodzące
- archiwizuje dokumenty według wykazu akt
# Ludzie i terminy
Prowadzi kalendarz spotkań
- uzgadnia terminy kilku osób
- przygotowuje salę i materiały
Przyjmuje interesantów
- ustala, z czym ktoś przychodzi, i kieruje do właściwej osoby
- chroni dane osobowe""",
    ),
    Invented(
        "90009", "Sprzedaż internetowa i obsługa zamówień", "Selling online and handling orders",
        4, 130, ("0416", "Sprzedaż hurtowa i detaliczna"),
        "Osoba z tą kwalifikacją wystawia towar w sklepie internetowym, odpowiada klientom, pakuje i wysyła zamówienia "
        "oraz załatwia zwroty.",
        "Praca w sklepie internetowym albo własny sklep.",
        (TEST, WORKPLACE), (TRADE,),
        """# Oferta
Wystawia towar w sklepie internetowym
- pisze opis i robi zdjęcie produktu
- ustala cenę z kosztem wysyłki
# Zamówienia
Obsługuje zamówienia i zwroty
- pakuje i nadaje przesyłkę
- rozlicza zwrot w terminie ustawowym
Odpowiada klientom na piśmie
- pisze zrozumiale i uprzejmie
- rozwiązuje spór o reklamację""",
    ),
    Invented(
        "90010", "Prowadzenie małego gospodarstwa ekologicznego", "Running a small organic farm",
        4, 300, ("0811", "Produkcja roślinna i zwierzęca"),
        "Osoba z tą kwalifikacją planuje uprawy, dba o glebę i zwierzęta, prowadzi rejestr zabiegów i sprzedaje plony "
        "z gospodarstwa.",
        "Własne gospodarstwo, rolniczy handel detaliczny, praca u rolnika.",
        (EVIDENCE, WORKPLACE, TALK), (CHAMBER,),
        """# Uprawa
Planuje płodozmian i nawożenie
- dobiera rośliny następcze
- oblicza dawkę obornika
Prowadzi rejestr zabiegów i plonów
- zapisuje zabiegi w dniu wykonania
- przygotowuje dokumenty do kontroli
# Sprzedaż z gospodarstwa
Sprzedaje plony bezpośrednio
- ustala cenę i sposób dostawy
- prowadzi ewidencję sprzedaży""",
        category=Category.SECTORAL, status=Status.INCLUDED,
    ),
    Invented(
        "90011", "Organizowanie wydarzeń w małej społeczności", "Organising events in a small community",
        4, 110, ("1014", "Sport i rekreacja"),
        "Osoba z tą kwalifikacją planuje wydarzenie z mieszkańcami, zdobywa pieniądze i zgody, kieruje wolontariuszami "
        "i rozlicza dotację.",
        "Praca w domu kultury, stowarzyszeniu, kole gospodyń, radzie rodziców.",
        (EVIDENCE, TALK), (SCHOOL, TYMOWICE),
        """# Przygotowanie
Planuje wydarzenie z podziałem zadań i pieniędzy
- układa harmonogram i budżet
- uzyskuje zgody i ubezpieczenie
Pozyskuje dotację i ją rozlicza
- wypełnia wniosek o dotację
- gromadzi faktury i pisze sprawozdanie
# Przebieg
Kieruje grupą wolontariuszy
- przydziela zadania do możliwości
- reaguje, gdy coś idzie inaczej niż w planie""",
        members=2,
    ),
    Invented(
        "90012", "Kierowanie zmianą w sklepie", "Leading a shop shift",
        5, 170, ("0413", "Zarządzanie i administracja"),
        "Osoba z tą kwalifikacją układa grafik, dzieli pracę, rozwiązuje spory, odpowiada za utarg i stany oraz rozmawia "
        "z dostawcami.",
        "Stanowisko zastępcy kierownika albo kierownika sklepu.",
        (EVIDENCE, SIMULATION, TALK), (TRADE,),
        """# Ludzie
Układa grafik pracy zespołu
- uwzględnia przepisy o czasie pracy i prośby ludzi
- znajduje zastępstwo w razie choroby
Rozwiązuje spory w zespole
- wysłuchuje stron i proponuje rozwiązanie
- ustala zasady na przyszłość
# Sklep
Odpowiada za utarg i stan towaru
- kontroluje rozliczenia kas
- prowadzi inwentaryzację i wyjaśnia straty
Zamawia towar i rozmawia z dostawcami
- ocenia zapotrzebowanie na podstawie sprzedaży
- składa reklamację dostawy""",
    ),
)  # fmt: skip


def entries() -> Iterator[Entry]:
    """The invented qualifications as entries."""
    for one in QUALIFICATIONS:
        rules = ValidationRules(
            methods=tuple(Method(str(method), str(method.label), all_sets=method == TALK) for method in one.methods),
            all_methods_used=True,
            every_outcome=True,
            only_these_methods=True,
            members_min=one.members,
            member_level=6,
            member_criteria=(
                Requirement("co najmniej pięć lat pracy w tej dziedzinie w ostatnich dziesięciu", 5, 10),
                Requirement("przygotowanie do sprawdzania tego, co ktoś umie"),
            ),
            each_criterion_met=True,
            not_own_trainees=True,
            adviser_needed=EVIDENCE in one.methods,
            adviser=(Requirement("co najmniej pięć lat doradzania dorosłym w ostatnich dziesięciu", 5, 10),)
            if EVIDENCE in one.methods
            else (),
            appeal_each_stage=True,
        )
        yield Entry(
            code=one.code,
            title_pl=one.title_pl,
            title_en=one.title_en,
            kind=QualificationKind.PARTIAL,
            category=one.category,
            level=one.level,
            status=one.status,
            texts={
                "characteristics": {"pl": one.who},
                "uses": {"pl": one.uses},
                "entry_conditions": {"pl": "Każdy dorosły. Świadectwo ani staż nie są potrzebne."},
                "validity": {"pl": "Bezterminowo"},
            },
            hours=one.hours,
            field_code=one.field[0],
            field_label=one.field[1],
            sets=read_outline(one.outline),
            bodies=tuple(Body(name, BodyRole.AWARDING, place) for name, place in one.awarding)
            if one.status == Status.FUNCTIONING
            else (),
            rules=rules,
        )


def load_qualifications() -> None:
    """Bring them into the register, as a file would come."""
    import_entries(reads=(Read(entry) for entry in entries()), source=Source.TABLE, source_name="pokaz")
