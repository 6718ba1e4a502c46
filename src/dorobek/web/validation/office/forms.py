"""Forms of the officer's side. Money is typed in zlotys and cleaned to grosze; periods and days away line by line."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.kernel.teryt import PlaceLevel, display, places
from dorobek.people.models import Account, Person
from dorobek.validation.enums import FeeState, FeeWaits, HandedHow, HandedWhat
from dorobek.validation.models import Application, StaffRecord
from dorobek.validation.rules import OwnRule, Period, QualificationRules, Requirement
from dorobek.validation.rules.appealing import ANSWER_DAYS, APPEAL_DAYS, MOST_APPEAL_DAYS
from dorobek.web.forms import CHOOSE, ClockField, DayField, DorobekForm, LongText, ManyChoices, ShortText, YesNo
from dorobek.web.vouchers.forms import MoneyField

OWN_RULES = (
    (OwnRule.NO_RELATIVES, gettext_lazy("Krewni kandydata go nie oceniają")),
    (OwnRule.NO_SUBORDINATES, gettext_lazy("Przełożeni kandydata go nie oceniają")),
    (OwnRule.MAJORITY, gettext_lazy("Przy różnicy ocen rozstrzyga większość komisji, a nie zgoda wszystkich")),
)
LEVELS = [("", "-"), *((n, f"PRK {n}") for n in range(1, 9))]
SPARE, MOST_PERIODS = 2, 14


class PlaceForm(DorobekForm):
    applications_until = DayField(label=gettext_lazy("Zgłoszenia do"))
    begins_on = DayField(label=gettext_lazy("Początek walidacji"))
    ends_on = DayField(label=gettext_lazy("Koniec walidacji"))
    place = ShortText(label=gettext_lazy("Miejsce"), max_length=200, help_text=gettext_lazy("Adres i sala."))
    teryt = forms.ChoiceField(
        label=gettext_lazy("Powiat"), required=False,
        help_text=gettext_lazy("Po nim drogi do celu liczą dojazd. Przy walidacji przez internet: bez powiatu."),
    )  # fmt: skip
    places = forms.IntegerField(label=gettext_lazy("Ile osób można przyjąć"), min_value=1, max_value=32_767)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(place.code, display(place.code)) for place in places(level=PlaceLevel.POWIAT)]
        held = str(self.initial.get("teryt") or "")
        if held and held not in dict(known):
            known.append((held, held))
        self.fields["teryt"].choices = [("", _("bez powiatu")), *sorted(known, key=lambda one: one[1])]  # type: ignore[attr-defined]


class OpeningForm(PlaceForm):
    """The `provided_N` fields ask how each thing that the entry wants provided is provided."""

    fee = MoneyField(label=gettext_lazy("Opłata w złotych"), help_text=gettext_lazy("Bez opłaty: 0."))
    fee_waits = forms.ChoiceField(
        label=gettext_lazy("Co czeka na opłatę"), choices=FeeWaits.choices, widget=forms.RadioSelect,
        initial=FeeWaits.COMMISSION, error_messages={"required": CHOOSE}, required=False,
        help_text=gettext_lazy(
            "To reguła instytucji. Wydanego wyniku i certyfikatu nigdy się nie wstrzymuje, a ponowna ocena po odwołaniu "
            "nie czeka na opłatę."
        ),
    )  # fmt: skip
    fee_days = forms.IntegerField(
        label=gettext_lazy("Ile dni na zapłatę"), min_value=1, max_value=366, initial=14, required=False
    )
    fee_to = ShortText(
        label=gettext_lazy("Gdzie się płaci"), max_length=300, required=False,
        help_text=gettext_lazy("Numer rachunku albo adres kasy. Zobaczy to kandydat."),
    )  # fmt: skip
    appeal_days = forms.IntegerField(
        label=gettext_lazy("Ile dni na odwołanie"), min_value=APPEAL_DAYS, max_value=MOST_APPEAL_DAYS,
        initial=APPEAL_DAYS, required=False,
    )  # fmt: skip
    answer_days = forms.IntegerField(
        label=gettext_lazy("Ile dni na odpowiedź na odwołanie"), min_value=1, max_value=ANSWER_DAYS,
        initial=ANSWER_DAYS, required=False,
    )  # fmt: skip
    own_rules = ManyChoices(
        label=gettext_lazy("Własne reguły instytucji"), choices=OWN_RULES, required=False,
        initial=[OwnRule.MAJORITY],  # else one person who keeps to another mark holds a case up for good
        help_text=gettext_lazy("Ponad to, co mówi wpis. Na ekranach będą oznaczone jako reguły instytucji."),
    )  # fmt: skip

    def __init__(self, *args: Any, rules: QualificationRules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted = rules.provided
        for number, text in enumerate(rules.provided):
            field = ShortText(label=text, max_length=300, help_text=_("Jak i gdzie to zapewniamy."))
            field.widget.attrs["class"] = "in"
            self.fields[f"provided_{number}"] = field

    @property
    def provided(self) -> list[str]:
        return [self.cleaned_data[f"provided_{number}"] for number in range(len(self.wanted))]


class FeeTermsForm(DorobekForm):
    """The terms of payment for whoever sends from now on."""

    fee_grosze = MoneyField(label=gettext_lazy("Opłata w złotych"), help_text=gettext_lazy("Bez opłaty: 0."))
    waits = forms.ChoiceField(
        label=gettext_lazy("Co czeka na opłatę"), choices=FeeWaits.choices, widget=forms.RadioSelect,
        error_messages={"required": CHOOSE},
    )  # fmt: skip
    days = forms.IntegerField(label=gettext_lazy("Ile dni na zapłatę"), min_value=1, max_value=366)
    to = ShortText(
        label=gettext_lazy("Gdzie się płaci"), max_length=300, required=False,
        help_text=gettext_lazy("Numer rachunku albo adres kasy. Zobaczy to kandydat."),
    )  # fmt: skip
    reason = LongText(label=gettext_lazy("Dlaczego?"), rows=3, max_length=500)


class FeeAnswerForm(DorobekForm):
    granted = YesNo(label=gettext_lazy("Czy obniżamy opłatę albo zwalniamy z niej?"))
    grosze = MoneyField(
        label=gettext_lazy("Przy zgodzie: ile zostaje do zapłaty, w złotych"), required=False, initial="0,00",
        help_text=gettext_lazy("0 zwalnia z całej opłaty."),
    )  # fmt: skip
    reason = LongText(
        label=gettext_lazy("Uzasadnienie"), rows=4, max_length=3000, help_text=gettext_lazy("Przeczyta je kandydat.")
    )


class ChangeForm(PlaceForm):
    reason = LongText(
        label=gettext_lazy("Dlaczego?"), rows=3, max_length=500, help_text=gettext_lazy("Zobaczą to kandydaci.")
    )


class ReasonForm(DorobekForm):
    reason = LongText(label=gettext_lazy("Dlaczego?"), rows=3, max_length=500)


class SittingForm(DorobekForm):
    day = DayField(label=gettext_lazy("Dzień"))
    since = ClockField(label=gettext_lazy("Od godziny"))
    until = ClockField(label=gettext_lazy("Do godziny"))
    place = ShortText(
        label=gettext_lazy("Miejsce"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Puste: miejsce tej walidacji."),
    )
    seats = forms.IntegerField(label=gettext_lazy("Ile osób komisja oceni"), min_value=1, max_value=200, initial=1)

    @property
    def span(self) -> tuple[dt.datetime, dt.datetime]:
        """Beginning and end, in the zone of the office."""
        given = self.cleaned_data
        first, last = (
            timezone.make_aware(dt.datetime.combine(given["day"], given[name])) for name in ("since", "until")
        )
        return first, last


class MoveSittingForm(SittingForm):
    reason = LongText(
        label=gettext_lazy("Dlaczego?"), rows=3, max_length=500, help_text=gettext_lazy("Zobaczą to kandydaci.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["seats"]


class CandidatesForm(DorobekForm):
    applications = forms.ModelMultipleChoiceField(
        queryset=Application.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Kogo komisja oceni"),
    )  # fmt: skip

    def __init__(self, *args: Any, cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["applications"]
        field.queryset = cases
        field.label_from_instance = lambda one: one.person.name


class MembersForm(DorobekForm):
    members = forms.ModelMultipleChoiceField(
        queryset=StaffRecord.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Skład komisji"),
    )  # fmt: skip

    def __init__(self, *args: Any, records: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["members"]
        field.queryset = records
        field.label_from_instance = lambda one: str(one.account)


class PeriodsForm(DorobekForm):
    """Documented periods as rows of fields, those held and two spare ones. `requirements` that periods may count for."""

    def __init__(
        self, *args: Any, requirements: Sequence[Requirement], periods: Sequence[Period] = (), **kwargs: Any
    ) -> None:
        self.lasting = [(one.code, one.text or one.code) for one in requirements if one.years is not None]
        self.at_once = [(one.code, one.text or one.code) for one in requirements if one.years is None]
        super().__init__(*args, **kwargs)
        if self.at_once:
            self._add("shown", ManyChoices(label=_("Dokument w teczce pokazuje"), choices=self.at_once, required=False))
        self.count = min(MOST_PERIODS, len(periods) + SPARE) if self.lasting else 0
        for number in range(self.count):
            held = periods[number] if number < len(periods) else None
            self._period(number, held)

    def _period(self, number: int, held: Period | None) -> None:
        name = f"period_{number}_"
        self._add(f"{name}since", DayField(label=_("Od"), required=False, initial=held.since if held else None))
        self._add(f"{name}until", DayField(label=_("Do"), required=False, initial=held.until if held else None,
                                          help_text=_("Puste: trwa do dziś.")))  # fmt: skip
        self._add(f"{name}document", ShortText(label=_("Jaki dokument"), max_length=200, required=False,
                                              initial=held.document if held else ""))  # fmt: skip
        self._add(f"{name}shows", ManyChoices(label=_("Co pokazuje"), choices=self.lasting, required=False,
                                             initial=sorted(held.shows) if held else []))  # fmt: skip

    def _add(self, name: str, field: forms.Field) -> None:
        if isinstance(field.widget, forms.TextInput):
            field.widget.attrs["class"] = "in"
        self.fields[name] = field

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        """(number, since, until, document, shows) of each period as bound fields, for the template."""
        parts = ("since", "until", "document", "shows")
        return [(n + 1, *(self[f"period_{n}_{part}"] for part in parts)) for n in range(self.count)]

    @property
    def periods(self) -> list[Period]:
        """The rows that were filled in."""
        found = []
        for n in range(self.count):
            given = {
                part: self.cleaned_data.get(f"period_{n}_{part}") for part in ("since", "until", "document", "shows")
            }
            if given["since"]:
                found.append(
                    Period(given["since"], given["until"], given["document"] or "", frozenset(given["shows"] or ()))
                )
        return found

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for n in range(self.count):
            name = f"period_{n}_"
            rest = [given.get(name + part) for part in ("until", "document", "shows")]
            if any(rest) and not given.get(f"{name}since") and f"{name}since" not in self.errors:
                self.add_error(f"{name}since", _("Proszę podać, od kiedy trwał ten okres."))
            if given.get(f"{name}since") and not given.get(f"{name}document"):
                self.add_error(f"{name}document", _("Proszę wpisać, jaki dokument pokazuje ten okres."))
            if given.get(f"{name}since") and not given.get(f"{name}shows"):
                self.add_error(f"{name}shows", _("Proszę zaznaczyć, co ten dokument pokazuje."))
        return given


class StaffForm(PeriodsForm):
    level = forms.TypedChoiceField(
        label=gettext_lazy("Najwyższa kwalifikacja pełna"), choices=LEVELS, coerce=int, empty_value=None, required=False
    )
    level_document = ShortText(
        label=gettext_lazy("Dokument, który ją pokazuje"), required=False, max_length=200,
        help_text=gettext_lazy("Na przykład: dyplom nr 12/2009. Bez dokumentu poziom się nie liczy."),
    )  # fmt: skip
    principles_on = DayField(
        label=gettext_lazy("Oświadczenie o zasadach walidacji, dzień"), required=False, not_after=timezone.localdate
    )


class NewStaffForm(DorobekForm):
    account = forms.ModelChoiceField(queryset=Account.objects.none(), label=gettext_lazy("Kto"), empty_label="-")
    qualification = forms.ChoiceField(label=gettext_lazy("Kwalifikacja"), error_messages={"required": CHOOSE})

    def __init__(self, *args: Any, accounts: Any, qualifications: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["account"]
        field.queryset = accounts
        choice: Any = self.fields["qualification"]
        choice.choices = qualifications


class AvailabilityForm(DorobekForm):
    most = forms.IntegerField(
        label=gettext_lazy("Ile posiedzeń naraz"), min_value=0, max_value=500,
        help_text=gettext_lazy("Tylu posiedzeń, które dopiero będą, może mieć ta osoba."),
    )  # fmt: skip
    away = LongText(
        label=gettext_lazy("Kiedy jej nie ma"), rows=4, required=False,
        help_text=gettext_lazy("Każdy okres w osobnym wierszu: 24.12.2026 albo 24.12.2026 - 2.01.2027."),
    )  # fmt: skip
    places = LongText(
        label=gettext_lazy("Gdzie może oceniać"), rows=2, required=False,
        help_text=gettext_lazy("Każde miejsce w osobnym wierszu, tak jak w posiedzeniach. Puste: wszędzie."),
    )  # fmt: skip

    def clean_away(self) -> list[tuple[dt.date, dt.date]]:
        """Pairs of first and last day."""
        day, found = DayField(required=True), []
        for line in filter(None, (one.strip() for one in str(self.cleaned_data["away"]).splitlines())):
            parts = [one.strip() for one in line.replace("–", " - ").split(" - ")]
            if len(parts) > 2:
                raise ValidationError(_("Nie rozumiemy wiersza „%s”. Proszę wpisać dzień albo dwa dni.") % line[:60])
            days = [day.clean(one) for one in parts]
            if (days[-1] - days[0]).days > 366:
                raise ValidationError(_("Ten okres jest dłuższy niż rok: %s. Proszę sprawdzić daty.") % line[:60])
            found.append((days[0], days[-1]))
        return found

    def clean_places(self) -> list[str]:
        return [one.strip() for one in str(self.cleaned_data["places"]).splitlines() if one.strip()]


class TrainingForm(DorobekForm):
    trainer = forms.ModelChoiceField(
        queryset=Account.objects.none(), label=gettext_lazy("Kto prowadził"), empty_label="-"
    )
    person = forms.ModelChoiceField(
        queryset=Person.objects.none(), label=gettext_lazy("Kto był na szkoleniu"), empty_label="-",
        help_text=gettext_lazy("Osoby, które zgłosiły się do tej instytucji."),
    )  # fmt: skip
    title = ShortText(label=gettext_lazy("Szkolenie"), max_length=200)
    ended_on = DayField(label=gettext_lazy("Kiedy się skończyło"))

    def __init__(self, *args: Any, trainers: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("trainer", trainers), ("person", people)):
            field: Any = self.fields[name]
            field.queryset = rows


class ImportForm(DorobekForm):
    file = forms.FileField(label=gettext_lazy("Plik CSV"))
    dry_run = forms.BooleanField(label=gettext_lazy("Tylko sprawdź, niczego nie zapisuj"), required=False, initial=True)


class FeeForm(DorobekForm):
    state = forms.ChoiceField(
        label=gettext_lazy("Opłata"),
        choices=FeeState.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE},
    )
    grosze = MoneyField(label=gettext_lazy("Kwota w złotych"))
    document = ShortText(label=gettext_lazy("Numer przelewu albo pokwitowania"), required=False, max_length=200)
    reason = LongText(label=gettext_lazy("Powód zwolnienia albo niższej kwoty"), required=False, rows=2, max_length=500)


class AdjustmentForm(DorobekForm):
    granted = YesNo(label=gettext_lazy("Czy robimy to dostosowanie?"))
    extra_percent = forms.IntegerField(
        label=gettext_lazy("Dodatkowy czas, w procentach"), min_value=0, max_value=200, initial=0, required=False,
        help_text=gettext_lazy("Na przykład 50: zamiast 60 minut jest 90."),
    )  # fmt: skip
    reason = LongText(label=gettext_lazy("Co będzie zrobione albo dlaczego nie"), rows=3, max_length=1000)


class HandOverForm(DorobekForm):
    what = forms.ChoiceField(
        label=gettext_lazy("Co"),
        choices=HandedWhat.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE},
    )
    how = forms.ChoiceField(
        label=gettext_lazy("Jak"),
        choices=HandedHow.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE},
    )
    handed_on = DayField(label=gettext_lazy("Kiedy"))
    note = ShortText(label=gettext_lazy("Uwagi"), required=False, max_length=200)


class AppealForm(DorobekForm):
    uphold = YesNo(
        label=gettext_lazy("Czy kandydat ma rację?"),
        yes=gettext_lazy("Tak, uwzględniam"),
        no=gettext_lazy("Nie, oddalam"),
    )
    answer = LongText(
        label=gettext_lazy("Uzasadnienie"), rows=6, help_text=gettext_lazy("Prostymi słowami. Przeczyta je kandydat.")
    )
