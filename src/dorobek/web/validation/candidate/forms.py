"""Forms of the candidate and of the validation adviser."""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.portfolio.enums import EvidenceKind
from dorobek.portfolio.models import Evidence
from dorobek.validation.enums import AdjustmentKind, RefusalGround
from dorobek.web.evidence_forms import EvidenceForm as BaseEvidenceForm
from dorobek.web.forms import CHOOSE, DorobekForm, LongText, ManyChoices, dress
from dorobek.web.validation.candidate.choosing import Choice, key_of
from dorobek.web.validation.candidate.laid import OutcomeLine


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
    """Which pieces stand beside one criterion; of one's own wallet too."""

    evidence = ManyChoices(label=gettext_lazy("Co to pokazuje?"), required=False)

    def __init__(self, *args: Any, choice: Choice, fits: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice = choice
        field: Any = self.fields["evidence"]
        field.choices = choice.listed(sorted(choice.keys, key=lambda key: key not in fits), fits)

    def chosen(self) -> list[Evidence]:
        return self.choice.pieces_of(self.cleaned_data["evidence"])

    def credentials(self) -> list[uuid.UUID]:
        return self.choice.credentials_of(self.cleaned_data["evidence"])


class StepForm(DorobekForm):
    """One outcome: for each criterion what stands beside it, what seems to fit, and the rest of what one has."""

    def __init__(
        self, *args: Any, choice: Choice, criteria: Sequence[tuple[str, str]], fits: Mapping[str, Collection[str]],
        held: Mapping[str, Collection[str]], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.choice, self.criteria = choice, criteria
        for code, text in criteria:
            near = [key for key in choice.keys if key in held.get(code, ()) or key in fits.get(code, ())]
            rest = [key for key in choice.keys if key not in near]
            for name, keys in (("n", near), ("r", rest)):
                if keys:
                    label = f"{code} {text}" if name == "n" else _("Inne dowody przy %s") % code
                    field = ManyChoices(
                        label=label, choices=choice.listed(keys, fits.get(code, ())), required=False,
                        initial=[key for key in keys if key in held.get(code, ())],
                    )  # fmt: skip
                    dress(field)
                    self.fields[f"{name}_{key_of(code)}"] = field

    def parts(self) -> Iterator[dict[str, Any]]:
        """What the page shows of each criterion."""
        for code, text in self.criteria:
            names = {"near": f"n_{key_of(code)}", "rest": f"r_{key_of(code)}"}
            boxes = {part: self[name] for part, name in names.items() if name in self.fields}
            yield {"code": code, "text": text, **boxes}

    def chosen(self) -> tuple[dict[str, list[Evidence]], dict[str, list[uuid.UUID]]]:
        """Pieces and credentials of the wallet by code of criterion. Call when valid."""
        pieces, credentials = {}, {}
        for code, _text in self.criteria:
            keys = [key for name in "nr" for key in self.cleaned_data.get(f"{name}_{key_of(code)}", ())]
            pieces[code] = self.choice.pieces_of(keys)
            credentials[code] = self.choice.credentials_of(keys)
        return pieces, credentials


class OwnEvidenceForm(BaseEvidenceForm):
    """A new piece within an application: a file, a link, a description in one's own words, a thing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        DorobekForm.__init__(self, *args, **kwargs)
        del self.fields["seen_on"], self.fields["competences"]
        kind: Any = self.fields["kind"]
        own = {EvidenceKind.STATEMENT: _("opis własnymi słowami, oświadczenie")}
        kind.choices = [(value, own.get(value, label)) for value, label in kind.choices]


class PlaceForm(DorobekForm):
    """What one piece shows: criteria that its description fits, and all the others by outcome."""

    fits = ManyChoices(label=gettext_lazy("Pasuje do opisu"), required=False)

    def __init__(
        self, *args: Any, outcomes: Sequence[OutcomeLine], fits: Collection[str], held: Collection[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        first = [*fits, *(code for code in held if code not in fits)]
        lines = [line for outcome in outcomes for line in outcome.criteria]
        field: Any = self.fields["fits"]
        field.choices = [(one.code, f"{one.code} {one.text}") for one in lines if one.code in first]
        field.initial = list(held) or list(fits)
        self.names = []
        for outcome in outcomes:
            rest = [(one.code, f"{one.code} {one.text}") for one in outcome.criteria if one.code not in first]
            if rest:
                self.names.append(f"o_{key_of(outcome.code)}")
                field = ManyChoices(label=f"{outcome.code} {outcome.title}", choices=rest, required=False)
                dress(field)
                self.fields[self.names[-1]] = field
        if not first:
            del self.fields["fits"]

    def others(self) -> list[forms.BoundField]:
        return [self[name] for name in self.names]

    def criteria(self) -> set[str]:
        """Codes that are ticked. Call when valid."""
        return {code for name in ("fits", *self.names) for code in self.cleaned_data.get(name, ())}


class AdviceForm(EvidenceForm):
    """The adviser's words on one criterion, and the pieces beside it."""

    note = LongText(
        label=gettext_lazy("Czego brakuje albo co jeszcze pokazać"), rows=3, max_length=2000, required=False,
        help_text=gettext_lazy("Kandydat przeczyta to od razu. Puste pole: nic nie brakuje."),
    )  # fmt: skip


class CloseForm(DorobekForm):
    """`wanted`: rows {place, text, shown} of the entry's conditions; where nothing is shown the adviser says what was."""

    conditions_met = forms.BooleanField(
        label=gettext_lazy("Warunki przystąpienia do walidacji są sprawdzone i spełnione"),
        error_messages={
            "required": gettext_lazy("Najpierw trzeba sprawdzić warunki przystąpienia do walidacji z wpisu.")
        },
    )

    def __init__(self, *args: Any, wanted: Sequence[Mapping[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left = [one["place"] for one in wanted if one["shown"] is None]
        for place in self.left:
            field = LongText(
                label=_("Skąd wiadomo, że warunek jest spełniony: „%s”") % wanted[place]["text"], rows=2, max_length=2000,
                help_text=_("Kandydat nic tu nie napisał. Na przykład: dyplom nr 12/2009, pokazany na spotkaniu."),
            )  # fmt: skip
            dress(field)
            self.fields[f"basis_{place}"] = field

    @property
    def basis(self) -> dict[int, str]:
        return {place: self.cleaned_data[f"basis_{place}"] for place in self.left}


class RefuseForm(DorobekForm):
    """Not admitted: by which ground, and why exactly."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Podstawa"), choices=RefusalGround.choices, widget=forms.RadioSelect,
        error_messages={"required": CHOOSE},
    )  # fmt: skip
    reason = LongText(
        label=gettext_lazy("Czego brakuje i skąd to wiadomo"), rows=5, max_length=3000,
        help_text=gettext_lazy("Prostymi słowami. Przeczyta to kandydat i może się odwołać."),
    )  # fmt: skip


class FeeWishForm(DorobekForm):
    words = LongText(
        label=gettext_lazy("Dlaczego opłata powinna być niższa albo żadna?"), rows=5, max_length=3000,
        help_text=gettext_lazy("Własnymi słowami. Zaświadczenia nie trzeba dołączać; instytucja może o nie poprosić."),
    )  # fmt: skip


class AppealForm(DorobekForm):
    reason = LongText(
        label=gettext_lazy("Z czym Pani/Pan się nie zgadza i dlaczego?"), rows=6, max_length=5000,
        help_text=gettext_lazy("Własnymi słowami. Nie trzeba znać przepisów."),
    )  # fmt: skip
