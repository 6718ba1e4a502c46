"""Words that speak for levels of the Polish Qualifications Framework, by axis. A hint: written for this project.

The framework describes each level by the depth of knowledge, the complexity of tasks, how far one acts alone, how much
conditions change, and for what and whom one answers (facts.md, "Law"). These tables put those axes into words that
stand in outcomes; they do not repeat the official descriptors, which may be imported and are then read beside.
"""

import re
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Axis(TextChoices):
    KNOWLEDGE = "knowledge", _("głębia wiedzy")
    TASKS = "tasks", _("złożoność zadań")
    AUTONOMY = "autonomy", _("samodzielność")
    CONDITIONS = "conditions", _("zmienność warunków")
    RESPONSIBILITY = "responsibility", _("odpowiedzialność")
    DESCRIPTOR = "descriptor", _("oficjalna charakterystyka")


@dataclass(frozen=True, slots=True)
class Cue:
    """`pattern` speaks for levels `low` to `high` on an axis; `meaning` says why, in plain words."""

    axis: Axis
    low: int
    high: int
    meaning: str | Promise
    pattern: re.Pattern[str]


def _cue(axis: Axis, low: int, high: int, meaning: str | Promise, *words: str) -> Cue:
    return Cue(axis, low, high, meaning, re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE))


