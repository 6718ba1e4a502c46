"""Reads entries in the shape of the register's open interface: a page of `results`, a list, or one entry (RG-2).

The interface has no published schema and has changed before: names are looked up among those known, in Polish and in
English, missing ones are no fault, and every field unknown here is kept whole in `Entry.extra`.
"""

import datetime as dt
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dorobek.register.entry.rules_text import read_rules
from dorobek.register.entry.shape import Body, Criterion, Entry, Outcome, OutcomeSet, Read, Remark, RemarkKind

NAMES: dict[str, tuple[str, ...]] = {
    "code": ("code", "id", "qualification_code", "kod", "kod_kwalifikacji", "id_kw"),
    "code_before_2020": ("code_before_2020", "old_code", "kod_do_2020"),
    "title": ("title", "name", "nazwa", "nazwa_kwalifikacji"),
    "kind": ("kind", "type", "rodzaj"),
    "category": ("category", "kategoria"),
    "level": ("level", "prk", "prk_level", "poziom", "poziom_prk"),
    "status": ("status", "stan"),
    "preceding": ("preceding", "preceding_qualifications", "kwalifikacje_poprzedzajace"),
    "effective_from": ("effective_from", "start_date", "data_rozpoczecia_funkcjonowania"),
    "hours": ("hours", "workload", "workload_hours", "naklad_pracy"),
    "next_review": ("next_review", "review_date", "termin_nastepnego_przegladu"),
    "field": ("field", "isced", "education_field", "dziedzina_ksztalcenia"),
    "activity": ("activity", "pkd", "kod_pkd"),
    "sets": ("sets", "outcome_sets", "learning_outcomes_sets", "zestawy", "zestawy_efektow"),
    "awarding": ("awarding_bodies", "certifying_institutions", "institutions", "instytucje_certyfikujace"),
    "validating": ("validating_bodies", "validating_institutions", "instytucje_walidujace"),
    "quality_assurance": ("quality_assurance_bodies", "pzzj"),
    "applicant": ("applicant", "wnioskodawca"),
    "minister": ("minister", "minister_wlasciwy"),
    "characteristics": ("characteristics", "short_description", "description", "krotka_charakterystyka"),
    "target_groups": ("target_groups", "groups", "grupy"),
    "entry_conditions": ("entry_conditions", "conditions", "warunki"),
    "uses": ("uses", "typical_uses", "mozliwosci_wykorzystania"),
    "validity": ("validity", "validity_period", "okres_waznosci"),
    "demand": ("demand", "zapotrzebowanie"),
    "similar": ("similar", "similar_qualifications", "kwalifikacje_podobne"),
    "validation": ("validation", "validation_requirements", "wymagania_walidacji"),
    "legal_base": ("legal_base", "podstawa_prawna"),
    "review_rule": ("review_rule", "termin_przegladu"),
    "consultation": ("consultation", "consultation_summary", "streszczenie_opinii"),
    "synopsis": ("synopsis", "outcomes_summary", "syntetyczna_charakterystyka"),
}
TEXT_NAMES = tuple(name for name in NAMES if name in {
    "characteristics", "target_groups", "entry_conditions", "uses", "validity", "demand", "similar", "validation",
    "legal_base", "review_rule", "consultation", "synopsis",
})  # fmt: skip
BODY_ROLES = ("awarding", "validating", "quality_assurance", "applicant", "minister")
SET_OUTCOMES = ("outcomes", "learning_outcomes", "efekty", "efekty_uczenia_sie")
OUTCOME_CRITERIA = ("criteria", "verification_criteria", "kryteria", "kryteria_weryfikacji")
LABELS = ("name", "title", "nazwa", "label", "text", "tresc", "description", "value")
KINDS = {"pełna": "full", "cząstkowa": "partial", "full": "full", "partial": "partial"}
CATEGORIES = {
    "wolnorynkowa": "free_market", "rynkowa": "market", "sektorowa": "sectoral", "uregulowana": "regulated",
    "rzemieślnicza": "craft", "szkolnictwo wyższe": "higher_education", "oświata": "general_education",
}  # fmt: skip
STATUSES = {"funkcjonująca": "functioning", "włączona": "included", "archiwalna": "archived", "zawieszona": "suspended"}
TAG, BREAK = re.compile(r"<[^>]+>"), re.compile(r"<(?:br|/p|/li|/div)\b[^>]*>", re.IGNORECASE)


class WrongShape(ValueError):
    """The file is no page, list or entry of the interface; the message says what it is."""


def read_json(data: Any) -> Iterator[Read]:
    """Entries of a page (`results`), of a list, or one. Raises WrongShape with the place of what is wrong."""
    rows = data.get("results", [data]) if isinstance(data, Mapping) else data
    if not isinstance(rows, list):
        raise WrongShape(f"expected an entry, a list of entries or a page with `results`, found {type(data).__name__}")
    for number, row in enumerate(rows, 1):
        if not isinstance(row, Mapping):
            raise WrongShape(f"entry {number}: expected an object, found {type(row).__name__}")
        yield read_one(row, number)


