"""/walidacja/testy/: who may sit, tests that run, who marks them. One address for the office, markers and candidates."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dorobek.people.enums import Role
from dorobek.people.models import Account
from dorobek.validation import knowledge, perms
from dorobek.validation.actions import knowledge_marking, knowledge_tests
from dorobek.validation.models import Application, Blueprint, KnowledgeTest, QuestionBank
from dorobek.validation.queries import knowledge as queries
from dorobek.validation.queries.knowledge_marking import differing, marking_of
from dorobek.validation.rules.testing.timing import MOST_EXTRA, Phase
from dorobek.web.doors import CaseRequest, attempt, signed_in
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import ClockField, DayField, DorobekForm, ShortText
from dorobek.web.validation.knowledge.door import find_test, officer
from dorobek.web.validation.knowledge.sitting import candidate_page
from dorobek.web.validation.knowledge.words import outcome_rows

PAGE = 50
PHASES = {
    Phase.EARLY: gettext_lazy("czeka na swój dzień"),
    Phase.OPEN: gettext_lazy("można zacząć"),
    Phase.MISSED: gettext_lazy("nie przyszedł w terminie"),
    Phase.RUNNING: gettext_lazy("trwa"),
    Phase.OVER: gettext_lazy("czas się skończył"),
}


@signed_in
def home(request: CaseRequest) -> HttpResponse:
    """What each may do here: own tests, tests to mark, for the office everything of its body."""
    if not _has_business(request.user):
        raise Http404
    now = timezone.now()
    office = request.user.has_role(Role.AWARDING_OFFICER)
    page = Paginator(queries.office_tests(request.user), PAGE).get_page(request.GET.get("strona")) if office else []
    waiting = list(queries.may_sit(request.user)) if office else []
    let = set(
        KnowledgeTest.objects.filter(application__in=waiting, cancelled_at=None).values_list("application_id", "round")
    )
    context = {
        "own": [(one, _state(one, now)) for one in queries.own_tests(request.user)],
        "marking": marking_of(request.user), "office": office, "listed": page,
        "tests": [(one, _state(one, now)) for one in page],
        "waiting": [one for one in waiting if (one.pk, one.round) not in let],
    }  # fmt: skip
    answer = render(request, "validation/knowledge/tests.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _has_business(user: Account) -> bool:
    """Officers and assessors; anybody else only with a test of their own."""
    return user.has_role(Role.AWARDING_OFFICER, Role.ASSESSOR) or queries.own_tests(user).exists()


def _state(test: KnowledgeTest, now: Any) -> str:
    if test.cancelled_at is not None:
        return _("odwołany")
    phase = test.hours.phase(now)
    if phase is not Phase.FINISHED:
        return str(PHASES[phase])
    return _("oceniony") if test.settled_at else _("oddany, czeka na ocenę")


class LetForm(DorobekForm):
    """When and by which plan a person may sit."""

    blueprint = forms.ModelChoiceField(
        label=gettext_lazy("Plan testu"), queryset=Blueprint.objects.none(), empty_label=gettext_lazy("proszę wybrać")
    )
    opens_on = DayField(label=gettext_lazy("Można zacząć od dnia"))
    opens_at = ClockField(label=gettext_lazy("Godzina"))
    closes_on = DayField(label=gettext_lazy("Można zacząć do dnia"))
    closes_at = ClockField(label=gettext_lazy("Godzina końcowa"))
    extra_percent = forms.IntegerField(
        label=gettext_lazy("Dodatkowy czas (procent)"), min_value=0, max_value=MOST_EXTRA,
        help_text=gettext_lazy("Na przykład 50: test na 40 minut trwa godzinę."),
    )  # fmt: skip

    def __init__(self, *args: Any, blueprints: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["blueprint"].queryset = blueprints  # type: ignore[attr-defined]


@officer
def let(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """Let one application sit a test."""
    application = (
        Application.objects.visible_to(request.user)
        .select_related("person", "opening__qualification", "opening__institution")
        .filter(uid=uid)
        .first()
    )
    if application is None or not perms.may_run(request.user, application):
        raise Http404
    opening = application.opening
    banks = QuestionBank.objects.visible_to(request.user).filter(
        institution=opening.institution_id, qualification=opening.qualification_id
    )
    blueprints = Blueprint.objects.filter(bank__in=banks, closed_at=None).order_by("title", "pk")
    initial = {
        "opens_on": opening.begins_on, "opens_at": "8:00", "closes_on": opening.ends_on, "closes_at": "16:00",
        "extra_percent": knowledge_tests.granted_time(application),
        "blueprint": blueprints[0].pk if len(blueprints) == 1 else None,
    }  # fmt: skip
    form = form_for(request, LetForm, initial=initial, blueprints=blueprints)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: _let(application, form, request))
        if made is not None:
            finish(request)
            messages.success(request, _("Test jest gotowy. Kandydat zobaczy go po zalogowaniu."))
            return redirect("knowledge-test", made.uid)
    context = {"form": form, "application": application, "bank": banks.first(), "plans": len(blueprints)}
    status = 422 if form.is_bound else 200
    return render(request, "validation/knowledge/let.html", context, status=status)


def _let(application: Application, form: LetForm, request: CaseRequest) -> KnowledgeTest:
    data = form.cleaned_data
    return knowledge_tests.let_sit(
        application=application, blueprint=data["blueprint"], opens_at=_moment(data["opens_on"], data["opens_at"]),
        closes_at=_moment(data["closes_on"], data["closes_at"]), extra_percent=data["extra_percent"],
        acting_user=request.acting,
    )  # fmt: skip


def _moment(day: Any, clock: Any) -> Any:
    return timezone.make_aware(dt.datetime.combine(day, clock))


@signed_in
def show(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """One test: as the candidate's own, as the office's, or its result for those who judge."""
    test = find_test(request, uid)
    if perms.is_candidate(request.user, test.application):
        answer = candidate_page(request, test)
    elif perms.may_run(request.user, test.application):
        answer = _office_page(request, test)
    else:
        answer = _result_page(request, test)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _office_page(request: CaseRequest, test: KnowledgeTest) -> HttpResponse:
    markers = {one.place: one for one in test.markers.select_related("account")}
    by_hand = test.answers.filter(item_version__form="open").exclude(answer=None)
    context = {
        "test": test, "state": _state(test, timezone.now()), "count": test.answers.count(),
        "answered": test.answers.exclude(answer=None).count(), "by_hand": by_hand.count(),
        "markers": [markers.get(place) for place in (1, 2)], "third": markers.get(3),
        "differing": len(differing(test)), "candidates": _candidates(test), "result": _rows(test),
        "next_place": next((place for place in (1, 2, 3) if place not in markers), None),
    }  # fmt: skip
    return render(request, "validation/knowledge/office_test.html", context)


def _result_page(request: CaseRequest, test: KnowledgeTest) -> HttpResponse:
    if not queries.may_read_result(request.user, test):
        if test.markers.filter(account=request.user).exists():
            return redirect("knowledge-marking", test.uid)
        raise Http404
    return render(request, "validation/knowledge/result.html", {"test": test, "result": _rows(test)})


def _rows(test: KnowledgeTest) -> list[dict[str, Any]]:
    return outcome_rows(test.result, knowledge.criterion_texts(test.application.opening.qualification))


def _candidates(test: KnowledgeTest) -> list[Account]:
    """Assessors of the body who may mark this test and do not yet."""
    taken = test.markers.values("account")
    listed = Account.objects.filter(
        memberships__role=Role.ASSESSOR, memberships__institution=test.application.opening.institution
    ).exclude(pk__in=taken)
    return [one for one in listed.distinct().order_by("name", "pk") if not knowledge_marking.refusal(test, one)]


@officer
@require_POST
def marker(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """An assessor becomes a marker of this test."""
    test = _run(request, uid)
    account = Account.objects.filter(uid=_uid(request.POST.get("account", ""))).first()
    place = request.POST.get("place", "")
    if account is None or place not in ("1", "2", "3"):
        raise Http404
    knowledge_marking.appoint_marker(test=test, account=account, place=int(place), acting_user=request.acting)
    messages.success(request, _("Zapisano, kto ocenia."))
    return redirect("knowledge-test", test.uid)


class CancelForm(DorobekForm):
    why = ShortText(label=gettext_lazy("Dlaczego test jest odwołany"), max_length=300)


@officer
def cancel(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """Take a test back, with the reason that the candidate reads."""
    test = _run(request, uid)
    form = form_for(request, CancelForm)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        if attempt(form, lambda: knowledge_tests.cancel_test(test=test, why=why, acting_user=request.acting)):
            finish(request)
            messages.success(request, _("Test jest odwołany."))
            return redirect("knowledge-test", test.uid)
    status = 422 if form.is_bound else 200
    return render(request, "validation/knowledge/cancel.html", {"form": form, "test": test}, status=status)


def _run(request: CaseRequest, uid: uuid.UUID) -> KnowledgeTest:
    test = find_test(request, uid)
    if not perms.may_run(request.user, test.application):
        raise Http404
    return test


def _uid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise Http404 from error
