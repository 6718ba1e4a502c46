"""How the candidate meets the entry's conditions, one by one; what the adviser then confirms (VA-1, VA-7)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dorobek.portfolio.enums import EvidenceKind
from dorobek.portfolio.models import Evidence
from dorobek.validation.actions.applying import BEFORE_COMMISSION
from dorobek.validation.actions.conditions import LONGEST, conditions_of, show_condition, shown_now
from dorobek.validation.enums import ConditionHow
from dorobek.validation.models import Application
from dorobek.web.doors import CaseRequest, attempt
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import CHOOSE, DorobekForm, LongText, dress
from dorobek.web.validation.candidate.doors import own_validation

MOST_PIECES = 200
HOW = [one for one in ConditionHow.choices if one[0] != ConditionHow.ADVISER]
KINDS = (EvidenceKind.CREDENTIAL, EvidenceKind.FILE)


class ConditionsForm(DorobekForm):
    """For each condition of the entry: how, which piece, in one's own words."""

    def __init__(self, *args: Any, wanted: tuple[str, ...], pieces: list[Evidence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted, self.pieces = wanted, {str(one.uid): one for one in pieces}
        listed = [
            ("", _("żadne")),
            *((uid, f"{one.title} ({one.get_kind_display()})") for uid, one in self.pieces.items()),
        ]
        for place in range(len(wanted)):
            self._add(f"how_{place}", forms.ChoiceField(
                label=_("Co to pokazuje?"), choices=HOW, widget=forms.RadioSelect, error_messages={"required": CHOOSE},
            ))  # fmt: skip
            self._add(f"evidence_{place}", forms.ChoiceField(
                label=_("Które poświadczenie albo który plik?"), choices=listed, required=False,
            ))  # fmt: skip
            self._add(f"words_{place}", LongText(
                label=_("Własnymi słowami"), rows=2, max_length=LONGEST, required=False,
                help_text=_("Przy oświadczeniu to potrzebne, poza tym można zostawić puste."),
            ))  # fmt: skip

    def _add(self, name: str, field: forms.Field) -> None:
        dress(field)
        self.fields[name] = field

    @property
    def rows(self) -> list[tuple[str, Any, Any, Any]]:
        """(condition, how, piece, words) as bound fields, for the template."""
        parts = ("how", "evidence", "words")
        return [(text, *(self[f"{part}_{n}"] for part in parts)) for n, text in enumerate(self.wanted)]  # type: ignore[misc]


@own_validation
def conditions(request: CaseRequest, application: Application) -> HttpResponse:
    """One page with every condition; it can be changed until the documentation is closed."""
    wanted = conditions_of(application.opening.entry_version.entry)
    if not wanted or application.state not in BEFORE_COMMISSION:
        raise Http404
    pieces = Evidence.objects.visible_to(request.user).filter(
        person=application.person, removed_at=None, kind__in=KINDS
    )  # fmt: skip
    form = form_for(
        request, ConditionsForm, initial=_initial(application), wanted=wanted, pieces=list(pieces.order_by("-pk")[:MOST_PIECES])
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _show(request, application, form)):
        finish(request)
        messages.success(request, _("Zapisano. Doradca walidacyjny to przeczyta i potwierdzi."))
        return redirect("validation-case", application.uid)
    context = {"application": application, "opening": application.opening, "form": form}
    return render(request, "validation/candidate/conditions.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _show(request: CaseRequest, application: Application, form: ConditionsForm) -> bool:
    """All of them or none."""
    given = form.cleaned_data
    for place in range(len(form.wanted)):
        show_condition(
            application=application, place=place, how=ConditionHow(given[f"how_{place}"]),
            evidence=form.pieces.get(given[f"evidence_{place}"]), words=given[f"words_{place}"],
            acting_user=request.acting,
        )  # fmt: skip
    return True


def _initial(application: Application) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for place, one in shown_now(application).items():
        found |= {f"how_{place}": one.how, f"words_{place}": one.words}
        found[f"evidence_{place}"] = str(one.evidence.uid) if one.evidence else ""
    return found


def told(application: Application) -> list[dict[str, Any]]:
    """Each condition with how it is met, for the candidate's and the adviser's pages."""
    held = shown_now(application)
    wanted = conditions_of(application.opening.entry_version.entry)
    return [{"place": place, "text": text, "shown": held.get(place)} for place, text in enumerate(wanted)]
