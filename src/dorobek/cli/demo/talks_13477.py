"""What is said before the commission for entry 13477: notes of conversations, verdicts, what assessors differ on, appeal.

Notes are keyed by criterion; the guide of the conversation says which are asked about.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dorobek.cli.demo import scenes_13477 as scenes
from dorobek.validation.rules import Verdict

ALIKE = "Odpowiedź zgodna z tym, co pokazały inne części walidacji."  # where nothing of its own was noted


@dataclass(frozen=True)
class Told:
    """One person before one commission. `voice`: whose open answers in the test; `wrong`: criteria answered wrongly there.

    `refused`: criterion -> verdict and reason, the same from everybody. `apart`: a criterion that the last assessor sees
    otherwise. `minutes`: how long the scene really lasted.
    """

    voice: str
    scenario: str
    seen: scenes.Seen
    notes: Mapping[str, str]
    minutes: int
    wrong: frozenset[str] = frozenset()
    refused: Mapping[str, tuple[Verdict, str]] = field(default_factory=dict)
    apart: str = ""


HONORATA = Told(
    "honorata", scenes.TALK, scenes.HONORATA, {
        "1.1.b": "Podała cztery pytania, od których zaczyna; żadne nie jest o dokumenty.",
        "1.2.d": "Przykład klientki, która trzy razy nie przyszła: skróciły spotkania do pół godziny.",
        "1.3.a": "Narysowała krzywą: ostrożność, otwarcie, znużenie przed końcem; powiedziała, co robi w każdym z tych miejsc.",
        "1.3.c": "Słuchanie opisała przez to, czego wtedy nie robi: nie pisze, nie radzi, nie kończy zdań.",
        "1.3.e": "Stała godzina, ten sam pokój, słowo dotrzymane w drobiazgach.",
        "1.3.g": "Odróżniła brak chęci od braku siły; przy drugim zmienia cel, nie rozmowę.",
        "1.4.a": "„Mój wniosek klient zapomni, swój zapamięta” i przykład z urzędu.",
        "1.4.b": "Pytanie o najmniejszy krok na jutro, lista trzech osób, do których klient sam zadzwoni.",
        "1.4.c": "Mówi najpierw, co widziała, potem pyta, co klient o tym sądzi; ocen nie stawia.",
        "1.4.d": "Podała własny przykład: arkusz kalkulacyjny po czterdziestce.",
        "2.1.a": "Zapytana o zasady tej rozmowy wymieniła kolejność, brak ocen i prawo do pominięcia pytania.",
        "3.1.a": "Wynik oddaje w trzech zdaniach: co jest, co z tego wynika, co dalej.",
        "3.1.b": "Cel sprawdza na końcu jeszcze raz; połowa klientów go zmienia.",
        "3.1.c": "Zawsze pyta: a jeśli się nie uda do czerwca?",
        "3.2.b": "Z klientem otwiera bazę usług i razem porównują trzy kursy.",
    }, 39, apart="3.3.c",
)  # fmt: skip
NO_TIME = "Scenka skończyła się, zanim do tego doszło."
KORNELIA = Told(
    "kornelia", scenes.TALK, scenes.KORNELIA, {
        "1.1.b": "Zaczyna od „co musiałoby się stać, żeby ta godzina się opłaciła?”.",
        "1.2.d": "Wymieniła pracę domową bez odpowiedzi i partnera, który odradza; na oba ma sposób.",
        "1.3.a": "Opisała studentkę, która po trzecim spotkaniu się obraziła, i co z tego zrozumiała.",
        "1.3.c": "Słuchać to dla niej umieć powtórzyć tak, żeby druga osoba powiedziała „tak”.",
        "1.3.e": "Prywatność w pokoju, jasne zasady, spokój po stronie doradcy.",
        "1.3.g": "Rozpoznaje opór, zmęczenie i niezrozumienie; każde leczy się inaczej.",
        "1.4.a": "Odpowiedzialność za życie jest klienta, więc i praca też.",
        "1.4.b": "Skala, eksperyment na tydzień, list do siebie.",
        "1.4.c": "Mówi o zachowaniu i skutku, prosi o zdanie klienta.",
        "1.4.d": "Podała liczby: ile zawodów zmieniają dziś absolwenci jej uczelni.",
        "2.1.a": "Wymieniła zasady wywiadu o życiu bez zaglądania do kartki.",
        "2.2.b": "Zapytana, powiedziała, jakie pytania by zadała; pokazać tego nie mogła.",
        "2.2.c": "O wnioskach mówiła ogólnie, bez zdarzenia, z którego by je wyciągnęła.",
        "2.2.d": "Wie, że trzeba zapytać klienta o zgodę.",
        "2.2.e": "Nie było kompetencji, z których mogłaby wybierać.",
        "3.1.a": "Wynik daje do przeczytania dzień wcześniej, potem o nim rozmawiają.",
        "3.1.b": "Pyta, które zdanie celu jest dziś nieprawdziwe.",
        "3.1.c": "Prosi o cel „na deszcz”.",
        "3.2.b": "Pokazała, jak szuka kursów z dofinansowaniem.",
        "3.2.c": "Do planu wpisuje, skąd jest wiadomość i z którego dnia, żeby klient mógł ją sprawdzić.",
    }, 18, refused={
        "2.2.b": (Verdict.NOT_MET, "Padły pytania o sytuację i działanie. O skutek nie."),
        "2.2.c": (Verdict.NOT_SHOWN, NO_TIME),
        "2.2.d": (Verdict.NOT_SHOWN, NO_TIME),
        "2.2.e": (Verdict.NOT_SHOWN, NO_TIME),
    },
)  # fmt: skip
KORNELIA_AGAIN = Told(
    "kornelia", scenes.AGAIN, scenes.KORNELIA_AGAIN, {
        "2.2.a": "Wyjaśniła, dlaczego pyta o zdarzenie, a nie o zdanie o sobie, i kiedy przerywa klientowi.",
    }, 29,
)  # fmt: skip
APPEAL = (
    "Na scenkę było 40 minut, a po 18 minutach kazano nam wyjść, bo salę zajęła inna grupa. Nie doszłam do pytań o skutek "
    "ani do wniosków. Proszę, żeby wywiad o zdarzeniu sprawdzono jeszcze raz, w całości."
)
ANSWER = (
    "Z zapisu obserwacji wynika, że scenka zaczęła się o 10:00 i skończyła o 10:18, choć scenariusz przewiduje 40 minut. "
    "Wpis wymaga miejsca na całą walidację, więc to błąd instytucji, nie kandydatki. Wywiad o zachowaniach oceni inna "
    "komisja. Pozostałe efekty są potwierdzone i zostają."
)
WLADYSLAW = Told(
    "weak", scenes.TALK, scenes.WLADYSLAW, {
        "1.1.b": "Zaczyna od drogi: jak Pani dojechała? Dopiero potem po co.",
        "1.2.d": "Klient znika na miesiąc żniw; umawia się z góry na przerwę.",
        "1.3.a": "„Z obcego robi się znajomy, a wtedy trzeba pilnować granicy.”",
        "1.3.c": "Słucha tak, jak w lesie: dłużej, niż się wydaje potrzebne.",
        "1.3.e": "Wspólny stół, herbata, drzwi zamknięte.",
        "1.3.g": "Pyta wprost, czy to złość na niego, czy na urząd.",
        "1.4.a": "„Nikomu nie wybrałem życia i nie zamierzam.”",
        "1.4.b": "Każe narysować mapę tego, co ktoś zrobił w ciągu roku.",
        "1.4.c": "Mówi, co zauważył, i pyta, czy dobrze zauważył.",
        "1.4.d": "Uczy się angielskiego w wieku 67 lat i mówi o tym klientom.",
        "2.1.a": "Zasady wywiadu zna i przestrzega: kolejność, przerwy, zgoda na zapis.",
        "2.3.a": "Próbki z własnym wynikiem narzędzia nie przyniósł.",
        "2.3.b": "Powiedział, że używa jednego kwestionariusza, innych nie porównywał.",
        "2.4.f": "Raporty pisał po swojemu; nie odróżnił efektu uczenia się od zadania.",
        "3.1.a": "Wynik omawia przy stole, zdanie po zdaniu.",
        "3.1.b": "Cel poprawia klient, on tylko pyta.",
        "3.1.c": "Pyta o zimę: co, jeśli się przeciągnie?",
        "3.1.e": "Raportu końcowego dotąd nie pisał, klub pracy go nie wymagał.",
        "3.2.b": "Zna kursy w powiecie, szuka razem z klientem.",
        "3.3.c": "O zagrożeniach mówi, ale w planach ich nie zapisywał.",
    }, 40, wrong=frozenset({"2.3.b"}), refused={
        "2.3.a": (Verdict.NOT_SHOWN, "W dowodach nie ma wyniku narzędzia, które sam dobrał i odczytał."),
        "2.3.b": (Verdict.NOT_MET, "W teście i w rozmowie nie porównał narzędzi."),
        "2.4.f": (Verdict.NOT_MET, "Próbka wylicza zadania z pracy, nie efekty uczenia się."),
        "3.1.e": (Verdict.NOT_SHOWN, "Nie ma raportu końcowego."),
        "3.3.c": (Verdict.NOT_MET, "W próbce planu nie ma ani zagrożeń, ani wyjścia na wypadek zagrożenia."),
    },
)  # fmt: skip
WLADYSLAW_AGAIN = Told(
    "better", scenes.RESULT, scenes.WLADYSLAW_AGAIN, {
        "2.3.a": "Opowiedział, dlaczego klientce bez matury dał próbę pracy zamiast testu.",
        "3.1.a": "Omówienie wyniku pokazał w scence, w rozmowie dodał, kiedy robi przerwę.",
    }, 28,
)  # fmt: skip
APART_REASON = (
    "W planie są dwa zagrożenia, ale wyjście zapisano przy jednym. Drugie padło w rozmowie i jest w notatkach."
)
APART_TALK = (
    "Przy drugim zagrożeniu w planie nie ma ani słowa, co wtedy.",
    "W rozmowie powiedziała: kurs w powiecie obok, są tam miejsca. To jest zapisane w notatkach.",
)
APART_DISSENT = "Wyjście powinno stać w planie, bo klient zabiera plan, nie rozmowę. Zostaję przy swoim."
APART_OWN = (Verdict.NOT_MET, "Przy drugim zagrożeniu plan nie mówi, co wtedy zrobić.")
