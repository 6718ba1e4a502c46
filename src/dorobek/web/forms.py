"""Forms of Dorobek: Polish messages that say what to do, fields for days, partial dates, hours and long answers.

    class CourseForm(DorobekForm):
        title = ShortText(label=_("Nazwa kursu"))
        since = PartialDateField(label=_("Od kiedy"), required=False)

A template writes `{% errors form %}`, `{% field form.title %}`, `{% autosave form %}` inside its form.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONG_LIMIT = 10_000
SHORT_LIMIT = 250
REQUIRED = gettext_lazy("Proszę wypełnić to pole.")
CHOOSE = gettext_lazy("Proszę wybrać jedną z odpowiedzi.")
PLAIN_INPUTS = (
    forms.TextInput, forms.Textarea, forms.Select, forms.EmailInput, forms.NumberInput, forms.PasswordInput,
    forms.URLInput, forms.ClearableFileInput, forms.FileInput,
)  # fmt: skip
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Hinted:
    """The label of a choice with a line of explanation under it."""

    def __init__(self, label: Any, hint: Any) -> None:
        self.label = label
        self.hint = hint

    def __str__(self) -> str:
        return str(self.label)


class DorobekForm(forms.Form):
    """A form with the version it started from, inputs of the design, and messages in plain Polish."""

    conflict: Any = None
    draft_saved_at: dt.datetime | None = None
    base_version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field)


class DorobekModelForm(forms.ModelForm):
    """The same look and messages for forms of library models (sign-in, second factor)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field)


def dress(field: forms.Field) -> None:
    """Give a field the classes of the design, and messages that say what to do instead of Django's."""
    widget = field.widget
    if isinstance(widget, PLAIN_INPUTS) and not isinstance(widget, forms.HiddenInput):
        classes = str(widget.attrs.get("class", "")).split()
        if "in" not in classes:
            widget.attrs["class"] = " ".join([*classes, "in"])
    for code, message in _messages(field).items():
        if field.error_messages.get(code) == _default(field, code):
            field.error_messages[code] = message


def _default(field: forms.Field, code: str) -> Any:
    for cls in type(field).__mro__:
        if code in getattr(cls, "default_error_messages", {}):
            return cls.default_error_messages[code]  # type: ignore[attr-defined]
    return None


def _messages(field: forms.Field) -> dict[str, Any]:
    if isinstance(field, DayField | ClockField | PartialDateField):
        return {}
    if isinstance(field, forms.MultipleChoiceField):
        return {"required": gettext_lazy("Proszę zaznaczyć co najmniej jedną odpowiedź.")}
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return {
            "required": CHOOSE,
            "invalid_choice": gettext_lazy("Tej odpowiedzi nie ma na liście. Proszę wybrać jedną z podanych."),
        }
    if isinstance(field, forms.BooleanField):
        return {"required": gettext_lazy("Proszę zaznaczyć to pole, żeby iść dalej.")}
    if isinstance(field, forms.FileField):
        return {
            "required": gettext_lazy("Proszę wybrać plik."),
            "missing": gettext_lazy("Proszę wybrać plik."),
            "empty": gettext_lazy("Ten plik jest pusty. Proszę wybrać inny."),
            "max_length": gettext_lazy("Nazwa pliku jest za długa. Proszę ją skrócić."),
        }
    if isinstance(field, forms.IntegerField | forms.DecimalField | forms.FloatField):
        return {"required": REQUIRED, "invalid": gettext_lazy("Proszę wpisać liczbę, na przykład 12.")}
    if isinstance(field, forms.EmailField):
        return {
            "required": gettext_lazy("Proszę wpisać adres e-mail."),
            "invalid": gettext_lazy("To nie jest adres e-mail. Powinien wyglądać tak: imie@example.org."),
        }
    return {"required": REQUIRED}


