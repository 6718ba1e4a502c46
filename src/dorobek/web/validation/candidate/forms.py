"""Forms of the candidate and of the validation adviser."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from dorobek.portfolio.models import Evidence
from dorobek.validation.enums import AdjustmentKind
from dorobek.web.forms import DorobekForm, LongText, ManyChoices


class SendForm(DorobekForm):
    """What is needed for an equal chance, and that one knows who will see the evidence."""

    kinds = ManyChoices(
        label=gettext_lazy("Czego trzeba, żeby mieć równe szanse?"), choices=AdjustmentKind.choices, required=False,
        help_text=gettext_lazy("Nie trzeba pokazywać zaświadczeń. Można nie zaznaczać nic."),
    )  # fmt: skip
    words = LongText(
        label=gettext_lazy("Więcej o tym"), rows=2, max_length=1000, required=False,
        help_text=gettext_lazy("Na przykład: czytam z programem do czytania ekranu."),
    )  # fmt: skip
    agreed = forms.BooleanField(
        label=gettext_lazy("Wiem, kto zobaczy moje dowody, i chcę wysłać zgłoszenie."),
        error_messages={
            "required": gettext_lazy("Proszę zaznaczyć, że wiadomo, kto zobaczy dowody. Bez tego nie można wysłać.")
        },
    )


class AdjustmentsForm(DorobekForm):
    """The same, changed after sending."""

    kinds = ManyChoices(
        label=gettext_lazy("Czego trzeba, żeby mieć równe szanse?"), choices=AdjustmentKind.choices, required=False
    )
    words = LongText(label=gettext_lazy("Więcej o tym"), rows=2, max_length=1000, required=False)


class EvidenceForm(DorobekForm):
    """Which pieces stand beside one criterion."""

    evidence = ManyChoices(label=gettext_lazy("Co to pokazuje?"), required=False)

    def __init__(self, *args: Any, pieces: list[Evidence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pieces = {str(one.uid): one for one in pieces}
        field: Any = self.fields["evidence"]
        field.choices = [(uid, f"{one.title} ({one.get_kind_display()})") for uid, one in self.pieces.items()]

    def chosen(self) -> list[Evidence]:
        return [self.pieces[uid] for uid in self.cleaned_data["evidence"]]


class AdviceForm(EvidenceForm):
    """The adviser's words on one criterion, and the pieces beside it."""

    note = LongText(
        label=gettext_lazy("Czego brakuje albo co jeszcze pokazać"), rows=3, max_length=2000, required=False,
        help_text=gettext_lazy("Kandydat przeczyta to od razu. Puste pole: nic nie brakuje."),
    )  # fmt: skip


class CloseForm(DorobekForm):
    conditions_met = forms.BooleanField(
        label=gettext_lazy("Warunki przystąpienia do walidacji są sprawdzone i spełnione"),
        error_messages={
            "required": gettext_lazy("Najpierw trzeba sprawdzić warunki przystąpienia do walidacji z wpisu.")
        },
    )


class AppealForm(DorobekForm):
    reason = LongText(
        label=gettext_lazy("Z czym Pani/Pan się nie zgadza i dlaczego?"), rows=6, max_length=5000,
        help_text=gettext_lazy("Własnymi słowami. Nie trzeba znać przepisów."),
    )  # fmt: skip
