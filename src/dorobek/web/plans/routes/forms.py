"""Forms of the limits and of a plan's versions."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.kernel.teryt import PlaceLevel, display, places
from dorobek.plans.models import PlanLimits
from dorobek.web.forms import DorobekForm, LongText
from dorobek.web.vouchers.forms import MoneyField

CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?")
WEEKDAYS = (
    gettext_lazy("poniedziałek"), gettext_lazy("wtorek"), gettext_lazy("środa"), gettext_lazy("czwartek"),
    gettext_lazy("piątek"), gettext_lazy("sobota"), gettext_lazy("niedziela"),
)  # fmt: skip
FAR = (
    (0, gettext_lazy("tylko w moim powiecie albo zdalnie")),
    (1, gettext_lazy("także w powiatach obok")),
    (2, gettext_lazy("odległość nie ma znaczenia")),
)


class HoursField(forms.Field):
    """A length of time in a day as people write it: „8-16", „7:30-15:30". Cleans to (start, end) in minutes or None."""

    def clean(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            return None
        parts = [CLOCK.fullmatch(part.strip()) for part in re.split(r"[-–—]|\bdo\b", text)]
        if len(parts) != 2 or not all(parts):
            raise forms.ValidationError(_("Proszę wpisać godziny tak: 8-16 albo 7:30-15:30."))
        start, end = (int(part[1]) * 60 + int(part[2] or 0) for part in parts if part)
        if not 0 <= start < end <= 24 * 60:
            raise forms.ValidationError(_("Praca powinna kończyć się później, niż się zaczyna."))
        return start, end


class LimitsForm(DorobekForm):
    """One short page of questions before routes are looked for."""

    home = forms.ChoiceField(label=gettext_lazy("Powiat, w którym mieszkam"))
    own_money = MoneyField(
        label=gettext_lazy("Ile własnych pieniędzy mogę wydać?"),
        help_text=gettext_lazy("Razem, w złotych. Jeśli nic: 0. Bon liczy się osobno."),
    )
    hours_week = forms.IntegerField(
        label=gettext_lazy("Ile godzin w tygodniu mogę się uczyć?"), widget=forms.NumberInput(attrs={"data-narrow": ""})
    )
    months = forms.IntegerField(
        label=gettext_lazy("W ile miesięcy chcę skończyć?"), widget=forms.NumberInput(attrs={"data-narrow": ""})
    )
    at_once = forms.TypedChoiceField(
        label=gettext_lazy("Ile rzeczy naraz?"), coerce=int, widget=forms.RadioSelect,
        choices=((1, gettext_lazy("jedna")), (2, gettext_lazy("najwyżej dwie")), (3, gettext_lazy("najwyżej trzy"))),
    )  # fmt: skip
    farthest = forms.TypedChoiceField(
        label=gettext_lazy("Jak daleko mogę dojeżdżać?"), coerce=int, widget=forms.RadioSelect, choices=FAR
    )
    most_minutes = forms.IntegerField(
        label=gettext_lazy("Ile minut w jedną stronę to najwięcej?"), required=False,
        help_text=gettext_lazy("Może zostać puste."), widget=forms.NumberInput(attrs={"data-narrow": ""}),
    )  # fmt: skip
    work_days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Kiedy pracuję?"), coerce=int, choices=list(enumerate(WEEKDAYS)), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=gettext_lazy("Może zostać puste."),
    )  # fmt: skip
    work_hours = HoursField(
        label=gettext_lazy("W jakich godzinach?"), required=False, help_text=gettext_lazy("Na przykład 8-16."),
        widget=forms.TextInput(attrs={"data-narrow": ""}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        home: Any = self.fields["home"]
        known = [(place.code, display(place.code)) for place in places(level=PlaceLevel.POWIAT)]
        held = str(self.initial.get("home") or "")
        if held and held not in dict(known):
            known.append((held, held))
        home.choices = [("", _("proszę wybrać")), *sorted(known, key=lambda one: one[1])]

    def clean(self) -> dict[str, Any]:
        """Days and hours of work belong together."""
        given = super().clean() or self.cleaned_data
        if "work_hours" in given and bool(given.get("work_days")) != bool(given.get("work_hours")):
            field = "work_hours" if given.get("work_days") else "work_days"
            self.add_error(field, _("Proszę podać i dni, i godziny pracy, albo zostawić oba pola puste."))
        return given

    @property
    def values(self) -> dict[str, Any]:
        """As `write_limits` takes them."""
        given = dict(self.cleaned_data)
        hours, days = given.pop("work_hours"), given.pop("work_days")
        return {**given, "work": [[day, *hours] for day in days] if hours else []}


def limits_initial(limits: PlanLimits) -> dict[str, Any]:
    """The form's beginning from what is held."""
    names = ("home", "hours_week", "months", "at_once", "farthest", "most_minutes")
    work = limits.work
    hours = "-".join(f"{minutes // 60}:{minutes % 60:02d}" for minutes in work[0][1:]) if work else ""
    money = f"{limits.own_money // 100},{limits.own_money % 100:02d}" if limits.pk else ""
    return {
        **{name: getattr(limits, name) for name in names}, "own_money": money, "work_hours": hours,
        "work_days": [slot[0] for slot in work],
    }  # fmt: skip


class ReviseForm(DorobekForm):
    reason = LongText(
        label=gettext_lazy("Dlaczego plan się zmienia?"), rows=2, max_length=1000,
        help_text=gettext_lazy("Jedno zdanie wystarczy. Plan z tej chwili zostanie do wglądu."),
    )  # fmt: skip
