"""The participant's documents: read on the phone, take away, accept or say what has to change (SA-12)."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.audits.actions.documents import accept_document, comment_document, read_document
from dorobek.audits.models import HandedDocument, SkillsAudit
from dorobek.audits.queries.documents import document_rows
from dorobek.audits.rules.sections import required_documents
from dorobek.web.audits.documents import check_page, file_of, find_document, name_of, screen_language, stored_page
from dorobek.web.doors import CaseRequest, attempt, own_page
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import DorobekForm, LongText

ACCEPT, REMARK = "przyjmuje", "uwaga"


class WordForm(DorobekForm):
    """Read and accepted, or what has to change."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Co dalej z tym dokumentem?"),
        choices=[
            (ACCEPT, gettext_lazy("Przeczytane i przyjmuję")),
            (REMARK, gettext_lazy("Mam uwagę, coś trzeba zmienić")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Proszę wybrać jedną z dwóch odpowiedzi.")},
    )
    comment = LongText(
        label=gettext_lazy("Uwaga"),
        help_text=gettext_lazy("Wypełnij, jeśli coś się nie zgadza albo czegoś brakuje. Przeczyta to doradca."),
        required=False,
        rows=3,
        max_length=4000,
    )


@own_page
def document_list(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Every document handed over, the ones to read first."""
    kinds = required_documents(audit.rules, audit.variant)
    rows = [row for row in document_rows(request.user, audit, kinds, screen_language()) if row.current]
    context = {
        "audit": audit,
        "waiting": [row for row in rows if not row.accepted],
        "accepted": [row for row in rows if row.accepted],
        "to_come": len(kinds) - sum(row.kind in kinds for row in rows),
    }
    return render(request, "participant/documents.html", context)


@own_page
def document(request: CaseRequest, audit: SkillsAudit, document_uid: uuid.UUID) -> HttpResponse:
    """One document to read, then one answer."""
    found = find_document(request.user, audit, document_uid)
    form = form_for(request, WordForm, base_version=found.version, initial={"comment": found.comment})
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _answer(request, form, found)):
        finish(request)
        accepted = form.cleaned_data["answer"] == ACCEPT
        messages.success(request, _("Przyjęto dokument.") if accepted else _("Zapisano uwagę. Doradca ją zobaczy."))
        return redirect("own-documents", audit.uid)
    if request.method == "GET":
        read_document(document=found, acting_user=request.acting)
    newer = HandedDocument.objects.visible_to(request.user).filter(
        audit=audit, kind=found.kind, number__gt=found.number
    )
    context: dict[str, Any] = {
        "audit": audit,
        "version": found,
        "name": name_of(audit, found.kind),
        "document": stored_page(found),
        "form": form,
        "newer": newer.exclude(handed_at=None).order_by("-number").first(),
        "may_answer": audit.is_open,
    }
    return render(request, "participant/documents_one.html", context)


def _answer(request: CaseRequest, form: forms.Form, found: HandedDocument) -> HandedDocument:
    given = form.cleaned_data
    if given["answer"] == ACCEPT:
        return accept_document(document=found, acting_user=request.acting, comment=given["comment"])
    return comment_document(
        document=found, comment=given["comment"], acting_user=request.acting, base_version=given["base_version"]
    )


@own_page
def download(request: CaseRequest, audit: SkillsAudit, document_uid: uuid.UUID, ending: str) -> FileResponse:
    """The file to keep."""
    found = find_document(request.user, audit, document_uid)
    read_document(document=found, acting_user=request.acting)
    return file_of(found, ending)


@own_page
def check(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Is this file the one that I was given?"""
    return check_page(request, audit, "participant/documents_check.html", {})
