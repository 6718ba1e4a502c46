"""Scenarios of observation for entry 13477, with what to look for, and what was seen with each person, minute by minute."""

from dorobek.validation.rules.observing import Anchor

# criterion -> met, not met, what an assessor can note with one tap
ANCHORS: dict[str, Anchor] = {
    "1.1.a": Anchor("pyta, po co klient przyszedł, i czeka na odpowiedź", "zaczyna od formularza",
                    ("zapytał o powód wizyty", "powtórzył potrzebę klienta")),
    "1.1.c": Anchor("mówi o poufności i o prawie do rezygnacji", "o warunkach nie mówi nic", ("powiedział o poufności",)),
    "1.1.e": Anchor("mówi, co klient zrobi w domu i po co", "bierze wszystko na siebie", ("zadał pracę do domu",)),
    "1.2.a": Anchor("cel pada z ust klienta", "cel podaje doradca", ("zapytał o cel", "klient nazwał cel")),
    "1.2.b": Anchor("sięga po drugi sposób, gdy pierwszy nie działa", "zna jeden sposób", ("użył skali", "użył pytania o dzień bez kłopotu")),
    "1.2.c": Anchor("mówi wprost, co czyje", "zadania zostają niczyje", ("rozdzielił zadania",)),
    "1.3.b": Anchor("powtarza, podsumowuje, pyta otwarcie", "pyta tylko o tak albo nie", ("sparafrazował", "podsumował")),
    "1.3.f": Anchor("mówi słowami klienta", "mówi żargonem", ("zamienił trudne słowo na proste",)),
    "1.3.h": Anchor("zwalnia, gdy klient się denerwuje", "nie zauważa, że klient się cofa", ("zwolnił i odczekał",)),
    "1.4.e": Anchor("pokazuje zysk i inne spojrzenie", "pociesza ogólnikiem", ("pokazał korzyść",)),
    "2.1.a": Anchor("idzie przez życie po kolei i nie ocenia", "skacze i komentuje", ("trzymał się kolejności",)),
    "2.1.b": Anchor("pyta o naukę, pracę i resztę życia", "pyta tylko o posady", ("zapytał o życie poza pracą",)),
    "2.2.b": Anchor("sytuacja, zadanie, działanie i skutek, po kolei", "brakuje pytania o skutek",
                    ("zapytał o sytuację", "zapytał o działanie", "zapytał o skutek")),
    "2.2.c": Anchor("wniosek opiera na tym, co klient zrobił", "wniosek z samej deklaracji", ("nazwał kompetencję po opowieści",)),
    "2.2.d": Anchor("pyta, czy klient się z tym zgadza", "ogłasza wynik", ("zapytał klienta o zgodę",)),
    "2.2.e": Anchor("wybiera razem z klientem", "wybiera sam albo wcale", ("zaznaczył kompetencje na dalej",)),
    "3.1.a": Anchor("po każdym wyniku mówi, co z niego wynika", "czyta wyniki z kartki", ("powiedział, co z wyniku wynika",)),
    "3.1.b": Anchor("pyta, czy cel jest jeszcze aktualny", "o cel nie pyta", ("wrócił do celu",)),
    "3.1.c": Anchor("pada cel na wypadek, gdyby pierwszy się nie udał", "jest tylko jeden cel", ("zapytał o cel zapasowy",)),
    "3.1.d": Anchor("sprawdza miarę i datę", "cel zostaje życzeniem", ("zapytał o datę", "zapytał o miarę")),
    "3.3.b": Anchor("rozpisuje kroki z datami", "kroki bez dat", ("zapisał datę kroku",)),
}  # fmt: skip
TALK, AGAIN, RESULT = "Pierwsze spotkanie i wywiad", "Wywiad o jednym zdarzeniu", "Omówienie wyniku bilansu"
TALK_SEES = tuple(code for code in ANCHORS if code[0] in "12")
AGAIN_SEES = tuple(code for code in ANCHORS if code.startswith("2.2"))
RESULT_SEES = tuple(code for code in ANCHORS if code[0] == "3")
# title -> minutes, criteria, texts
SCENARIOS: dict[str, tuple[int, tuple[str, ...], dict[str, str]]] = {
    TALK: (40, TALK_SEES, {
        "situation": "Do poradni przychodzi osoba po 15 latach w jednym zakładzie, który się zamyka. Nigdy nie była u doradcy.",
        "task": "Proszę poprowadzić pierwsze spotkanie, a potem wywiad o drodze życiowej i o jednym zdarzeniu z pracy.",
        "client_role": "Na początku nieufna, odpowiada krótko. Otwiera się, gdy ktoś powtórzy jej słowa. O awarii taśmy "
                       "opowiada dopiero, gdy padnie pytanie o konkretny dzień.",
        "place": "pokój z dwoma krzesłami po skosie", "equipment": "kartki, długopis, zegar na ścianie",
    }),
    AGAIN: (30, AGAIN_SEES, {
        "situation": "Drugie spotkanie. Klient ma opowiedzieć o dniu, w którym coś poszło nie tak.",
        "task": "Proszę poprowadzić wywiad o tym jednym zdarzeniu i powiedzieć klientowi, co z niego wynika.",
        "client_role": "Mówi chętnie, ale o wszystkich naraz: „zrobiliśmy”. O sobie mówi, gdy ktoś o to zapyta.",
        "place": "pokój z dwoma krzesłami po skosie", "equipment": "kartki, długopis, zegar na ścianie",
    }),
    RESULT: (30, RESULT_SEES, {
        "situation": "Ostatnie spotkanie bilansu. Na stole leży raport, klient widzi go pierwszy raz.",
        "task": "Proszę omówić wynik i ułożyć z klientem następne kroki.",
        "client_role": "Cieszy się z wyniku, ale odkłada decyzje: „jakoś to będzie”. Daty podaje, gdy ktoś o nie zapyta.",
        "place": "pokój ze stołem", "equipment": "wydrukowany raport, kalendarz",
    }),
}  # fmt: skip
# What was tapped: minute of the scene, criterion, words.
Seen = tuple[tuple[int, str, str], ...]
HONORATA: Seen = (
    (1, "1.1.a", "„Co Panią dziś przywiodło?”, potem długa cisza, bez podpowiadania"),
    (3, "1.1.c", "powiedziała, kto zobaczy notatki i że można przerwać"),
    (5, "1.3.h", "klientka odsunęła krzesło; doradczyni zwolniła i odłożyła długopis"),
    (7, "1.3.b", "powtórzyła: „czyli najbardziej boi się Pani, że zacznie od zera”"),
    (9, "1.2.a", "cel nazwała klientka: praca na jedną zmianę do lata"),
    (11, "1.2.b", "skala od 0 do 10, a gdy nie zadziałała, pytanie o dobry dzień"),
    (13, "1.2.c", "narysowała dwie kolumny: ja, Pani"),
    (14, "1.1.e", "poprosiła o spisanie trzech historii w domu i wyjaśniła po co"),
    (16, "1.3.f", "zamiast „kompetencje transferowalne” powiedziała „co Pani zabierze ze sobą”"),
    (19, "2.1.a", "szła po kolei, od szkoły do dziś, bez ocen"),
    (22, "2.1.b", "zapytała o koło emerytów i o opiekę nad teściem"),
    (26, "2.2.b", "sytuacja z taśmą, co było do zrobienia, co Pani zrobiła, co z tego wyszło: wszystkie cztery"),
    (31, "2.2.c", "wniosek o planowaniu po słowach „najpierw wyłączyłam dopływ”"),
    (33, "2.2.d", "„Widzę tu spokój pod presją. Pani też?”"),
    (35, "2.2.e", "razem zakreśliły dwie kompetencje do dalszej pracy"),
    (37, "1.4.e", "„zna Pani pięć maszyn, a nowy zakład szuka kogoś do dwóch”"),
)
# The room was taken after 18 minutes; the questions about the event had only begun.
KORNELIA: Seen = (
    (1, "1.1.a", "zapytała, po co klient przyszedł, i zapisała jego słowa"),
    (3, "1.1.c", "o tajemnicy rozmowy i o tym, kiedy jej nie ma"),
    (4, "1.3.f", "bez jednego trudnego słowa"),
    (5, "1.3.b", "dwa podsumowania w pięć minut, oba potwierdzone przez klienta"),
    (6, "1.2.a", "cel: „żeby córka nie musiała mnie utrzymywać”; zostawiła go słowami klienta"),
    (7, "1.2.b", "najpierw pytanie o skutek, potem o pierwszy mały krok"),
    (8, "1.2.c", "powiedziała: ja szukam kursów, Pan dzwoni do kadr"),
    (9, "1.1.e", "praca domowa: kartka z trzema miejscami pracy"),
    (11, "1.3.h", "klient zaczął mówić szybciej, ona ciszej i wolniej"),
    (12, "2.1.a", "od szkoły po kolei, bez komentarzy"),
    (14, "2.1.b", "zapytała o straż pożarną i o ogród"),
    (15, "1.4.e", "„umie Pan naprawić to, czego inni nie ruszą”"),
    (16, "2.2.b", "pytanie o sytuację z taśmą i o to, co klient zrobił; o skutek nie zdążyła"),
)
KORNELIA_AGAIN: Seen = (
    (2, "2.2.b", "„opowie Pan o tamtym wtorku?”, potem zadanie, działanie i skutek po kolei"),
    (9, "2.2.b", "na „zrobiliśmy” odpowiedziała: „a co zrobił Pan?”"),
    (15, "2.2.c", "trzy wnioski, każdy z jednym zdaniem klienta obok"),
    (20, "2.2.d", "przeczytała je na głos i zapytała o każdy z osobna; jeden klient odrzucił"),
    (25, "2.2.e", "dwa pozostałe zapisała z klientem na następne spotkanie"),
)
WLADYSLAW: Seen = (
    (1, "1.1.a", "zaczął od „proszę mi powiedzieć, co Panią sprowadza, mamy czas”"),
    (2, "1.1.c", "powiedział o tajemnicy i pokazał kartkę z prawami"),
    (4, "1.3.h", "klientka płacze; podał wodę, odczekał minutę, zapytał, czy iść dalej"),
    (7, "1.3.b", "podsumował trzy wątki i zapytał, od którego zacząć"),
    (9, "1.2.a", "„a po czym Pani pozna, że się udało?”, cel nazwała klientka"),
    (12, "1.2.b", "pytanie o dzień bez kłopotu, potem drabinka kroków"),
    (14, "1.2.c", "umówili się, kto dzwoni do urzędu"),
    (16, "1.3.f", "mówił przykładami z lasu, klientka się śmiała i rozumiała"),
    (18, "1.1.e", "poprosił o spis tego, co robiła co roku o tej samej porze"),
    (21, "2.1.a", "szedł po latach, nie przerywał"),
    (24, "2.1.b", "o szkołę, o zakład, o chór parafialny"),
    (28, "2.2.b", "cztery pytania o jeden dzień, także o skutek"),
    (33, "2.2.c", "nazwał kompetencję i zacytował klientkę"),
    (35, "2.2.d", "„zgadza się Pani?”, klientka poprawiła jedno słowo"),
    (37, "2.2.e", "wybrali dwie kompetencje na następny raz"),
    (39, "1.4.e", "pokazał, że chór to organizowanie czterdziestu osób"),
)
WLADYSLAW_AGAIN: Seen = (
    (2, "3.1.a", "po każdym punkcie raportu: „co Pan z tym zrobi?”"),
    (8, "3.1.b", "wrócił do celu z pierwszego spotkania; klient go zmienił"),
    (13, "3.1.d", "dopytał o miarę i o datę: uprawnienia do końca marca"),
    (18, "3.1.c", "cel zapasowy: ten sam kurs w powiecie obok"),
    (23, "3.3.b", "cztery kroki w kalendarzu, przy każdym kto i kiedy"),
)
