"""The documents of an audit, from data only (SA-12).

build(kind, audit, language)        the neutral tree of one document
export(audit, folder)               every document of the variant as PDF and DOCX, in both languages
missing_content(kind, case_file)    what a document still lacks, in words
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from django.utils import translation

from dorobek.audits.documents.agreement import agreement
from dorobek.audits.documents.audit_card import audit_card
from dorobek.audits.documents.card import participant_card
from dorobek.audits.documents.common import Writer
from dorobek.audits.documents.direction import direction
from dorobek.audits.documents.feedback import feedback_report
from dorobek.audits.documents.freezing import content_sha256, draft, file_name, rendered, versioned
from dorobek.audits.documents.interviews import behavioural, biographical
from dorobek.audits.documents.missing import missing_content
from dorobek.audits.documents.plan import development_plan
from dorobek.audits.documents.reports import final_report, preliminary_report
from dorobek.audits.models import HandedDocument, SkillsAudit
from dorobek.audits.queries.documents import CaseFile, case_file
from dorobek.audits.rules.sections import required_documents
from dorobek.kernel.documents import Document, Language
from dorobek.people.models import Account
from dorobek.programmes.enums import DocumentKind

LANGUAGES: tuple[Language, ...] = ("pl", "en")
BUILDERS: Mapping[DocumentKind, Callable[[Writer], Document]] = {
    DocumentKind.PARTICIPANT_CARD: participant_card,
    DocumentKind.AGREEMENT: agreement,
    DocumentKind.INTERVIEW_BIOGRAPHICAL: biographical,
    DocumentKind.INTERVIEW_BEHAVIOURAL: behavioural,
    DocumentKind.PRELIMINARY_REPORT: preliminary_report,
    DocumentKind.AUDIT_CARD: audit_card,
    DocumentKind.DEVELOPMENT_PLAN: development_plan,
    DocumentKind.FEEDBACK_REPORT: feedback_report,
    DocumentKind.FINAL_REPORT: final_report,
    DocumentKind.DIRECTION: direction,
}


def build(
    kind: DocumentKind,
    audit: SkillsAudit,
    language: Language,
    *,
    user: Account | None = None,
    file: CaseFile | None = None,
) -> Document:
    """One document as a tree, without version and date.

    `user` reads only what they may see; `file` saves reading the case again for several documents.
    """
    found = file or case_file(audit, user)
    with translation.override(language):
        return BUILDERS[DocumentKind(kind)](Writer(found, language))


def export(audit: SkillsAudit, folder: Path, *, languages: Sequence[Language] = LANGUAGES) -> list[Path]:
    """Write every document of the variant as PDF and DOCX; returns the paths written, in order.

    A document handed over with the same content carries its version, any other is marked as a draft.
    """
    file = case_file(audit, None)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for language in languages:
        for kind in required_documents(file.rules, file.audit.variant):
            tree = build(kind, audit, language, file=file)
            handed = _handed_with(audit, kind, language, content_sha256(tree))
            marked, number = draft(tree), None
            if handed is not None and handed.handed_at is not None:
                number = handed.number
                marked = versioned(tree, number=number, handed_at=handed.handed_at, checksum=handed.content_sha256)
            for ending, data in rendered(marked).items():
                path = folder / file_name(tree, number, ending)
                path.write_bytes(data)
                written.append(path)
    return written


def render_set(audit: SkillsAudit, language: Language) -> dict[DocumentKind, dict[str, bytes]]:
    """Every document of the variant as PDF and DOCX, from one reading of the case."""
    file = case_file(audit, None)
    kinds = required_documents(file.rules, file.audit.variant)
    return {kind: rendered(draft(build(kind, audit, language, file=file))) for kind in kinds}


def write_all(audit: SkillsAudit, folder: Path, *, language: Language) -> list[Path]:
    """`export` in one language."""
    return export(audit, folder, languages=(language,))


def _handed_with(audit: SkillsAudit, kind: str, language: str, checksum: str) -> HandedDocument | None:
    found = HandedDocument.objects.filter(audit=audit, kind=kind, language=language, content_sha256=checksum)
    return found.exclude(handed_at=None).order_by("-number").first()


__all__ = [
    "BUILDERS",
    "LANGUAGES",
    "build",
    "case_file",
    "content_sha256",
    "draft",
    "export",
    "file_name",
    "missing_content",
    "render_set",
    "rendered",
    "versioned",
    "write_all",
]
