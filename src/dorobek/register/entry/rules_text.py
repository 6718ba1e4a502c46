"""Reads the validation requirement of an entry into rules (VA-2, VA-3): sentence by sentence, losing none.

The register writes the requirement as prose with dashed lists. A sentence that sets a rule known here becomes data;
every other sentence is kept in `other` for a person to read.
"""

import re
from dataclasses import replace
from typing import Any

from dorobek.register.entry.validation import Method, Requirement, ValidationRules

METHODS = (
    ("knowledge_test", r"\btest\w*\s+(?:teoretyczn\w*|wiedzy)|\btest\b"),
    ("evidence_analysis", r"\banaliz\w+\s+dowod"),
    ("simulated_observation", r"\bobserwacj\w+\s+w\s+warunkach\s+symulowanych|\bsymulacj"),
    ("workplace_observation", r"\bobserwacj\w+\s+w\s+(?:warunkach\s+rzeczywistych|miejscu\s+pracy)"),
    ("conversation", r"\brozmow|\bwywiad\w*\s+(?:swobodn|ustrukturyzowan)"),
    ("presentation", r"\bprezentacj"),
    ("work_sample", r"\bprób\w+\s+pracy|\bzadani\w+\s+praktyczn"),
)
YEARS = {
    "rocz": 1, "jednorocz": 1, "dwulet": 2, "trzylet": 3, "czterolet": 4, "pięciolet": 5, "sześciolet": 6,
    "siedmiolet": 7, "ośmiolet": 8, "dziewięciolet": 9, "dziesięciolet": 10,
}  # fmt: skip
NUMBERS = {"jeden": 1, "dwóch": 2, "dwie": 2, "dwaj": 2, "trzech": 3, "trzy": 3, "czterech": 4, "pięciu": 5}
DASH = re.compile(r"(?:(?<=[;:.])|(?<=^))\s*[-–]\s+")
# A typed list, whose lines end without a mark, and its last line before the next sentence.
LISTED = re.compile(r"(?<=[^\s;:.,])[ \t]*\n\s*[-–•]\s+")
LIST_END = re.compile(r"^(\s*[-–•]\s.*[^\s;:.,])[ \t]*\n(?=\s*[A-ZĄĆĘŁŃÓŚŹŻ])", re.MULTILINE)
SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-ZĄĆĘŁŃÓŚŹŻ])")
ABBREVIATED = re.compile(r"(?:m\.in|np|tj|itp|ds|tzw|ok|por|r|w tym|pkt|ust|art)\.$", re.IGNORECASE)
TITLES = re.compile(
    r"^(?:Metody stosowane w walidacji|Zasoby kadrowe|Inne warunki organizacyjne|"
    r"Sposób prowadzenia walidacji i warunki organizacyjne)\s+(?=[A-ZĄĆĘŁŃÓŚŹŻ])"
)


def read_rules(requirement: str) -> ValidationRules:
    """The rules in the text of "Wymagania dotyczące walidacji"."""
    values: dict[str, Any] = {"other": []}
    for sentence in sentences(requirement):
        if not _take(sentence, values):
            values["other"].append(sentence)
    frozen: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in values.items()}
    return ValidationRules(**frozen)


def sentences(text: str) -> list[str]:
    """Sentences of the requirement; a dashed list stays with the sentence that opens it."""
    found: list[str] = []
    for piece in SENTENCE.split(" ".join(LISTED.sub("; - ", LIST_END.sub(r"\1.\n", text)).split())):
        piece = TITLES.sub("", piece)
        if found and (ABBREVIATED.search(found[-1]) or found[-1].count("(") > found[-1].count(")")):
            found[-1] = f"{found[-1]} {piece}"
        elif piece:
            found.append(piece)
    return found


def _take(sentence: str, values: dict[str, Any]) -> bool:
    """Put what the sentence rules into `values`; False when it sets no rule known here."""
    low = sentence.casefold()
    taken = _methods(sentence, low, values) | _commission(sentence, low, values) | _support(sentence, low, values)
    for name, words in FLAGS:
        if all(re.search(word, low) for word in words):
            values[name] = taken = True
    return taken


FLAGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("all_methods_used", ("należy wykorzystać wszystkie", "metody")),
    ("every_outcome", ("weryfikacji podlegać|weryfikowane|sprawdzane", "wszystkie efekty uczenia się")),
    ("each_criterion_met", ("każde", "kryterium", "spełnione co najmniej przez jednego|spełnione przez co najmniej")),
    ("not_own_trainees", ("nie mog", "szkoleniach|kształceniu", "przez nich prowadzon")),
    ("extra_may_be_candidate", ("statyst", "inne osoby przystępujące do walidacji")),
    ("adviser_needed", ("wsparcie doradcy",)),
    ("appeal_each_stage", ("odwołani", "na każdym etapie")),
)


# "Test wiedzy służy weryfikacji wyłącznie efektów uczenia się 1.1, 1.2 i 2.3" and the like.
ONLY_OUTCOMES = re.compile(
    r"wyłącznie\b[^.:\d]*\b(?:efekt|zestaw)\w*[^.:\d]*:?\s*(\d+(?:\.\d+)?(?:\s*(?:,|i|oraz)\s*\d+(?:\.\d+)?)*)"
)


def _methods(sentence: str, low: str, values: dict[str, Any]) -> bool:
    if "metod" in low and re.search(r"(następujące|poniższe) metody\s*:", low):
        values["only_these_methods"] = "wyłącznie" in low
        values["methods"] = [Method(method_named(item), item) for item in _items(sentence)]
        return True
    covers_all = re.search(r"dotyczy wszystkich zestawów efektów", low)
    if covers_all and (code := method_named(low)) and "methods" in values:
        values["methods"] = [replace(one, all_sets=True) if one.code == code else one for one in values["methods"]]
        return True
    only = ONLY_OUTCOMES.search(low)
    if only and (code := method_named(low)) != "other" and any(one.code == code for one in values.get("methods", ())):
        outcomes = tuple(re.findall(r"\d+(?:\.\d+)?", only[1]))
        values["methods"] = [replace(one, outcomes=outcomes) if one.code == code else one for one in values["methods"]]
        return True
    return False


def method_named(text: str) -> str:
    """The code of the method named first in the text; `other` when none is known."""
    found = [(match.start(), code) for code, words in METHODS if (match := re.search(words, text.casefold()))]
    return min(found)[1] if found else "other"


def _commission(sentence: str, low: str, values: dict[str, Any]) -> bool:
    taken = False
    members = re.search(r"(?:minimum|co najmniej|min\.)\s+(\d+|\w+)\s+(?:członk|os[oó]b|asesor)", low)
    if "komisj" in low and members and (members[1].isdigit() or members[1] in NUMBERS):
        values["members_min"] = int(members[1]) if members[1].isdigit() else NUMBERS[members[1]]
        taken = True
    if re.search(r"każdy z członków", low):
        if level := re.search(r"poziomie\s+(\d)\s+prk", low):
            values["member_level"] = int(level[1])
        if "co najmniej jedno z poniższych kryteriów" in low:
            values["member_criteria"] = [requirement(item) for item in _items(sentence)]
        taken = True
    if re.search(r"wszyscy członkowie komisji powinni", low):
        values.setdefault("members_all", []).append(sentence)
        taken = True
    return taken


def _support(sentence: str, low: str, values: dict[str, Any]) -> bool:
    if re.match(r"doradca powinien\s*:", low):
        values["adviser"] = [requirement(item) for item in _items(sentence)]
        return True
    if re.search(r"podmioty starające się o (?:nadanie )?uprawnie", low):
        values.setdefault("body", []).append(requirement(sentence))
        return True
    if re.search(r"zapewnia\s*:", low):
        values.setdefault("provided", []).extend(_items(sentence))
        return True
    return False


def _items(sentence: str) -> list[str]:
    """The items of a dashed list after the colon, without their closing marks."""
    listed = sentence.partition(":")[2]
    return [item.strip(" ;.,") for item in DASH.split(listed) if item.strip(" ;.,")]


def requirement(text: str) -> Requirement:
    """A requirement with its years: "co najmniej pięcioletnie ... w okresie 10 lat" is 5 within 10."""
    low = text.casefold()
    years = next((n for word, n in YEARS.items() if re.search(rf"\b{word}ni", low)), None)
    if counted := re.search(r"(?:co najmniej|minimum)\s+(\d+)\s+lat\w*", low):
        years = int(counted[1])
    within = re.search(r"(?:w okresie|w ciągu|w)\s+(?:ostatnich\s+)?(\d+)\s+lat(?:ach)?", low)
    return Requirement(text.strip(), years, int(within[1]) if years and within else None)
