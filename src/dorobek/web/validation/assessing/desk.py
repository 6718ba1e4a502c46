"""/walidacja/ocena/: what waits for the assessor and by when; one case with its next step."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from dorobek.kernel.text import normalised
from dorobek.validation import facts
from dorobek.validation.enums import ApplicationState
from dorobek.validation.models import Assessment
from dorobek.validation.queries.assessing import all_sheets_closed, unsent_marks
from dorobek.validation.queries.judging import DeskRow, Move, desk, sitting_of
from dorobek.validation.queries.papers import judged_before
from dorobek.validation.rules import Rule
from dorobek.web.doors import CaseRequest
from dorobek.web.validation.assessing.doors import JudgeRequest, assessor, judging
from dorobek.web.validation.assessing.looks import MOVES, frame

PER_PAGE = 25


@assessor
def show(request: CaseRequest) -> HttpResponse:
    """Cases to declare on, to judge, to agree, with the next move and its last day; a page of each at a time."""
    words = request.GET.get("q", "").strip()
    wanted = normalised(words).split()[:5]
    rows = [one for one in desk(request.user) if all(word in one.application.person.search_text for word in wanted)]
    mine = [one for one in rows if one.move in (Move.DECLARE, Move.JUDGE, Move.AGREE)]
    others = [one for one in rows if one.move in (Move.WAIT, Move.READY)]
    page, waits = (
        Paginator(listed, PER_PAGE).get_page(request.GET.get(name))
        for listed, name in ((mine, "page"), (others, "inni"))
    )
    context = {
        "mine": [_shown(one) for one in page], "page_of": page, "mine_count": len(mine), "q": words,
        "waiting": [_shown(one) for one in waits], "waits": waits, "waiting_count": len(others),
        "over": [_shown(one) for one in rows if one.move == Move.DONE],
        "before": judged_before(request.user)[:PER_PAGE],
    }  # fmt: skip
    return render(request, "validation/assessing/desk.html", {**context, "today": timezone.localdate()})


def _shown(row: DeskRow) -> dict[str, object]:
    tone, icon, words, address = MOVES[row.move]
    case = row.application
    return {"row": row, "case": case, "tone": tone, "icon": icon, "words": words, "address": address,
            "sitting": sitting_of(case)}  # fmt: skip


@judging("sprawa")
def case(request: JudgeRequest, sheet: Assessment) -> HttpResponse:
    """Where the case stands: own sheet by outcome, the others' sheets only as open or closed, methods still missing."""
    application = sheet.application
    rules, names = application.opening.rules, facts.names_of(application)
    judging_now = application.state == ApplicationState.APPOINTED
    lacking = facts.method_faults(rules, application) if judging_now else []
    sheets = (
        application.assessments.counting().filter(round=application.round).select_related("assessor").order_by("pk")
    )
    answer = getattr(application, "adjustment_answer", None)
    context = frame(
        sheet, "assessing-case", members=list(sheets), everyone=all_sheets_closed(application),
        lacking=[facts.in_words(one, names) for one in lacking if one.rule != Rule.OUTCOME_UNVERIFIED],
        unverified=[facts.in_words(one, names) for one in lacking if one.rule == Rule.OUTCOME_UNVERIFIED], sitting=sitting_of(application),
        adjustments=answer if answer is not None and answer.granted else None,
        unsent=unsent_marks(request.user, application), judging_now=judging_now,
    )  # fmt: skip
    return render(request, "validation/assessing/case.html", context)
