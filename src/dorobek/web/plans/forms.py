"""Forms of the plan's parts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dorobek.audits.models import SkillsAudit
from dorobek.plans.enums import ActionState, Direction, GoalKind, GoalSubject, LearningForm, Reliability
from dorobek.plans.models import Goal
from dorobek.portfolio.models import Competence
from dorobek.portfolio.queries import competences_of_case
from dorobek.web.forms import DayField, DorobekForm, LongText, ShortText


class PartForm(DorobekForm):
    """A part of the plan of one case."""

    def __init__(self, *args: Any, audit: SkillsAudit, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.audit, self.user = audit, user
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices that depend on the case."""


class PlanForm(PartForm):
    agreed_aim = LongText(label=_("Uzgodniony cel bilansu"), required=False)
    agreed_scope = LongText(label=_("Uzgodniony zakres"), required=False)
    realised_scope = LongText(label=_("Co z tego zrobiliśmy"), required=False)
    direction = forms.ChoiceField(
        label=_("Kierunek"), choices=Direction.choices, widget=forms.RadioSelect, required=False
    )


class GoalForm(PartForm):
    wording = LongText(
        label=_("Jaki jest cel?"),
        help_text=_(
            "Jednym zdaniem, własnymi słowami. Na przykład: do czerwca zdam egzamin na prawo jazdy kategorii B."
        ),
        rows=2,
    )
    kind = forms.ChoiceField(label=_("Który to cel?"), choices=GoalKind.choices, widget=forms.RadioSelect)
    subject = forms.ChoiceField(label=_("Czego dotyczy?"), choices=GoalSubject.choices, widget=forms.RadioSelect)
    measure = LongText(
        label=_("Po czym poznam, że się udało?"),
        help_text=_("Egzamin, umowa, liczba, gotowa rzecz."),
        required=False,
        rows=2,
    )
    learning_forms = forms.MultipleChoiceField(
        label=_("Jak będę się uczyć?"),
        choices=LearningForm.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    due_on = DayField(label=_("Do kiedy?"), required=False)
    competences = forms.ModelMultipleChoiceField(
        label=_("Kompetencje, które warto przy tym rozwijać"),
        queryset=Competence.objects.none(),
        to_field_name="uid",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def prepare(self) -> None:
        rows = competences_of_case(self.user, self.audit.uid)
        self.fields["competences"].queryset = rows  # type: ignore[attr-defined]


class ProgressForm(PartForm):
    value = forms.TypedChoiceField(
        label=_("Gdzie jestem dziś, od 1 do 10?"),
        help_text=_("1 to sam początek, 10 to cel osiągnięty."),
        choices=[(str(n), str(n)) for n in range(1, 11)],
        coerce=int,
        widget=forms.RadioSelect,
    )
    note = ShortText(label=_("Co się zmieniło?"), max_length=500, required=False)


class ScenarioForm(PartForm):
    name = ShortText(
        label=_("Nazwa scenariusza"), help_text=_("Na przykład: kurs wieczorowy przy obecnej pracy."), max_length=200
    )
    note = LongText(label=_("Na czym polega?"), required=False, rows=3)


class StepForm(PartForm):
    wording = LongText(label=_("Co jest do zrobienia?"), rows=2)
    support = LongText(label=_("Kto lub co w tym pomoże?"), required=False, rows=2)
    responsible = ShortText(label=_("Kto o to dba?"), max_length=200, required=False)
    starts_on = DayField(label=_("Od kiedy?"), required=False)
    due_on = DayField(label=_("Do kiedy?"), required=False)
    goal = forms.ModelChoiceField(label=_("Któremu celowi służy?"), queryset=Goal.objects.none(), required=False)
    state = forms.ChoiceField(label=_("Stan"), choices=ActionState.choices, initial=ActionState.PLANNED)

    def prepare(self) -> None:
        field: Any = self.fields["goal"]
        field.queryset = Goal.objects.visible_to(self.user).filter(case_uid=self.audit.uid, dropped_at=None)
        field.label_from_instance = lambda goal: goal.wording[:90]


class RiskForm(PartForm):
    wording = LongText(label=_("Co może się nie udać?"), rows=2)
    repair = LongText(label=_("Co wtedy zrobię?"), required=False, rows=2)


class SourceForm(PartForm):
    title = ShortText(label=_("Źródło"), max_length=300)
    says = LongText(label=_("Co z niego wynika?"), rows=3)
    reliability = forms.ChoiceField(
        label=_("Na ile jest pewne?"), choices=Reliability.choices, widget=forms.RadioSelect
    )
    url = ShortText(label=_("Adres strony"), max_length=500, required=False)
    dated = DayField(label=_("Z którego dnia?"), required=False)


class QuestionsForm(PartForm):
    """The eight questions of the programme, each editable, each with its answer."""

    def prepare(self) -> None:
        rules = self.audit.rules.plan
        self.codes: list[str] = []
        for question in rules.questions if rules else ():
            text = question.text.en if self.audit.person.language == "en" else question.text.pl
            self.codes.append(question.code)
            self.fields[f"q_{question.code}"] = ShortText(label=_("Pytanie"), max_length=500, initial=text)
            self.fields[f"a_{question.code}"] = LongText(label=text, required=False, rows=3)
            self.fields[f"v_{question.code}"] = forms.IntegerField(required=False, widget=forms.HiddenInput)
            for name in (f"q_{question.code}", f"a_{question.code}"):
                self.fields[name].widget.attrs.setdefault("class", "in")

    @property
    def rows(self) -> list[tuple[Any, Any, Any]]:
        """Question, answer and the answer's version, in order."""
        return [(self[f"q_{code}"], self[f"a_{code}"], self[f"v_{code}"]) for code in self.codes]
