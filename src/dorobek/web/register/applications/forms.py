"""Forms of the applications. A draft may be kept with any field empty; the completeness check says what is missing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dorobek.register.applications.completeness import TEXTS
from dorobek.register.applications.enums import ApplicationKind
from dorobek.register.applications.periods import TrainingPeriod, lasting, periods_of
from dorobek.register.applications.words import LABELS
from dorobek.register.enums import Category
from dorobek.register.models.applications import RegisterApplication
from dorobek.validation.rules import Period, Requirement
from dorobek.web.forms import DorobekForm, LongText, ShortText, YesNo, dress
from dorobek.web.validation.office.forms import PeriodsForm


class NewForm(DorobekForm):
    kind = forms.ChoiceField(
        label=_("O co występuje instytucja?"), choices=ApplicationKind.choices, widget=forms.RadioSelect
    )
    code = ShortText(
        label=_("Kod kwalifikacji"),
        help_text=_("Tylko przy wniosku o prawo do nadawania. Kod stoi przy nazwie kwalifikacji w rejestrze."),
        max_length=20,
        required=False,
    )


class InclusionForm(DorobekForm):
    """A qualification as it should stand in the register."""

    title_pl = ShortText(label=LABELS["title_pl"], max_length=500, required=False)
    title_en = ShortText(label=LABELS["title_en"], max_length=500, required=False, help_text=_("Można zostawić puste."))
    level = forms.IntegerField(label=LABELS["level"], min_value=1, max_value=8, required=False)
    category = forms.ChoiceField(
        label=LABELS["category"], choices=[("", _("proszę wybrać")), *Category.choices], required=False
    )
    hours = forms.IntegerField(label=LABELS["hours"], min_value=1, max_value=20_000, required=False)
    outline = LongText(
        label=LABELS["outline"],
        help_text=_("Wiersz z # zaczyna zestaw, zwykły wiersz to efekt, wiersz z myślnikiem to kryterium."),
        rows=12,
        max_length=100_000,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TEXTS:
            self.fields[name] = LongText(label=LABELS[name], rows=3, required=False)
            dress(self.fields[name])
        self.fields["validation"].help_text = _(
            "Program odczytuje stąd zasady walidacji i pokazuje je przy wniosku. Metody najlepiej podać tak: „Stosuje się "
            "wyłącznie następujące metody: - test wiedzy; - rozmowa z komisją.”"
        )
        self.fields["entry_conditions"].help_text = self.fields["similar"].help_text = _("Można zostawić puste.")
        self.order_fields([name for name in self.fields if name != "outline"] + ["outline"])


class RightForm(PeriodsForm):
    """Why an institution can award a qualification. `requirements`: those of the entry about years of training."""

    grounds = LongText(label=LABELS["grounds"], required=False)
    training = LongText(label=LABELS["training"], required=False)
    staff = LongText(label=LABELS["staff"], required=False)
    premises = LongText(label=LABELS["premises"], required=False)
    quality = LongText(label=LABELS["quality"], required=False)


CONTENT: dict[str, type[DorobekForm]] = {ApplicationKind.INCLUSION: InclusionForm, ApplicationKind.RIGHT: RightForm}


def form_values(application: RegisterApplication) -> dict[str, Any]:
    """What the form of the application starts from."""
    content = dict(application.content)
    if application.kind != ApplicationKind.RIGHT:
        return {"initial": content}
    wanted = [Requirement(code, one.text, one.years, one.within_years) for code, one in lasting(application.demanded)]
    codes = frozenset(one.code for one in wanted)
    periods = [Period(one.since, one.until, one.document, one.shows or codes) for one in periods_of(content)]
    return {"initial": content, "requirements": wanted, "periods": periods}


def as_content(form: DorobekForm) -> dict[str, Any]:
    """What a form holds as JSON can keep it: days as ISO text."""
    apart = ("base_version", "period_")
    plain = {name: value for name, value in form.cleaned_data.items() if not name.startswith(apart)}
    if isinstance(form, RightForm):
        plain["periods"] = [
            TrainingPeriod(one.since, one.until, one.document, one.shows).as_data() for one in form.periods
        ]
    return plain


class CommentForm(DorobekForm):
    name = ShortText(label=_("Imię i nazwisko"), max_length=200, help_text=_("Nie publikujemy."))
    email = forms.EmailField(
        label=_("Adres e-mail"),
        max_length=254,
        help_text=_("Nie publikujemy. Usuwamy go razem z nazwiskiem, gdy sprawa się skończy."),
    )
    text = LongText(label=_("Uwaga"), help_text=_("Tę treść opublikujemy po sprawdzeniu."))


class CheckForm(DorobekForm):
    complete = YesNo(
        label=_("Czy wniosek jest kompletny?"),
        yes=_("Tak, otwieram konsultacje"),
        no=_("Nie, oddaję do uzupełnienia"),
    )
    reason = LongText(label=_("Co uzupełnić"), help_text=_("Potrzebne, gdy wniosek wraca."), required=False)


class OpinionForm(DorobekForm):
    author = ShortText(label=_("Kto wydał opinię"), help_text=_("Będzie widoczne publicznie."), max_length=300)
    favours = YesNo(label=_("Czy opinia popiera wniosek?"), yes=_("Popiera"), no=_("Nie popiera"))
    text = LongText(label=_("Treść opinii"))


class GrantForm(DorobekForm):
    grant = YesNo(label=_("Decyzja"), yes=_("Zgoda"), no=_("Odmowa"))
    reason = LongText(label=_("Uzasadnienie"), help_text=_("Będzie widoczne publicznie."))


class EntryCodeForm(DorobekForm):
    code = ShortText(label=_("Kod nowego wpisu"), max_length=20)


class ConfirmForm(DorobekForm):
    """Nothing but the button."""


class ModerateForm(DorobekForm):
    publish = YesNo(label=_("Czy opublikować tę uwagę?"), yes=_("Publikuję"), no=_("Nie publikuję"))
    reason = LongText(
        label=_("Dlaczego nie"), help_text=_("Potrzebne, gdy uwaga nie będzie opublikowana."), rows=2, max_length=1000,
        required=False,
    )  # fmt: skip


class AnswerForm(DorobekForm):
    answer = LongText(label=_("Odpowiedź"), help_text=_("Będzie widoczna publicznie pod uwagą."))
