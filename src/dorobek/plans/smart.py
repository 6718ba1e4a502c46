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
    r"(?:naj)?lepsz\w+",
    r"ciekaw\w+",
    r"fajn\w+",
    r"jak[ai]s \w+",
    r"cos \w+",
    r"(?:wiecej|lepiej) zar(?:abia|obi)\w*",
    r"zar(?:abia|obi)\w* (?:wiecej|lepiej)",
    r"nauczyc sie czegos",
    r"podni[eo]s\w* (?:swoj\w+ |wlasn\w+ )?(?:kwalifikacj|kompetencj|umiejetnosc)\w*",
    r"spelni\w* sie",
    r"posze?rz\w* (?:swoj\w+ )?(?:horyzont|wiedz)\w*",
    r"zwieksz\w* (?:swoj\w+ )?pewnosc siebie",
    *(r"szczesliw\w+", "w zgodzie ze soba", r"stan\w+ na nogi", r"odnale\w+ sie", "byc kims", "isc do przodu"),
    *("improve", "develop myself", "better", "something", "get ahead"),
)
WISH = _any(
    r"chcial\w*bym",
    *("moze", "kiedys", "w przyszlosci", "zobaczymy", r"mysl\w+ o", "mam nadzieje", r"(?:jesli|jak) sie uda\w*"),
    r"marz\w+",
    r"sprobuj\w*",
    r"postaram sie",
    *("would like", "maybe", "someday"),
)
OTHERS = _any(
    r"zeby (?:szef|kierownik|szefowa|maz|zona|urzad|firma)\w* \w+",
    r"(?:szef|szefowa|kierowni\w+|maz|zona|firma|urzad|pracodawca) (?:sie )?(?:mi |mnie |nam )?"
    r"(?:da|zatrudni|zaplaci|pozwoli|awansuje|znajdzie|sfinansuje|zalatwi|zgodzi|przyjmie|wysle|skieruje|oplaci|kupi)\w*",
    *(r"dosta\w+ awans", r"awansuj\w+", r"zostac zauwazon\w+", r"my boss \w+", "be promoted"),
)
AGAINST = _any(r"nie chc\w+", r"nie bed(?:e|ziemy)", r"przestan\w+", r"unikn\w+", "do not want", "stop working")
# a condition tells when, not what for: „jeśli nie będę mieć pracy, …" is no goal against something
CONDITION = re.compile(r"\b(?:jesli|jezeli|gdyby|gdy|kiedy|dopoki|if|when|unless)\b[^,.;:]*")
MANY = re.compile(r"\b(?:a takze|oraz|i jednoczesnie|a poza tym|and also|as well as)\b|;")
NUMBER = re.compile(
    r"\d|\b(?:jed(?:en|na|ne|nego|nej)|dw(?:a|ie|och|om|oma|oje|iema)|trz(?:y|ech|em)|czter\w+|piec(?:iu)?|szes[cé]\w*|siedem|osiem|dziewiec|dziesiec|one|two|three)\b"
)
# Numbers that tell a time, not a measure: years, days, how long.
TIMES = re.compile(
    r"\b\d{1,2}\.\d{1,2}\.\d{4}\b|\b\d{1,2} (?=stycz|lut|mar|kwie|maj|czerw|lip|sierp|wrzes|pazdz|list|grud)|\b(?:19|20)\d\d\b"
    r"|\b(?:w ciagu|w|za|przez) \w+ (?:dni|tygodni\w*|miesi\w+|lat\w*|rok\w*|years?|months?)"
)
RESULT = _any(
    *(r"certyfikat\w*", r"swiadectw\w*", r"dyplom\w*", r"egzamin\w*", r"uprawnieni\w*", "prawo jazdy", r"matur\w*"),
    *(r"zaswiadczeni\w*", r"umow\w+", r"etat\w*", r"stanowisk\w*", r"kurs\w*", r"szkol\w+", r"studi\w*"),
    *(
        r"zawod(?:u|em|zie)? \w{4,}",
        r"tytul\w*",
        r"licencjat\w*",
        r"technik\w+",
        r"podstawowk\w+",
        r"walidacj\w+",
        r"dokument\w*",
    ),
    *(r"(?:znajd|zaczn|podejm|rozpoczn)\w* (?:\w+ )?prac[ey]", "samodzielnie", r"czeladni\w+", r"mistrz\w*", "etatu"),
    *(r"kategori\w*", r"poziom\w*", r"kwalifikacj\w*", r"firm\w+", r"dzialalnos\w*", r"zatrudni\w*"),
    *("certificate", "exam", "licen[cs]e", "diploma", "degree", "contract", "job", "course", "level"),
)
TIME = _any(
    *(r"20\d\d", "do konca", "w ciagu", "przed koncem", "za rok", "(?:za|w|przez) pol roku", "najpozniej"),
    r"(?:za|w|przez) \w+ (?:miesi\w+|lat\w*|tygodni\w*|dni)",
    *(
        r"(?:w|przez) (?:przyszly\w*|pierwszy\w*|ten|tym|jeden)? ?rok\w*",
        r"(?:do|po|przed) (?:wakacj\w+|swi\w+|wielkanoc\w*|lata|latem)",
    ),
    r"(?:do|przed) (?:bozego narodzenia|nowego roku|nowym rokiem)",
    *(r"stycz\w+", r"lut\w+", r"mar(?:zec|ca|cu)", r"kwie\w+", r"maj[au]?", r"czerw\w+", r"lip(?:iec|ca|cu)"),
    *(r"sierp\w+", r"wrzes\w+", r"pazdziernik\w*", r"listopad\w*", r"grud\w+"),
    *(r"wiosn\w+", "latem", r"jesien\w*", r"zim[aey]\w*", "by the end", "within", "until", "by (?:may|june|july)"),
)