class ShortText(forms.CharField):
    """One line, at most 250 characters unless told otherwise."""

    def __init__(self, *, max_length: int = SHORT_LIMIT, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.error_messages["max_length"] = gettext_lazy(
            "To za długie: najwyżej %(limit_value)d znaków, a jest %(show_value)d. Proszę skrócić."
        )

    def to_python(self, value: Any) -> str:
        return CONTROL.sub("", str(super().to_python(value) or ""))


class LongText(ShortText):
    """Running text, at most 10,000 characters; the box grows with what is written."""

    def __init__(self, *, rows: int = 4, max_length: int = LONG_LIMIT, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No maxlength in the browser: a longer paste is kept and explained, never cut in silence."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs

    def clean(self, value: Any) -> Any:
        return super().clean(value.replace("\r\n", "\n") if isinstance(value, str) else value)


DAY_SHAPES = (
    re.compile(r"^(?P<d>\d{1,2})[.\-/ ]+(?P<m>\d{1,2})[.\-/ ]+(?P<y>\d{4})(?: ?r\.?)?$"),
    re.compile(r"^(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})$"),
)


class DayField(forms.Field):
    """A day typed as 27.11.2026. `not_after` and `not_before` are days or functions that return one."""

    widget = forms.TextInput

    def __init__(self, *, not_after: Any = None, not_before: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 12}))
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("data-narrow", "")
        self.not_after, self.not_before = not_after, not_before
        if "required" not in kwargs.get("error_messages", {}):
            self.error_messages["required"] = gettext_lazy("Proszę podać dzień, na przykład 27.11.2026.")

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else value

    def to_python(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        text = " ".join(str(value).split())
        found = next((m for m in (shape.match(text) for shape in DAY_SHAPES) if m), None)
        if found is None:
            raise ValidationError(_("Nie rozumiemy tej daty: %(text)s. Proszę wpisać dzień, miesiąc i rok, "
                                    "na przykład 27.11.2026.") % {"text": text[:40]}, code="invalid")  # fmt: skip
        try:
            return dt.date(int(found["y"]), int(found["m"]), int(found["d"]))
        except ValueError as error:
            raise ValidationError(
                _("Tego dnia nie ma w kalendarzu: %(text)s. Proszę sprawdzić dzień i miesiąc.") % {"text": text[:40]},
                code="impossible",
            ) from error

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        latest = self.not_after() if callable(self.not_after) else self.not_after
        earliest = self.not_before() if callable(self.not_before) else self.not_before
        if value.year < 1900:
            raise ValidationError(_("Ten rok jest za dawny. Proszę sprawdzić rok."), code="too_early")
        if latest and value > latest:
            raise ValidationError(_("Ten dzień jest za późny: najpóźniej %(day)s. Proszę sprawdzić rok.")
                                  % {"day": f"{latest:%d.%m.%Y}"}, code="too_late")  # fmt: skip
        if earliest and value < earliest:
            raise ValidationError(_("Ten dzień jest za wczesny: najwcześniej %(day)s.")
                                  % {"day": f"{earliest:%d.%m.%Y}"}, code="too_early")  # fmt: skip


class ClockField(forms.Field):
    """An hour typed as 16:30."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "size": 6}))
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("data-narrow", "")
        if "required" not in kwargs.get("error_messages", {}):
            self.error_messages["required"] = gettext_lazy("Proszę podać godzinę, na przykład 16:30.")

    def prepare_value(self, value: Any) -> Any:
        return f"{value.hour}:{value.minute:02d}" if isinstance(value, dt.time) else value

    def to_python(self, value: Any) -> dt.time | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.time):
            return value
        found = re.match(r"^(\d{1,2})(?:[:.,](\d{2}))?$", str(value).strip())
        if found and int(found[1]) < 24 and int(found[2] or 0) < 60:
            return dt.time(int(found[1]), int(found[2] or 0))
        raise ValidationError(
            _("Nie ma takiej godziny: %(text)s. Proszę wpisać ją tak: 16:30.") % {"text": str(value)[:20]},
            code="invalid",
        )


class PartialDateField(forms.Field):
    """A date as somebody remembers it („wiosna 2013", „ok. 1998"); cleans to a `PartialDate` or None."""

    def __init__(self, *, allow_future: bool = True, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(**kwargs)
        self.allow_future = allow_future
        if "required" not in kwargs.get("error_messages", {}):
            self.error_messages["required"] = gettext_lazy("Proszę podać datę tak dokładnie, jak się pamięta.")

    def prepare_value(self, value: Any) -> Any:
        from dorobek.kernel.partial_dates import PartialDate

        if isinstance(value, PartialDate):
            return getattr(value, "typed", "") or value.display("pl")
        return value

    def to_python(self, value: Any) -> Any:
        from dorobek.kernel.partial_dates import ParseError, PartialDate, parse_partial_date

        if value in self.empty_values or not str(value).strip():
            return None
        if isinstance(value, PartialDate):
            return value
        try:
            return parse_partial_date(str(value)[:120], allow_future=self.allow_future)
        except ParseError as error:
            raise ValidationError(str(error), code="invalid") from error


class YesNo(forms.TypedChoiceField):
    """Yes or no as two large answers; cleans to True, False, or None when it may stay open."""

    def __init__(self, *, yes: Any = None, no: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.RadioSelect)
        super().__init__(
            choices=[("tak", yes or gettext_lazy("Tak")), ("nie", no or gettext_lazy("Nie"))],
            coerce=lambda value: value in ("tak", True, "True"),
            empty_value=None,
            **kwargs,
        )
        self.error_messages["required"] = gettext_lazy("Proszę wybrać: tak czy nie.")

    def prepare_value(self, value: Any) -> Any:
        return {True: "tak", False: "nie"}.get(value, value) if isinstance(value, bool) else value


class ManyChoices(forms.MultipleChoiceField):
    """Any number of answers, each a large box to tick."""

    def __init__(self, *, choices: Iterable[tuple[Any, Any]] = (), **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(choices=list(choices), **kwargs)


def texts(values: Mapping[str, Any]) -> dict[str, Any]:
    """Initial values for a form from stored ones: None becomes an empty box."""
    return {name: "" if value is None else value for name, value in values.items()}
