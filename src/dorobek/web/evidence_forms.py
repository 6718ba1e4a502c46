"""Forms of evidence, the same for the participant and the adviser."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy

from dorobek.audits.models import SkillsAudit
from dorobek.kernel.uploads import KINDS, MB
from dorobek.portfolio.actions import add_evidence
from dorobek.portfolio.enums import EvidenceKind, Mark
from dorobek.portfolio.models import Competence, Evidence
from dorobek.portfolio.queries import competences_of_case
from dorobek.web.forms import DayField, DorobekForm, LongText, PartialDateField, ShortText

LIMITS = ", ".join(f"{kind.label} do {kind.limit // MB} MB" for kind in KINDS.values())


class EvidenceForm(DorobekForm):
    """What it is, where it is, and which competences it supports."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Co to jest?"),
        choices=[choice for choice in EvidenceKind.choices if choice[0] != EvidenceKind.CREDENTIAL],
        widget=forms.RadioSelect,
        initial=EvidenceKind.FILE,
    )
    title = ShortText(
        label=gettext_lazy("Krótka nazwa"),
        help_text=gettext_lazy("Na przykład: świadectwo pracy ze sklepu, zdjęcie tortu, link do strony koła."),
        max_length=200,
    )
    file = forms.FileField(
        label=gettext_lazy("Plik albo zdjęcie"),
        help_text=LIMITS,
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(e for kind in KINDS.values() for e in kind.endings)}),
    )
    url = ShortText(label=gettext_lazy("Adres strony"), required=False, max_length=500)
    description = LongText(
        label=gettext_lazy("Opis"),
        help_text=gettext_lazy("Przy oświadczeniu albo rzeczy: kto, co i kiedy, w jednym lub dwóch zdaniach."),
        required=False,
        rows=3,
    )
    made_on = PartialDateField(
        label=gettext_lazy("Z kiedy to jest?"), required=False, help_text=gettext_lazy("Na przykład: 2015, wiosna 2019")
    )
    seen_on = DayField(
        label=gettext_lazy("Kiedy doradca widział oryginał?"), required=False, not_after=timezone.localdate
    )
    competences = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Co to pokazuje?"),
        queryset=Competence.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, audit: SkillsAudit, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["competences"].queryset = competences_of_case(user, audit.uid)  # type: ignore[attr-defined]
        if audit.person.account_id == user.pk:
            del self.fields["seen_on"]


def mark(label: Any) -> forms.ChoiceField:
    """One of the four questions."""
    return forms.ChoiceField(label=label, choices=Mark.choices, widget=forms.RadioSelect)


class RatingForm(DorobekForm):
    """The four questions about a piece of evidence, and why (PF-2)."""

    validity = mark(gettext_lazy("Czy dotyczy tej kompetencji?"))
    currency = mark(gettext_lazy("Czy jest aktualny?"))
    sufficiency = mark(gettext_lazy("Czy wystarcza?"))
    authenticity = mark(gettext_lazy("Czy jest prawdziwy i należy do tej osoby?"))
    reason = LongText(label=gettext_lazy("Skąd taka ocena?"), rows=2)


class RemovalForm(DorobekForm):
    reason = ShortText(label=gettext_lazy("Dlaczego usuwamy?"), required=False)


def given_of(form: forms.Form) -> dict[str, Any]:
    """What the form holds of the piece itself, as `add_evidence` takes it."""
    given = form.cleaned_data
    upload: UploadedFile | None = given["file"]
    made_on = given["made_on"]
    return {
        "kind": given["kind"], "title": given["title"], "url": given["url"], "description": given["description"],
        "upload": upload if given["kind"] == EvidenceKind.FILE else None,
        "made_on": made_on if isinstance(made_on, str) else (made_on.to_edtf() if made_on else ""),
    }  # fmt: skip


def save_evidence(audit: SkillsAudit, form: forms.Form, acting: Any) -> Evidence:
    """Run the action with what the form holds."""
    return add_evidence(
        person=audit.person, case_uid=audit.uid, seen_on=form.cleaned_data.get("seen_on"),
        competences=list(form.cleaned_data["competences"]), acting_user=acting, **given_of(form),
    )  # fmt: skip
