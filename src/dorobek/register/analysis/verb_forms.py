"""Observable verbs in place of vague ones, and finite verbs in place of infinitives."""

from dorobek.register.analysis.words import verbs

# What shows knowledge or attitude, by level; each takes the same case (accusative) as "zna".
KNOWS = ((2, "wymienia"), (4, "omawia"), (6, "uzasadnia"), (8, "ocenia"))
UNDERSTANDS = ((2, "wskazuje"), (4, "wyjaśnia"), (6, "analizuje"), (8, "ocenia"))
INFINITIVES = {
    "przygotować": "przygotowuje", "zaplanować": "planuje", "przeprowadzić": "przeprowadza", "wykonać": "wykonuje",
    "sporządzić": "sporządza", "sprawdzić": "sprawdza", "ocenić": "ocenia", "dobrać": "dobiera", "wybrać": "wybiera",
    "opisać": "opisuje", "omówić": "omawia", "wyjaśnić": "wyjaśnia", "wskazać": "wskazuje", "wymienić": "wymienia",
    "zastosować": "stosuje", "zorganizować": "organizuje", "opracować": "opracowuje", "obliczyć": "oblicza",
    "policzyć": "liczy", "napisać": "pisze", "pisać": "pisze", "rozpoznać": "rozpoznaje", "rozwiązać": "rozwiązuje",
    "rozwiązywać": "rozwiązuje", "zaprojektować": "projektuje", "zbudować": "buduje", "zmierzyć": "mierzy",
    "ustalić": "ustala", "określić": "określa", "obsłużyć": "obsługuje", "założyć": "zakłada", "zrobić": "robi",
    "naprawić": "naprawia", "zamontować": "montuje", "podłączyć": "podłącza", "wdrożyć": "wdraża", "użyć": "używa",
    "używać": "używa", "nazwać": "nazywa", "nazywać": "nazywa", "wykryć": "wykrywa", "wykrywać": "wykrywa",
    "porównać": "porównuje", "przedstawić": "przedstawia", "zaprezentować": "prezentuje", "udzielić": "udziela",
    "rozliczyć": "rozlicza", "zabezpieczyć": "zabezpiecza", "uruchomić": "uruchamia", "ustawić": "ustawia",
    "odczytać": "odczytuje", "zinterpretować": "interpretuje", "przeanalizować": "analizuje", "posłużyć": "posługuje",
    "skorzystać": "korzysta", "współpracować": "współpracuje", "nawiązać": "nawiązuje", "rozmawiać": "rozmawia",
    "prowadzić": "prowadzi", "robić": "robi", "liczyć": "liczy", "uczyć": "uczy", "mierzyć": "mierzy",
    "tworzyć": "tworzy", "stworzyć": "tworzy", "łączyć": "łączy", "kroić": "kroi", "szyć": "szyje", "myć": "myje",
    "zareagować": "reaguje", "zarządzać": "zarządza", "zaproponować": "proponuje", "uzasadnić": "uzasadnia",
    "sformułować": "formułuje", "zidentyfikować": "identyfikuje", "wypełnić": "wypełnia", "podać": "podaje",
    "wycenić": "wycenia", "zamówić": "zamawia", "odróżnić": "odróżnia", "rozróżnić": "rozróżnia",
    "skontrolować": "kontroluje", "zweryfikować": "weryfikuje", "monitorować": "monitoruje", "pomóc": "pomaga",
    "dbać": "dba", "zadbać": "dba", "wezwać": "wzywa", "wzywać": "wzywa", "zapisać": "zapisuje", "spisać": "spisuje",
}  # fmt: skip
UNSEEN = frozenset({"zna", "wie", "rozumie", "posiada", "ma", "umie"})  # verbs of what nobody can observe


def observable(ladder: tuple[tuple[int, str], ...], level: int | None) -> str:
    """The verb of a ladder for a level; the one of level 4 where no level is known."""
    asked = level or 4
    return next((verb for top, verb in ladder if asked <= top), ladder[-1][1])


def finite(infinitive: str) -> str:
    """Third person singular, present, of an infinitive; empty where the form cannot be told surely."""
    known = INFINITIVES.get(infinitive)
    if known:
        return known
    # Perfective ones ("zorganizować") would tell of the future: only forms that stand among the finite verbs are made.
    made = infinitive[:-4] + "uje" if infinitive.endswith(("ować", "iwać", "ywać")) else infinitive[:-1]
    return made if made in verbs() else ""


def is_infinitive(form: str) -> bool:
    """Whether a lower-case form looks like an infinitive and not like a noun in -ść."""
    return len(form) > 3 and (form in INFINITIVES or form.endswith(("ać", "ić", "yć", "eć", "ąć", "uć")))
