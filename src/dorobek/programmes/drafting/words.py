"""A place of the rules and what changed there, in words for a person (SA-1). Pure."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _

from dorobek.kernel.merging import MISSING
from dorobek.programmes.drafting.labels import LANGUAGES, LISTS, NODE_NAMES, PARTS, WORDS, label_of
from dorobek.programmes.drafting.spots import Kind, class_of, shape_at
from dorobek.programmes.drafting.tree import KEYS, TEXT, Place, changed, find

SHOWN = 400  # characters of a value in the list of changes


@dataclass(frozen=True)
class Change:
    """One line of the comparison. `what`: added, removed, moved or changed; `before` and `after` as shown."""

    place: Place
    where: tuple[str, ...]
    what: str
    before: str = ""
    after: str = ""


def title_of(item: Any) -> str:
    """What an item of a list is called on the screens."""
    if not isinstance(item, dict):
        return ""
    for name in ("title", "name", "text", "difficulty", "label"):
        if isinstance(item.get(name), dict):
            return str(item[name].get("pl", ""))
    if "rule" in item:
        return str(NODE_NAMES.get(item["rule"], item["rule"]))
    return next((str(item[name]) for name in KEYS if name in item), "")


def trail(data: Any, place: Place) -> tuple[str, ...]:
    """The names of a place from the top: "Wywiad biograficzny", "Nauka", "Pytania", "Jak wspomina…"."""
    found: list[str] = []
    for number, step in enumerate(place):
        above = find(data, place[:number])
        if number == 0:
            found.append(str(PARTS[step][0]) if step in PARTS else step)
        elif isinstance(above, list):
            found.append(title_of(find(data, place[: number + 1])) or step)
        else:
            found.append(_step(data, place, number))
    return tuple(one for one in found if one)


def _step(data: Any, place: Place, number: int) -> str:
    step, kind = place[number], shape_at(data, place[:number])
    if step in TEXT:
        return str(LANGUAGES[step])
    shape = class_of(kind, find(data, place[:number])) if kind and not kind.many else None
    if shape is None:
        return str(WORDS.get(step, step))
    owner = shape.__name__
    if f"{owner}.{step}" in LISTS:
        return str(LISTS[f"{owner}.{step}"][0])
    try:
        return str(label_of(owner, step)[0])
    except KeyError:
        return ""  # a small object laid open on its parent's page has no name of its own


def differences(old: Any, new: Any) -> list[Change]:
    """What publishing `new` would change in `old`: an item added or taken out is one line, whatever it holds."""
    found: list[Change] = []
    whole: set[Place] = set()
    for name, (before, after) in changed(old, new).items():
        place = tuple(name.removesuffix("/").split("/"))
        if any(place[: len(one)] == one for one in whole):
            continue
        top = _appeared(old, new, place)
        if top is not None:
            whole.add(top)
            if top[-1:] != ("",):
                found.append(_whole(old, new, top))
        elif name.endswith("/"):
            if {*before} == {*after}:
                found.append(Change(place, trail(new, place), "moved"))
        else:
            found.append(_field(old, new, place, before, after))
    return found


def _appeared(old: Any, new: Any, place: Place) -> Place | None:
    """The topmost thing on the way that only one of the two holds, when it is more than a field."""
    for length in range(1, len(place) + 1):
        held, wanted = find(old, place[:length]), find(new, place[:length])
        if (held in (MISSING, None)) != (wanted in (MISSING, None)):
            there = wanted if held in (MISSING, None) else held
            return place[:length] if isinstance(there, dict) and set(there) != TEXT else None
    return None


def _whole(old: Any, new: Any, place: Place) -> Change:
    added = find(old, place) in (MISSING, None)
    side = new if added else old
    where = trail(side, place)
    name = title_of(find(side, place))
    shown = where[:-1] if name and where and where[-1] == name else where
    return Change(place, shown, "added" if added else "removed", "" if added else name, name if added else "")


def _field(old: Any, new: Any, place: Place, before: Any, after: Any) -> Change:
    side = new if find(new, place) is not MISSING else old
    return Change(place, trail(side, place), "changed", _said(side, place, before), _said(side, place, after))


def _said(data: Any, place: Place, value: Any) -> str:
    """A value as the form would show it: choices by their labels, truth in words."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("tak") if value else _("nie")
    kind = shape_at(data, place)
    labels = choices_of(kind) if kind else {}
    if isinstance(value, list):
        text = "; ".join(
            str(one.get("pl", "")) if isinstance(one, dict) else labels.get(one, str(one)) for one in value
        )
    else:
        text = labels.get(value, str(value)) if not isinstance(value, date) else value.isoformat()
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def choices_of(kind: Kind) -> dict[Any, str]:
    """{value: label} of a field with a closed list of answers; nothing for others."""
    if isinstance(kind.base, type) and issubclass(kind.base, Enum):
        return {one.value: str(getattr(one, "label", one.value)) for one in kind.base}
    return {}
