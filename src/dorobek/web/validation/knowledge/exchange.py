"""The bank as a QTI 3.0 package, and packages of others read into it: all of a file or nothing (issue 6)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.validation import knowledge
from dorobek.validation.actions.knowledge_exchange import export_bank, import_items
from dorobek.validation.models import QuestionBank
from dorobek.validation.rules.testing.qti.packing import LARGEST_FILE
from dorobek.web.validation.knowledge.bank_forms import QtiForm
from dorobek.web.validation.knowledge.door import BankRequest, bank_page


@bank_page
def export(request: BankRequest, bank: QuestionBank) -> HttpResponse:
    """Every question in force."""
    answer = HttpResponse(export_bank(bank=bank, acting_user=request.acting), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="pytania-{bank.qualification.code}.zip"'
    return answer


@bank_page
def read_in(request: BankRequest, bank: QuestionBank) -> HttpResponse:
    """Questions of a file; what cannot be read is told with its place, and then nothing is read."""
    texts = knowledge.criterion_texts(bank.qualification)
    criteria = {code: texts.get(code, "") for code in knowledge.criteria_of(bank.qualification)}
    form = QtiForm(request.POST or None, request.FILES or None, criteria=criteria)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        uploaded: Any = form.cleaned_data["file"]
        content = uploaded.read(LARGEST_FILE + 1)
        try:
            made = import_items(
                bank=bank, content=content, criterion=form.cleaned_data["criterion"], acting_user=request.acting
            )
        except RuleBroken as refusal:
            problems = [refusal.message]
        else:
            messages.success(request, _("Wczytano pytania: %d.") % len(made))
            return redirect("knowledge-bank", bank.uid)
    context = {"bank": bank, "form": form, "problems": problems}
    status = 422 if problems or form.is_bound else 200
    return render(request, "validation/knowledge/import.html", context, status=status)
