"""Outcomes and criteria that cannot be verified as worded, with the words at fault and a suggestion (RG-7).

    for fault in faults("zna zasady bezpieczeństwa", level=3):
        fault.kind, fault.words, fault.suggestions      # vague_verb, "zna", ("omawia zasady bezpieczeństwa",)

Places (`start`, `end`) are characters of the text as given. Suggestions are in the language of the entry.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dorobek.register.analysis.compound import two_things
from dorobek.register.analysis.kinds import FaultKind
from dorobek.register.analysis.verb_forms import KNOWS, UNDERSTANDS, finite, is_infinitive, observable
from dorobek.register.analysis.words import LONGEST, Token, is_verb, main_clause, tokens

MOST_WORDS = 35  # words of one wording, asides not counted


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a wording. `serious`: as it stands it cannot be verified; otherwise it could be clearer."""

    kind: FaultKind
    start: int
    end: int
    words: str
    suggestions: tuple[str, ...] = ()
    serious: bool = True


def faults(text: str, *, level: int | None = None, has_criteria: bool = False) -> list[Fault]:
    """What is wrong with one wording, in the order of its places.

    `level` is the PRK level of the entry, for the verb to suggest; `has_criteria` marks an outcome whose criteria say
    how it is verified, so that two activities in it are no more than a remark.
    """
    text = text[:LONGEST]
    clause = main_clause(text)
    held = tokens(clause)
    if not held:
        return []
    found = [*_vague(text, clause, level), *_topic(text, clause, held), *_unmeasurable(text, clause)]
    found += [*_passive(text, clause), *_long(text, held), *_english(text)]
    compound = two_things(text, held)
    if compound:
        start, end, suggestions = compound
        words = text[start:end]
        found.append(Fault(FaultKind.TWO_THINGS, start, end, words, suggestions, serious=not has_criteria))
    return sorted(found, key=lambda one: (one.start, one.kind))


# (pattern, what to put in its place: a ladder of verbs, a text, or nothing)
_VAGUE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE), put)
    for pattern, put in (
        (r"(?:posiada|ma|dysponuje|wykazuje się|legitymuje się)\s+(?:\w+ą\s+)?(?:wiedzę|wiedzą)\s+(?:z zakresu|w zakresie|z dziedziny|z)",
         "omawia zagadnienia z zakresu"),
        (r"(?:posiada|ma|dysponuje|wykazuje się)\s+(?:\w+ą\s+)?(?:wiedzę|wiedzą)\s+(?:o|dotyczącą|na temat)", "*ask"),
        (r"(?:posiada|ma|dysponuje|wykazuje się)\s+(?:\w+ą\s+)?(?:wiedzę|wiedzą)", ""),
        (r"(?:posiada|ma)\s+znajomość|wykazuje się znajomością", "stosuje w zadaniu"),
        (r"(?:posiada|ma)\s+umiejętnoś\w+|wykazuje się umiejętnością", ""),
        (r"(?:jest świadom(?:y|a)?|jest świadomy/a|ma świadomość|posiada świadomość)", "wskazuje przykłady"),
        (r"jest got(?:ów|owy|owa) (?:do)?", ""),
        (r"(?:jest odpowiedzialn\w+|jest zorientowan\w+|jest otwart\w+|jest kreatywn\w+|jest komunikatywn\w+)", ""),
        (r"(?:orientuje się|ma orientację|interesuje się|docenia|czuje|odczuwa|pamięta o|uświadamia sobie)", ""),
        (r"(?:zapoznaje się z|zaznajamia się z|oswaja się z)", ""),
        (r"(?:opanow(?:ał|ała|uje))", ""),
        (r"dba o (?:dobr|właściw|odpowiedni)\w+", ""),
        (r"wie", "*explain"),
        (r"zna i rozumie|rozumie i zna", "*understand"),
        (r"(?:zna|poznaje)", "*know"),
        (r"rozumie", "*understand"),
    )
)  # fmt: skip


def _vague(text: str, clause: str, level: int | None) -> Iterator[Fault]:
    taken: list[tuple[int, int]] = []
    for pattern, put in _VAGUE:
        for hit in pattern.finditer(clause):
            if any(start < hit.end() and hit.start() < end for start, end in taken):
                continue
            taken.append(hit.span())
            verb = {
                "*know": observable(KNOWS, level),
                "*understand": observable(UNDERSTANDS, level),
                "*explain": "wyjaśnia",
                "*ask": "odpowiada na pytania na temat" if hit.group().lower().endswith("temat") else "",
            }.get(put, put)
            suggestions = (_replaced(text, hit.start(), hit.end(), verb),) if verb else ()
            yield Fault(FaultKind.VAGUE_VERB, *hit.span(), text[hit.start() : hit.end()], suggestions)
    yield from _ability(text, clause)


def _ability(text: str, clause: str) -> Iterator[Fault]:
    """ "Potrafi zaplanować": the activity itself says the same, shorter."""
    held = tokens(clause)
    for at, token in enumerate(held):
        if token.form in ("potrafi", "umie") or (token.form == "stanie" and at > 1 and held[at - 2].form == "jest"):
            following = next((one for one in held[at + 1 : at + 4] if is_infinitive(one.form)), None)
            first = held[at - 2] if token.form == "stanie" else token
            if following is None:
                yield Fault(FaultKind.VAGUE_VERB, first.start, token.end, text[first.start : token.end])
                continue
            verb = finite(following.form)
            rest = [one.form for one in held[at + 1 :] if is_infinitive(one.form)]
            one = _replaced(text, first.start, following.end, verb) if verb and len(rest) == 1 else ""
            words = text[first.start : following.end]
            told = (one,) if one else ()
            yield Fault(FaultKind.VAGUE_VERB, first.start, following.end, words, told, serious=False)


