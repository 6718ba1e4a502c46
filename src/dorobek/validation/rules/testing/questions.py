"""A question of the bank as plain data, and what makes one unfit to be asked (VA-4)."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

MOST_POINTS = 20
MOST_CHOICES = 12
LONGEST_PROMPT = 4000
LONGEST_CHOICE = 500
DIFFICULTIES = range(1, 6)


class Form(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    ORDERING = "ordering"
    MATCHING = "matching"
    SHORT = "short"
    NUMBER = "number"
    OPEN = "open"


WITH_CHOICES = (Form.SINGLE, Form.MULTIPLE, Form.ORDERING, Form.MATCHING)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose, or one thing to put in order or to match; `key` is the question's own."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its right answer.

    `choices` of ORDERING stand in the right order; `right` holds the keys of right choices (SINGLE, MULTIPLE);
    `targets` and `pairs` (choice key, target key) are of MATCHING, where a target may fit nothing or several choices;
    `accepted` of SHORT; `value` with `tolerance` (absolute, either way) and `unit` of NUMBER; `guide` tells markers of
    OPEN what to look for.
    """

    form: Form
    prompt: str
    points: int = 1
    choices: tuple[Choice, ...] = ()
    right: tuple[str, ...] = ()
    targets: tuple[Choice, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    accepted: tuple[str, ...] = ()
    value: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    unit: str = ""
    guide: str = ""

    @property
    def marked_by_hand(self) -> bool:
        return self.form is Form.OPEN


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a question, in words, and the field it is about."""

    field: str
    words: str


def faults(one: Question) -> list[Fault]:
    """Everything that keeps a question out of the bank; empty when it can be asked."""
    return [*_common(one), *_CHECKS[one.form](one)]


def _unprintable(one: Question) -> bool:
    """A character that a file of questions cannot carry."""
    texts = (one.prompt, one.guide, one.unit, *one.accepted, *(c.text for c in (*one.choices, *one.targets)))
    return any(
        (c not in "\n\t" and unicodedata.category(c) in ("Cc", "Cs")) or c in "\ufffe\uffff" for t in texts for c in t
    )


def _common(one: Question) -> Iterator[Fault]:
    if _unprintable(one):
        yield Fault("prompt", _("W treści jest znak, którego nie da się zapisać. Proszę go usunąć."))
    if not one.prompt.strip():
        yield Fault("prompt", _("Proszę wpisać treść pytania."))
    if len(one.prompt) > LONGEST_PROMPT:
        yield Fault("prompt", _("Treść jest za długa: najwyżej %d znaków.") % LONGEST_PROMPT)
    if not 1 <= one.points <= MOST_POINTS:
        yield Fault("points", _("Punkty: od 1 do %d.") % MOST_POINTS)
    for name, listed in (("choices", one.choices), ("targets", one.targets)):
        if len(listed) > MOST_CHOICES:
            yield Fault(name, _("Za dużo odpowiedzi: najwyżej %d.") % MOST_CHOICES)
        if any(not choice.text.strip() for choice in listed):
            yield Fault(name, _("Jedna z odpowiedzi jest pusta."))
        if any(len(choice.text) > LONGEST_CHOICE for choice in listed):
            yield Fault(name, _("Odpowiedź jest za długa: najwyżej %d znaków.") % LONGEST_CHOICE)
        if len({choice.text.strip() for choice in listed}) < len(listed):
            yield Fault(name, _("Dwie odpowiedzi brzmią tak samo. Proszę jedną zmienić."))
        if len({choice.key for choice in listed}) < len(listed):
            yield Fault(name, _("Dwie odpowiedzi mają ten sam znak."))


def _single(one: Question) -> Iterator[Fault]:
    yield from _enough(one)
    if len(one.right) != 1:
        yield Fault("choices", _("Przy jednokrotnym wyborze dobra jest dokładnie jedna odpowiedź."))
    yield from _known(one)


def _multiple(one: Question) -> Iterator[Fault]:
    yield from _enough(one)
    if not one.right:
        yield Fault("choices", _("Proszę zaznaczyć, które odpowiedzi są dobre."))
    yield from _known(one)


def _ordering(one: Question) -> Iterator[Fault]:
    yield from _enough(one)


def _matching(one: Question) -> Iterator[Fault]:
    yield from _enough(one)
    lefts, rights = {choice.key for choice in one.choices}, {choice.key for choice in one.targets}
    if len(one.targets) < 2:
        yield Fault("targets", _("Do dopasowania potrzebne są co najmniej dwie możliwości."))
    if {left for left, _right in one.pairs} != lefts or len(one.pairs) != len(lefts):
        yield Fault("choices", _("Każda rzecz potrzebuje dokładnie jednej pary."))
    if any(right not in rights for _left, right in one.pairs):
        yield Fault("targets", _("Para wskazuje coś, czego nie ma na liście."))


def _short(one: Question) -> Iterator[Fault]:
    if not one.accepted or any(not text.strip() for text in one.accepted):
        yield Fault("accepted", _("Proszę wpisać co najmniej jedną odpowiedź, którą uznajemy."))


def _number(one: Question) -> Iterator[Fault]:
    if one.value is None:
        yield Fault("value", _("Proszę wpisać dobrą odpowiedź jako liczbę, na przykład 12,5."))
    if one.tolerance < 0:
        yield Fault("tolerance", _("Dopuszczalna różnica nie może być ujemna."))


def _open(one: Question) -> Iterator[Fault]:
    if not one.guide.strip():
        yield Fault("guide", _("Proszę napisać oceniającym, za co są punkty."))


def _enough(one: Question) -> Iterator[Fault]:
    if len(one.choices) < 2:
        yield Fault("choices", _("Potrzebne są co najmniej dwie odpowiedzi."))


def _known(one: Question) -> Iterator[Fault]:
    if set(one.right) - {choice.key for choice in one.choices}:
        yield Fault("choices", _("Dobrej odpowiedzi nie ma na liście."))


_CHECKS = {
    Form.SINGLE: _single,
    Form.MULTIPLE: _multiple,
    Form.ORDERING: _ordering,
    Form.MATCHING: _matching,
    Form.SHORT: _short,
    Form.NUMBER: _number,
    Form.OPEN: _open,
}


def parse_number(text: str) -> Decimal | None:
    """A number as typed in Poland („1 234,50”, „1234.5”); None for anything else, and for what no test asks (1e999)."""
    tidy = text.strip().replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace("−", "-").replace(",", ".")
    if len(tidy) > 30 or not tidy or not set(tidy) <= set("+-.0123456789"):
        return None
    try:
        return Decimal(tidy)
    except InvalidOperation:
        return None


def to_json(one: Question) -> dict[str, Any]:
    """The question as JSON can hold it, without what is empty."""
    held = {
        "choices": [[choice.key, choice.text] for choice in one.choices],
        "right": list(one.right),
        "targets": [[choice.key, choice.text] for choice in one.targets],
        "pairs": [list(pair) for pair in one.pairs],
        "accepted": list(one.accepted),
        "value": None if one.value is None else str(one.value),
        "tolerance": str(one.tolerance) if one.tolerance else "",
        "unit": one.unit,
        "guide": one.guide,
    }
    return {name: value for name, value in held.items() if value}


def from_json(form: str, prompt: str, points: int, held: Mapping[str, Any]) -> Question:
    """The opposite of `to_json`."""
    return Question(
        form=Form(form),
        prompt=prompt,
        points=points,
        choices=tuple(Choice(*pair) for pair in held.get("choices", ())),
        right=tuple(held.get("right", ())),
        targets=tuple(Choice(*pair) for pair in held.get("targets", ())),
        pairs=tuple((left, right) for left, right in held.get("pairs", ())),
        accepted=tuple(held.get("accepted", ())),
        value=Decimal(held["value"]) if held.get("value") else None,
        tolerance=Decimal(held.get("tolerance") or 0),
        unit=held.get("unit", ""),
        guide=held.get("guide", ""),
    )
