"""Forms of the limits and of a plan's versions."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.teryt import PlaceLevel, display, places
from dorobek.offers.reading.times import read_times
from dorobek.offers.times import hours_text
from dorobek.plans.enums import WorkKind
from dorobek.plans.models import PlanLimits
from dorobek.plans.planning.attending import work_text
from dorobek.web.forms import DorobekForm, Hinted, LongText, ShortText
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


OVER_NIGHT = gettext_lazy(
    "Praca powinna kończyć się później, niż się zaczyna. Przy pracy w nocy proszę wybrać: na zmiany albo o różnych porach."
)
OF_WORK = ("work_days", "work_hours", "work_more")


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
            raise forms.ValidationError(OVER_NIGHT)
        return start, end


class TimesField(ShortText):
    """Weekdays with their hours, „sb 8-14; nd 9-13". Cleans to [weekday, start, end] in minutes of the day."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            found = read_times(text)
        except RuleBroken as broken:
            raise forms.ValidationError(_("Proszę wpisać dni i godziny tak: sb 8-14; nd 9-13.")) from broken
        if found.dated:
            raise forms.ValidationError(_("Proszę wpisać dni tygodnia, nie daty: sb 8-14; nd 9-13."))
        if any(start >= end for _weekday, start, end in found.weekly):
            raise forms.ValidationError(OVER_NIGHT)
        return [list(slot) for slot in found.weekly]


WEEK = "week"  # the usual hours, as one answer
USUAL = [[day, 8 * 60, 16 * 60] for day in range(5)]
WORK = (
    (WEEK, gettext_lazy("od poniedziałku do piątku, 8:00-16:00")),
    (WorkKind.FIXED, Hinted(gettext_lazy("w innych stałych godzinach"), gettext_lazy("Dni i godziny są pod spodem."))),
    (WorkKind.SHIFTS, Hinted(
        WorkKind.SHIFTS.label,
        gettext_lazy("Nie odrzucimy żadnych zajęć. Napiszemy, które mogą wypaść w czasie zmiany."),
    )),
    (WorkKind.NONE, WorkKind.NONE.label),
)  # fmt: skip


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
    work_kind = forms.ChoiceField(
        label=gettext_lazy("Kiedy pracuję?"), widget=forms.RadioSelect, choices=WORK,
        help_text=gettext_lazy("Zajęcia w godzinach pracy pominiemy."),
    )  # fmt: skip
    work_days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("W które dni?"), coerce=int, choices=list(enumerate(WEEKDAYS)), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    work_hours = HoursField(
        label=gettext_lazy("W jakich godzinach?"), required=False, help_text=gettext_lazy("Na przykład 8-16."),
        widget=forms.TextInput(attrs={"data-narrow": ""}),
    )  # fmt: skip
    work_more = TimesField(
        label=gettext_lazy("A w inne dni, o innej porze?"), required=False,
        help_text=gettext_lazy("Na przykład: sb 8-14; nd 9-13."),
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
        """Fixed hours of work need their days and hours; with another answer neither counts."""
        given = super().clean() or self.cleaned_data
        if given.get("work_kind") == WorkKind.FIXED:
            for name, words in (
                ("work_days", _("Proszę zaznaczyć dni pracy.")), ("work_hours", _("Proszę podać godziny pracy.")),
            ):  # fmt: skip
                if name in given and not given[name]:
                    self.add_error(name, words)
        return given

    @property
    def asked_of_work(self) -> list[Any]:
        """What is asked only of fixed hours."""
        return [self[name] for name in OF_WORK]

    @property
    def values(self) -> dict[str, Any]:
        """As `write_limits` takes them."""
        given = dict(self.cleaned_data)
        kind = given.pop("work_kind")
        days, hours, more = (given.pop(name) for name in OF_WORK)
        work = []
        if kind == WorkKind.FIXED:
            work = sorted([*([day, *hours] for day in days), *more])
        elif kind == WEEK:
            kind, work = WorkKind.FIXED, USUAL
        return {**given, "work": work, "work_kind": str(kind)}


def limits_initial(limits: PlanLimits) -> dict[str, Any]:
    """The form's beginning from what is held. Days with the hours of the first one together, others in words."""
    names = ("home", "hours_week", "months", "at_once", "farthest", "most_minutes")
    work = sorted(limits.work)
    first = work[0][1:] if work else []
    same = {slot[0]: slot for slot in work if slot[1:] == first}
    more = [slot for slot in work if same.get(slot[0]) is not slot]
    kind = WEEK if work == USUAL else limits.work_kind or (WorkKind.FIXED if work else "")
    money = f"{limits.own_money // 100},{limits.own_money % 100:02d}" if limits.pk else ""
    return {
        **{name: getattr(limits, name) for name in names}, "own_money": money, "work_kind": kind,
        "work_hours": hours_text(*first) if first else "", "work_days": list(same), "work_more": work_text(more),
    }  # fmt: skip


class ReviseForm(DorobekForm):
    reason = LongText(
        label=gettext_lazy("Dlaczego plan się zmienia?"), rows=2, max_length=1000,
        help_text=gettext_lazy("Jedno zdanie wystarczy. Plan z tej chwili zostanie do wglądu."),
    )  # fmt: skip
