"""Two people wrote in one row, each starting from the same version: what can be joined without asking (XX-1).

Pure: values are anything that can be compared, so digests of values do as well as the values.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

MISSING: Any = object()


@dataclass(frozen=True)
class Settled:
    """Names by what becomes of them: `take` mine, `keep` theirs, `clash` asks. A name both hold equal is in none."""

    take: frozenset[str] = field(default_factory=frozenset)
    keep: frozenset[str] = field(default_factory=frozenset)
    clash: frozenset[str] = field(default_factory=frozenset)


def settle(
    base: Mapping[str, Any],
    theirs: Mapping[str, Any],
    mine: Mapping[str, Any],
    together: Collection[Collection[str]] = (),
) -> Settled:
    """Decide name by name, for the names of `mine`; names of one group in `together` share one fate.

    Changed on one side only: that side's. Changed on both to the same: nothing to do. Changed on both to different
    things: a clash, which only a person can settle. `base` and `theirs` hold every name of `mine` and of its groups.
    """
    take: set[str] = set()
    keep: set[str] = set()
    clash: set[str] = set()
    for unit in _units(mine, together):
        given = [name for name in unit if name in mine]
        differing = {name for name in given if mine[name] != theirs[name]}
        if not differing:
            continue
        if all(mine[name] == base[name] for name in given):
            keep |= differing
        elif all(theirs.get(name, MISSING) == base.get(name, MISSING) for name in unit):
            take |= differing
        else:
            clash |= differing
    return Settled(frozenset(take), frozenset(keep), frozenset(clash))


def _units(mine: Mapping[str, Any], together: Collection[Collection[str]]) -> list[tuple[str, ...]]:
    units = [tuple(group) for group in together if any(name in mine for name in group)]
    grouped = {name for unit in units for name in unit}
    return [*units, *((name,) for name in mine if name not in grouped)]


def spread(values: Mapping[str, Any], opened: Collection[str]) -> dict[str, Any]:
    """The same values with the mappings named in `opened` laid open: {"details": {"a": 1}} is {"details.a": 1}.

    An empty mapping leaves nothing: a key that is missing and a key that was taken out are the same.
    """
    found: dict[str, Any] = {}
    for name, value in values.items():
        if name in opened:
            found.update({f"{name}.{key}": item for key, item in (value or {}).items()})
        else:
            found[name] = value
    return found
