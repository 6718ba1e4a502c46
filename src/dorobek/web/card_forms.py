"""Forms of the participant card, made from the programme's sections; the same for adviser and participant."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy

from dorobek.audits.enums import EmploymentForm
from dorobek.audits.models import LifeEvent
from dorobek.audits.rules.card import COLUMN_OF_FIELD, DETAIL_LIMIT, LIMITS
from dorobek.kernel.partial_dates import PartialDate
from dorobek.programmes.enums import CardSectionKind as Section
from dorobek.programmes.schema import CardSection
from dorobek.web.forms import DorobekForm, LongText, ShortText, YesNo

_DATE_HINT = gettext_lazy("Tak dokładnie, jak się pamięta: „wiosna 2009”, „2013”, „około 1998”.")
LABELS: dict[str, Any] = {
    "name": gettext_lazy("Nazwa"),
    "kind": gettext_lazy("Rodzaj"),
    "field": gettext_lazy("Kierunek lub zawód"),
    "place": gettext_lazy("Miejscowość"),
    "from": gettext_lazy("Od kiedy"),
    "to": gettext_lazy("Do kiedy"),
    "finished": gettext_lazy("Czy ukończono?"),
    "title": gettext_lazy("Uzyskany tytuł"),
    "note": gettext_lazy("Uwagi"),
    "organiser": gettext_lazy("Kto prowadził"),
    "duration": gettext_lazy("Jak długo"),
    "outcomes": gettext_lazy("Czego można się było nauczyć"),
    "entitlements": gettext_lazy("Uprawnienia"),
    "valid-until": gettext_lazy("Ważne do"),
    "certificate": gettext_lazy("Zaświadczenie lub certyfikat"),
    "employer": gettext_lazy("Pracodawca"),
    "post": gettext_lazy("Stanowisko lub zajęcie"),
    "form": gettext_lazy("Forma pracy"),
    "current": gettext_lazy("To trwa nadal"),
    "duties": gettext_lazy("Co należało do zadań"),
    "working-time": gettext_lazy("Wymiar czasu pracy"),
    "role": gettext_lazy("Rola"),
    "description": gettext_lazy("Kilka zdań o tym"),
    "since": gettext_lazy("Od kiedy"),
    "level": gettext_lazy("Poziom"),
}
NAMES: dict[Section, Any] = {
    Section.SCHOOLS: gettext_lazy("Nazwa szkoły"),
    Section.COURSES: gettext_lazy("Nazwa kursu lub szkolenia"),
    Section.OUTSIDE_WORK: gettext_lazy("Co to było"),
    Section.INTERESTS: gettext_lazy("Co to jest"),
    Section.LANGUAGES: gettext_lazy("Język"),
    Section.DIGITAL: gettext_lazy("Program, urządzenie lub usługa"),
}
HINTS: dict[str, Any] = {
    "duration": gettext_lazy("Na przykład: „około dwóch lat”, „40 godzin”."),
    "duties": gettext_lazy("Wystarczą zwykłe słowa, takie jak w rozmowie."),
    "level": gettext_lazy("Własnymi słowami albo poziomem, na przykład B1."),
}
LONG = ("duties", "outcomes", "note")


class NoteForm(DorobekForm):
    """Words of a section."""

    text = LongText(label=gettext_lazy("Własnymi słowami"), required=False, rows=6)


class EntryForm(DorobekForm):
    """An entry of a section; fields are named after the columns they are kept in, others `d_<code>`."""

    def __init__(self, *args: Any, section: CardSection, **kwargs: Any) -> None:
        made = {column_of(section, one.code): made_field(section, one) for one in section.fields}
        self.base_fields = {**made, **self.base_fields}  # type: ignore[misc]
        self.section = section
        super().__init__(*args, **kwargs)

    def values(self, held: dict[str, Any] | None = None) -> dict[str, Any]:
        """What the action takes; fields that this programme does not ask for stay as they are in `held`."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "base_version"}
        details = dict(held or {})
        details.update({name[2:]: given.pop(name) for name in list(given) if name.startswith("d_")})
        return {**given, "details": {code: text for code, text in details.items() if text}}

    @property
    def shown(self) -> list[Any]:
        """Bound fields in the order of the programme."""
        return [self[column_of(self.section, one.code)] for one in self.section.fields]


def column_of(section: CardSection, code: str) -> str:
    return COLUMN_OF_FIELD[section.kind].get(code, f"d_{code}")


def made_field(section: CardSection, asked: Any) -> forms.Field:
    """The input of one field of the programme."""
    language = get_language() or "pl"
    column = column_of(section, asked.code)
    label = asked.label.text(language) if asked.label else label_of(section, asked.code)
    hint = asked.hint.text(language) if asked.hint else HINTS.get(asked.code, "")
    common: dict[str, Any] = {"label": label, "help_text": hint, "required": asked.required or column == "title"}
    if column in ("starts", "ends"):
        return ShortText(**{**common, "help_text": hint or _DATE_HINT, "max_length": 80})
    if column == "ongoing":
        return forms.BooleanField(**{**common, "required": False})
    if column == "finished":
        return YesNo(**common)
    if column == "employment_form":
        return forms.ChoiceField(choices=[("", gettext_lazy("(proszę wybrać)")), *EmploymentForm.choices], **common)
    if column in LONG:
        return LongText(rows=3, **common)
    return ShortText(max_length=LIMITS.get(column, DETAIL_LIMIT), **common)


def label_of(section: CardSection, code: str) -> Any:
    if code == "name":
        return NAMES.get(section.kind, LABELS["name"])
    return LABELS.get(code, code)


def initial_of(event: LifeEvent, section: CardSection) -> dict[str, Any]:
    """What the form of an entry starts from."""
    found: dict[str, Any] = {}
    for one in section.fields:
        column = column_of(section, one.code)
        found[column] = event.details.get(one.code, "") if column.startswith("d_") else getattr(event, column)
    for name in {"starts", "ends"} & found.keys():
        found[name] = said(event, name)
    return found


def said(event: LifeEvent, name: str) -> str:
    """A date in the person's own words, or as the system would say it."""
    words, stored = getattr(event, f"{name}_said"), getattr(event, name)
    if words or not stored:
        return str(words)
    return PartialDate.from_edtf(stored).display((get_language() or "pl")[:2])
