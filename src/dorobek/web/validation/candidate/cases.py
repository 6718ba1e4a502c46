"""The candidate's validations: all of them, one from end to end, evidence beside criteria, sending, taking it back."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dorobek.people.models import AccessLog
from dorobek.portfolio.models import Evidence
from dorobek.register.entry import Entry
from dorobek.register.enums import ValidationMethod
from dorobek.validation.actions.applying import BEFORE_COMMISSION, MAY_WITHDRAW, withdraw_application
from dorobek.validation.actions.candidate import ask_adjustments, lay_evidence, send_application, told
from dorobek.validation.actions.conditions import conditions_of, shown_now
from dorobek.validation.carrying import carried_in_words
from dorobek.validation.documents import case_number
from dorobek.validation.enums import ApplicationState
from dorobek.validation.models import Application, KnowledgeTest
from dorobek.validation.queries.appealing import open_to
from dorobek.validation.queries.candidate import (
    appeals_of,
    own_applications,
    reasons_of,
    sitting_of,
)
from dorobek.validation.queries.crediting import counted, offers
from dorobek.validation.queries.evidencing import attached
from dorobek.validation.queries.moving import moves_of
from dorobek.validation.queries.papers import papers_of
from dorobek.validation.rules.building import sets_of
from dorobek.validation.rules.covering import covering
from dorobek.validation.rules.testing.marking import outcome_of
from dorobek.web.doors import CaseRequest, attempt, signed_in
from dorobek.web.drafts import finish, form_for
from dorobek.web.files import file_response
from dorobek.web.validation.candidate import words
from dorobek.web.validation.candidate.conditions import told as conditions_told
from dorobek.web.validation.candidate.doors import find_application, own_validation
from dorobek.web.validation.candidate.evidence import choice_of, outcomes_asked
from dorobek.web.validation.candidate.forms import AdjustmentsForm, EvidenceForm, SendForm
from dorobek.web.validation.candidate.laid import Laid, lay, text_of

MOST_READERS = 5


@signed_in
def mine(request: CaseRequest) -> HttpResponse:
    """Every validation of one's own, with whose move it is."""
    if request.user.participant is None:
        raise Http404
    found = list(own_applications(request.user))
    moves = moves_of(found)
    rows = [{"application": one, "move": words.told(one, moves[one.pk])} for one in found]
    return render(request, "validation/candidate/mine.html", {"rows": rows})


@own_validation
def case(request: CaseRequest, application: Application) -> HttpResponse:
    """Where it stands, who has the next move, what is attached, what was decided and why."""
    entry = application.opening.entry_version.entry
    pieces = attached(application, request.user)
    counts = counted(pieces)
    notes = {one.criterion: one for one in application.adviser_notes.all()}
    documenting = application.state in BEFORE_COMMISSION
    laid = Laid(pieces=pieces, notes=notes if documenting else {}, carried=application.carried)
    readers = AccessLog.objects.filter(person=application.person, case_uid=application.uid).select_related("account")
    context = {
        "application": application, "opening": application.opening, "phases": words.phases(application.state),
        "move": words.told(application, moves_of([application])[application.pk]), "sets": lay(entry, laid),
        "covering": covering(sets_of(entry), counts, application.carried), "documenting": documenting,
        "carried_rows": carried_in_words(application.person, application.opening) if documenting else [],
        **(own_wallet(request, application, pieces) if documenting else {}),
        "notes": len(notes) if documenting else 0, "draft": application.state == ApplicationState.DRAFT,
        "results": results(request, application, entry), "appeals": appeals_of(application),
        "grounds": words.grounds(open_to(application)), "refusal": application.refusals.order_by("-pk").first(),
        "can_withdraw": application.state in MAY_WITHDRAW, "readers": list(readers.order_by("-at")[:MOST_READERS]),
        "certificate": getattr(application, "certificate", None), **meeting(application),
        "has_conditions": bool(conditions_of(entry)),
        "documents": papers_of(request.user, application), "tests": list(own_tests(request, application)),
    }  # fmt: skip
    return render(request, "validation/candidate/case.html", context)


def own_wallet(
    request: CaseRequest, application: Application, pieces: Mapping[str, Sequence[Evidence]]
) -> dict[str, Any]:
    """Credentials that one holds, each with the criteria it would go to at one press; and where the steps begin."""
    asked = outcomes_asked(application)
    known = {line.code for one in asked for line in one.criteria}
    rows = []
    for one in offers(request.user, application.opening.entry_version.entry):
        key = one.piece.pk if one.piece else None
        there = [code for code, listed in pieces.items() if key in {each.pk for each in listed}]
        rows.append({"offer": one, "there": there, "new": [c for c in one.criteria if c in known and c not in there]})
    bare = next((one for one in asked if any(not pieces.get(line.code) for line in one.criteria)), None)
    return {"wallet": rows, "first": bare or (asked[0] if asked else None)}


def own_tests(request: CaseRequest, application: Application) -> QuerySet[KnowledgeTest]:
    """Knowledge tests of this round that the candidate has to sit, or has sat."""
    found: QuerySet[KnowledgeTest] = KnowledgeTest.objects.visible_to(request.user)
    return found.filter(application=application, round=application.round).order_by("opens_at", "pk")


