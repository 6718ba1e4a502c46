"""/walidacja/testy/<uid>/ocena/: open answers for one marker, blind; differences between two, side by side."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.validation.actions import knowledge_marking
from dorobek.validation.models import KnowledgeAnswer, KnowledgeMarker, KnowledgeTest
from dorobek.validation.queries.knowledge_marking import differing
from dorobek.validation.rules.testing.questions import parse_number
from dorobek.web.doors import CaseRequest, signed_in
from dorobek.web.validation.knowledge.door import find_test
from dorobek.web.validation.knowledge.words import comma


def _mine(request: CaseRequest, uid: Any) -> tuple[KnowledgeTest, KnowledgeMarker]:
    test = find_test(request, uid)
    marker = test.markers.filter(account=request.user).first()
    if marker is None or test.cancelled_at is not None or knowledge_marking.refusal(test, request.user):
        raise Http404
    return test, marker


@signed_in
def marking(request: CaseRequest, uid: Any) -> HttpResponse:
    """One's own points. The candidate is not named; the other's marks are not there until both are done."""
    test, marker = _mine(request, uid)
    if test.settled_at is not None or marker.closed_at is not None:
        return _differences(request, test, marker)
    answers = knowledge_marking.to_mark(test, marker)
    held = {one.answer_id: one for one in marker.marks.all()}
    rows = [_row(answer, held.get(answer.pk)) for answer in answers]
    if request.method == "POST":
        _keep(request, test, rows)
        if not any(row["error"] for row in rows):
            if "close" not in request.POST:
                messages.success(request, _("Zapisano. Można wrócić i poprawić, dopóki oceny nie są zamknięte."))
                return redirect("knowledge-marking", test.uid)
            try:
                knowledge_marking.close_marks(test=test, acting_user=request.acting)
            except RuleBroken as refusal:
                messages.error(request, refusal.message)
            return redirect("knowledge-marking", test.uid)
    problems = [row for row in rows if row["error"]]
    context = {"test": test, "rows": rows, "marker": marker, "problems": problems}
    return render(request, "validation/knowledge/marking.html", context, status=422 if problems else 200)


def _row(answer: KnowledgeAnswer, held: Any = None) -> dict[str, Any]:
    version = answer.item_version
    return {
        "answer": answer, "prompt": version.prompt, "guide": version.question.guide, "most": version.points,
        "points": comma(held.points) if held else "", "reason": held.reason if held else "", "error": "", "field": "",
    }  # fmt: skip


def _keep(request: CaseRequest, test: KnowledgeTest, rows: list[dict[str, Any]]) -> None:
    """Every row that has points or a reason is kept; what cannot be is told in its row and stays as typed."""
    for row in rows:
        place = row["answer"].place
        row["points"] = request.POST.get(f"points_{place}", "").strip()
        row["reason"] = request.POST.get(f"reason_{place}", "").replace("\r\n", "\n")
        if not row["points"] and not row["reason"].strip():
            continue
        points = parse_number(row["points"])
        if points is None:
            row["error"], row["field"] = _("Proszę wpisać punkty liczbą, na przykład 1,5."), f"points_{place}"
            continue
        _attempt(row, points, lambda row=row, points=points: knowledge_marking.mark_open(
            test=test, answer=row["answer"], points=points, reason=row["reason"], acting_user=request.acting,
        ))  # fmt: skip


def _attempt(row: dict[str, Any], points: Decimal, call: Any) -> None:
    try:
        call()
    except RuleBroken as refusal:
        row["error"], row["field"] = refusal.message, refusal.field or f"points_{row['answer'].place}"


def _differences(request: CaseRequest, test: KnowledgeTest, marker: KnowledgeMarker) -> HttpResponse:
    """Own marks are closed: what the two differ on, with both reasons, when both are done."""
    listed = differing(test) if test.settled_at is None and marker.place in knowledge_marking.APART else []
    rows = []
    for answer in listed:
        agreement = getattr(answer, "agreement", None)
        marks = [one for one in answer.open_marks.all() if one.marker.closed_at and one.marker.place in (1, 2)]
        rows.append({
            **_row(answer), "marks": sorted(marks, key=lambda one: one.marker.place), "agreement": agreement,
            "own": agreement is not None and agreement.proposed_by_id == marker.pk,
        })  # fmt: skip
    if request.method == "POST":
        _agree(request, test, rows)
        if not any(row["error"] for row in rows):
            return redirect("knowledge-marking", test.uid)
    problems = [row for row in rows if row["error"]]
    context = {"test": test, "rows": rows, "marker": marker, "problems": problems}
    return render(request, "validation/knowledge/differences.html", context, status=422 if problems else 200)


def _agree(request: CaseRequest, test: KnowledgeTest, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        place = row["answer"].place
        if request.POST.get("confirm") == str(place):
            _attempt(row, Decimal(0), lambda row=row: knowledge_marking.confirm_agreement(
                test=test, answer=row["answer"], acting_user=request.acting,
            ))  # fmt: skip
        elif request.POST.get("propose") == str(place):
            row["points"] = request.POST.get(f"points_{place}", "").strip()
            row["reason"] = request.POST.get(f"reason_{place}", "").replace("\r\n", "\n")
            points = parse_number(row["points"])
            if points is None:
                row["error"], row["field"] = _("Proszę wpisać punkty liczbą, na przykład 1,5."), f"points_{place}"
                continue
            _attempt(row, points, lambda row=row, points=points: knowledge_marking.propose_agreement(
                test=test, answer=row["answer"], points=points, reason=row["reason"], acting_user=request.acting,
            ))  # fmt: skip
