"""Places of a template that rows fill in."""

import re
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from dorobek.vc.errors import VcError

Path = tuple[str | int, ...]
_STEP = re.compile(r"([^.\[\]]+)|\[(\d{1,4})\]")


class Filled:
    """A text with marks in it, prepared to have them replaced. Mark number n stands for value number n of a row."""

    def __init__(self, pattern: str, marks: Sequence[str]) -> None:
        numbers = {mark: number for number, mark in enumerate(marks)}
        parts = re.split("(" + "|".join(map(re.escape, marks)) + ")", pattern) if marks else [pattern]
        self.slots = tuple(numbers[part] for part in parts[1::2])
        self._format = "%s".join(part.replace("%", "%%") for part in parts[::2])

    def fill(self, values: Sequence[str]) -> str:
        return self._format % tuple([values[slot] for slot in self.slots])


def path_parts(path: str, document: dict[str, Any]) -> Path:
    """`a.b[0]` as ("a", "b", 0). Raises VcError `batch-field` when no text stands there, or in the context or a type."""
    steps: list[str | int] = []
    rest = path
    while rest:
        step = _STEP.match(rest)
        if step is None:
            raise VcError("batch-field", "not a path such as credentialSubject.id", path)
        steps.append(step[1] if step[1] is not None else int(step[2]))
        rest = rest[step.end() :].removeprefix(".")
    found: Any = document
    for step_name in steps:
        try:
            found = found[step_name]
        except (KeyError, IndexError, TypeError) as error:
            raise VcError("batch-field", "there is no such place in the template", path) from error
    # A type or a context changes what its neighbours mean; a row cannot.
    if not isinstance(found, str) or {"@context", "type", "@type"} & set(steps):
        raise VcError("batch-field", "a row can fill in texts only, and neither types nor contexts", path)
    return tuple(steps)


def filled_in(document: dict[str, Any], paths: Sequence[Path], values: Sequence[str]) -> dict[str, Any]:
    """A copy of the document with these values at these places."""
    copy = deepcopy(document)
    for path, value in zip(paths, values, strict=True):
        target: Any = copy
        for step in path[:-1]:
            target = target[step]
        target[path[-1]] = value
    return copy
