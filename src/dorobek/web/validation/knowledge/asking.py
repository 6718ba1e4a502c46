"""A question on the candidate's screen, and what its form sends back. Choices are named by their places alone."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.validation.models import KnowledgeAnswer
from dorobek.validation.rules.testing.answers import to_places
from dorobek.validation.rules.testing.questions import Form, Question, parse_number

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Asked:
    """What a screen shows of one question. `given` is an answer in places; `was` its JSON as the page was made."""

    place: int
    form: str
    prompt: str
    unit: str
    points: int
    choices: list[dict[str, Any]]
    targets: list[tuple[str, str]]
    given: Any
    number: int
    was: str
    hint: str = ""
    error: str = ""

    @property
    def answered(self) -> bool:
        return self.given is not None


def asked(row: KnowledgeAnswer, *, given: Any = ..., error: str = "") -> Asked:
    """The question of a row; `given` is shown instead of what is held, after a form that could not be kept."""
    one = row.item_version.question
    held = to_places(one, row.shown, row.answer)
    shown = held if given is ... else given
    texts = {choice.key: choice.text for choice in (*one.choices, *one.targets)}
    keys, targets = row.shown.get("choices", []), row.shown.get("targets", [])
    choices = [
        {"value": str(place), "text": texts[key], **_state(one, str(place), shown)}
        for place, key in enumerate(keys, 1)
    ]  # fmt: skip
    return Asked(
        place=row.place, form=str(one.form), prompt=one.prompt, unit=one.unit, points=one.points, choices=choices,
        targets=[(str(place), texts[key]) for place, key in enumerate(targets, 1)], given=shown,
        number=row.seq + 1, was=as_was(held), hint=_hint(one, shown), error=error,
    )  # fmt: skip


def _state(one: Question, place: str, given: Any) -> dict[str, Any]:
    if one.form is Form.SINGLE:
        return {"on": given == place}
    if one.form is Form.MULTIPLE:
        return {"on": place in (given or [])}
    if one.form is Form.ORDERING:
        return {"position": given.index(place) + 1 if given and place in given else 0}
    return {"target": (given or {}).get(place, "")}


def _hint(one: Question, given: Any) -> str:
    if one.form is Form.NUMBER and given and parse_number(given) is None:
        return _("To nie wygląda na liczbę. Proszę wpisać ją cyframi, na przykład 12,5.")
    return ""


def as_was(given: Any) -> str:
    """An answer in places as text that compares."""
    return json.dumps(given, ensure_ascii=False, sort_keys=True)


def given_in(row: KnowledgeAnswer, fields: Fields) -> Any:
    """The answer in a form's fields, in places; None when nothing is chosen. Raises RuleBroken (two in one position)."""
    form, name = row.item_version.form, f"q{row.place}"
    values = [value for value in fields.get(name, ()) if value != ""]
    if form in (Form.SHORT, Form.NUMBER, Form.OPEN):
        text = values[0].replace("\r\n", "\n") if values else ""
        return text if text.strip() else None
    if form == Form.SINGLE:
        return values[0] if values else None
    if form == Form.MULTIPLE:
        return sorted(set(values), key=lambda one: (len(one), one)) or None
    count = len(row.shown.get("choices", ()))
    picked = {str(place): (fields.get(f"{name}_{place}") or [""])[0] for place in range(1, count + 1)}
    picked = {place: value for place, value in picked.items() if value}
    if form == Form.MATCHING:
        return picked or None
    if len(set(picked.values())) < len(picked):
        raise RuleBroken(_("Dwie rzeczy mają to samo miejsce w kolejności. Proszę jedną zmienić."), name)
    return sorted(picked, key=lambda place: (len(picked[place]), picked[place])) or None
