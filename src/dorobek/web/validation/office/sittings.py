"""A sitting: whom it judges, who sits in it and why not; and commissions proposed for many sittings at once."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.models import Institution
from dorobek.validation import facts
from dorobek.validation.actions.sittings import accept_proposal, choose_commission, move_sitting, place_candidates
from dorobek.validation.enums import ApplicationState
from dorobek.validation.faults import Pool, busy_elsewhere, cases_of, pool_of, sitting_faults
from dorobek.validation.models import Application, Sitting, SittingCandidate, StaffRecord
from dorobek.validation.proof_words import proof_in_words
from dorobek.validation.queries.planning import Planned, open_sittings, planned
from dorobek.validation.rules import Source
from dorobek.validation.rules.commission import member_faults
from dorobek.validation.rules.proposing import Impossible, Proposal, Undecided
from dorobek.validation.rules.shapes import Candidate
from dorobek.validation.rules.standing import standings
from dorobek.web.doors import CaseRequest, attempt
from dorobek.web.drafts import finish, form_for
from dorobek.web.validation.office import forms
from dorobek.web.validation.office.doors import find_sitting, officer, one_form, own_body, page


@officer
def show(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """The commission of a sitting: chosen by hand or proposed with one click; each broken rule named."""
    sitting = find_sitting(request, uid)
    cases = cases_of(sitting)
    pool = pool_of(sitting, cases)
    held = (
        [one.record for one in sitting.commission.members.select_related("record").order_by("pk")]
        if sitting.commission
        else []
    )
    rows = StaffRecord.objects.filter(pk__in=[one.pk for one in pool.records]).select_related("account")
    form = forms.MembersForm(
        request.POST if request.method == "POST" else None, records=rows.order_by("account__name", "pk"),
        initial={"members": [one.pk for one in held], "base_version": sitting.version},
    )  # fmt: skip
    context: dict[str, Any] = {}
    if request.method == "POST":
        answer = _press(request, sitting, cases, form, context)
        if answer is not None:
            return answer
    chosen = context.get("ticked") or {str(one) for one in (form["members"].value() or [])}
    records = [one for one in pool.records if str(one.pk) in chosen]
    context |= {
        "form": form, "sitting": sitting, "opening": sitting.opening, "cases": _progress(sitting, cases),
        "people": _people(sitting, cases, pool, chosen), "faults": _faults(sitting, cases, pool, records),
        "judging": any(one.state != ApplicationState.DOCUMENTED for one in cases), "checked": bool(records),
        "criteria": sitting.opening.rules.criteria,
    }  # fmt: skip
    return page(request, "sitting", "office", context, 422 if form.errors else 200)


def _press(
    request: CaseRequest, sitting: Sitting, cases: list[Application], form: forms.MembersForm, context: dict[str, Any]
) -> HttpResponse | None:
    """Propose, check or save."""
    if "propose" in request.POST:
        found = planned(sittings=[sitting], institution=sitting.opening.institution, user=request.user)
        assert found is not None  # the door lets officers in
        if isinstance(found.answer, Proposal):
            context["ticked"] = {str(one.pk) for one in found.members(sitting)}
            context["proposed"] = True
        else:
            context["proof"] = _proof(found, [sitting])
        return None
    if "check" in request.POST or not form.is_valid():
        return None
    given = form.cleaned_data
    saved = attempt(
        form,
        lambda: choose_commission(
            sitting=sitting, records=list(given["members"]), base_version=given["base_version"] or 0,
            acting_user=request.acting,
        ),
    )  # fmt: skip
    if saved is None:
        return None
    messages.success(request, _("Komisja jest zapisana. Teraz każda osoba składa oświadczenie o bezstronności."))
    return redirect("office-sitting", sitting.uid)


def _proof(found: Planned, sittings: list[Sitting]) -> list[str]:
    if isinstance(found.answer, Impossible):
        return proof_in_words(found.answer, sittings)
    return [
        _("Zabrakło czasu: nie ma ani składu, ani dowodu, że go nie ma. Proszę spróbować z mniejszą liczbą posiedzeń.")
    ]


def _faults(sitting: Sitting, cases: list[Application], pool: Pool, records: list[StaffRecord]) -> list[dict[str, Any]]:
    """Broken rules of the people ticked: which, whose, by whom, who would mend it."""
    if not records:
        return []
    busy = busy_elsewhere(sitting)
    told = [
        {
            "rule": str(facts.RULES[one.rule]()), "own": one.source is Source.BODY, "mend": one.what_would_mend,
            "who": [pool.names[key] for key in one.who if key in pool.names],
            "mends": [pool.names[key] for key in one.mends[:8] if key in pool.names],
        }
        for one in sitting_faults(sitting, records, cases, pool)
    ]  # fmt: skip
    return told + [
        {"rule": _("Ta osoba jest w tym czasie na innym posiedzeniu."), "who": [str(one.account)], "mends": []}
        for one in records
        if one.account_id in busy
    ]


def _people(sitting: Sitting, cases: list[Application], pool: Pool, chosen: set[str]) -> list[dict[str, Any]]:
    """The pool as a table: who meets which criterion, and what keeps somebody out."""
    rules, today, busy = sitting.opening.rules, timezone.localdate(), busy_elsewhere(sitting)
    candidates = [Candidate(str(one.person.uid)) for one in cases]
    found = []
    for one in pool.records:
        member = pool.members[one.pk]
        out = [str(facts.RULES[fault.rule]()) for fault in member_faults(rules, member, candidates, today)]
        if one.account_id in busy:
            out.append(_("Ma wtedy inne posiedzenie."))
        met = [standing.met for standing in standings(rules.criteria, member, today)]
        found.append({"record": one, "met": met, "out": out, "ticked": str(one.pk) in chosen})
    return found


def _progress(sitting: Sitting, cases: list[Application]) -> list[dict[str, Any]]:
    """Each case with the declarations made and those that are missing."""
    if sitting.commission is None:
        return [{"case": one, "silent": [], "ready": False} for one in cases]
    members = list(sitting.commission.members.select_related("record__account").order_by("pk"))
    found = []
    for one in cases:
        said = set(one.declarations.filter(member__in=members).values_list("member_id", flat=True))
        silent = [str(member.record.account) for member in members if member.pk not in said]
        ready = not silent and one.state == ApplicationState.DOCUMENTED
        found.append({"case": one, "silent": silent, "ready": ready})
    return found


@officer
def candidates(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """Whom the commission judges at this sitting."""
    sitting = find_sitting(request, uid)
    held = cases_of(sitting)
    rows = sitting.opening.applications.filter(state=ApplicationState.DOCUMENTED).exclude(person__account=request.user)
    elsewhere = [
        one.application_id
        for one in _placed(sitting)
        if one.sitting_id != sitting.pk and one.round == one.application.round
    ]
    free = rows.exclude(pk__in=elsewhere).select_related("person__account", "opening__institution")
    initial = {"applications": [one.pk for one in held]}
    form = form_for(request, forms.CandidatesForm, initial=initial, cases=free.order_by("person__sort_key", "pk"))
    if request.method == "POST" and form.is_valid():
        wanted = list(form.cleaned_data["applications"])
        if attempt(form, lambda: place_candidates(sitting=sitting, applications=wanted, acting_user=request.acting)):
            messages.success(request, _("Zapisano. Komisję tego posiedzenia trzeba wybrać na nowo."))
            return redirect("office-sitting", sitting.uid)
    back = reverse("office-sitting", args=[sitting.uid])
    return one_form(request, form, "office", title=_("Kogo komisja oceni"), button=_("Zapisz"), back=back)


@officer
def move(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """Another day, hours or place, with a reason that candidates are told."""
    sitting = find_sitting(request, uid)
    begins, ends = timezone.localtime(sitting.begins), timezone.localtime(sitting.ends)
    initial = {"day": begins.date(), "since": begins.time(), "until": ends.time(), "place": sitting.place}
    form = form_for(request, forms.MoveSittingForm, initial=initial, base_version=sitting.version)
    if request.method == "POST" and form.is_valid():
        given, (first, last) = form.cleaned_data, form.span
        moved = attempt(
            form,
            lambda: move_sitting(
                sitting=sitting, begins=first, ends=last, place=given["place"], reason=given["reason"],
                base_version=given["base_version"] or None, acting_user=request.acting,
            ),
        )  # fmt: skip
        if moved:
            finish(request)
            messages.success(request, _("Posiedzenie jest przeniesione. Kandydaci dostali wiadomość z powodem."))
            if moved.commission is None and sitting.commission is not None:
                messages.warning(request, _("Komisja nie może wtedy przyjść. Proszę wybrać ją na nowo."))
            return redirect("office-sitting", sitting.uid)
    back = reverse("office-sitting", args=[sitting.uid])
    return one_form(
        request, form, "office", title=_("Przenieś posiedzenie"), button=_("Przenieś i powiadom"), back=back
    )


def _placed(sitting: Sitting) -> Any:
    return SittingCandidate.objects.filter(application__opening=sitting.opening).select_related("application")


@officer
def planning(request: CaseRequest) -> HttpResponse:
    """Commissions for all sittings that have none, or for those of some openings; accepted whole or row by row."""
    body = own_body(request)
    everything = open_sittings(body, request.user)
    openings = {one.opening_id: one.opening for one in everything}
    wanted = {int(one) for one in request.POST.getlist("opening") if one.isdigit()} or set(openings)
    rows = [one for one in everything if one.opening_id in wanted]
    context: dict[str, Any] = {
        "body": body, "sittings": everything, "openings": list(openings.values()), "wanted": wanted,
    }  # fmt: skip
    status = 200
    if request.method == "POST" and "accept" in request.POST:
        answer = _accept(request, rows, body, context)
        if answer is not None:
            return answer
        status = 422
    elif request.method == "POST" and rows:
        context |= _proposal(request, rows, body)
    return page(request, "planning", "office-planning", context, status)


def _proposal(request: CaseRequest, rows: list[Sitting], body: Institution) -> dict[str, Any]:
    found = planned(sittings=rows, institution=body, user=request.user)
    assert found is not None
    if not isinstance(found.answer, Proposal):
        return {"proof": _proof(found, rows), "undecided": isinstance(found.answer, Undecided)}
    table = [
        {"sitting": one, "members": found.members(one), "cases": found.plan.cases[one.pk]} for one in rows
    ]  # fmt: skip
    return {"table": table, "fairest": found.answer.fairest, "seconds": found.answer.seconds}


def _accept(
    request: CaseRequest, rows: list[Sitting], body: Institution, context: dict[str, Any]
) -> HttpResponse | None:
    """The ticked rows as they were shown. A row that can no longer be filled so is named, and nothing is written."""
    ticked = set(request.POST.getlist("row"))
    chosen, table = [], []
    for one in rows:
        if str(one.uid) not in request.POST.getlist("shown"):
            continue
        keys = [int(key) for key in request.POST.getlist(f"members-{one.uid}") if key.isdigit()]
        records = list(
            StaffRecord.objects.filter(pk__in=keys, institution=body).select_related("account").order_by("pk")
        )
        version = request.POST.get(f"version-{one.uid}", "")
        table.append({"sitting": one, "members": records, "cases": cases_of(one), "off": str(one.uid) not in ticked})
        if str(one.uid) in ticked:
            chosen.append((one, records, int(version) if version.isdigit() else 0))
    try:
        if not chosen:
            raise RuleBroken(_("Proszę zaznaczyć co najmniej jedno posiedzenie."))
        done = accept_proposal(rows=chosen, acting_user=request.acting)
    except RuleBroken as broken:
        context |= {"table": table, "refused": str(broken.message)}
        return None
    messages.success(request, _("Zapisane komisje: %d. Teraz ich członkowie składają oświadczenia.") % len(done))
    return redirect("office-planning")
