"""What changed between two versions of an entry, field by field (RG-1: an entry keeps what changed)."""

from collections.abc import Mapping
from typing import Any

NUMBERED = {"sets": "number", "outcomes": "number", "criteria": "letter"}


def differences(before: Any, after: Any, path: str = "") -> dict[str, list[Any]]:
    """`{"sets/2/outcomes/1/pl": [before, after]}`; an empty dict when nothing changed. Both as `Entry.as_data()`."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        found: dict[str, list[Any]] = {}
        for name in [*before, *(key for key in after if key not in before)]:
            found |= differences(*_keyed(name, before.get(name), after.get(name)), f"{path}/{name}" if path else name)
        return found
    if before == after or (not before and not after):
        return {}
    return {path: [before, after]}


def _keyed(name: str, before: Any, after: Any) -> tuple[Any, Any]:
    """Numbered lists are compared by number, so that one inserted item does not seem to change all after it."""
    if name not in NUMBERED:
        return before, after
    key = NUMBERED[name]
    return ({str(item[key]): item for item in before or ()}, {str(item[key]): item for item in after or ()})
