"""A form for any part of a programme's rules, made from the part's own shape, so that no field can be forgotten."""

import datetime as dt
from collections.abc import Mapping
from enum import Enum
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.kernel.merging import MISSING
from dorobek.programmes.drafting.labels import LANGUAGES, WORDS, label_of
from dorobek.programmes.drafting.spots import Field, Kind, fields_of
from dorobek.programmes.drafting.tree import Place, find, with_fields
from dorobek.programmes.drafting.words import choices_of, title_of
from dorobek.programmes.enums import CardSectionKind
from dorobek.programmes.rules.words import Bilingual
from dorobek.programmes.schema.card_fields import FIELDS_OF_SECTION, REGISTRATION_FIELDS
from dorobek.programmes.schema.errors import FieldError
from dorobek.programmes.schema.shapes import Words
from dorobek.web.forms import DayField, DorobekForm, LongText, ManyChoices, ShortText, dress

LONGEST = 6000
KEY_FIELDS = ("code", "kind", "area", "part")
ONE_LINE = ("name", "title", "region", "meaning", "intake", "label", "service_language", "terms")
BREAK = "¶"


class CommaList(ShortText):
    """Codes or whole numbers, with commas between them; cleans to a list."""

    def __init__(self, *, numbers: bool, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, **kwargs)
        self.numbers = numbers

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        parts = [part.strip() for part in str(super().clean(value)).split(",") if part.strip()]
        if not self.numbers:
            return parts
        if not all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts):
            raise ValidationError(_("Proszę wpisać liczby z przecinkami, na przykład 30, 7."), code="invalid")
        return [int(part) for part in parts]


class Pairs(LongText):
    """Texts in both languages: Polish, English under it, an empty line; cleans to a list of both."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=60_000, rows=12, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n\n".join(f"{one['pl'].replace(chr(10), BREAK)}\n{one['en'].replace(chr(10), BREAK)}" for one in value)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        blocks = [[line.strip() for line in block.split("\n") if line.strip()] for block in text.split("\n\n")]
        blocks = [block for block in blocks if block]
        for block in blocks:
            if len(block) != 2:
                told = _("„%s”: tu powinny być dwie linie, po polsku i po angielsku.") % block[0][:60]
                raise ValidationError(told, code="invalid")
        return [dict(zip(("pl", "en"), (line.replace(BREAK, "\n") for line in block), strict=True)) for block in blocks]


class PartForm(DorobekForm):
    """Fields of one part; `values` gives back what is to be written."""

    def __init__(
        self, *args: Any, shape: Any, item: Any, rules: Any, place: Place, frozen: bool, **kwargs: Any
    ) -> None:
        self.spec = [
            one for one in _spec(shape, item) if not (frozen and one.name in KEY_FIELDS) and _shown(place, one)
        ]
        self.held = item
        super().__init__(*args, **kwargs)
        for one in self.spec:
            self.fields[one.name] = _field(one, rules, place)
            dress(self.fields[one.name])

    def values(self) -> dict[str, Any]:
        """{field: value as in the file} of the fields whose value is another than the one held; None takes one out."""
        found = {}
        for one in self.spec:
            value = _plain(one, self.cleaned_data.get(one.name), self.initial.get(one.name))
            if value != _plain(one, self.initial.get(one.name), None):
                found[one.name] = value
        return found

    def whole(self) -> dict[str, Any]:
        """The object with every field as typed, for one that is not there yet."""
        typed = {one.name: _plain(one, self.cleaned_data.get(one.name), None) for one in self.spec}
        return with_fields(self.held, {name: value for name, value in typed.items() if value is not None})

    def refuse(self, errors: list[FieldError]) -> None:
        """Put each fault beside the field it is about; the rest above the form."""
        for error in errors:
            name = error.path.partition("[")[0]
            near = next((one for one in self.fields if one == name or one.startswith(f"{name}.")), None)
            self.add_error(near if name else None, error.message)


def initial_of(shape: Any, item: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a part as its form begins: what is held, what goes without saying where nothing is."""
    found = {}
    for one in _spec(shape, item):
        value = find(item, tuple(one.name.split(".")))
        found[one.name] = _default(one) if value is MISSING else value
        if one.kind.base is dt.date and isinstance(found[one.name], str):
            found[one.name] = dt.date.fromisoformat(found[one.name])
    return found