def results(request: CaseRequest, application: Application, entry: Entry) -> list[dict[str, Any]]:
    """Each round's decision, newest first, criterion by criterion with reasons."""
    return [
        {
            "decision": one,
            "whole": words.whole(one.whole),
            "look": words.verdict(one.whole),
            "sets": lay(
                entry,
                Laid(
                    decision=one,
                    reasons=reasons_of(application, one.round, request.user),
                    carried=one.carried,
                ),
            ),
        }
        for one in sorted(application.decisions.all(), key=lambda one: -one.round)
    ]


def meeting(application: Application) -> dict[str, Any]:
    """The commission, once it is appointed; the day it sits; the methods used so far; fee and adjustments answered."""
    held = application.commission
    members = held.members.select_related("record__account").order_by("pk") if held else []
    used = application.methods.filter(round=application.round).exclude(how="void").order_by("used_on", "pk")
    return {
        "members": [one.record.account for one in members],
        "sitting": sitting_of(application),
        "methods": [(ValidationMethod(one.method).label, one.used_on, one.criteria) for one in used],
        "fee": getattr(application, "fee", None),
        "pay_title": case_number(application),
        "adjustment": getattr(application, "adjustment_answer", None),
    }


@own_validation
def criterion(request: CaseRequest, application: Application, code: str) -> HttpResponse:
    """Which pieces of one's portfolio stand beside one criterion."""
    entry = application.opening.entry_version.entry
    text = text_of(entry, code)
    if text is None or application.state not in BEFORE_COMMISSION:
        raise Http404
    held = attached(application, request.user).get(code, [])
    choice, fits = choice_of(request, application)
    initial = {"evidence": [str(one.uid) for one in held]}
    form = form_for(request, EvidenceForm, initial=initial, choice=choice, fits=fits.get(code, ()))
    if request.method == "POST" and form.is_valid():
        laid: dict[str, Any] = {"mapped": {code: form.chosen()}, "credentials": {code: form.credentials()}}
        saved = attempt(form, lambda: lay_evidence(application=application, acting_user=request.acting, **laid))
        if saved is not None:
            finish(request)
            messages.success(request, _("Zapisano dowody do kryterium %(code)s.") % {"code": code})
            return redirect("validation-case", application.uid)
    context = {
        "application": application, "form": form, "code": code, "text": text, "any": bool(choice.keys),
        "note": application.adviser_notes.filter(criterion=code).first(), "outcome": outcome_of(code),
    }  # fmt: skip
    return render(request, "validation/candidate/criterion.html", context, status=422 if form.errors else 200)


@own_validation
def send(request: CaseRequest, application: Application) -> HttpResponse:
    """Entry conditions, what is needed, who will see what; then it goes. After sending: what is needed, alone."""
    if application.state not in BEFORE_COMMISSION:
        raise Http404
    draft = application.state == ApplicationState.DRAFT
    initial = {"kinds": application.adjustment_kinds, "words": application.adjustments}
    form: Any = form_for(request, SendForm if draft else AdjustmentsForm, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("kinds", "words")}
        if draft:
            given["agreed"] = form.cleaned_data["agreed"]
        action: Any = send_application if draft else ask_adjustments
        if attempt(form, lambda: action(application=application, acting_user=request.acting, **given)):
            finish(request)
            said = _("Zgłoszenie jest wysłane. Teraz ruch doradcy walidacyjnego.") if draft else _("Zapisano.")
            messages.success(request, said)
            return redirect("validation-case", application.uid)
    entry = application.opening.entry_version.entry
    counts, wanted = counted(attached(application, request.user)), conditions_told(application)
    context = {
        "application": application, "opening": application.opening, "form": form, "draft": draft, "told": told(),
        "conditions": entry.text("entry_conditions"), "preceding": entry.preceding,
        "covering": covering(sets_of(entry), counts, application.carried), "wanted": wanted, "stated": any(one["shown"] for one in wanted),
    }  # fmt: skip
    return render(request, "validation/candidate/send.html", context, status=422 if form.errors else 200)


@own_validation
def withdraw(request: CaseRequest, application: Application) -> HttpResponse:
    """Ask, then take the application back."""
    if application.state not in MAY_WITHDRAW:
        raise Http404
    if request.method == "POST":
        withdraw_application(application=application, acting_user=request.acting)
        messages.success(request, _("Zgłoszenie jest wycofane. Dowody zostają w portfolio."))
        return redirect("validation-mine")
    return render(request, "validation/candidate/withdraw.html", {"application": application})


@signed_in
def evidence(request: CaseRequest, uid: uuid.UUID, evidence_uid: uuid.UUID) -> HttpResponseBase:
    """A file attached to the application, for everybody who may see the application."""
    application = find_application(request.user, uid)
    pieces = {one.uid: one for found in attached(application, request.user).values() for one in found}
    pieces |= {one.evidence.uid: one.evidence for one in shown_now(application).values() if one.evidence}
    piece = pieces.get(evidence_uid)
    if piece is None or piece.file is None:
        raise Http404
    return file_response(piece.file, download="pobierz" in request.GET)
