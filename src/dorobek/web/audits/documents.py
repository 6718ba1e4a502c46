"""The documents of a case on the adviser's side: previews, handing over, versions, checksums (SA-12)."""

import hashlib
import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dorobek.audits.actions.documents import hand_over_all, hand_over_document, jobs_of
from dorobek.audits.documents import LANGUAGES, build, case_file, content_sha256, draft, missing_content
from dorobek.audits.documents.freezing import on_screen
from dorobek.audits.documents.sections import SECTIONS
from dorobek.audits.models import HandedDocument, SkillsAudit
from dorobek.audits.queries.documents import CaseFile, DocumentRow, document_rows, handed_document, handed_documents
from dorobek.audits.rules.sections import required_documents
from dorobek.kernel.documents import Language
from dorobek.kernel.models import JobState, StoredFile
from dorobek.people.models import Account
from dorobek.programmes.enums import DocumentKind
from dorobek.web.doors import CaseRequest, case_page
from dorobek.web.files import file_response

PART = "dokumenty"
LARGEST_CHECKED = 25_000_000
LANGUAGE_NAMES = {"pl": gettext_lazy("po polsku"), "en": gettext_lazy("po angielsku")}


class CheckForm(forms.Form):
    """A file to compare with what was handed over; it is not kept."""

    file = forms.FileField(
        label=gettext_lazy("Plik PDF lub DOCX"),
        help_text=gettext_lazy("Pliku nie zapisujemy. Liczymy tylko jego sumę kontrolną."),
        widget=forms.ClearableFileInput(attrs={"class": "in", "accept": ".pdf,.docx"}),
        error_messages={"required": gettext_lazy("Proszę wybrać plik."), "empty": gettext_lazy("Ten plik jest pusty.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


def screen_language() -> Language:
    return "en" if (get_language() or "pl").startswith("en") else "pl"


def chosen_language(value: str | None) -> Language:
    return next((one for one in LANGUAGES if one == value), "pl")


def rows_of(user: Account, audit: SkillsAudit) -> list[DocumentRow]:
    """The variant's documents, then others handed over earlier, with what each still lacks."""
    kinds = required_documents(audit.rules, audit.variant)
    rows = document_rows(user, audit, kinds, screen_language())
    file = case_file(audit, user)
    for row in rows:
        if row.kind in kinds:
            row.missing = missing_content(row.kind, file)
            row.outdated = any(_differs(one, audit, file) for one in row.newest)
    return rows


def _differs(version: HandedDocument, audit: SkillsAudit, file: CaseFile) -> bool:
    language = chosen_language(version.language)
    tree = build(DocumentKind(version.kind), audit, language, user=None, file=file)
    return content_sha256(tree) != version.content_sha256


@case_page(PART)
def document_list(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Every document with its state, what it lacks, and the versions handed over."""
    rows = rows_of(request.user, audit)
    kinds = required_documents(audit.rules, audit.variant)
    context = {
        "audit": audit,
        "tab": "case-documents",
        "rows": rows,
        "leads": request.leads,
        "writable": request.leads and audit.is_open,
        "kinds": kinds,
        "sections": {str(kind) for kind in kinds if kind in SECTIONS},
        "lacking": [row for row in rows if row.missing],
        "languages": LANGUAGE_NAMES.items(),
        **progress_of(audit),
    }
    return render(request, "audits/documents.html", context)


def progress_of(audit: SkillsAudit) -> dict[str, Any]:
    """The newest run of the job, when it is still of interest."""
    job = jobs_of(audit).first()
    running = job is not None and job.state in (JobState.WAITING, JobState.RUNNING)
    return {"job": job, "running": running, "failed": job is not None and job.state == JobState.FAILED}


@case_page(PART)
def progress(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """The line that shows how far the job is; when it has ended, htmx loads the page anew."""
    found = progress_of(audit)
    if not found["running"] and request.headers.get("HX-Request"):
        answer = HttpResponse(status=200)
        answer["HX-Refresh"] = "true"
        return answer
    if not request.headers.get("HX-Request"):
        return redirect("case-documents", audit.uid)
    return render(request, "audits/documents_progress.html", {"audit": audit, **found})


@require_POST
@case_page(PART)
def hand_over_everything(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Start the job for all documents in the languages ticked."""
    job = hand_over_all(audit=audit, languages=request.POST.getlist("languages"), acting_user=request.acting)
    job.refresh_from_db()
    if job.state == JobState.DONE:
        messages.success(request, _("Dokumenty są gotowe i przekazane."))
    return redirect("case-documents", audit.uid)


@require_POST
@case_page(PART)
def hand_over_one(request: CaseRequest, audit: SkillsAudit, kind: str) -> HttpResponse:
    """Hand over one document in one language."""
    before = {one.pk for one in handed_documents(request.user, audit)}
    language = chosen_language(request.POST.get("language"))
    handed = hand_over_document(audit=audit, kind=kind, language=language, acting_user=request.acting)
    if handed.pk in before:
        messages.info(request, _("Nic się nie zmieniło od wersji %d, więc nie powstała nowa.") % handed.number)
    else:
        messages.success(request, _("Przekazano: wersja %d.") % handed.number)
    return redirect("case-documents", audit.uid)


@case_page(PART)
def preview(request: CaseRequest, audit: SkillsAudit, kind: str) -> HttpResponse:
    """What the document says now, as a draft on the screen."""
    wanted = next((one for one in required_documents(audit.rules, audit.variant) if str(one) == kind), None)
    if wanted is None:
        raise Http404
    language = chosen_language(request.GET.get("jezyk"))
    file = case_file(audit, request.user)
    tree = draft(build(wanted, audit, language, file=file))
    context = {
        "audit": audit,
        "tab": "case-documents",
        "document": _safe(on_screen(tree)),
        "title": tree.title,
        "kind": wanted,
        "missing": missing_content(wanted, file),
        "languages": LANGUAGE_NAMES.items(),
        "language": language,
        "writable": request.leads and audit.is_open,
        "has_sections": wanted in SECTIONS,
    }
    return render(request, "audits/documents_preview.html", context)


def _safe(html: bytes) -> SafeString:
    """Written by our own writer, which escapes every text and attribute."""
    return mark_safe(html.decode())


def stored_page(document: HandedDocument) -> SafeString | None:
    """A version as it was handed over, for the screen; None when its files are gone."""
    stored = document.html
    if stored is None or not stored.content.storage.exists(stored.content.name or ""):
        return None
    with stored.content.open("rb") as file:
        return _safe(file.read())


def find_document(user: Account, audit: SkillsAudit, uid: uuid.UUID) -> HandedDocument:
    """A version handed over in this case that the user may see; 404 otherwise."""
    found = handed_document(user, audit, uid)
    if found is None:
        raise Http404
    return found


@case_page(PART)
def document(request: CaseRequest, audit: SkillsAudit, document_uid: uuid.UUID) -> HttpResponse:
    """One version as handed over: its text, files, checksums, and who accepted it when."""
    found = find_document(request.user, audit, document_uid)
    context = {"audit": audit, "tab": "case-documents", "version": found, "document": stored_page(found)}
    return render(request, "audits/documents_version.html", {**context, "name": name_of(audit, found.kind)})


def name_of(audit: SkillsAudit, kind: str) -> str:
    spec = audit.rules.document(DocumentKind(kind))
    return spec.name.text(screen_language()) if spec else str(DocumentKind(kind).label)


@case_page(PART)
def download(request: CaseRequest, audit: SkillsAudit, document_uid: uuid.UUID, ending: str) -> FileResponse:
    """The file as it was handed over."""
    return file_of(find_document(request.user, audit, document_uid), ending)


def file_of(document: HandedDocument, ending: str) -> FileResponse:
    """PDF or DOCX of a version, always as a download; 404 when the file is gone."""
    stored: StoredFile | None = {"pdf": document.pdf, "docx": document.docx}.get(ending)
    if stored is None or not stored.content.storage.exists(stored.content.name or ""):
        raise Http404
    return file_response(stored, download=True)


@case_page(PART)
def check(request: CaseRequest, audit: SkillsAudit) -> HttpResponse:
    """Is this file the one that was handed over? Compared by checksum."""
    return check_page(request, audit, "audits/documents_check.html", {"tab": "case-documents"})


def check_page(request: CaseRequest, audit: SkillsAudit, template: str, context: dict[str, Any]) -> HttpResponse:
    """The form, and after it the version with this checksum, if any."""
    form = CheckForm(request.POST or None, request.FILES or None) if request.method == "POST" else CheckForm()
    found: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        if upload.size > LARGEST_CHECKED:
            form.add_error("file", _("Ten plik jest za duży, żeby był jednym z tych dokumentów."))
        else:
            checksum = sha256_of(upload.chunks())
            versions = handed_documents(request.user, audit)
            match = next((one for one in versions if checksum in checksums(one)), None)
            newest = match is not None and not any(
                one.kind == match.kind and one.language == match.language and one.number > match.number
                for one in versions
            )
            found = {"checksum": checksum, "match": match, "newest": newest, "checked": True}
            found["name"] = name_of(audit, match.kind) if match else ""
    return render(request, template, {"audit": audit, "form": form, **context, **found})


def sha256_of(chunks: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


def checksums(document: HandedDocument) -> set[str]:
    return {stored.sha256 for stored in (document.pdf, document.docx) if stored is not None}