def _spec(shape: Any, item: Any) -> list[Field]:
    if shape is not Words:
        return fields_of(shape)
    kept = item.get("terms", {}) if isinstance(item, dict) else {}
    names = [f"terms.{word}.{language}" for word in {**WORDS, **kept} for language in LANGUAGES]
    return [Field(name, Kind(Bilingual, optional=True), "Words", "terms") for name in names]


def _shown(place: Place, one: Field) -> bool:
    """A programme's own code never changes: another code is another programme. Its logo has a page of its own."""
    return place != ("identity",) or one.name not in ("code", "logo")


def _default(one: Field) -> Any:
    value = one.default
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple) or (value is None and one.kind.many):
        return [item.value if isinstance(item, Enum) else item for item in value or ()]
    return bool(value) if one.kind.base is bool else value


def _plain(one: Field, value: Any, before: Any) -> Any:
    """A cleaned value as the file holds it; what was chosen keeps the order it had."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if one.kind.many:
        chosen = list(value or [])
        kept = [item for item in before or [] if item in chosen] if choices_of(one.kind) else []
        return [*kept, *(item for item in chosen if item not in kept)]
    return None if value == "" else value


def _field(one: Field, rules: Any, place: Place) -> forms.Field:
    label, hint = label_of(one.owner, one.key)
    language = one.name.rpartition(".")[2] if one.kind.base is Bilingual and not one.kind.many else ""
    if language:
        label = format_lazy("{label} ({language})", label=_word(one) or label, language=LANGUAGES[language])
        hint = hint if language == "pl" else ""
    common: dict[str, Any] = {"label": label, "help_text": hint, "required": not one.kind.optional}
    choices = _choices(one, rules, place)
    if choices and one.kind.many:
        return ManyChoices(choices=choices, **{**common, "required": False})
    if choices:
        none = [("", gettext_lazy("Proszę wybrać"))]
        return forms.ChoiceField(choices=[*none, *choices], **common)
    return _open_field(one, common)


def _word(one: Field) -> Any:
    steps = one.name.split(".")
    return WORDS.get(steps[1], steps[1]) if steps[0] == "terms" and len(steps) == 3 else None


def _open_field(one: Field, common: dict[str, Any]) -> forms.Field:
    base, many = one.kind.base, one.kind.many
    if base is Bilingual:
        if many:
            return Pairs(**{**common, "required": False})
        if one.key in ONE_LINE:
            return ShortText(max_length=LONGEST, **common)
        return LongText(max_length=LONGEST, rows=3, **common)
    if many:
        return CommaList(numbers=base is int, **{**common, "required": False})
    if base is bool:
        return forms.BooleanField(**{**common, "required": False})
    if base is int:
        limits = one.kind.limits
        edges: dict[str, Any] = {"min_value": limits.low, "max_value": limits.high} if limits else {"min_value": 0}
        return forms.IntegerField(**edges, **common)
    if base is dt.date:
        return DayField(**common)
    return ShortText(max_length=LONGEST, **common)


def _choices(one: Field, rules: Any, place: Place) -> list[tuple[Any, Any]]:
    if one.owner == "EligibilityExceptions" and one.key == "never":
        return _conditions(find(rules, ("eligibility", "rule")))
    if one.owner == "CardField" and one.key == "code":
        section = find(rules, place[:3])
        known = REGISTRATION_FIELDS
        if place[:2] == ("card", "sections") and isinstance(section, dict):
            known = FIELDS_OF_SECTION[CardSectionKind(section["kind"])]
        return [(code, code) for code in known]
    return list(choices_of(one.kind).items())


def _conditions(node: Any) -> list[tuple[str, str]]:
    """(code, name) of a condition and all below it."""
    if not isinstance(node, dict):
        return []
    below = node.get("of", [])
    below = below if isinstance(below, list) else [below]
    return [(node["code"], title_of(node)), *(pair for one in below for pair in _conditions(one))]
