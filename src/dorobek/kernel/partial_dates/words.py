"""The words people use for months, seasons, decades and vagueness, in Polish and English, without diacritics."""

import unicodedata

MONTHS_PL = (
    ("styczeń", "stycznia", "styczniu", "sty"),
    ("luty", "lutego", "lutym", "lut"),
    ("marzec", "marca", "marcu", "mar"),
    ("kwiecień", "kwietnia", "kwietniu", "kwi"),
    ("maj", "maja", "maju"),
    ("czerwiec", "czerwca", "czerwcu", "cze"),
    ("lipiec", "lipca", "lipcu", "lip"),
    ("sierpień", "sierpnia", "sierpniu", "sie"),
    ("wrzesień", "września", "wrześniu", "wrz"),
    ("październik", "października", "październiku", "paź"),
    ("listopad", "listopada", "listopadzie", "lis"),
    ("grudzień", "grudnia", "grudniu", "gru"),
)
MONTHS_EN = (
    ("January", "jan"),
    ("February", "feb"),
    ("March", "mar"),
    ("April", "apr"),
    ("May",),
    ("June", "jun"),
    ("July", "jul"),
    ("August", "aug"),
    ("September", "sep", "sept"),
    ("October", "oct"),
    ("November", "nov"),
    ("December", "dec"),
)
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")

# EDTF season numbers 21 to 24.
SEASON_FORMS = {
    21: ("wiosna", "wiosny", "wiosne", "wiosnie", "spring"),
    22: ("lato", "latem", "lata", "lecie", "summer"),
    23: ("jesien", "jesieni", "jesienia", "autumn", "fall"),
    24: ("zima", "zimy", "zime", "zimie", "winter"),
}
# Polish name, Polish for "in that season", English name.
SEASON_NAMES = {
    21: ("wiosna", "wiosną", "spring"),
    22: ("lato", "latem", "summer"),
    23: ("jesień", "jesienią", "autumn"),
    24: ("zima", "zimą", "winter"),
}

DECADE_STEMS = {
    "dwudziest": 20,
    "trzydziest": 30,
    "czterdziest": 40,
    "piecdziesiat": 50,
    "szescdziesiat": 60,
    "siedemdziesiat": 70,
    "osiemdziesiat": 80,
    "dziewiecdziesiat": 90,
}
DECADES_EN = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}

APPROXIMATE = (
    "mniej wiecej",
    "w przyblizeniu",
    "okolo",
    "ok.",
    "ok",
    "circa",
    "ca.",
    "ca",
    "chyba",
    "jakos",
    "gdzies",
    "approximately",
    "approx.",
    "approx",
    "about",
    "around",
    "roughly",
    "c.",
    "~",
)

EARLY = (
    "na poczatku",
    "z poczatku",
    "poczatek",
    "poczatku",
    "pocz.",
    "at the beginning of",
    "beginning of",
    "start of",
    "early",
)
MID = ("w polowie", "polowa", "polowy", "polowe", "pol.", "in the middle of", "middle of", "mid-", "mid")
LATE = (
    "pod koniec",
    "przy koncu",
    "koniec",
    "konca",
    "koncem",
    "koncowka",
    "schylek",
    "at the end of",
    "end of",
    "late",
)

PREPOSITIONS = ("we", "w", "na", "od", "in", "the", "of", "rok", "roku", "year")


def fold(text: str) -> str:
    """Lower case, no diacritics, single spaces, plain hyphens: the form in which words are compared."""
    text = text.casefold().replace("ł", "l")
    for dash in "‐‑‒–—−":
        text = text.replace(dash, "-")
    text = unicodedata.normalize("NFKD", text)
    text = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(text.replace("’", "'").split())


def _month_forms() -> dict[str, int]:
    forms: dict[str, int] = {}
    for names in (MONTHS_PL, MONTHS_EN):
        for number, words in enumerate(names, start=1):
            forms.update({fold(word): number for word in words})
    return forms


MONTH_FORMS = _month_forms()
ROMAN_MONTHS = {numeral: number for number, numeral in enumerate(ROMAN, start=1)}
SEASON_BY_FORM = {form: number for number, forms in SEASON_FORMS.items() for form in forms}
