"""The five steps of designing a micro-credential as forms: from fields of `Design` and back (MC-1)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.credentials.design import Design, ects_of
from dorobek.credentials.enums import Assessment, Field, Participation, Supervision
from dorobek.credentials.rules import LEVELS, MOST_HOURS, MOST_MONTHS, Part
from dorobek.register.entry.codes import CODE
from dorobek.web.forms import DorobekForm, LongText, ShortText

NOT_CHOSEN = ("", gettext_lazy("jeszcze nie wiadomo"))


class NeedForm(DorobekForm):
    title_pl = ShortText(
        label=gettext_lazy("Nazwa"),
        help_text=gettext_lazy("Tym, co osoba umie, na przykład: Rozliczanie kasy na koniec zmiany."),
    )
    title_en = ShortText(label=gettext_lazy("Nazwa po angielsku"), required=False)
    need_pl = LongText(
        label=gettext_lazy("Komu jest potrzebne i do czego?"),
        help_text=gettext_lazy("Kto o nie prosi, gdzie się przyda. Tego nie ma w poświadczeniu."),
        required=False,
    )
    description_pl = LongText(
        label=gettext_lazy("Co o nim powiedzieć w dwóch zdaniach?"),
        help_text=gettext_lazy("Przeczyta to osoba, która je dostaje, i pracodawca."),
        rows=3,
        max_length=1000,
        required=False,
    )
    description_en = LongText(label=gettext_lazy("To samo po angielsku"), rows=3, max_length=1000, required=False)
    field = forms.ChoiceField(label=gettext_lazy("Dziedzina"), choices=[NOT_CHOSEN, *Field.choices], required=False)


class OutcomesForm(DorobekForm):
    outcomes = LongText(
        label=gettext_lazy("Co umie osoba, która je dostaje?"),
        help_text=gettext_lazy(
            "Każdy wiersz to jedna umiejętność, którą można zobaczyć. Wiersz z myślnikiem mówi, po czym to poznać. Po "
            "pionowej kresce można dopisać po angielsku. Kod efektu z rejestru w nawiasie kwadratowym na końcu."
        ),
        rows=12,
        max_length=20_000,
        required=False,
    )
    hours = forms.IntegerField(
        label=gettext_lazy("Nakład pracy w godzinach"),
        help_text=gettext_lazy("Zajęcia, praca własna i sprawdzenie, dla osoby, która zaczyna od zera."),
        min_value=1,
        max_value=MOST_HOURS,
        required=False,
    )
    ects = ShortText(label=gettext_lazy("Punkty ECTS, jeśli są"), max_length=6, required=False)
    prk_level = forms.TypedChoiceField(
        label=gettext_lazy("Poziom Polskiej Ramy Kwalifikacji"),
        choices=[NOT_CHOSEN, *[(str(level), str(level)) for level in LEVELS]],
        coerce=int,
        empty_value=None,
        required=False,
    )
    level_reason_pl = LongText(
        label=gettext_lazy("Dlaczego ten poziom?"),
        help_text=gettext_lazy("Jak złożone są zadania, jak zmienne warunki, ile samodzielności."),
        rows=3,
        required=False,
    )

    def clean_ects(self) -> str:
        text: str = self.cleaned_data["ects"]
        try:
            ects_of(text)
        except ValueError:
            raise forms.ValidationError(_("Punkty ECTS to liczba od 0,5 do 60.")) from None
        return text


class AssessmentForm(DorobekForm):
    assessment = forms.MultipleChoiceField(
        label=gettext_lazy("Jak to się sprawdza?"),
        choices=Assessment.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    assessment_pl = LongText(
        label=gettext_lazy("Opis sprawdzenia"),
        help_text=gettext_lazy("Co osoba robi, kto patrzy, ile to trwa, co trzeba pokazać."),
        required=False,
    )
    assessment_en = LongText(label=gettext_lazy("To samo po angielsku"), required=False)
    supervision = forms.ChoiceField(
        label=gettext_lazy("Nadzór i tożsamość"), choices=[NOT_CHOSEN, *Supervision.choices], required=False
    )
    participation = forms.ChoiceField(
        label=gettext_lazy("Forma udziału"), choices=[NOT_CHOSEN, *Participation.choices], required=False
    )
    prerequisites_pl = LongText(label=gettext_lazy("Co trzeba mieć wcześniej?"), rows=2, required=False)


class QualityForm(DorobekForm):
    quality_pl = LongText(
        label=gettext_lazy("Jak dba się o jakość?"),
        help_text=gettext_lazy("Kto i jak często sprawdza tych, którzy oceniają."),
        required=False,
    )
    quality_en = LongText(label=gettext_lazy("To samo po angielsku"), required=False)
    counts_towards = LongText(
        label=gettext_lazy("Do jakich kwalifikacji się liczy?"),
        help_text=gettext_lazy("Kod wpisu w rejestrze, w każdym wierszu jeden; po ukośniku numer zestawu: 13477/3."),
        rows=2,
        max_length=400,
        required=False,
    )

    def clean_counts_towards(self) -> list[dict[str, Any]]:
        found = []
        for line in self.cleaned_data["counts_towards"].split():
            code, _slash, number = line.partition("/")
            if not CODE.fullmatch(code) or not (number.isdecimal() or not number):
                raise forms.ValidationError(_("Nie rozumiem wiersza „%s”. Powinien wyglądać tak: 13477/3.") % line)
            found.append({"code": code, "set_number": int(number or 0)})
        return found


class PublicationForm(DorobekForm):
    valid_months = forms.IntegerField(
        label=gettext_lazy("Ważne przez ile miesięcy?"),
        help_text=gettext_lazy("Puste znaczy: bezterminowo."),
        min_value=1,
        max_value=MOST_MONTHS,
        required=False,
    )
    suspendable = forms.BooleanField(
        label=gettext_lazy("Można je zawiesić i przywrócić"),
        help_text=gettext_lazy("Na przykład gdy uprawnienie zależy od badań. Bez tego można je tylko cofnąć."),
        required=False,
    )
    further_url = forms.URLField(
        label=gettext_lazy("Strona, na której jest więcej"), required=False, max_length=300, assume_scheme="https"
    )


@dataclass(frozen=True)
class Step:
    """One step: its form, its name, and how fields of a design become what the form shows."""

    part: Part
    title: Any
    form: type[DorobekForm]
    shown: Callable[[Design], dict[str, Any]]


def _plain(*names: str) -> Callable[[Design], dict[str, Any]]:
    return lambda design: {name: getattr(design, name) for name in names}


def _outcomes_shown(design: Design) -> dict[str, Any]:
    level = str(design.prk_level) if design.prk_level is not None else ""
    values = _plain("hours", "ects", "level_reason_pl")(design)
    return {**values, "prk_level": level, "outcomes": as_text(design)}


def _quality_shown(design: Design) -> dict[str, Any]:
    towards = [f"{one.code}/{one.set_number}" if one.set_number else one.code for one in design.counts_towards]
    return {**_plain("quality_pl", "quality_en")(design), "counts_towards": "\n".join(towards)}


STEPS = (
    Step(
        Part.NEED, gettext_lazy("Potrzeba"), NeedForm,
        _plain("title_pl", "title_en", "need_pl", "description_pl", "description_en", "field"),
    ),
    Step(Part.OUTCOMES, gettext_lazy("Efekty"), OutcomesForm, _outcomes_shown),
    Step(
        Part.ASSESSMENT, gettext_lazy("Sprawdzenie"), AssessmentForm,
        _plain("assessment", "assessment_pl", "assessment_en", "supervision", "participation", "prerequisites_pl"),
    ),
    Step(Part.QUALITY, gettext_lazy("Jakość"), QualityForm, _quality_shown),
    Step(
        Part.PUBLICATION, gettext_lazy("Publikacja"), PublicationForm,
        _plain("valid_months", "suspendable", "further_url"),
    ),
)  # fmt: skip
BY_PART = {step.part: step for step in STEPS}


def as_text(design: Design) -> str:
    """Outcomes as lines: read back by `from_text`."""
    lines = []
    for one in design.outcomes:
        english = f" | {one.en}" if one.en else ""
        code = f" [{one.code}]" if one.code else ""
        lines += [f"{one.pl}{english}{code}", *[f"- {criterion}" for criterion in one.criteria]]
    return "\n".join(lines)


def from_text(text: str) -> list[dict[str, Any]]:
    """Outcomes as data of `Design`. A line of criteria before any outcome is taken for an outcome."""
    found: list[dict[str, Any]] = []
    for raw in text.splitlines():
        line = raw.strip()
        if not line:
            continue
        if line[0] in "-–—" and found:
            found[-1]["criteria"].append(line.lstrip("-–— ").strip())
            continue
        found.append(_outcome(line.lstrip("-–— ").strip()))
    return [one for one in found if one["pl"]]


def _outcome(line: str) -> dict[str, Any]:
    code = ""
    if line.endswith("]") and "[" in line:
        line, _bracket, code = line[:-1].rpartition("[")
    polish, _bar, english = line.partition("|")
    return {"pl": polish.strip(), "en": english.strip(), "code": code.strip()[:60], "criteria": []}


def data_of(step: Step, cleaned: dict[str, Any]) -> dict[str, Any]:
    """What a step's answers are in fields of `Design`."""
    values = {name: value for name, value in cleaned.items() if name != "base_version"}
    if step.part is Part.OUTCOMES:
        values["outcomes"] = from_text(values["outcomes"])
    return values