def _replaced(text: str, start: int, end: int, put: str) -> str:
    """The text with other words in a place, its first letter as it was."""
    made = f"{text[:start]}{put}{text[end:]}"
    return made[:1].upper() + made[1:] if text[:1].isupper() else made


_TOPIC = re.compile(
    r"^(?:\w+(?:anie|enie|cie|ość|acja|yka|izm)|zasady|metody|techniki|przepisy|wiedza|podstawy|rodzaje|sposoby|znajomość)$"
)
_NOT_TOPIC = re.compile(r"(?:ście|ycie|ecie)$|^(?:zgodnie|wspólnie|samodzielnie|następnie|przed|podczas)$")


def _topic(text: str, clause: str, held: Sequence[Token]) -> Iterator[Fault]:
    """A wording that begins with the name of a thing and has no verb anywhere."""
    first = held[0]
    if not _TOPIC.match(first.form) or _NOT_TOPIC.search(first.form):
        return
    if any(is_verb(one.form) or one.form in ("potrafi", "umie") for one in held) or _PASSIVE.search(clause):
        return
    yield Fault(FaultKind.NO_VERB, first.start, first.end, text[first.start : first.end])


_MEASURED = re.compile(
    r"\d|zgodn(?:ie|y|a|e|ą|ych|ymi)|według|wg\b|w oparciu|na podstawie|co najmniej|co najwyżej|nie (?:więcej|mniej)|"
    r"tak,? (?:aby|żeby|by|że)|bez \w+|norm\w*|instrukcj\w+|procedur\w+|przepis\w+|kryteri\w+",
    re.IGNORECASE,
)
_WITHOUT_MEASURE = re.compile(
    r"(?<!\w)(?:odpowiednio|właściwie|prawidłowo|poprawnie|sprawnie|skutecznie|efektywnie|należycie|dobrze|optymalnie|"
    r"kompleksowo|profesjonalnie|umiejętnie|adekwatnie|fachowo|rzetelnie|płynnie|swobodnie|"
    r"w (?:odpowiedni|właściwy|prawidłowy|należyty|profesjonalny|efektywny|skuteczny|sprawny) sposób)(?!\w)",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"\s*(?:do|wobec|dobran\w+|przygotowan\w+)\b", re.IGNORECASE
)  # "odpowiednio do wieku" has its measure


def _unmeasurable(text: str, clause: str) -> Iterator[Fault]:
    if _MEASURED.search(text):
        return
    for hit in _WITHOUT_MEASURE.finditer(clause):
        if _BOUND.match(clause, hit.end()):
            continue
        words = text[hit.start() : hit.end()]
        bare = " ".join(f"{text[: hit.start()]} {text[hit.end() :]}".split()).rstrip(".")
        suggestions = (f"{bare} zgodnie z (instrukcją, normą, wzorem)",)
        yield Fault(FaultKind.UNMEASURABLE, *hit.span(), words, suggestions, serious=False)


_PASSIVE = re.compile(
    r"(?<!\w)(?:jest|są|zostaje|zostają|został\w?|zostały|bywa|powinien być|powinna być|powinno być)\s+"
    r"\w+(?:any|ana|ane|ani|ony|ona|one|eni|ty|ta|te)(?!\w)|(?<!\w)(?:należy|powinien|powinna|powinno|trzeba)(?!\w)",
    re.IGNORECASE,
)
_IMPERSONAL = re.compile(r"^\W*(\w{3,}(?:ano|ono))(?!\w)")
_NOT_FINITE = re.compile(
    r"(?<!\w)nie\s+(?!(?:więcej|mniej|później|wcześniej|dłużej|tylko|rzadziej|krócej|niższ\w+|wyższ\w+)\b)(\w+)",
    re.IGNORECASE,
)


def _passive(text: str, clause: str) -> Iterator[Fault]:
    vague = {start for pattern, _put in _VAGUE for start in (hit.start() for hit in pattern.finditer(clause))}
    for hit in [*_PASSIVE.finditer(clause), *_IMPERSONAL.finditer(clause)]:
        if hit.start() not in vague:
            yield Fault(FaultKind.PASSIVE, *hit.span(), text[hit.start() : hit.end()], serious=False)
    for hit in _NOT_FINITE.finditer(clause):
        if is_verb(hit.group(1).lower()) or not clause[: hit.start()].strip():
            yield Fault(FaultKind.NEGATIVE, *hit.span(), text[hit.start() : hit.end()])


def _long(text: str, held: Sequence[Token]) -> Iterator[Fault]:
    counted = [token for token in held if token.form != ";"]
    if len(counted) > MOST_WORDS:
        start = counted[MOST_WORDS].start
        yield Fault(FaultKind.TOO_LONG, start, len(text), text[start:], serious=False)


_ENGLISH_VAGUE = re.compile(
    r"^\W*(?:(?:the (?:learner|person|candidate)|he|she|they)\s+)?"
    r"(knows?|understands?|is aware of|has knowledge (?:of|about)|is familiar with|appreciates?)\b", re.IGNORECASE
)  # fmt: skip


def _english(text: str) -> Iterator[Fault]:
    hit = _ENGLISH_VAGUE.match(text)
    if hit:
        plural = not hit.group(1).lower().endswith(("s", "of", "about", "with"))
        put = (
            ("explain" if plural else "explains")
            if "under" in hit.group(1).lower()
            else "describe" + "s" * (not plural)
        )
        made = _replaced(text, hit.start(1), hit.end(1), put)
        yield Fault(FaultKind.VAGUE_VERB, hit.start(1), hit.end(1), hit.group(1), (made,))
