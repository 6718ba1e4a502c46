"""A version of a plan as plain data, and what changed between two, in sentences (DP-6). Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

Snapshot = Mapping[str, Any]
Part = Mapping[str, Any]


def changes(before: Snapshot, after: Snapshot) -> list[str]:
    """What is different, one sentence each; empty when nothing is. Parts are told apart by their uid."""
    found = list(_plain(before, after))
    found += _parts(before, after, "goals", "wording", _("Cel"), ("wording", "measure", "due_on", "state"))
    if before.get("chosen") != after.get("chosen") and after.get("chosen_name"):
        found.append(_("Wybrano scenariusz „%(name)s”.") % {"name": after["chosen_name"]})
    found += _parts(before, after, "scenarios", "name", _("Scenariusz"), ("name", "note"))
    old, new = _steps(before), _steps(after)
    found += _parts(
        {"steps": old}, {"steps": new}, "steps", "wording", _("Krok"),
        ("wording", "starts_on", "due_on", "state", "responsible", "own_grosze", "voucher_grosze"),
    )  # fmt: skip
    return found


def _plain(before: Snapshot, after: Snapshot) -> list[str]:
    names = {"agreed_aim": _("Cel bilansu"), "agreed_scope": _("Zakres"), "direction": _("Kierunek")}
    return [
        _("%(what)s: było „%(before)s”, jest „%(after)s”.")
        % {"what": label, "before": before.get(name) or "-", "after": after.get(name) or "-"}
        for name, label in names.items()
        if before.get(name) != after.get(name)
    ]


def _parts(before: Snapshot, after: Snapshot, kind: str, title: str, word: str, columns: Sequence[str]) -> list[str]:
    old = {part["uid"]: part for part in before.get(kind) or ()}
    new = {part["uid"]: part for part in after.get(kind) or ()}
    found = [
        _("Dodano: %(word)s „%(title)s”.") % _named(word, part, title) for uid, part in new.items() if uid not in old
    ]
    found += [
        _("Usunięto: %(word)s „%(title)s”.") % _named(word, part, title) for uid, part in old.items() if uid not in new
    ]
    for uid in old.keys() & new.keys():
        found += _of_part(old[uid], new[uid], word, title, columns)
    return sorted(found)


def _named(word: str, part: Part, title: str) -> dict[str, str]:
    return {"word": word.lower(), "title": str(part.get(title, ""))}


def _of_part(before: Part, after: Part, word: str, title: str, columns: Sequence[str]) -> list[str]:
    labels = {
        "wording": _("treść"), "measure": _("po czym poznać"), "due_on": _("termin"), "starts_on": _("początek"),
        "state": _("stan"), "responsible": _("kto o to dba"), "name": _("nazwa"), "note": _("opis"),
        "own_grosze": _("własne pieniądze"), "voucher_grosze": _("z bonu"),
    }  # fmt: skip
    return [
        _("%(word)s „%(title)s”: %(what)s było „%(before)s”, jest „%(after)s”.")
        % {
            "word": word, "title": before.get(title, ""), "what": labels[name],
            "before": _value(before.get(name)), "after": _value(after.get(name)),
        }
        for name in columns
        if before.get(name) != after.get(name)
    ]  # fmt: skip


def _value(value: object) -> str:
    """As people read it: days as 27.11.2026, nothing as a dash."""
    text = "-" if value is None or value == "" else str(value)
    if len(text) == 10 and text[4] == "-" == text[7]:
        return f"{text[8:]}.{text[5:7]}.{text[:4]}"
    return text


def _steps(content: Snapshot) -> list[Part]:
    """Steps of the chosen scenario, which is what the person does; those of all where none is chosen."""
    scenarios = content.get("scenarios") or ()
    chosen = [one for one in scenarios if one["uid"] == content.get("chosen")]
    return [step for one in chosen or scenarios for step in one.get("steps") or ()]
