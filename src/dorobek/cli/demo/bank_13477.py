"""The knowledge test of the demonstration for entry 13477: questions by criterion, and what people answer to open ones.

Two questions for each criterion of the blueprint, of the same number of points, so that whoever sits a second time gets
others. All invented.
"""

from collections.abc import Iterator
from decimal import Decimal

from dorobek.validation.rules.testing.questions import Choice, Form, Question

TITLE, MINUTES, PASS = "Test wiedzy do bilansu kompetencji", 40, 60
LETTERS = "abcdef"
OPEN = ("2.3.b", "3.2.a")


def _choices(*texts: str) -> tuple[Choice, ...]:
    return tuple(Choice(LETTERS[at], text) for at, text in enumerate(texts))


def one(prompt: str, right: str, *wrong: str, points: int = 2) -> Question:
    """One right answer, told first here and shuffled for whoever is asked."""
    return Question(Form.SINGLE, prompt, points, choices=_choices(right, *wrong), right=("a",))


def some(prompt: str, right: tuple[str, ...], wrong: tuple[str, ...], points: int = 2) -> Question:
    keys = tuple(LETTERS[: len(right)])
    return Question(Form.MULTIPLE, prompt, points, choices=_choices(*right, *wrong), right=keys)


def ordered(prompt: str, *steps: str, points: int = 2) -> Question:
    return Question(Form.ORDERING, prompt, points, choices=_choices(*steps))


def pairs(prompt: str, *matched: tuple[str, str], points: int = 2) -> Question:
    lefts = _choices(*(left for left, _right in matched))
    rights = tuple(Choice(f"x{at}", right) for at, (_left, right) in enumerate(matched))
    joined = tuple((left.key, right.key) for left, right in zip(lefts, rights, strict=True))
    return Question(Form.MATCHING, prompt, points, choices=lefts, targets=rights, pairs=joined)


def words(prompt: str, guide: str, points: int = 4) -> Question:
    return Question(Form.OPEN, prompt, points, guide=guide)


