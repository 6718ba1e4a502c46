"""Polish text made comparable. SQLite's lower() and LIKE do not know Polish letters, so Python prepares both sides."""

import unicodedata

LETTERS_WITHOUT_DECOMPOSITION = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe"})
# Each Polish letter sorts right after its plain one: the plain letter followed by a mark above every letter.
POLISH_ORDER = {
    ord(a): b for a, b in zip("ąćęłńóśźż", ("a{", "c{", "e{", "l{", "n{", "o{", "s{", "z{", "z|"), strict=True)
}


def normalised(text: str) -> str:
    """Lower case, no diacritics, single spaces: `normalised("Żółć  ĄB") == "zolc ab"`."""
    folded = text.casefold().translate(LETTERS_WITHOUT_DECOMPOSITION)
    plain = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
    return " ".join(plain.split())


def sort_key(text: str) -> str:
    """A key whose byte order is Polish alphabetical order, the same on every database."""
    composed = unicodedata.normalize("NFC", text).casefold().translate(POLISH_ORDER)
    plain = "".join(c for c in unicodedata.normalize("NFD", composed) if not unicodedata.combining(c))
    return " ".join(plain.split())[:120]
