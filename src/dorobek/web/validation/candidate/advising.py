"""/walidacja/doradca/: what waits for the validation adviser, and one application with what is missing (VA-7)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dorobek.people.enums import Role
from dorobek.validation.actions.advising import write_note
from dorobek.validation.actions.applying import adviser_left, close_documentation, map_evidence
from dorobek.validation.actions.crediting import Checks, checks_of
from dorobek.validation.enums import ApplicationState
from dorobek.validation.models import Application
from dorobek.validation.queries.advising import advised, asked_of
from dorobek.validation.queries.crediting import counted, named_criteria
from dorobek.validation.queries.evidencing import attachable, attached, own_words
from dorobek.validation.queries.moving import moves_of
from dorobek.validation.queries.proposing import criteria_met
from dorobek.validation.rules.building import sets_of
from dorobek.validation.rules.covering import covering
from dorobek.web.doors import CaseRequest, attempt, staff
from dorobek.web.drafts import finish, form_for
from dorobek.web.validation.candidate import words
from dorobek.web.validation.candidate.cases import meeting
from dorobek.web.validation.candidate.choosing import Choice
from dorobek.web.validation.candidate.conditions import told as conditions_told
from dorobek.web.validation.candidate.doors import advised_validation
from dorobek.web.validation.candidate.forms import AdviceForm, CloseForm
from dorobek.web.validation.candidate.laid import Laid, lay, text_of

PER_PAGE = 50


@require_safe
@staff(Role.VALIDATION_ADVISER)
def desk(request: CaseRequest) -> HttpResponse:
    """Applications that wait for an adviser, soonest first; `?dalej` for those further on. Statements do not grow."""
    waiting = "dalej" not in request.GET
    page = Paginator(advised(request.user, waiting=waiting), PER_PAGE).get_page(request.GET.get("page"))
    listed, today = list(page), timezone.localdate()
    moves, asked = moves_of(listed), asked_of(listed)
    rows: list[dict[str, Any]] = [
        {"application": one, "asked": asked[one.pk], "move": words.told(one, moves[one.pk], today)} for one in listed
    ]
    late = sum(row["move"]["late"] for row in rows)
    context = {"rows": rows, "page_of": page, "waiting": waiting, "late": late}
    return render(request, "validation/candidate/advising.html", context)


@require_safe
@advised_validation
def case(request: CaseRequest, application: Application) -> HttpResponse:
    """Criteria beside evidence, what is missing, what was said; and whether this adviser may advise here."""
    entry = application.opening.entry_version.entry
    pieces = attached(application, request.user)
    notes = {one.criterion: one for one in application.adviser_notes.all()}
    counts = counted(pieces)
    context = {
        "sets": lay(entry, Laid(pieces=pieces, notes=notes, carried=application.carried)),
        "covering": covering(sets_of(entry), counts, application.carried), "notes": len(notes),
        **frame(request, application), **meeting(application),
    }  # fmt: skip
    return render(request, "validation/candidate/advising_case.html", context)


def frame(request: CaseRequest, application: Application) -> dict[str, Any]:
    """What every page of an advised case shows. `left`: requirements that this adviser cannot show."""
    documenting = application.state == ApplicationState.SUBMITTED
    left = adviser_left(application.opening, request.user) if documenting else ()
    return {
        "application": application, "opening": application.opening, "phases": words.phases(application.state),
        "move": words.told(application, moves_of([application])[application.pk]), "left": left,
        "documenting": documenting, "may_advise": documenting and not left,
    }  # fmt: skip


@advised_validation
def criterion(request: CaseRequest, application: Application, code: str) -> HttpResponse:
    """One criterion: the adviser's words and the pieces beside it, saved together."""
    text = text_of(application.opening.entry_version.entry, code)
    if text is None or application.state != ApplicationState.SUBMITTED:
        raise Http404
    note = application.adviser_notes.filter(criterion=code).first()
    held = [str(one.uid) for one in attached(application, request.user).get(code, [])]
    initial = {"evidence": held, "note": note.text if note else ""}
    pieces = attachable(application, request.user)
    entry = application.opening.entry_version.entry
    fits = {str(one.uid) for one in pieces if code in criteria_met(entry, own_words(one))}
    fits |= {str(piece.uid) for piece in pieces if code in named_criteria(piece, entry)}
    form = form_for(request, AdviceForm, initial=initial, choice=Choice(pieces), fits=fits)
    sent = request.method == "POST" and form.is_valid()
    checks = checks_of(form.chosen()) if sent else {}  # before anything is locked: it may look outside
    if sent and attempt(form, lambda: _advise(request, application, code, form, held, checks)):
        finish(request)
        messages.success(request, _("Zapisano kryterium %(code)s.") % {"code": code})
        return redirect("validation-advising-case", application.uid)
    context = {**frame(request, application), "form": form, "code": code, "text": text, "any": bool(pieces)}
    return render(request, "validation/candidate/advising_criterion.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _advise(
    request: CaseRequest, application: Application, code: str, form: AdviceForm, held: list[str], checks: Checks
) -> bool:  # fmt: skip
    """Both saves or none."""
    who = request.acting
    if set(form.cleaned_data["evidence"]) != set(held):
        map_evidence(application=application, mapped={code: form.chosen()}, acting_user=who, checks=checks)
    write_note(application=application, criterion=code, text=form.cleaned_data["note"], acting_user=who)
    return True


@advised_validation
def close(request: CaseRequest, application: Application) -> HttpResponse:
    """The documentation is complete as far as it can be: it goes to the commission."""
    if application.state != ApplicationState.SUBMITTED:
        raise Http404
    wanted = conditions_told(application)
    form = form_for(request, CloseForm, wanted=wanted)
    if request.method == "POST" and form.is_valid():
        met = form.cleaned_data["conditions_met"]
        closing = {
            "application": application,
            "conditions_met": met,
            "acting_user": request.acting,
            "basis": form.basis,
        }
        if attempt(form, lambda: close_documentation(**closing)):
            finish(request)
            messages.success(request, _("Zbieranie dowodów jest zakończone. Teraz ruch instytucji."))
            return redirect("validation-advising")
    entry = application.opening.entry_version.entry
    counts = counted(attached(application, request.user))
    context = {
        **frame(request, application), "form": form, "closing": True, "conditions": entry.text("entry_conditions"),
        "preceding": entry.preceding, "covering": covering(sets_of(entry), counts, application.carried),
        "notes": application.adviser_notes.count(), "wanted": wanted,
    }  # fmt: skip
    return render(request, "validation/candidate/advising_close.html", context, status=422 if form.errors else 200)