HALO = pairs(
    "Proszę dobrać do każdego błędu to, po czym go poznać.",
    ("efekt pierwszego wrażenia", "jedna cecha przesłania całą resztę"),
    ("etykieta", "klient jest widziany przez grupę, do której należy"),
    ("podobieństwo do siebie", "lepiej oceniany jest ten, kto przypomina doradcę"),
)
# criterion, difficulty from 1 to 5, question; the first two of each criterion give the same points
QUESTIONS: tuple[tuple[str, int, Question], ...] = (
    ("1.1.d", 2, ordered("Proszę ułożyć części bilansu po kolei.", "pierwsza rozmowa i umowa", "wywiady i dowody",
                         "podsumowanie i raport", "plan rozwoju")),
    ("1.1.d", 2, one("Klient pyta, kiedy powstanie plan rozwoju. Co mu powiedzieć?", "po omówieniu tego, co wyszło z wywiadów",
                     "na pierwszym spotkaniu", "gdy klient znajdzie pracę")),
    ("1.2.e", 2, some("Co powinno się znaleźć w umowie z klientem?", ("cele", "podział zadań", "zasady poufności"),
                      ("ocena charakteru klienta", "obietnica zatrudnienia"))),
    ("1.2.e", 2, some("Które zapisy umowy z klientem są na miejscu?", ("ile będzie spotkań", "co się dzieje z notatkami"),
                      ("klient nie może zrezygnować", "doradca wybiera cel"))),
    ("1.3.d", 2, one("Które zdanie doradcy psuje wywiad?", "To było nierozsądne z Pani strony.",
                     "Co było potem?", "Czy dobrze rozumiem, że to Pani ułożyła grafik?")),
    ("1.3.d", 3, one("Klient milczy po trudnym pytaniu. Co zaszkodzi najbardziej?", "podpowiedzenie mu odpowiedzi",
                     "chwila ciszy", "pytanie, czy woli wrócić do tego później")),
    ("1.3.i", 3, HALO),
    ("1.3.i", 4, one("Doradca uznał, że klientka jest punktualna, bo mówi szybko i jest zadbana. Co to za pułapka?",
                     "jedno wrażenie rozciągnięte na całą osobę", "za mało pytań zamkniętych", "zbyt długi wywiad")),
    ("1.4.f", 2, some("Które umiejętności łatwo przenieść do innej pracy?", ("planowanie dnia kilku osób", "tłumaczenie trudnych rzeczy"),
                      ("obsługa jednego programu kasowego firmy", "znajomość układu hali"))),
    ("1.4.f", 2, one("Szwaczka z 20-letnim stażem szuka pracy w biurze. Co przeniesie się najłatwiej?",
                     "dokładność i trzymanie terminów", "dobór nici", "ustawianie overlocka")),
    ("2.1.c", 2, some("O które dziedziny pyta się w rozmowie o drodze życiowej?", ("nauka", "praca", "dom i zajęcia dla innych"),
                      ("poglądy polityczne", "wyznanie"))),
    ("2.1.c", 2, one("Klientka mówi, że 8 lat „nic nie robiła”, bo wychowywała dzieci. O co zapytać?",
                     "co w tym czasie organizowała i czego się nauczyła", "dlaczego nie pracowała", "kiedy wróci do zawodu")),
    ("2.2.a", 3, ordered("Proszę ułożyć pytania w wywiadzie o zachowaniach.", "jaka była sytuacja", "co było do zrobienia",
                         "co Pan wtedy zrobił", "co z tego wyszło")),
    ("2.2.a", 3, one("Które pytanie pasuje do wywiadu o zachowaniach?", "Co Pani zrobiła, kiedy zabrakło ludzi na zmianie?",
                     "Czy jest Pani odpowiedzialna?", "Co by Pani zrobiła, gdyby zabrakło ludzi?")),
    ("2.3.b", 4, words("Kwestionariusz zainteresowań i próba pracy badają to samo u kandydata na opiekuna. Proszę porównać: co "
                       "każde z nich daje, a czego nie pokaże.", "Po punkcie: zaleta i wada każdego z dwóch narzędzi.")),
    ("2.3.b", 4, words("Test umiejętności liczenia i opinia szefa mówią o tej samej kompetencji. Proszę opisać po jednej "
                       "mocnej i słabej stronie każdego źródła.", "Po punkcie: mocna i słaba strona każdego z dwóch źródeł.")),
    ("2.4.d", 2, one("Klient mówi o bezsenności i myślach, że nic nie ma sensu. Co robi doradca?",
                     "proponuje rozmowę z psychologiem albo lekarzem i pomaga się umówić", "kończy bilans", "daje test osobowości")),
    ("2.4.d", 2, one("Klientka chce założyć firmę i pyta o podatki. Do kogo ją skierować?", "do doradcy podatkowego albo punktu dla firm",
                     "do psychologa", "nigdzie, to nie należy do bilansu")),
    ("3.1.d", 2, one("Który cel jest konkretny, mierzalny i ma datę?", "Do 30 czerwca zdam egzamin B1 z niemieckiego.",
                     "Poprawię swój niemiecki.", "Chcę kiedyś pracować w Niemczech.")),
    ("3.1.d", 2, one("Czego brakuje celowi „do końca roku lepiej zorganizuję czas”?", "miary, po której widać, że się udało",
                     "daty", "dobrej woli")),
    ("3.2.a", 3, words("Proszę podać dwa źródła wiadomości o tym, jakich pracowników szukają pracodawcy w powiecie, i przy "
                       "każdym powiedzieć, dlaczego można mu wierzyć.", "Po punkcie za źródło i po punkcie za uzasadnienie.")),
    ("3.2.a", 3, words("Klient przyniósł z internetu „ranking zawodów przyszłości”. Jak sprawdzić, czy można mu wierzyć, i z czym "
                       "go porównać?", "Dwa punkty za sposób sprawdzenia, dwa za źródła do porównania.")),
    ("3.2.d", 3, pairs("Proszę dobrać słowo do znaczenia.", ("walidacja", "sprawdzenie, czy ktoś ma dane efekty uczenia się"),
                       ("portfolio", "zbiór dowodów z opisem"), ("efekt uczenia się", "to, co ktoś wie i umie po nauce"))),
    ("3.2.d", 3, one("Czym jest walidacja?", "sprawdzeniem, czy ktoś ma wymagane efekty uczenia się",
                     "wpisaniem kwalifikacji do rejestru", "kursem przygotowującym do egzaminu")),
    ("3.3.d", 2, some("Które drogi nauki warto pokazać w planie?", ("kurs", "nauka w pracy pod okiem kolegi", "szkoła dla dorosłych"),
                      ("żadne poza szkołą",))),
    ("3.3.d", 2, Question(Form.NUMBER, "Klientka ma na naukę 6 godzin w tygodniu, a kurs ma 90 godzin. Ile tygodni potrwa?", 2,
                          value=Decimal(15))),
)  # fmt: skip
# The question that turned out unclear, and how it reads since: a new version, for nobody who was asked the old one.
UNCLEAR = "Czego brakuje celowi „do końca roku lepiej zorganizuję czas”?"
CLEARER = "Klient zapisał cel: „do końca roku lepiej zorganizuję czas”. Data jest. Czego jeszcze brakuje?"
# Whose answer to an open question: the start of the prompt -> by voice of a person.
ANSWERS: dict[str, dict[str, str]] = {
    "Kwestionariusz": {
        "honorata": "Kwestionariusz jest szybki i można wynik porównać z normą, ale mówi o chęciach, nie o tym, co ktoś umie. "
        "Próba pracy pokazuje umiejętność na żywo, ale trwa długo i zależy od tego, kto patrzy.",
        "kornelia": "Kwestionariusz: tani, ta sama miara dla wszystkich; nie widać zachowania przy chorym. Próba pracy: widać "
        "ręce i ton głosu; jedno popołudnie to mało, stres zaniża wynik.",
        "weak": "Kwestionariusz jest dobry, bo ma normy. Próba pracy też jest dobra.",
        "better": "Kwestionariusz daje wynik z normą, ale nie pokazuje działania. Próba pokazuje działanie, ale jest droga i "
        "trudno ją powtórzyć tak samo.",
    },
    "Test umiejętności": {
        "honorata": "Test mierzy każdego tak samo, lecz w sztucznych warunkach. Szef widział pracę przez lata, ale może "
        "kogoś lubić albo nie.",
        "kornelia": "Test: wynik jest porównywalny; nie mówi, jak ktoś liczy pod presją kolejki. Opinia: z prawdziwej pracy; "
        "bywa pisana z grzeczności.",
        "weak": "Test jest obiektywny. Opinia szefa mniej.",
        "better": "Test daje porównanie z innymi, ale jednorazowe. Opinia jest z długiego czasu, ale od jednej osoby, "
        "więc pytam o przykłady.",
    },
    "Proszę podać dwa": {
        "honorata": "Barometr zawodów: robią go eksperci powiatu co roku, według tej samej metody. Oferty w urzędzie pracy: "
        "są prawdziwe, bo zgłasza je pracodawca.",
        "kornelia": "Barometr zawodów, bo ma opisany sposób badania. Rozmowy z trzema pracodawcami z branży, bo mówią o "
        "sobie, a powtarza się to samo.",
        "weak": "Barometr zawodów, bo jest urzędowy, i oferty z urzędu pracy, bo podają je sami pracodawcy.",
        "better": "Barometr zawodów (coroczne badanie ekspertów) i statystyka ofert urzędu pracy (zgłoszenia pracodawców).",
    },
    "Klient przyniósł": {
        "honorata": "Patrzę, kto go zrobił, kiedy i na jakiej próbie. Porównuję z barometrem zawodów i z ofertami w powiecie.",
        "kornelia": "Szukam autora, daty i metody; bez nich odkładam. Obok kładę barometr i prognozy urzędu statystycznego.",
        "weak": "Sprawdzam, kto to napisał i z którego roku. Porównuję z barometrem zawodów i ofertami pracy.",
        "better": "Autor, data, sposób badania. Potem barometr zawodów i ogłoszenia z ostatnich trzech miesięcy.",
    },
}  # fmt: skip


def rows() -> Iterator[tuple[str, int]]:
    """What one form asks: each criterion with the points of one of its questions."""
    yield from {criterion: question.points for criterion, _difficulty, question in QUESTIONS}.items()
