"""Rules of validation as lines that a person can edit, and back (RG-5, VA-2).

A method: `test wiedzy: 1.1, 2` (only these outcomes or sets) or `rozmowa z komisją: wszystkie zestawy` or
`analiza dowodów`. A requirement: its words, then `| 5 z 10` for five years within ten, `| 5` for five years; without
a bar the years are read from the words, `|` with nothing after it says that there are none.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from dorobek.register.entry.rules_text import method_named, requirement
from dorobek.register.entry.shape import OutcomeSet
from dorobek.register.entry.validation import Method, Requirement

ALL_SETS = "wszystkie zestawy"
OUTCOME = re.compile(r"\d+(?:\.\d+)?")
YEARS = re.compile(r"(\d{1,2})(?:\s*z\s*(\d{1,2}))?")


class BadRules(ValueError):
    """A line that cannot be taken; `line` counts from 1. "no-method", "no-outcome" (names it) or "years"."""

    def __init__(self, line: int, problem: str, about: str = "") -> None:
        super().__init__(problem)
        self.line, self.problem, self.about = line, problem, about


def method_lines(methods: Iterable[Method]) -> str:
    """The methods, one a line."""
    return "\n".join(_method_line(one) for one in methods)


def _method_line(one: Method) -> str:
    scope = ALL_SETS if one.all_sets else ", ".join(one.outcomes or [str(number) for number in one.sets])
    return f"{_words(one)}: {scope}" if scope else _words(one)


def _words(one: Method) -> str:
    return " ".join(one.text.split()).replace(":", " -")


def read_methods(text: str, sets: Sequence[OutcomeSet], held: Iterable[Method] = ()) -> tuple[Method, ...]:
    """The methods of the lines. One held before keeps its words and the sets that it must cover, where the line has
    not changed. Raises BadRules for a method not known and an outcome or set that the entry does not have."""
    listed = list(held)
    was, named = {_method_line(one): one for one in listed}, {_words(one): one for one in listed}
    known = {str(group.number) for group in sets}
    known |= {f"{group.number}.{one.number}" for group in sets for one in group.outcomes}
    found = []
    for number, line in _lines(text):
        made = was.get(line) or _read_method(number, line, named)
        for one in made.outcomes:
            if one not in known:
                raise BadRules(number, "no-outcome", one)
        found.append(made)
    return tuple(found)


def _read_method(number: int, line: str, named: Mapping[str, Method]) -> Method:
    """A line that is new or has another scope; a method whose words were held keeps its code and words."""
    words, _colon, scope = (part.strip() for part in line.partition(":"))
    held = named.get(words)
    code = held.code if held else method_named(words)
    if held is None and code == "other" and not words.casefold().startswith("inna"):
        raise BadRules(number, "no-method", words)
    whole = scope.casefold().strip(" .") == ALL_SETS
    outcomes = () if whole else tuple(OUTCOME.findall(scope))
    if scope and not whole and not outcomes:
        raise BadRules(number, "no-outcome", scope)
    return Method(code, held.text if held else words, all_sets=whole, outcomes=outcomes)


def requirement_lines(requirements: Iterable[Requirement]) -> str:
    """The requirements, one a line."""
    return "\n".join(_requirement_line(one) for one in requirements)


def _requirement_line(one: Requirement) -> str:
    words = " ".join(one.text.split()).replace("|", "/")
    read = requirement(words)
    if one.years is None:
        return words if read.years is None else f"{words} |"
    years = str(one.years) if one.within_years is None else f"{one.years} z {one.within_years}"
    return f"{words} | {years}"


def read_requirements(text: str) -> tuple[Requirement, ...]:
    """The requirements of the lines. Raises BadRules for years that are none, or more than the years they lie within."""
    return tuple(_requirement(number, line) for number, line in _lines(text))


def _requirement(number: int, line: str) -> Requirement:
    words, bar, years = (part.strip() for part in line.partition("|"))
    if not bar:
        return requirement(words)
    if not years:
        return Requirement(words)
    found = YEARS.fullmatch(years)
    if not found or not words or int(found[1]) < 1 or (found[2] and int(found[2]) < int(found[1])):
        raise BadRules(number, "years", years)
    return Requirement(words, int(found[1]), int(found[2]) if found[2] else None)


def plain_lines(texts: Iterable[str]) -> str:
    return "\n".join(" ".join(one.split()) for one in texts)


def read_plain(text: str) -> tuple[str, ...]:
    return tuple(line for _number, line in _lines(text))


def _lines(text: str) -> list[tuple[int, str]]:
    rows = ((number, " ".join(raw.split())) for number, raw in enumerate(text.splitlines(), start=1))
    return [(number, line) for number, line in rows if line]
