"""Two versions of the same thing, made ready for a person to choose between."""

from typing import Any

from django import forms

from dorobek.kernel.errors import Conflict
from dorobek.kernel.tables import plain

DERIVED = ("sort_day", "sort_key", "search_text")  # columns that actions make from the others


def rows(conflict: Conflict, form: forms.Form | None) -> list[dict[str, Any]]:
    """One row for each field that differs: label, both versions as text, and what joining them starts from.

    A field that the form does not show has no `name`: it is seen, and settled by sending the form again.
    """
    return [_row(name, conflict, form) for name in conflict.theirs]


def _row(name: str, conflict: Conflict, form: forms.Form | None) -> dict[str, Any]:
    theirs, yours = conflict.theirs[name], conflict.yours.get(name)
    field = form.fields.get(name) if form is not None else None
    if form is None or field is None:
        return {"label": name.replace("_", " "), "name": "", "theirs": shown(theirs), "yours": shown(yours)}
    their_raw, your_raw = shown(field.prepare_value(theirs)), shown(field.prepare_value(yours))
    raws = plain(theirs) if isinstance(theirs, list) else [their_raw]
    joinable = isinstance(field.widget, forms.TextInput | forms.Textarea) and isinstance(field, forms.CharField)
    return {
        "label": form[name].label,
        "name": form.add_prefix(name),
        "theirs": _word_of(field, theirs, their_raw),
        "yours": _word_of(field, yours, your_raw),
        "theirs_raw": their_raw,
        "theirs_raws": raws,
        "joinable": joinable,
        "joined": joined(your_raw, their_raw),
    }


def absorb(conflict: Conflict, form: forms.Form) -> None:
    """Put into a sent form what somebody else changed and this person did not, so that sending it again keeps it.

    What the form has no field for is left to the person: both versions are shown.
    """
    for name, (theirs, yours) in conflict.kept.items():
        field = form.fields.get(name)
        if field is not None and not isinstance(field.widget, forms.MultiWidget):
            _fill(form, name, field, theirs)
        elif name not in DERIVED:
            conflict.theirs[name], conflict.yours[name] = theirs, yours


def _fill(form: forms.Form, name: str, field: forms.Field, value: Any) -> None:
    key, raw = form.add_prefix(name), field.prepare_value(value)
    data: Any = form.data
    data = data.copy()
    data.pop(key, None)
    if isinstance(field.widget, forms.CheckboxInput):
        if raw:
            data[key] = "on"
    elif isinstance(raw, list):
        data.setlist(key, [str(item) for item in raw])
    else:
        data[key] = field.widget.format_value(raw) or ""
    form.data = data


def shown(value: Any) -> str:
    """A value as text; nothing for nothing."""
    found = plain(value)
    if found is None:
        return ""
    return ", ".join(map(str, found)) if isinstance(found, list) else str(found)


def _word_of(field: forms.Field, value: Any, raw: str) -> str:
    choices = {str(key): label for key, label in getattr(field, "choices", ()) or ()}
    if isinstance(value, list):
        return ", ".join(str(choices.get(str(item), item)) for item in value)
    return str(choices.get(raw, raw))


def joined(yours: str, theirs: str) -> str:
    """Both texts, one under the other; a text that already holds the other is enough."""
    if not theirs or theirs in yours:
        return yours
    if not yours or yours in theirs:
        return theirs
    return f"{yours}\n\n{theirs}"
