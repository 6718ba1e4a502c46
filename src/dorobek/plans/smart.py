"""SMART advice on a goal (DP-1): what is missing in this very sentence, with the words concerned. Never blocks.

Pure: text, dates and flags in, codes with quoted words out. Polish and English words are looked for in both
languages at once, since people mix them.
"""

import datetime as dt
import re
from dataclasses import dataclass

from dorobek.kernel.text import normalised

FAR_YEARS = 5


# Stems of normalised words (no diacritics); each list is short on purpose: advice must be right rather than frequent.
def _any(*stems: str) -> re.Pattern[str]:
    """A pattern that meets any of the stems at a word's beginning and end."""
    return re.compile(rf"\b(?:{'|'.join(stems)})\b")


VAGUE = _any(
    r"rozwij\w*(?: sie)?",
    r"rozwin\w*(?: sie)?",
    r"polepsz\w*",
    r"popraw\w*",
    r"lepsz\w+",
    r"ciekaw\w+",
    r"fajn\w+",
    r"jak[ai]s \w+",
    r"cos \w+",
    r"wiecej zarabia\w*",
    r"nauczyc sie czegos",
    r"podnies\w* kwalifikacj\w*",
    r"spelni\w* sie",
    *("improve", "develop myself", "better", "something", "get ahead"),
)
WISH = _any(
    r"chcial\w+bym",
    *("moze", "kiedys", "w przyszlosci"),
    r"marz\w+",
    r"sprobuj\w*",
    r"postaram sie",
    *("would like", "maybe", "someday"),
)
OTHERS = _any(
    r"zeby (?:szef|kierownik|szefowa|maz|zona|urzad|firma)\w* \w+",
    r"(?:szef|kierowni\w+|maz|zona|firma|urzad) (?:da|zatrudni|zaplaci|pozwoli|awansuje)\w*",
    *("dostac awans", r"zostac zauwazon\w+", r"my boss \w+", "be promoted"),
)
MANY = re.compile(r"\b(?:a takze|oraz|i jednoczesnie|a poza tym|and also|as well as)\b|;")
NUMBER = re.compile(
    r"\d|\b(?:jed(?:en|na|nego|nej)|dw\w+|trz(?:y|ech|em)|czter\w+|piec(?:iu)?|szes[cé]\w*|siedem|osiem|dziewiec|dziesiec|one|two|three)\b"
)
RESULT = _any(
    *(r"certyfikat\w*", r"swiadectw\w*", r"dyplom\w*", r"egzamin\w*", r"uprawnieni\w*", "prawo jazdy", r"matur\w*"),
    *(r"zaswiadczeni\w*", r"umow\w+", r"etat\w*", r"stanowisk\w*", r"kurs\w*", r"szkol\w+", r"studi\w*"),
    *(r"kategori\w*", r"poziom\w*", r"kwalifikacj\w*", r"firm\w+", r"dzialalnos\w*", r"zatrudni\w*"),
    *("certificate", "exam", "licen[cs]e", "diploma", "degree", "contract", "job", "course", "level"),
)
TIME = _any(
    *(r"20\d\d", "do konca", "w ciagu", "przed koncem", "za rok", "za pol roku"),
    r"za \w+ (?:miesiac\w*|lat\w*|tygodni\w*)",
    *(r"stycz\w+", r"lut\w+", r"mar(?:zec|ca|cu)", r"kwie\w+", r"maj[au]?", r"czerw\w+", r"lip(?:iec|ca|cu)"),
    *(r"sierp\w+", r"wrzes\w+", r"pazdziernik\w*", r"listopad\w*", r"grud\w+"),
    *(r"wiosn\w+", "latem", r"jesien\w*", r"zim[aey]\w*", "by the end", "within", "until", "by (?:may|june|july)"),
)


@dataclass(frozen=True)
class Advice:
    """One remark: a code of ADVICE, the letter of SMART it belongs to, and the words it is about ("" when absent)."""

    code: str
    letter: str
    words: str = ""


def advise(
    wording: str, *, today: dt.date, due_on: dt.date | None = None, measure: str = "", more_goals: bool = False
) -> list[Advice]:
    """What the sentence lacks, in the order of the letters. An empty sentence gets the one remark "empty"."""
    text = " ".join(wording.split())
    if not text:
        return [Advice("empty", "S")]
    plain, found = normalised(text), []
    if vague := _quoted(VAGUE, text, plain):
        found.append(Advice("vague", "S", vague))
    elif not RESULT.search(plain) and len(plain.split()) < 4:
        found.append(Advice("too-short", "S"))
    if not more_goals and (many := _quoted(MANY, text, plain)):
        found.append(Advice("several-goals", "S", many))
    if not measure.strip() and not NUMBER.search(plain) and not RESULT.search(plain):
        found.append(Advice("no-measure", "M"))
    if others := _quoted(OTHERS, text, plain):
        found.append(Advice("depends-on-others", "A", others))
    if wish := _quoted(WISH, text, plain):
        found.append(Advice("only-a-wish", "R", wish))
    return [*found, *_time(plain, today, due_on)]


def _time(plain: str, today: dt.date, due_on: dt.date | None) -> list[Advice]:
    if due_on is None:
        return [] if TIME.search(plain) else [Advice("no-date", "T")]
    if due_on < today:
        return [Advice("date-passed", "T")]
    if (due_on - today).days > FAR_YEARS * 366:
        return [Advice("date-far", "T")]
    return []


def _quoted(pattern: re.Pattern[str], text: str, plain: str) -> str:
    """The words of the original text where the pattern met its plain form; "" when it did not."""
    match = pattern.search(plain)
    if match is None:
        return ""
    words, first = text.split(), len(plain[: match.start()].split())
    count = max(1, len(match.group().split()))
    return " ".join(words[first : first + count]).strip(".,;:!?„”\"'")
