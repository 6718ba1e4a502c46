"""The choice between the variants of a programme, each described by the programme itself (SA-4)."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy

from dorobek.audits.models import SkillsAudit
from dorobek.web.forms import DorobekForm, Hinted


def variant_choices(audit: SkillsAudit) -> list[tuple[str, Hinted]]:
    language = get_language() or "pl"
    return [
        (str(one.kind), Hinted(one.name.text(language), one.description.text(language))) for one in audit.rules.variants
    ]


class VariantForm(DorobekForm):
    """One of the variants the programme has."""

    variant = forms.ChoiceField(label=gettext_lazy("Rodzaj bilansu"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, audit: SkillsAudit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["variant"].choices = variant_choices(audit)  # type: ignore[attr-defined]
