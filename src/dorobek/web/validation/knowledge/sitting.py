"""A candidate's own test: before, during, after. Works without JavaScript; with it, each answer saves itself (VA-4)."""

import json
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.validation import knowledge
from dorobek.validation.actions import knowledge_tests
from dorobek.validation.models import KnowledgeAnswer, KnowledgeTest
from dorobek.validation.queries.knowledge import may_read_result
from dorobek.validation.rules.testing.answers import Arrival
from dorobek.validation.rules.testing.timing import Phase
from dorobek.web.doors import CaseRequest
from dorobek.web.validation.knowledge.asking import Asked, as_was, asked, given_in
from dorobek.web.validation.knowledge.door import own_test
from dorobek.web.validation.knowledge.words import outcome_rows

LARGEST = 60_000


def candidate_page(request: CaseRequest, test: KnowledgeTest) -> HttpResponse:
    """What the test is, whether it can be begun, how it ended."""
    now = timezone.now()
    count = test.answers.count()
    context: dict[str, Any] = {
        "test": test, "phase": test.hours.phase(now).value, "left": test.hours.seconds_left(now), "count": count,
        "allowed": int(test.hours.allowed.total_seconds() // 60), "result": None,
        "answered": test.answers.exclude(answer=None).count() if test.started_at else 0,
    }  # fmt: skip
    if may_read_result(request.user, test):
        texts = knowledge.criterion_texts(test.application.opening.qualification)
        context["result"] = outcome_rows(test.result, texts)
    return render(request, "validation/knowledge/own.html", context)


@own_test
@require_POST
def start(request: CaseRequest, test: KnowledgeTest) -> HttpResponse:
    """The candidate begins; the server's clock starts."""
    try:
        knowledge_tests.start_test(test=test, acting_user=request.acting)
    except RuleBroken as refusal:
        messages.error(request, refusal.message)
        return redirect("knowledge-test", test.uid)
    return redirect("knowledge-all", test.uid) if test.all_on_one else redirect("knowledge-question", test.uid, 1)


@own_test
def question(request: CaseRequest, test: KnowledgeTest, place: int) -> HttpResponse:
    """One question on a page of its own."""
    return _page(request, test, [place])


@own_test
def all_questions(request: CaseRequest, test: KnowledgeTest) -> HttpResponse:
    """The whole test on one page."""
    return _page(request, test, None)


def _page(request: CaseRequest, test: KnowledgeTest, places: list[int] | None) -> HttpResponse:
    if test.cancelled_at is not None or test.hours.phase(timezone.now()) is not Phase.RUNNING:
        return redirect("knowledge-test", test.uid)
    rows = list(test.answers.select_related("item_version").order_by("place"))
    here = [row for row in rows if places is None or row.place in places]
    if not here:
        raise Http404
    shown = [asked(row) for row in here]
    status = 200
    if request.method == "POST":
        try:
            shown = _keep_all(request, test, here)
        except _TooLate as late:
            messages.error(request, late.words)
            return redirect("knowledge-test", test.uid)
        if not any(one.error for one in shown):
            return redirect(_next(request, test, rows, here))
        status = 422
    now = timezone.now()
    fresh = {one.place: one.answered for one in shown}
    context = {
        "test": test, "questions": shown, "left": test.hours.seconds_left(now), "minutes": _minutes(test),
        "places": [(row.place, fresh.get(row.place, row.answer is not None)) for row in rows],
        "here": here[0].place if places else None, "count": len(rows), "last": places == [len(rows)],
        "problems": [one for one in shown if one.error],
    }  # fmt: skip
    return render(request, "validation/knowledge/sitting.html", context, status=status)


def _minutes(test: KnowledgeTest) -> int:
    return -(-test.hours.seconds_left(timezone.now()) // 60)


class _TooLate(Exception):
    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def _keep_all(request: CaseRequest, test: KnowledgeTest, rows: list[KnowledgeAnswer]) -> list[Asked]:
    """Keep what changed since the page was made; whatever could not be kept is shown again with the reason."""
    fields = {name: request.POST.getlist(name) for name in request.POST}
    return [_keep_one(request.acting, test, row, fields) for row in rows]


def _keep_one(acting: ActingUser, test: KnowledgeTest, row: KnowledgeAnswer, fields: dict[str, list[str]]) -> Asked:
    try:
        given = given_in(row, fields)
    except RuleBroken as refusal:
        return asked(row, error=refusal.message)
    if as_was(given) == (fields.get(f"was_{row.place}") or [""])[0]:
        return asked(row)
    try:
        kept = knowledge_tests.keep_answer(
            test_uid=test.uid, place=row.place, number=_number(fields, row), device=(fields.get("device") or [""])[0],
            given=given, acting_user=acting,
        )  # fmt: skip
    except RuleBroken as refusal:
        if refusal.field is None:
            raise _TooLate(refusal.message) from refusal
        return asked(row, given=given, error=refusal.message)
    if kept.arrival is not Arrival.CLASH:
        row.answer, row.seq = kept.held, kept.number
        return asked(row)
    row.answer, row.seq = kept.held, kept.number
    words = _(
        "Na innym urządzeniu zapisano w międzyczasie inną odpowiedź i ona teraz obowiązuje. Jeśli dobra jest ta na "
        "tej stronie, proszę zapisać jeszcze raz."
    )
    return asked(row, given=given, error=words)


def _number(fields: dict[str, list[str]], row: KnowledgeAnswer) -> int:
    text = (fields.get(f"seq_{row.place}") or [""])[0]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 11 else row.seq + 1


def _next(request: CaseRequest, test: KnowledgeTest, rows: list[KnowledgeAnswer], here: list[KnowledgeAnswer]) -> str:
    """Where the button leads: „end”, a place, the next one; at the end, the page that hands it in."""
    wanted = request.POST.get("to", "")
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 5 and 1 <= int(wanted) <= len(rows):
        return reverse("knowledge-question", args=[test.uid, int(wanted)])
    if wanted != "end" and len(here) == 1 and here[0].place < len(rows):
        return reverse("knowledge-question", args=[test.uid, here[0].place + 1])
    return reverse("knowledge-finish", args=[test.uid])


@require_POST
def save(request: Any, uid: uuid.UUID) -> JsonResponse:
    """POST {place, number, device, fields}: keep one answer; 200 {number, was, left}, 409 another device, 410 late.

    Asked by the page's script after each change. The row is found and locked in one statement by the action itself.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("Sesja wygasła. Proszę zalogować się ponownie.")}, status=401)
    try:
        if len(request.body) > LARGEST:
            raise ValueError
        sent = json.loads(request.body)
        place, number = int(sent["place"]), int(sent["number"])
        fields = {str(name): [str(one) for one in values] for name, values in dict(sent["fields"]).items()}
        device = str(sent.get("device", ""))
        if not 0 < place < 1000:
            raise ValueError
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return JsonResponse({"error": _("Nie udało się odczytać odpowiedzi.")}, status=400)
    try:
        kept = knowledge_tests.keep_answer(
            test_uid=uid, place=place, number=number, device=device, given=lambda row: given_in(row, fields),
            acting_user=ActingUser(request.user),
        )  # fmt: skip
    except NotAllowed as refusal:
        raise Http404 from refusal
    except RuleBroken as refusal:
        return JsonResponse({"error": refusal.message}, status=422 if refusal.field else 410)
    body = {"number": kept.number, "left": kept.seconds_left}
    if kept.arrival is Arrival.CLASH:
        words = _("Na innym urządzeniu zapisano w międzyczasie inną odpowiedź i ona teraz obowiązuje.")
        return JsonResponse({**body, "error": words}, status=409)
    return JsonResponse(body)


@own_test
def finish(request: CaseRequest, test: KnowledgeTest) -> HttpResponse:
    """What is answered and what is not; the button hands the test in."""
    if request.method == "POST":
        try:
            knowledge_tests.finish_test(test=test, acting_user=request.acting)
        except RuleBroken as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("Test jest oddany. Wszystkie odpowiedzi są zapisane."))
        return redirect("knowledge-test", test.uid)
    if test.cancelled_at is not None or test.hours.phase(timezone.now()) is not Phase.RUNNING:
        return redirect("knowledge-test", test.uid)
    rows = test.answers.order_by("place").values_list("place", "answer")
    places = [(place, answer is not None) for place, answer in rows]
    context = {
        "test": test, "places": places, "missing": [place for place, answered in places if not answered],
        "left": test.hours.seconds_left(timezone.now()), "minutes": _minutes(test),
    }  # fmt: skip
    return render(request, "validation/knowledge/finish.html", context)
