"""Evidence within an application, for whoever has a portfolio and whoever begins with nothing: one outcome a page (VA-1)."""

import uuid
from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dorobek.portfolio.actions import remove_evidence
from dorobek.portfolio.models import Evidence
from dorobek.validation.actions.applying import BEFORE_COMMISSION, map_evidence
from dorobek.validation.actions.candidate import add_own_evidence, attach_credential, lay_evidence
from dorobek.validation.models import Application
from dorobek.validation.queries.crediting import counted, offers
from dorobek.validation.queries.evidencing import attachable, attached, own_words
from dorobek.validation.queries.proposing import criteria_met
from dorobek.validation.rules.building import sets_of
from dorobek.validation.rules.covering import covering
from dorobek.web.doors import CaseRequest, attempt
from dorobek.web.drafts import finish, form_for
from dorobek.web.evidence_forms import RemovalForm, given_of
from dorobek.web.validation.candidate.choosing import WALLET, Choice
from dorobek.web.validation.candidate.doors import own_validation
from dorobek.web.validation.candidate.forms import OwnEvidenceForm, PlaceForm, StepForm
from dorobek.web.validation.candidate.laid import Laid, OutcomeLine, lay

AFTER = "efekt"  # the outcome whose page one came from, in the address


def outcomes_asked(application: Application) -> list[OutcomeLine]:
    """Outcomes to show, in the order of the entry; those confirmed earlier are left out."""
    laid = lay(application.opening.entry_version.entry, Laid(carried=application.carried))
    return [one for group in laid for one in group.outcomes if not one.carried]


@own_validation
def step(request: CaseRequest, application: Application, code: str) -> HttpResponse:
    """One outcome: what stands beside each criterion, what fits by its words, and the next one."""
    asked = outcomes_asked(application)
    here = next((one for one in asked if one.code == code), None)
    if here is None or application.state not in BEFORE_COMMISSION:
        raise Http404
    held = attached(application, request.user)
    choice, fits = choice_of(request, application)
    form = form_for(
        request, StepForm, choice=choice, criteria=[(one.code, one.text) for one in here.criteria], fits=fits,
        held={line: [str(one.uid) for one in listed] for line, listed in held.items()},
    )  # fmt: skip
    place = asked.index(here)
    if request.method == "POST" and form.is_valid():
        pieces, credentials = form.chosen()
        saving: dict[str, Any] = {"mapped": pieces, "credentials": credentials, "acting_user": request.acting}
        if attempt(form, lambda: lay_evidence(application=application, **saving)) is not None:
            finish(request)
            return redirect(_onwards(request, application, asked, place))
    context = {
        **frame(request, application), "form": form, "outcome": here, "number": place + 1, "of": len(asked),
        "before": asked[place - 1] if place else None, "after": asked[place + 1] if place + 1 < len(asked) else None,
        "any": bool(choice.keys), "notes": _notes(application, here),
    }  # fmt: skip
    return render(request, "validation/candidate/step.html", context, status=422 if form.errors else 200)


def _onwards(request: CaseRequest, application: Application, asked: list[OutcomeLine], place: int) -> str:
    then = request.POST.get("then", "")
    if then == "add":
        new = reverse("validation-evidence-new", args=[application.uid])
        return f"{new}?{AFTER}={asked[place].code}"
    if then == "next" and place + 1 < len(asked):
        return reverse("validation-step", args=[application.uid, asked[place + 1].code])
    messages.success(request, _("Zapisano dowody."))
    return reverse("validation-case", args=[application.uid])


def _notes(application: Application, outcome: OutcomeLine) -> list[Any]:
    """What the adviser said about its criteria."""
    codes = [one.code for one in outcome.criteria]
    return list(application.adviser_notes.filter(criterion__in=codes).select_related("written_by").order_by("pk"))


def choice_of(request: CaseRequest, application: Application) -> tuple[Choice, dict[str, set[str]]]:
    """All that one may put beside a criterion, and which keys fit which criterion by what they say themselves."""
    entry = application.opening.entry_version.entry
    pieces, wallet = attachable(application, request.user), offers(request.user, entry)
    fits: dict[str, set[str]] = defaultdict(set)
    for piece in pieces:
        for code in criteria_met(entry, own_words(piece)):
            fits[code].add(str(piece.uid))
    for offer in wallet:
        key = str(offer.piece.uid) if offer.piece is not None else f"{WALLET}{offer.uid}"
        for code in offer.criteria:
            fits[code].add(key)
    return Choice(pieces, wallet), fits


def frame(request: CaseRequest, application: Application) -> dict[str, Any]:
    """The application with how many criteria have evidence so far."""
    counts = counted(attached(application, request.user))
    shapes = sets_of(application.opening.entry_version.entry)
    return {
        "application": application, "opening": application.opening,
        "covering": covering(shapes, counts, application.carried),
    }  # fmt: skip


@own_validation
def add(request: CaseRequest, application: Application) -> HttpResponse:
    """A new piece; then what it shows."""
    if application.state not in BEFORE_COMMISSION:
        raise Http404
    form = form_for(request, OwnEvidenceForm)
    if request.method == "POST" and form.is_valid():
        given = given_of(form)
        made = attempt(form, lambda: add_own_evidence(application=application, acting_user=request.acting, **given))
        if made is not None:
            finish(request)
            messages.success(request, _("Dodano „%s”.") % made.title)
            return redirect(_placing(request, application, made))
    context = {"application": application, "form": form, "back": _back(request, application)}
    return render(request, "validation/candidate/evidence_new.html", context, status=422 if form.errors else 200)


