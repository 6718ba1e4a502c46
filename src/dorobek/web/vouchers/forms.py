"""Forms of a voucher's steps. Money is typed in zlotys and cleaned to grosze."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.kernel.errors import RuleBroken
from dorobek.offers.models import Edition
from dorobek.offers.rules import price_from_text, sum_from_text
from dorobek.vouchers.enums import Participation, Reason
from dorobek.vouchers.models import Voucher
from dorobek.vouchers.rules import REPORTS
from dorobek.web.forms import CHOOSE, DorobekForm, LongText, ShortText
from dorobek.web.typography import money

OUTCOMES = (Participation.FINISHED, Participation.NOT_FINISHED, Participation.ABSENT)


class MoneyField(forms.CharField):
    """Zlotys as people write them; cleans to grosze. `price`: what is wrong is told in words about a price."""

    def __init__(self, *, price: bool = False, **kwargs: Any) -> None:
        self.read = price_from_text if price else sum_from_text
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 12}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return self.read(text)
        except RuleBroken as broken:
            raise ValidationError(str(broken.message)) from broken


class GrantForm(DorobekForm):
    price = MoneyField(
        label=gettext_lazy("Cena szkolenia, egzaminu albo walidacji"),
        help_text=gettext_lazy("W złotych. Udział własny policzy się sam."),
        price=True,
    )
    reason = LongText(label=gettext_lazy("Na co i dlaczego"), rows=2, max_length=500)
    document = ShortText(
        label=gettext_lazy("Numer dokumentu"), required=False, max_length=120,
        help_text=gettext_lazy("Puste: numer bonu."),
    )  # fmt: skip
    # how many vouchers there were when the form was opened: a second window does not grant the same twice
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def clean_seen(self) -> int:
        return int(self.cleaned_data["seen"] or 0)


class PaidForm(DorobekForm):
    grosze = MoneyField(label=gettext_lazy("Ile wpłynęło"))
    document = ShortText(label=gettext_lazy("Numer przelewu albo pokwitowania"), max_length=120)


def _told(edition: Edition) -> str:
    place = _("przez internet") if edition.remote else edition.place
    return (
        f"{edition.service.title}, {edition.starts_on:%d.%m.%Y} - {edition.ends_on:%d.%m.%Y}, {place}, "
        f"{money(edition.price_grosze)}"
    )


class BindForm(DorobekForm):
    """A date of the plan to be ticked, or any date by its address. `planned`: open dates of the chosen scenario."""

    planned = forms.ChoiceField(
        label=gettext_lazy("Termin z planu"), widget=forms.RadioSelect, required=False,
        help_text=gettext_lazy("Albo niżej adres innego terminu."),
    )  # fmt: skip
    edition = ShortText(
        label=gettext_lazy("Adres terminu w ofercie"), max_length=300, required=False,
        help_text=gettext_lazy("Skopiowany ze strony terminu w „Oferta”."),
    )  # fmt: skip
    document = ShortText(label=gettext_lazy("Numer zgłoszenia albo umowy"), required=False, max_length=120)

    def __init__(self, *args: Any, planned: Sequence[Edition] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if planned:
            field: Any = self.fields["planned"]
            field.choices = [(str(one.uid), _told(one)) for one in planned]
        else:
            del self.fields["planned"]

    def clean(self) -> dict[str, Any]:
        """`edition` from either; `planned` is not for the action."""
        cleaned: dict[str, Any] = super().clean() or {}
        ticked = cleaned.pop("planned", "")
        if not cleaned.get("edition") and "edition" not in self.errors:
            if ticked:
                cleaned["edition"] = Edition.objects.get(uid=uuid.UUID(ticked))
            else:
                self.add_error("edition", _("Proszę wybrać termin z planu albo wkleić adres terminu z oferty."))
        return cleaned

    def clean_edition(self) -> Edition | None:
        """The edition whose address or number was given; None for an empty box."""
        text = str(self.cleaned_data["edition"]).strip().rstrip("/").rsplit("/", 1)[-1]
        if not text:
            return None
        found: Edition | None
        try:
            found = Edition.objects.filter(uid=uuid.UUID(text)).first()
        except ValueError:
            found = Edition.objects.filter(number=text).order_by("pk").first()
        if found is None:
            raise ValidationError(_("Nie ma takiego terminu w ofercie. Proszę wkleić adres jego strony."))
        return found


class WordsForm(DorobekForm):
    reason = LongText(label=gettext_lazy("Dlaczego?"), rows=3, max_length=500)
    document = ShortText(label=gettext_lazy("Numer dokumentu"), max_length=120)


class ReportForm(DorobekForm):
    participation = forms.ChoiceField(
        label=gettext_lazy("Co zgłosił dostawca"), widget=forms.RadioSelect,
        choices=[(value, label) for value, label in Participation.choices if value != Participation.WAITING],
        error_messages={"required": CHOOSE},
    )  # fmt: skip
    document = ShortText(label=gettext_lazy("Dokument"), max_length=120)


class ProviderReportForm(DorobekForm):
    """What the provider itself may report now: the statuses that may follow, the outcome only once it ended."""

    participation = forms.ChoiceField(
        label=gettext_lazy("Co zgłosić"), widget=forms.RadioSelect, error_messages={"required": CHOOSE}
    )
    document = ShortText(
        label=gettext_lazy("Numer listy obecności albo certyfikatu"), required=False, max_length=120,
        help_text=gettext_lazy("Jeśli jest. Puste: wystarczy to zgłoszenie."),
    )  # fmt: skip

    def __init__(self, *args: Any, voucher: Voucher, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        after = REPORTS.get(voucher.participation, ())
        ended = voucher.edition is not None and voucher.edition.ends_on <= today
        field: Any = self.fields["participation"]
        field.choices = [
            (value, Participation(value).label) for value in after if ended or value not in OUTCOMES
        ]  # fmt: skip


class SettleForm(DorobekForm):
    document = ShortText(label=gettext_lazy("Numer faktury albo rachunku"), max_length=120)


class PaidBackForm(DorobekForm):
    document = ShortText(label=gettext_lazy("Numer przelewu albo pokwitowania"), max_length=120)


class WhyForm(DorobekForm):
    why = forms.ChoiceField(
        label=gettext_lazy("Co przeszkadza?"), widget=forms.RadioSelect, choices=Reason.choices,
        error_messages={"required": CHOOSE},
    )  # fmt: skip
    more = LongText(label=gettext_lazy("Coś jeszcze?"), required=False, rows=3, max_length=1000)