def read_one(row: Mapping[str, Any], number: int = 1) -> Read:
    """One entry. Raises WrongShape when it has no code or no name."""
    taken: set[str] = set()
    remarks: list[Remark] = []

    def take(name: str) -> Any:
        for key in NAMES[name]:
            if key in row:
                taken.add(key)
                return row[key]
        return None

    code, title = plain_text(take("code")), take("title")
    if not code or not plain_text(title):
        raise WrongShape(f"entry {number}: a code and a name are needed")
    field_code, field_label = _coded(take("field"))
    activity_code, activity_label = _coded(take("activity"))
    texts = {name: words for name in TEXT_NAMES if (words := _words(take(name)))}
    values: dict[str, Any] = {
        "code": code,
        "code_before_2020": plain_text(take("code_before_2020")),
        "title_pl": plain_text(title),
        "title_en": plain_text(title, "en") or plain_text(row.get("name_en") or row.get("title_en")),
        "kind": _known(take("kind"), KINDS, "kind", remarks),
        "category": _known(take("category"), CATEGORIES, "category", remarks),
        "status": _known(take("status"), STATUSES, "status", remarks),
        "level": _number(take("level"), "level", remarks, most=8),
        "hours": _number(take("hours"), "hours", remarks),
        "texts": texts,
        "preceding": tuple(plain_text(one) for one in _many(take("preceding")) if plain_text(one)),
        "effective_from": _day(take("effective_from"), "effective_from", remarks),
        "next_review": _day(take("next_review"), "next_review", remarks),
        "field_code": field_code,
        "field_label": field_label,
        "activity_code": activity_code,
        "activity_label": activity_label,
        "sets": tuple(_set(one, n) for n, one in enumerate(_many(take("sets")), 1)),
        "bodies": tuple(_body(one, role) for role in BODY_ROLES for one in _many(take(role)) if plain_text(one)),
    }
    if requirement := texts.get("validation", {}).get("pl"):
        values["rules"] = read_rules(requirement)
    values["extra"] = {k: v for k, v in row.items() if k not in taken | {"name_en", "title_en"}}
    remarks += [Remark(RemarkKind.UNPLACED, None, f"a field kept as it is: {name}") for name in values["extra"]]
    return Read(Entry(**values), tuple(remarks))


def plain_text(value: Any, language: str = "pl") -> str:
    """Text of whatever stands there: a string, a number, markup, an object with a label or with languages."""
    if isinstance(value, Mapping):
        if language in value:
            return plain_text(value[language])
        return "" if language != "pl" else next((plain_text(value[k]) for k in LABELS if value.get(k)), "")
    if value is None or isinstance(value, bool | list):
        return ""
    if language != "pl":
        return ""
    broken = BREAK.sub("\n", str(value))
    lines = (" ".join(html.unescape(TAG.sub(" ", line)).split()) for line in broken.splitlines())
    return "\n".join(line for line in lines if line)


def _words(value: Any) -> dict[str, str]:
    words = {"pl": plain_text(value), "en": plain_text(value, "en")}
    return {language: text for language, text in words.items() if text}


def _many(value: Any) -> Iterable[Any]:
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def _known(value: Any, names: Mapping[str, str], field: str, remarks: list[Remark]) -> str:
    """The code of a value by its name, longest first; an unknown one is told, not guessed."""
    word = plain_text(value).casefold()
    if not word:
        return ""
    if word in names.values():
        return word
    for name in sorted(names, key=len, reverse=True):
        if name in word:
            return names[name]
    remarks.append(Remark(RemarkKind.UNPLACED, None, f"an unknown {field}: {word}"))
    return ""


def _number(value: Any, field: str, remarks: list[Remark], most: int = 100_000) -> int | None:
    found = re.search(r"\d+", plain_text(value))
    if found and 0 < int(found.group()) <= most:
        return int(found.group())
    if plain_text(value):
        remarks.append(Remark(RemarkKind.UNPLACED, None, f"{field} is not a number: {plain_text(value)[:80]}"))
    return None


def _day(value: Any, field: str, remarks: list[Remark]) -> dt.date | None:
    written = plain_text(value)
    try:
        return dt.date.fromisoformat(written[:10]) if written else None
    except ValueError:
        remarks.append(Remark(RemarkKind.UNPLACED, None, f"{field} is not a date: {written[:80]}"))
        return None


def _coded(value: Any) -> tuple[str, str]:
    if isinstance(value, Mapping):
        return plain_text(value.get("code") or value.get("kod")), plain_text(value)
    code, _dash, label = plain_text(value).partition(" - ")
    return code.strip()[:12], label.strip()


def _first(row: Mapping[str, Any], names: Iterable[str]) -> Any:
    return next((row[name] for name in names if name in row), None)


def _set(value: Any, number: int) -> OutcomeSet:
    row = value if isinstance(value, Mapping) else {"name": value}
    outcomes = tuple(_outcome(one, n) for n, one in enumerate(_many(_first(row, SET_OUTCOMES)), 1))
    level, hours = (_number(row.get(name), name, []) for name in ("level", "hours"))
    return OutcomeSet(number, plain_text(row), plain_text(row, "en"), level, hours, outcomes)


def _outcome(value: Any, number: int) -> Outcome:
    row = value if isinstance(value, Mapping) else {"name": value}
    return Outcome(number, plain_text(row), plain_text(row, "en"), criteria=tuple(_criteria(row)))


def _criteria(row: Mapping[str, Any]) -> Iterator[Criterion]:
    """Criteria as a list, or as one text with a line for each."""
    listed = _first(row, OUTCOME_CRITERIA)
    items = plain_text(listed).splitlines() if isinstance(listed, str) else _many(listed)
    for at, one in enumerate(items):
        text = re.sub(r"^(?:[a-z][.)]|[-–•])\s+", "", plain_text(one))
        yield Criterion(letter(at), text, plain_text(one, "en"))


def letter(at: int) -> str:
    """a ... z, aa, ab ...: the mark of the criterion at that place, counted from 0."""
    return (letter(at // 26 - 1) if at >= 26 else "") + chr(ord("a") + at % 26)


def _body(value: Any, role: str) -> Body:
    row = value if isinstance(value, Mapping) else {}
    since, until = (plain_text(row.get(name))[:10] for name in ("since", "until"))
    return Body(plain_text(value), role, plain_text(row.get("place") or row.get("city")), since, until)
