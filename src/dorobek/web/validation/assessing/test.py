"""/walidacja/ocena/…/test/: what the knowledge test of this round says of each outcome, once its result is settled."""

from django.http import HttpResponse
from django.shortcuts import render

from dorobek.validation import knowledge
from dorobek.validation.enums import MethodHow
from dorobek.validation.grounds import TEST, settled_test
from dorobek.validation.models import Assessment
from dorobek.web.validation.assessing.doors import JudgeRequest, judging
from dorobek.web.validation.assessing.looks import frame
from dorobek.web.validation.knowledge.words import outcome_rows


@judging("test wiedzy")
def show(request: JudgeRequest, sheet: Assessment) -> HttpResponse:
    """Outcome by outcome: points, pass mark, passed or not; before the result only that it is not there yet."""
    application = sheet.application
    test = settled_test(application, sheet.round)
    texts = knowledge.criterion_texts(application.opening.qualification)
    papers = application.methods.filter(round=sheet.round, method=TEST, how=MethodHow.PAPER).order_by("pk")
    context = frame(
        sheet, "assessing-test", test=test, result=outcome_rows(test.result, texts) if test else [], papers=list(papers)
    )
    return render(request, "validation/assessing/test.html", context)
