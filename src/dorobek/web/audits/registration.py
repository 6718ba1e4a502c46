"""Registering a participant, and what eligibility says, rule by rule (SA-2, SA-17)."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dorobek.audits.actions.exceptions import let_in_against_rules, waives
from dorobek.audits.actions.registration import (
    Application,
    correct_registration,
    register,
    version_of,
)
from dorobek.audits.actions.reporting import export_report
from dorobek.audits.models import Registration, SkillsAudit
from dorobek.audits.queries.cases import (
    Known,
    advisers_of,
    assess,
    known_already,
    open_programmes,
    units_to_register_in,
)
from dorobek.audits.rules.registration import checked_answers, lines, verdict_look
from dorobek.kernel import csv_text, teryt
from dorobek.people.enums import ADVISING_ROLES, Role
from dorobek.people.identity import checked_identity
from dorobek.people.perms import administers, is_own
from dorobek.programmes.models import Programme, ProgrammeVersion
from dorobek.programmes.rules.eligibility import may_be_waived, papers_needed
from dorobek.web.accounts.invitations import invite
from dorobek.web.doors import CaseRequest, attempt, case_page, find_case, staff
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import DorobekForm, LongText
from dorobek.web.registration_forms import RegistrationForm, initial_of

ANOTHER = "another"
PART = "dane i warunki udziału"


class ExceptionForm(DorobekForm):
    """Why somebody takes part against the rules."""

    reason = LongText(label=RegistrationForm.base_fields["exception_reason"].label, max_length=1000, rows=3)


@staff(*ADVISING_ROLES)
def choose_programme(request: CaseRequest) -> HttpResponse:
    """Which programme? With one open programme the question is not asked."""
    versions = open_programmes(request.user)
    if len(versions) == 1:
        return redirect("case-new-form", versions[0].programme.uid)
    return render(request, "audits/registration_programme.html", {"versions": versions})


@staff(*ADVISING_ROLES)
def new_case(request: CaseRequest, programme_uid: uuid.UUID) -> HttpResponse:
    """The form; „sprawdź" judges what is typed and saves nothing, „zarejestruj" opens the case."""
    version = next((one for one in open_programmes(request.user) if one.programme.uid == programme_uid), None)
    if version is None:
        raise Http404
    institution = version.programme.institution
    units = units_to_register_in(request.user, institution)
    if not units:
        raise Http404
    coordinates = request.user.has_role(Role.COORDINATOR, institution=institution)
    advisers = advisers_of(units) if coordinates else []
    initial = {"on": timezone.localdate(), "adviser": str(request.user.uid)}
    form = form_for(request, RegistrationForm, rules=version.parsed, units=units, advisers=advisers, initial=initial)
    shown: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        shown = attempt(form, lambda: _judged(request, form, version)) or {}
        if "register" in request.POST and not form.errors:
            audit = attempt(form, lambda: _registered(request, form, version, units, advisers, shown["known"]))
            if audit is not None:
                return _welcome(request, form, audit)
    context = {"form": form, "version": version, "places": teryt.places(), "today": timezone.localdate(), **shown}
    return render(request, "audits/registration.html", context)


def _judged(request: CaseRequest, form: RegistrationForm, version: ProgrammeVersion) -> dict[str, Any]:
    """The decision on what is typed, who is known already, which papers are needed."""
    institution = version.programme.institution
    identity = checked_identity(form.identity(), held={}, today=timezone.localdate())
    answers = checked_answers(form.answers(), version.parsed)
    known = known_already(request.user, institution, identity)
    chosen = next((one.person for one in known if str(one.person.uid) == form.cleaned_data["person"]), None)
    on = form.cleaned_data["on"]
    decision = assess(version, answers, birth_date=identity["birth_date"], person=chosen, on=on)
    waivable = may_be_waived(version.parsed, decision)
    return {
        "known": known,
        **decision_context(decision.to_dict()),
        "papers": _papers(version, answers, identity, on),
        "may_waive": waivable and waives(request.user, version, institution, decision),
        "waived_by": [role.label for role in version.parsed.eligibility.exceptions.by] if waivable else [],
        "judged": identity,
    }


def _papers(version: ProgrammeVersion, answers: dict[str, Any], identity: dict[str, Any], on: Any) -> list[Any]:
    from dorobek.audits.rules.registration import applicant

    facts = applicant(answers, birth_date=identity["birth_date"], earlier=0, quota_left={})
    return [paper.name for paper in papers_needed(version.parsed, facts, on)]


def decision_context(decision: dict[str, Any]) -> dict[str, Any]:
    """What a decision shows: verdict, summary, rules as lines."""
    if not decision:
        return {}
    language = get_language() or "pl"
    return {
        "decision": decision,
        "verdict": verdict_look(decision["verdict"]),
        "summary": decision["summary"]["pl" if language.startswith("pl") else "en"],
        "lines": lines(decision, language),
    }


def _registered(
    request: CaseRequest,
    form: RegistrationForm,
    version: ProgrammeVersion,
    units: list[Any],
    advisers: list[Any],
    known: list[Known],
) -> SkillsAudit:
    given = form.cleaned_data
    person = next((one.person for one in known if str(one.person.uid) == given["person"]), None)
    unit = next((one for one in units if str(one.uid) == given.get("unit")), units[0])
    application = Application(
        identity=form.identity(),
        answers=form.answers(),
        consents=form.consents_given(),
        person=person,
        another=given["person"] == ANOTHER,
        exception_reason=given["exception_reason"],
        support_number=given.get("support_number", ""),
        slip=given.get("slip", ""),
        link_code=given.get("link_code", ""),
        invite=bool(given.get("invite")),
    )
    return register(
        version=version,
        unit=unit,
        application=application,
        acting_user=request.acting,
        adviser=next((one for one in advisers if str(one.uid) == given.get("adviser")), None),
        on=given["on"],
    )


def _welcome(request: CaseRequest, form: RegistrationForm, audit: SkillsAudit) -> HttpResponse:
    finish(request)
    account = audit.person.account
    if form.cleaned_data.get("invite") and account is not None and not account.has_usable_password():
        invite(request, account)
        messages.success(request, _("Założono sprawę %(number)s i wysłano zaproszenie.") % {"number": audit.number})
    else:
        messages.success(request, _("Założono sprawę %(number)s.") % {"number": audit.number})
    if not SkillsAudit.objects.visible_to(request.user).filter(pk=audit.pk).exists():
        return redirect("case-new")
    return redirect("case-card", audit.uid)


@case_page(PART)
def eligibility(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """The kept decision, rule by rule; for print too."""
    registration = Registration.objects.visible_to(request.user).filter(audit=audit).first()
    context: dict[str, Any] = {"audit": audit, "tab": "case", "registration": registration, "leads": request.leads}
    if registration is not None:
        context.update(decision_context(registration.decision))
        if not registration.eligible and not registration.exception_reason and audit.is_open:
            roles = [str(role) for role in audit.rules.eligibility.exceptions.by]
            context["may_waive"] = request.user.has_role(*roles, institution=audit.institution)
            context["form"] = ExceptionForm()
    return render(request, "audits/registration_eligibility.html", context)


@staff
def let_in(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """An exception for a case that turned out not to meet the rules, by whom the programme names."""
    audit = find_case(request.user, uid)
    if request.method != "POST" or is_own(request.user, audit.person):
        raise Http404
    form = form_for(request, ExceptionForm)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        let_in_against_rules(audit=audit, reason=reason, acting_user=request.acting)
        messages.success(request, _("Zapisano wyjątek."))
    else:
        messages.error(request, _("Wyjątek wymaga uzasadnienia."))
    return redirect("case-eligibility", audit.uid)


@case_page(PART)
def correct(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Correct identity and answers; eligibility is decided anew."""
    registration = Registration.objects.visible_to(request.user).filter(audit=audit).first()
    form = form_for(
        request,
        RegistrationForm,
        rules=audit.rules,
        correcting=True,
        initial=initial_of(audit),
        base_version=version_of(registration) if registration else 0,
    )
    if request.method == "POST" and form.is_valid():
        base = form.cleaned_data["base_version"] or None
        saved = attempt(
            form,
            lambda: correct_registration(
                audit=audit,
                identity=form.identity(),
                answers=form.answers(),
                acting_user=request.acting,
                base_version=base,
            ),
        )
        if saved:
            finish(request)
            messages.success(request, _("Zapisano. Warunki sprawdzono jeszcze raz."))
            return redirect("case-eligibility", audit.uid)
    context = {"audit": audit, "tab": "case", "form": form, "places": teryt.places(), "leads": request.leads}
    return render(request, "audits/registration_correction.html", context)


@staff
def report(request: CaseRequest) -> StreamingHttpResponse:
    """`/sprawozdania/uczestnicy.csv?programme=<uid>`: the funding body's data set, for administrators."""
    institutions = [m.institution for m in request.user.active_memberships if m.role == Role.ADMINISTRATOR]
    programme = _asked_programme(request)
    institution = programme.institution if programme else next(iter(institutions), None)
    if institution is None or not administers(request.user, institution):
        raise Http404
    rows = export_report(institution=institution, programme=programme, acting_user=request.acting)
    answer = StreamingHttpResponse(csv_text.lines(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="uczestnicy.csv"'
    return answer


def _asked_programme(request: CaseRequest) -> Programme | None:
    asked = request.GET.get("programme")
    if not asked:
        return None
    try:
        found = Programme.objects.select_related("institution").filter(uid=uuid.UUID(asked)).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found
