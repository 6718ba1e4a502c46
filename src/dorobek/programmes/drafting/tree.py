"""A programme's rules as a tree of JSON: places with names that stay when a list is put in another order. Pure.

A place is a tuple of steps: `("biographical", "areas", "work", "questions", "work-first")`. A step into a list is the
item's own code (or kind, area, part), or its number where items have none.
"""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from dorobek.kernel.merging import MISSING

Place = tuple[str, ...]
KEYS = ("code", "kind", "area", "part")
TEXT = frozenset({"pl", "en"})


def key_of(item: Any, number: int) -> str:
    """What an item of a list is called."""
    if isinstance(item, dict):
        for name in KEYS:
            if isinstance(item.get(name), str):
                return str(item[name])
    return str(number)


def is_leaf(value: Any) -> bool:
    """True for what one field holds: a text, a number, a list of such or of texts in both languages."""
    if isinstance(value, list):
        return all(not isinstance(item, dict) or set(item) == TEXT for item in value)
    return not isinstance(value, dict)


def find(data: Any, place: Place) -> Any:
    """The value at a place, MISSING when there is none."""
    for step in place:
        if isinstance(data, dict):
            data = data.get(step, MISSING)
        elif isinstance(data, list):
            data = next((item for number, item in enumerate(data) if key_of(item, number) == step), MISSING)
        else:
            return MISSING
    return data


def index_of(items: list[Any], step: str) -> int:
    """Where in a list the item of this name stands. Raises KeyError."""
    for number, item in enumerate(items):
        if key_of(item, number) == step:
            return number
    raise KeyError(step)


def leaves(data: Any, place: Place = ()) -> Iterator[tuple[str, Any]]:
    """(name, value) of every field below, names joined with slashes; the order of a list's items is a field too."""
    if data is MISSING:
        return
    if is_leaf(data):
        yield "/".join(place), data
    elif isinstance(data, dict):
        for name, value in data.items():
            yield from leaves(value, (*place, name))
    else:
        yield "/".join((*place, "")), [key_of(item, number) for number, item in enumerate(data)]
        for number, item in enumerate(data):
            yield from leaves(item, (*place, key_of(item, number)))


def changed(before: Any, after: Any, place: Place = ()) -> dict[str, tuple[Any, Any]]:
    """{name: (before, after)} of the fields that differ; None where there was none."""
    old, new = dict(leaves(before, place)), dict(leaves(after, place))
    names = [*new, *(name for name in old if name not in new)]
    return {name: (old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)}


def replaced(data: Any, place: Place, value: Any) -> Any:
    """A copy of the data with the value at the place; MISSING takes it out. An item not there yet goes to the end.

    Raises KeyError when the place above does not exist.
    """
    whole = copy.deepcopy(data)
    if not place:
        return value
    above, step = find(whole, place[:-1]), place[-1]
    if isinstance(above, dict):
        if value is MISSING:
            above.pop(step, None)
        else:
            above[step] = value
    elif isinstance(above, list):
        _put(above, step, value)
    else:
        raise KeyError("/".join(place))
    return whole


def _put(items: list[Any], step: str, value: Any) -> None:
    try:
        number = index_of(items, step)
    except KeyError:
        if value is not MISSING:
            items.append(value)
        return
    items[number : number + 1] = [] if value is MISSING else [value]


def moved(data: Any, place: Place, by: int) -> Any:
    """A copy with the item one place earlier (-1) or later (1); at the end of the list it stays."""
    whole = copy.deepcopy(data)
    items = find(whole, place[:-1])
    number = index_of(items, place[-1])
    if 0 <= number + by < len(items):
        items.insert(number + by, items.pop(number))
    return whole


def with_fields(item: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of an object with fields set; names go deeper with a dot, None takes a field out."""
    made: dict[str, Any] = copy.deepcopy(dict(item))
    for name, value in values.items():
        *above, last = name.split(".")
        held = made
        for step in above:
            if not isinstance(held.get(step), dict):
                held[step] = {}
            held = held[step]
        if value is None:
            held.pop(last, None)
        else:
            held[last] = value
    return _without_empty(made, values)


def _without_empty(made: dict[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Objects that the fields left empty are not there: a text in neither language is no text."""
    for name in values:
        steps = name.split(".")[:-1]
        while steps:
            held, above = find(made, tuple(steps)), find(made, tuple(steps[:-1]))
            if held == {} and isinstance(above, dict):
                above.pop(steps[-1])
            steps.pop()
    return made
