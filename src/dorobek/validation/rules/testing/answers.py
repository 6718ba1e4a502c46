"""What a candidate gives as an answer, and which of two messages about one answer counts.

Shapes: SINGLE a key; MULTIPLE and ORDERING a list of keys; MATCHING {choice key: target key}; SHORT, NUMBER and OPEN
the words as typed. None and what is empty is no answer.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from dorobek.validation.rules.testing.questions import WITH_CHOICES, Form, Question

LONGEST = {Form.SHORT: 300, Form.NUMBER: 60, Form.OPEN: 10_000}


class NoSuchAnswer(ValueError):
    """An answer that the question could not have."""


def shuffled(one: Question, seed: str) -> dict[str, list[str]]:
    """In which order one candidate sees the choices: {"choices": [keys], "targets": [keys]}.

    A candidate's browser is told places in this order, never keys, which would give the right order away.
    """
    dice = random.Random(seed)
    listed = {"choices": [c.key for c in one.choices], "targets": [c.key for c in one.targets]}
    for keys in listed.values():
        dice.shuffle(keys)
    return {name: keys for name, keys in listed.items() if keys}


def from_places(one: Question, order: Mapping[str, Sequence[str]], given: Any) -> Any:
    """An answer in places (from 1, as text) of the candidate's own order as one in keys; None for no answer.

    Raises NoSuchAnswer for a place or a shape that the question does not have.
    """
    if given in (None, "", [], {}):
        return None
    if one.form not in WITH_CHOICES:
        if not isinstance(given, str):
            raise NoSuchAnswer("words were expected")
        if len(given) > LONGEST[one.form]:
            raise NoSuchAnswer("too long")
        if "\x00" in given or any("\ud800" <= letter <= "\udfff" for letter in given):
            raise NoSuchAnswer("a character that cannot be kept")
        return given if given.strip() else None
    choices = order.get("choices", ())
    if one.form is Form.SINGLE:
        return _key(choices, given)
    if one.form is Form.MATCHING:
        if not isinstance(given, Mapping):
            raise NoSuchAnswer("pairs were expected")
        pairs = {_key(choices, a): _key(order.get("targets", ()), b) for a, b in given.items() if b not in (None, "")}
        return pairs or None
    if not isinstance(given, list | tuple):
        raise NoSuchAnswer("a list was expected")
    keys = [_key(choices, place) for place in given]
    if len(set(keys)) < len(keys):
        raise NoSuchAnswer("one choice stands twice")
    return sorted(keys) if one.form is Form.MULTIPLE else keys


def to_places(one: Question, order: Mapping[str, Sequence[str]], answer: Any) -> Any:
    """The opposite of `from_places`: a stored answer as the candidate's own screen names it."""
    if answer is None or one.form not in WITH_CHOICES:
        return answer
    place = {key: str(number) for number, key in enumerate(order.get("choices", ()), 1)}
    if one.form is Form.SINGLE:
        return place.get(answer)
    if one.form is Form.MATCHING:
        target = {key: str(number) for number, key in enumerate(order.get("targets", ()), 1)}
        return {place[left]: target[right] for left, right in answer.items()}
    listed = [place[key] for key in answer]
    return sorted(listed, key=int) if one.form is Form.MULTIPLE else listed


def _key(keys: Sequence[str], place: Any) -> str:
    text = str(place)
    if not (text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= len(keys)):
        raise NoSuchAnswer(f"no such place: {text[:20]}")
    return keys[int(text) - 1]


class Arrival(Enum):
    """What to do with a message that brings an answer."""

    TAKE = "take"
    SAME = "same"  # it was here before: say yes again
    OVERTAKEN = "overtaken"  # a later one of the same device came first
    CLASH = "clash"  # another device has answered meanwhile; that one stands


@dataclass(frozen=True, slots=True)
class Held:
    """The answer as it is held, with its number and the device that sent it."""

    number: int
    device: str
    answer: Any


def arrival(held: Held, number: int, device: str, answer: Any) -> Arrival:
    """Messages are numbered by what the server told the device last, plus one: no clock of a device takes part."""
    if number > held.number:
        return Arrival.TAKE
    if answer == held.answer:
        return Arrival.SAME
    return Arrival.OVERTAKEN if device == held.device and number < held.number else Arrival.CLASH