K, T, A, C, R = Axis.KNOWLEDGE, Axis.TASKS, Axis.AUTONOMY, Axis.CONDITIONS, Axis.RESPONSIBILITY
CUES: tuple[Cue, ...] = (
    _cue(K, 1, 2, _("nazywa i wymienia rzeczy podstawowe"), r"nazywa", r"wymienia podstawow\w+", r"rozpoznaje podstawow\w+"),
    _cue(K, 2, 4, _("wymienia i wskazuje znane fakty"), r"wymienia", r"wskazuje", r"podaje"),
    _cue(K, 3, 5, _("opisuje i objaśnia zależności"), r"opisuje", r"omawia", r"wyjaśnia", r"objaśnia", r"rozróżnia", r"charakteryzuje"),
    _cue(K, 5, 6, _("wiedza szeroka, z uzasadnieniem"), r"uzasadnia", r"porównuje", r"identyfikuje", r"klasyfikuje"),
    _cue(K, 6, 7, _("wiedza zaawansowana, z teorią"), r"teori\w+", r"zaawansowan\w+ wiedz\w+", r"metodologi\w+", r"krytycznie \w+", r"w świetle \w+"),
    _cue(K, 7, 8, _("wiedza pogłębiona i badania"), r"badani\w+ naukow\w+", r"stan\w* wiedzy", r"najnowsz\w+ wynik\w+", r"pogłębion\w+"),
    _cue(T, 1, 2, _("bardzo proste, powtarzalne czynności"), r"prost\w+ (?:czynnoś\w+|prac\w*|zada\w+)", r"sprząta", r"podaje narzędzi\w+", r"pakuje", r"przenosi", r"myje", r"sortuje"),
    _cue(T, 2, 3, _("niezbyt złożone, typowe zadania"), r"typow\w+", r"rutynow\w+", r"obsługuje", r"układa", r"liczy", r"zapisuje", r"pobiera", r"przyjmuje", r"sadzi", r"maluje", r"drukuje", r"wypełnia", r"wpisuje", r"porządkuje", r"czyści", r"montuje", r"gotuje", r"wydaje", r"mierzy"),
    _cue(T, 3, 4, _("zadania wymagające doboru i sprawdzenia"), r"dobiera", r"sprawdza", r"oblicza", r"rozlicza", r"wycenia", r"naprawia", r"przelicza", r"redaguje", r"ewidencjonuje", r"sporządza", r"uzgadnia", r"rozpoznaje", r"przygotowuje"),
    _cue(T, 4, 5, _("zadania dość złożone, planowane"), r"planuje", r"organizuje", r"ustala", r"prowadzi", r"przeprowadza", r"formułuje", r"rozwiązuje", r"szkoli", r"instruuje"),
    _cue(T, 5, 6, _("zadania złożone: ocena i rozpoznanie przyczyn"), r"analizuje", r"diagnozuje", r"interpretuje", r"ocenia", r"selekcjonuje", r"dostosowuje", r"weryfikuje", r"modyfikuje", r"optymalizuje", r"diagnostyczn\w+", r"dokonuje syntezy"),
    _cue(T, 6, 7, _("zadania złożone i nietypowe: projektowanie, tworzenie"), r"projektuje", r"opracowuje", r"konstruuje", r"nietypow\w+", r"innowacyjn\w+", r"program\w* (?:rozwoj\w+|badawcz\w+)", r"scenariusz\w*"),
    _cue(T, 7, 8, _("strategie i rozwój dziedziny"), r"strategi\w+", r"hipotez\w+", r"badawcz\w+", r"now\w+ rozwiąza\w+ w dziedzinie", r"wkład w rozwój"),
    _cue(A, 1, 2, _("pod bezpośrednim kierunkiem"), r"pod nadzorem", r"pod kierunkiem", r"z pomocą", r"na polecenie"),
    _cue(A, 2, 3, _("według instrukcji i wzorów"), r"według (?:instrukcj\w+|wzor\w+|listy|wykazu|szablon\w+)", r"zgodnie z (?:instrukcj\w+|poleceni\w+|wykazem)", r"z użyciem skanera"),
    _cue(A, 4, 5, _("samodzielnie w znanym zakresie"), r"samodzieln\w+"),
    _cue(A, 6, 7, _("samodzielnie ustala cel i sposób"), r"autonomi\w+", r"wyznacza (?:cele|kierunki)", r"wyznaczania celów", r"dobiera metod\w+", r"planu? rozwoju", r"celów rozwojowych", r"cele współpracy"),
    _cue(C, 1, 3, _("warunki stałe, przewidywalne"), r"w stałych warunkach", r"powtarzaln\w+", r"ustalon\w+ kolejnoś\w+"),
    _cue(C, 3, 4, _("warunki częściowo zmienne"), r"drobn\w+ ustere\w+", r"drobne usterki", r"zamienni\w+", r"zastępstw\w+", r"w razie"),
    _cue(C, 5, 6, _("warunki zmienne, trudne do przewidzenia"), r"gdy coś idzie inaczej", r"zmienn\w+ warunk\w+", r"w sytuacji kryzysowej", r"konflikt\w*", r"spor(?:y|ów|u)", r"zagroże\w+ (?:interpretacyjn\w+|w realizacji)", r"dostosowan\w+ do potrzeb"),
    _cue(C, 7, 8, _("warunki nieprzewidywalne"), r"nieprzewidywaln\w+", r"w warunkach niepewności"),
    _cue(R, 1, 2, _("odpowiada za własne proste działania"), r"dba o porządek na stanowisku"),
    _cue(R, 3, 4, _("odpowiada za własną pracę i pomaga innym"), r"pokazuje (?:czynność|kolejność)", r"wdraża now\w+ osob\w+", r"uczy now\w+ osob\w+", r"odpowiada za (?:powierzon\w+|własn\w+)"),
    _cue(R, 4, 5, _("odpowiada za wynik i mały zespół"), r"dzieli pracę", r"przydziela zadania", r"układa grafik", r"kieruje grup\w+", r"odpowiada za (?:utarg|wynik|stan)", r"nadzoruje prac\w+"),
    _cue(R, 5, 6, _("kieruje zespołem, odpowiada przed innymi"), r"kieruje zespoł\w+", r"koordynuje", r"zarządza", r"nadzoruje", r"etyk\w+ zawodow\w+", r"rol\w+ zawodow\w+", r"udziela informacji (?:zwrotnej|formatywnej)"),
    _cue(R, 7, 8, _("odpowiada za rozwój innych i organizacji"), r"zarządza (?:organizacj\w+|zmian\w+)", r"odpowiada za rozwój", r"przewodzi", r"opinii eksperck\w+"),
)  # fmt: skip
