"""Forms of the offer: a training, a date, a step of the quality standard, a provider's account."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.kernel.errors import RuleBroken
from dorobek.offers import rules
from dorobek.offers.enums import Ending, Field, HourForm, ServiceKind
from dorobek.offers.models import Provider
from dorobek.offers.reading.times import read_times
from dorobek.web.forms import DayField, DorobekForm, LongText, ShortText, YesNo, dress
from dorobek.web.vouchers.forms import MoneyField

NOTE = "note-{}"


class ServiceForm(DorobekForm):
    title = ShortText(label=gettext_lazy("Nazwa"), max_length=300)
    kind = forms.ChoiceField(
        label=gettext_lazy("Co to jest"), widget=forms.RadioSelect, choices=ServiceKind.choices,
        initial=ServiceKind.TRAINING,
    )  # fmt: skip
    field = forms.ChoiceField(label=gettext_lazy("Dziedzina"), choices=Field.choices)
    goal = LongText(label=gettext_lazy("Po co jest to szkolenie"), required=False, rows=3, max_length=2000)
    outcomes = LongText(
        label=gettext_lazy("Czego uczestnik się nauczy"), required=False, rows=5,
        help_text=gettext_lazy("Każda umiejętność w osobnej linii, na przykład: liczy i sumuje w arkuszu."),
    )  # fmt: skip
    register_code = ShortText(
        label=gettext_lazy("Kod kwalifikacji w rejestrze"), required=False, max_length=20,
        help_text=gettext_lazy("Jeśli szkolenie przygotowuje do kwalifikacji albo nią się kończy."),
    )  # fmt: skip
    ending = forms.ChoiceField(
        label=gettext_lazy("Co uczestnik dostanie na koniec"), widget=forms.RadioSelect, choices=Ending.choices,
        initial=Ending.STATEMENT,
    )  # fmt: skip
    certificate = ShortText(label=gettext_lazy("Nazwa certyfikatu"), required=False)
    hours = forms.IntegerField(label=gettext_lazy("Ile godzin"), required=False)
    hour_form = forms.ChoiceField(label=gettext_lazy("Zajęcia"), choices=HourForm.choices)
    requires = LongText(label=gettext_lazy("Co trzeba mieć, żeby się zapisać"), required=False, rows=2, max_length=1000)

    def clean_outcomes(self) -> list[str]:
        """One text for each line."""
        return [line.strip(" -•\t") for line in str(self.cleaned_data["outcomes"]).splitlines() if line.strip(" -•\t")]


class ClassTimesField(LongText):
    """Weekdays or days with their hours. Cleans to `[weekday or day, start, end]` as an edition's column holds it."""

    def clean(self, value: Any) -> Any:
        try:
            return read_times(super().clean(value)).as_data()
        except RuleBroken as broken:
            raise ValidationError(str(broken.message)) from broken


class EditionForm(DorobekForm):
    starts_on = DayField(label=gettext_lazy("Pierwszy dzień"))
    ends_on = DayField(label=gettext_lazy("Ostatni dzień"))
    enrol_until = DayField(
        label=gettext_lazy("Zapisy do"), required=False, help_text=gettext_lazy("Puste: dzień przed początkiem."),
    )  # fmt: skip
    place = ShortText(
        label=gettext_lazy("Gdzie"), max_length=120,
        help_text=gettext_lazy("Miasto albo powiat. Zajęcia przez internet: zdalnie."),
    )  # fmt: skip
    teryt = ShortText(
        label=gettext_lazy("Kod TERYT"), required=False, max_length=7,
        help_text=gettext_lazy("Tylko dla mniejszej miejscowości: kod powiatu albo gminy."),
    )  # fmt: skip
    price_grosze = MoneyField(
        price=True,
        label=gettext_lazy("Cena dla jednej osoby"), help_text=gettext_lazy("W złotych, z podatkiem. Bez opłaty: 0."),
    )  # fmt: skip
    places = forms.IntegerField(label=gettext_lazy("Ile miejsc"), required=False)
    class_times = ClassTimesField(
        label=gettext_lazy("Dni i godziny zajęć"), required=False, rows=3,
        help_text=gettext_lazy(
            "Na przykład: pn, śr 17:00-20:15; sb 9:00-14:00. Pojedyncze spotkanie: 6.03.2027 9:00-14:00. "
            "Bez tego nie wiemy, komu zajęcia wypadną w godzinach pracy."
        ),
    )  # fmt: skip
    weekly_hours = forms.IntegerField(label=gettext_lazy("Ile godzin w tygodniu"), required=False)