def _placing(request: CaseRequest, application: Application, piece: Evidence) -> str:
    url, after = reverse("validation-evidence-place", args=[application.uid, piece.uid]), _after(request, application)
    return f"{url}?{AFTER}={after}" if after else url


def _after(request: CaseRequest, application: Application) -> str:
    """The outcome one came from, when the entry has it."""
    wanted = request.GET.get(AFTER, "")
    return wanted if wanted in {one.code for one in outcomes_asked(application)} else ""


def _back(request: CaseRequest, application: Application) -> str:
    after = _after(request, application)
    return (
        reverse("validation-step", args=[application.uid, after])
        if after
        else reverse("validation-case", args=[application.uid])
    )


@own_validation
def place(request: CaseRequest, application: Application, evidence_uid: uuid.UUID) -> HttpResponse:
    """What one piece shows: proposals from its own words first, every other criterion under its outcome."""
    piece = _own_piece(request, application, evidence_uid)
    held = attached(application, request.user)
    there = [code for code, listed in held.items() if piece.pk in {one.pk for one in listed}]
    known = {line.code for one in outcomes_asked(application) for line in one.criteria}
    entry = application.opening.entry_version.entry
    fits = [code for code in criteria_met(entry, own_words(piece)) if code in known]
    form = form_for(
        request, PlaceForm, outcomes=outcomes_asked(application), fits=fits, held=[c for c in there if c in known]
    )
    if request.method == "POST" and form.is_valid():
        mapped = _moved(held, piece, form.criteria(), known)
        saving: dict[str, Any] = {"application": application, "mapped": mapped, "acting_user": request.acting}
        if not mapped or attempt(form, lambda: lay_evidence(**saving)) is not None:
            finish(request)
            messages.success(request, _("Zapisano, co pokazuje „%s”.") % piece.title)
            return redirect(_back(request, application))
    context = {
        **frame(request, application), "form": form, "piece": piece, "fits": fits, "there": there,
        "back": _back(request, application),
    }  # fmt: skip
    return render(request, "validation/candidate/evidence_place.html", context, status=422 if form.errors else 200)


def _moved(
    held: dict[str, list[Evidence]], piece: Evidence, wanted: set[str], known: set[str]
) -> dict[str, list[Evidence]]:
    """Criteria where the piece comes or goes, each with all that stands there then."""
    found = {}
    for code in sorted(known):
        others = [one for one in held.get(code, ()) if one.pk != piece.pk]
        now = len(others) != len(held.get(code, ()))
        if now != (code in wanted):
            found[code] = [*others, piece] if code in wanted else others
    return found


@own_validation
def remove(request: CaseRequest, application: Application, evidence_uid: uuid.UUID) -> HttpResponse:
    """Ask, then take the piece away for good, from this application and from every other."""
    piece = _own_piece(request, application, evidence_uid)
    form = form_for(request, RemovalForm)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: _removed(request, application, piece, form.cleaned_data["reason"]))
    ):
        finish(request)
        messages.success(request, _("Usunięto „%s”.") % piece.title)
        return redirect("validation-case", application.uid)
    context = {"application": application, "form": form, "piece": piece}
    return render(request, "validation/candidate/evidence_remove.html", context)


@transaction.atomic
def _removed(request: CaseRequest, application: Application, piece: Evidence, reason: str) -> bool:
    """From the criteria here and from the portfolio, both or none."""
    held = attached(application, request.user)
    mapped = {
        code: [one for one in listed if one.pk != piece.pk]
        for code, listed in held.items()
        if piece.pk in {one.pk for one in listed}
    }
    if mapped:
        map_evidence(application=application, mapped=mapped, acting_user=request.acting)
    remove_evidence(evidence=piece, reason=reason, acting_user=request.acting)
    return True


def _own_piece(request: CaseRequest, application: Application, uid: uuid.UUID) -> Evidence:
    """One's own piece while it may still be moved; 404 otherwise."""
    pieces = attachable(application, request.user) if application.state in BEFORE_COMMISSION else []
    found = next((one for one in pieces if one.uid == uid), None)
    if found is None:
        raise Http404
    return found


@require_POST
@own_validation
def credential(request: CaseRequest, application: Application, credential_uid: uuid.UUID) -> HttpResponse:
    """One press: a credential of the wallet beside every criterion that it fits."""
    entry = application.opening.entry_version.entry
    offer = next((one for one in offers(request.user, entry) if one.uid == credential_uid), None)
    if offer is None or application.state not in BEFORE_COMMISSION:
        raise Http404
    known = {line.code for one in outcomes_asked(application) for line in one.criteria}
    criteria = [code for code in offer.criteria if code in known]
    attach_credential(
        application=application, credential=credential_uid, criteria=criteria, acting_user=request.acting
    )  # fmt: skip
    messages.success(request, _("Dołączono „%s”. System sprawdził to poświadczenie.") % offer.title)
    return redirect("validation-case", application.uid)
