"""The pool: what each assessor and adviser meets and lacks; when they can come; trainings they led."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dorobek.kernel.errors import RuleBroken
from dorobek.people.enums import Role
from dorobek.people.models import Account, Institution, Person
from dorobek.register.models import Qualification
from dorobek.validation import facts
from dorobek.validation.actions.awaited import YEARS_KEPT
from dorobek.validation.actions.office import keep_availability
from dorobek.validation.actions.openings import entry_rules, keep_staff_record, note_training
from dorobek.validation.actions.trainings import COLUMNS, candidates_of, import_trainings
from dorobek.validation.models import Availability, AwaitedTraining, LedTraining, StaffRecord
from dorobek.validation.queries.planning import MOST
from dorobek.validation.rule_words import requirement_told
from dorobek.validation.rules import Period, QualificationRules
from dorobek.validation.rules.commission import fitness_faults
from dorobek.validation.rules.standing import standings
from dorobek.web.doors import CaseRequest, attempt
from dorobek.web.drafts import finish, form_for
from dorobek.web.validation.office import forms
from dorobek.web.validation.office.doors import find_qualification, find_staff, officer, one_form, own_body, page
from dorobek.web.validation.office.openings import entitled

PER_PAGE, LARGEST = 50, 2_000_000
POOL_ROLES = (Role.ASSESSOR, Role.VALIDATION_ADVISER)


@require_safe
@officer
def show(request: CaseRequest) -> HttpResponse:
    """Everybody kept, by qualification, criterion by criterion."""
    body = own_body(request)
    qualifications = _qualifications(body)
    code = request.GET.get("kwalifikacja", "")
    chosen = next((one for one in qualifications if one.code == code), qualifications[0] if qualifications else None)
    context: dict[str, Any] = {"body": body, "qualifications": qualifications, "chosen": chosen}
    if chosen is not None:
        rows = StaffRecord.objects.filter(institution=body, qualification=chosen).select_related("account")
        listed = Paginator(rows.order_by("account__name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
        rules = entry_rules(chosen)
        context |= {"page_of": listed, "people": _standing(list(listed), rules), "rules": rules}
        context["criteria"] = [(one, requirement_told(one)) for one in (*rules.criteria, *rules.adviser)]
    return page(request, "pool", "office-pool", context)


def _qualifications(body: Institution) -> list[Qualification]:
    rows = Qualification.objects.filter(pk__in=StaffRecord.objects.filter(institution=body).values("qualification"))
    return list(rows.select_related("current").order_by("sort_key", "pk"))


def _standing(records: list[StaffRecord], rules: QualificationRules) -> list[dict[str, Any]]:
    today = timezone.localdate()
    members = facts.members_of(records)
    found = []
    for one in records:
        member = members[one.pk]
        faults = [str(facts.RULES[fault.rule]()) for fault in fitness_faults(rules, member, today)]
        told = standings((*rules.criteria, *rules.adviser), member, today)
        found.append({"record": one, "standings": told, "faults": faults})
    return found


@officer
def new(request: CaseRequest) -> HttpResponse:
    """Somebody of the body joins the pool of a qualification."""
    body = own_body(request)
    held = Account.objects.filter(memberships__institution=body, memberships__role__in=POOL_ROLES)
    accounts = held.exclude(pk=request.user.pk).order_by("name", "pk").distinct()
    known = {one.code: one for one in (*entitled(body), *_qualifications(body))}
    choices = [(code, f"{code} {one.title_pl}") for code, one in sorted(known.items())]
    form = form_for(request, forms.NewStaffForm, accounts=accounts, qualifications=choices)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        qualification = find_qualification(given["qualification"])
        kept = {"institution": body, "qualification": qualification, "account": given["account"]}
        have = StaffRecord.objects.filter(**kept).first()
        made = have or attempt(form, lambda: keep_staff_record(acting_user=request.acting, **kept))
        if made:
            finish(request)
            return redirect("office-staff", made.uid)
    back = reverse("office-pool")
    return one_form(request, form, "office-pool", title=_("Nowa osoba w puli"), button=_("Dalej"), back=back)


@officer
def staff(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """What somebody can show: level, documents, periods; and at once what they meet and lack."""
    record = find_staff(request, uid)
    rules = entry_rules(record.qualification)
    member = facts.member_of(record)
    requirements = (*rules.criteria, *rules.adviser)
    names = ("level", "level_document", "principles_on", "shown")
    form = form_for(
        request, forms.StaffForm, initial={name: getattr(record, name) for name in names}, base_version=record.version,
        requirements=requirements, periods=_periods(record),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        values = {name: given.get(name) for name in ("level", "level_document", "principles_on")}
        saved = attempt(
            form,
            lambda: _keep(request, record, form, given.get("shown", ()), values),
        )
        if saved:
            finish(request)
            messages.success(request, _("Zapisano."))
            return redirect("office-staff", record.uid)
    today, led = timezone.localdate(), LedTraining.objects.filter(trainer=record.account)
    context = {
        "record": record, "form": form,
        "standings": [(one, requirement_told(one.requirement)) for one in standings(requirements, member, today)],
        "faults": [str(facts.RULES[one.rule]()) for one in fitness_faults(rules, member, today)], "rules": rules,
        "trainings": led.select_related("person").order_by("-ended_on", "pk")[:20],
    }  # fmt: skip
    return page(request, "staff", "office-pool", context, 422 if form.errors else 200)


def _keep(request: CaseRequest, record: StaffRecord, form: forms.StaffForm, shown: Any, values: dict[str, Any]) -> Any:
    base = form.cleaned_data["base_version"]
    if base and record.version != base:
        raise RuleBroken(_("W międzyczasie ktoś zmienił dane tej osoby. Proszę otworzyć stronę jeszcze raz."))
    return keep_staff_record(
        institution=record.institution, qualification=record.qualification, account=record.account,
        periods=form.periods, shown=shown, acting_user=request.acting, **values,
    )  # fmt: skip


def _periods(record: StaffRecord) -> list[Period]:
    rows = record.periods.order_by("since", "pk")
    return [Period(one.since, one.until, one.document, frozenset(one.shows)) for one in rows]


@officer
def availability(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """When, where and how often somebody can sit; the same for all qualifications."""
    record = find_staff(request, uid)
    held = Availability.objects.filter(institution=record.institution, account=record.account).first()
    initial = {"most": MOST, "away": "", "places": ""}
    if held:
        away = [_span(first, last) for first, last in held.away]
        initial = {"most": held.most, "away": "\n".join(away), "places": "\n".join(held.places)}
    form = form_for(request, forms.AvailabilityForm, initial=initial, base_version=held.version if held else 0)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        given["base_version"] = given["base_version"] or None
        saved = attempt(
            form,
            lambda: keep_availability(
                institution=record.institution, account=record.account, acting_user=request.acting, **given
            ),
        )
        if saved:
            finish(request)
            messages.success(request, _("Zapisano."))
            return redirect("office-staff", record.uid)
    back = reverse("office-staff", args=[record.uid])
    title = _("Kiedy może oceniać: %s") % record.account
    return one_form(request, form, "office-pool", title=title, button=_("Zapisz"), back=back)


def _span(first: str, last: str) -> str:
    days = [".".join(reversed(one.split("-"))) for one in dict.fromkeys((first, last))]
    return " - ".join(days)


@officer
def trainings(request: CaseRequest) -> HttpResponse:
    """Trainings led by people of the pool, and who took part; a new one by hand."""
    body = own_body(request)
    trainers = Account.objects.filter(validation_records__institution=body).distinct().order_by("name", "pk")
    people = Person.objects.filter(pk__in=[one.pk for one in candidates_of(body)]).order_by("sort_key", "pk")
    form = form_for(request, forms.TrainingForm, trainers=trainers, people=people)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("trainer", "person", "title", "ended_on")}
        if attempt(form, lambda: note_training(institution=body, acting_user=request.acting, **given)):
            finish(request)
            messages.success(request, _("Zapisano szkolenie."))
            return redirect("office-trainings")
    rows = LedTraining.objects.filter(trainer__in=trainers, person__in=people).select_related("person", "trainer")
    listed = Paginator(rows.order_by("-ended_on", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    waiting = AwaitedTraining.objects.filter(trainer__in=trainers).count()
    context = {"form": form, "page_of": listed, "body": body, "waiting": waiting}
    return page(request, "trainings", "office-trainings", context, 422 if form.errors else 200)


@officer
def trainings_import(request: CaseRequest) -> HttpResponse:
    """Trainings from a table, first tried, then written."""
    form = forms.ImportForm(request.POST or None, request.FILES or None, initial={"dry_run": True})
    lines: Any = None
    if request.method == "POST" and form.is_valid():
        lines = attempt(form, lambda: _read(request, form))
    good = [one for one in lines or [] if not one.problem and not one.known]
    context = {
        "form": form, "lines": lines, "columns": COLUMNS, "good": len(good), "years": YEARS_KEPT,
        "awaited": sum(bool(one.awaited) for one in good),
        "known": sum(one.known for one in lines or []), "problems": [one for one in lines or [] if one.problem],
        "dry_run": bool(lines is not None and form.cleaned_data["dry_run"]),
    }  # fmt: skip
    return page(request, "trainings_import", "office-trainings", context, 422 if form.errors else 200)


def _read(request: CaseRequest, form: forms.ImportForm) -> Any:
    file = form.cleaned_data["file"]
    if file.size > LARGEST:
        raise RuleBroken(_("Ten plik jest za duży: najwyżej 2 MB."), "file")
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RuleBroken(
            _("Tego pliku nie da się odczytać. Proszę zapisać go jako CSV w kodowaniu UTF-8."), "file"
        ) from error
    dry_run = form.cleaned_data["dry_run"]
    return import_trainings(institution=own_body(request), text=text, acting_user=request.acting, dry_run=dry_run)