class ReasonForm(DorobekForm):
    reason = LongText(
        label=gettext_lazy("Powód"), rows=2, max_length=300,
        help_text=gettext_lazy("Przeczytają go osoby, których to dotyczy."),
    )  # fmt: skip


class StandardForm(DorobekForm):
    """Every criterion of the standard: met or not, and what shows it. `outside`: somebody else than the provider audits."""

    def __init__(self, *args: Any, outside: bool = False, **kwargs: Any) -> None:
        self.outside = outside
        super().__init__(*args, **kwargs)
        for code, question in rules.STANDARD.items():
            self.fields[code] = YesNo(label=question)
            self.fields[NOTE.format(code)] = LongText(
                label=_("Po czym to widać"), required=False, rows=2, max_length=1000
            )
        self.fields["by_name"] = ShortText(
            label=_("Kto przeprowadził audyt") if outside else _("Kto wypełnił samoocenę"), max_length=200
        )
        self.fields["done_on"] = DayField(label=_("Dzień"))
        self.fields["note"] = LongText(label=_("Uwagi dla wszystkich"), required=False, rows=2, max_length=2000)
        for field in self.fields.values():
            dress(field)

    def answers(self) -> dict[str, dict[str, Any]]:
        """As the action wants them."""
        given = self.cleaned_data
        return {code: {"met": given.get(code), "note": given.get(NOTE.format(code), "")} for code in rules.STANDARD}


class MarkForm(DorobekForm):
    by_name = ShortText(label=gettext_lazy("Kto nadaje znak"), max_length=200)
    done_on = DayField(label=gettext_lazy("Dzień nadania"))
    valid_until = DayField(label=gettext_lazy("Ważny do"))
    note = LongText(label=gettext_lazy("Uwagi dla wszystkich"), required=False, rows=2, max_length=2000)


class AccountForm(DorobekForm):
    name = ShortText(label=gettext_lazy("Imię i nazwisko"), max_length=200)
    email = forms.EmailField(label=gettext_lazy("Adres e-mail"))


class DescriptionForm(DorobekForm):
    """What describes a provider; the office sets the day its contract ends too."""

    place = ShortText(label=gettext_lazy("Miejscowość"), required=False, max_length=120)
    email = forms.EmailField(label=gettext_lazy("E-mail dla uczestników"), required=False)
    phone = ShortText(label=gettext_lazy("Telefon"), required=False, max_length=40)
    url = forms.URLField(label=gettext_lazy("Strona internetowa"), required=False, assume_scheme="https")
    about = LongText(label=gettext_lazy("O nas w kilku zdaniach"), required=False, rows=4, max_length=3000)
    contract_until = DayField(label=gettext_lazy("Umowa z urzędem do"), required=False)

    def __init__(self, *args: Any, office: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not office:
            del self.fields["contract_until"]

    def clean_place(self) -> str:
        """A place that exists, or none."""
        name = str(self.cleaned_data["place"])
        if not name:
            return ""
        try:
            return rules.place_from(name, "")[0]
        except RuleBroken as broken:
            raise ValidationError(str(broken.message)) from broken

    @staticmethod
    def start(provider: Provider) -> dict[str, Any]:
        names = ("place", "email", "phone", "url", "about", "contract_until")
        return {name: getattr(provider, name) for name in names}