MONTHS = ("stycz", "lut", "mar", "kwie", "maj", "czerw", "lip", "sierp", "wrzes", "pazdziernik", "listopad", "grud")
YEAR = re.compile(
    rf"(?:(?P<name>\b(?:{'|'.join(MONTHS)})\w*) |\b\d{{1,2}}\.(?P<number>\d{{1,2}})\.|\b)(?P<year>(?:19|20)\d\d)\b"
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
    counted = bool(NUMBER.search(TIMES.sub(" ", plain)))
    if not counted and (vague := _quoted(VAGUE, text, plain)):
        found.append(Advice("vague", "S", vague))
    elif not RESULT.search(plain) and len(plain.split()) < 4:
        found.append(Advice("too-short", "S"))
    if against := _quoted(AGAINST, text, CONDITION.sub(_blank, plain)):
        found.append(Advice("only-against", "S", against))
    if not more_goals and (many := _quoted(MANY, text, plain)):
        found.append(Advice("several-goals", "S", many))
    if not measure.strip() and not counted and not RESULT.search(plain):
        found.append(Advice("no-measure", "M"))
    if others := _quoted(OTHERS, text, plain):
        found.append(Advice("depends-on-others", "A", others))
    if wish := _quoted(WISH, text, plain):
        found.append(Advice("only-a-wish", "R", wish))
    return [*found, *_time(text, plain, today, due_on)]


def _blank(clause: re.Match[str]) -> str:
    """The clause with each word put out, so that the others keep their places."""
    return re.sub(r"\S+", "_", clause[0])


def _time(text: str, plain: str, today: dt.date, due_on: dt.date | None) -> list[Advice]:
    """A date beside the sentence counts first; without one, what the sentence itself says."""
    if due_on is None and not TIME.search(plain):
        return [Advice("no-date", "T")]
    last = due_on or _last_day(plain)
    words = "" if due_on else _quoted(YEAR, text, plain)
    if last is not None and last < today:
        return [Advice("date-passed", "T", words)]
    if last is not None and (last - today).days > FAR_YEARS * 366:
        return [Advice("date-far", "T", words)]
    return []


def _last_day(plain: str) -> dt.date | None:
    """The last day that a year in the sentence, with its month if one stands before it, can mean."""
    found = list(YEAR.finditer(plain))
    if not found:
        return None
    year, month = int(found[-1]["year"]), 12
    if found[-1]["name"]:
        month = next(at for at, stem in enumerate(MONTHS, 1) if found[-1]["name"].startswith(stem))
    elif found[-1]["number"] and 1 <= int(found[-1]["number"]) <= 12:
        month = int(found[-1]["number"])
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


def _quoted(pattern: re.Pattern[str], text: str, plain: str) -> str:
    """The words of the original text where the pattern met its plain form; "" when it did not."""
    match = pattern.search(plain)
    if match is None:
        return ""
    words, first = text.split(), len(plain[: match.start()].split())
    count = max(1, len(match.group().split()))
    return " ".join(words[first : first + count]).strip(".,;:!?„”\"'")
