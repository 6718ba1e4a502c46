"""Handing documents over, the participant's word on them, and the sections an adviser writes (SA-12)."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.audits.actions.case import answering, leading, refresh
from dorobek.audits.documents import LANGUAGES, build, content_sha256, file_name, rendered, versioned
from dorobek.audits.documents.freezing import MEDIA, on_screen
from dorobek.audits.documents.sections import SECTIONS
from dorobek.audits.models import HandedDocument, ReportSection, SkillsAudit
from dorobek.audits.queries.documents import CaseFile, case_file
from dorobek.audits.rules.card import checked_text
from dorobek.audits.rules.sections import required_documents
from dorobek.kernel import jobs
from dorobek.kernel.documents import Document, Language
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.files import forget_bytes, store_bytes
from dorobek.kernel.models import Job, JobState, StoredFile
from dorobek.people.acting import ActingUser
from dorobek.people.perms import is_own, speaks_for
from dorobek.programmes.enums import DocumentKind

SECTION_LIMIT = 10_000
COMMENT_LIMIT = 4_000
JOB = "documents"


def hand_over_document(
    *,
    audit: SkillsAudit,
    kind: str,
    language: str,
    acting_user: ActingUser,
    file: CaseFile | None = None,
) -> HandedDocument:
    """Build, freeze and hand over one document as PDF and DOCX.

    The same content as the newest version gives that version again, and nothing new; so it may run twice.
    `file` saves reading the case again. Raises NotAllowed, RuleBroken (closed case, no such document).
    """
    leading(audit, acting_user)
    wanted, tongue = checked_kind(audit, kind), checked_language(language)
    tree = build(wanted, audit, tongue, user=acting_user.account, file=file)
    checksum = content_sha256(tree)
    held = _newest(audit, wanted, tongue)
    if held is not None and held.content_sha256 == checksum and held.pdf_id and held.docx_id:
        return held
    # Typesetting takes a while and needs no lock; the number is settled when the files are there.
    handed_at, number = timezone.now(), _next_number(audit, wanted, tongue)
    marked = versioned(tree, number=number, handed_at=handed_at, checksum=checksum)
    values = {"number": number, "content_sha256": checksum, "handed_at": handed_at}
    return _freeze(audit, wanted, tongue, marked, tree, values, acting_user)


def _freeze(
    audit: SkillsAudit,
    kind: DocumentKind,
    language: Language,
    marked: Document,
    tree: Document,
    values: dict[str, Any],
    acting_user: ActingUser,
) -> HandedDocument:
    """Write files, row and history in one transaction; somebody quicker with the same content wins."""
    made, stored = {**rendered(marked), "html": on_screen(marked)}, []
    number = values["number"]
    try:
        with transaction.atomic():
            SkillsAudit.objects.select_for_update().get(pk=audit.pk)
            held = _newest(audit, kind, language)
            if held is not None and held.content_sha256 == values["content_sha256"] and held.pdf_id and held.docx_id:
                return held
            if number != _next_number(audit, kind, language):
                raise RuleBroken(_("Ktoś przekazał ten dokument w tej samej chwili. Proszę spróbować jeszcze raz."))
            files: dict[str, StoredFile] = {}
            for ending, data in made.items():
                name = file_name(tree, number, ending)
                found = store_bytes(data, name=name, media_type=MEDIA[ending], person_uid=audit.person.uid)
                stored.append(found)
                files[ending] = found
            handed = HandedDocument.objects.create(
                audit=audit, person=audit.person, case_uid=audit.uid, kind=kind, language=language,
                pdf=files["pdf"], docx=files["docx"], html=files["html"], handed_by=acting_user.account, **values,
            )  # fmt: skip
            acting_user.record(
                "document.handed-over", stream=audit.uid, subject=handed.uid, document=str(kind), language=language,
                number=number, content_sha256=values["content_sha256"], pdf_sha256=files["pdf"].sha256,
                docx_sha256=files["docx"].sha256,
            )  # fmt: skip
            refresh(audit)
            return handed
    except BaseException:
        for one in stored:
            forget_bytes(one)
        raise


def _newest(audit: SkillsAudit, kind: str, language: str) -> HandedDocument | None:
    held = HandedDocument.objects.filter(audit=audit, kind=kind, language=language).exclude(handed_at=None)
    return held.select_related("pdf", "docx").order_by("-number").first()


def _next_number(audit: SkillsAudit, kind: str, language: str) -> int:
    """One more than this language has; a later translation takes the number its original already has."""
    held = HandedDocument.objects.filter(audit=audit, kind=kind).values_list("language", "number")
    own = max((number for tongue, number in held if tongue == language), default=0)
    others = max((number for tongue, number in held if tongue != language), default=0)
    return max(own + 1, others)


def checked_kind(audit: SkillsAudit, kind: str) -> DocumentKind:
    """The kind, when the case's variant has such a document. Raises RuleBroken."""
    for one in required_documents(audit.rules, audit.variant):
        if str(one) == str(kind):
            return one
    raise RuleBroken(_("Ten bilans nie ma takiego dokumentu."), "kind")


def checked_language(language: str) -> Language:
    for one in LANGUAGES:
        if one == language:
            return one
    raise RuleBroken(_("Dokumenty są po polsku i po angielsku."), "language")


# ---- all of them at once ----


@transaction.atomic
def hand_over_all(*, audit: SkillsAudit, languages: Sequence[str], acting_user: ActingUser) -> Job:
    """Start the job that hands over every document of the variant; asked twice at once, it is one job.

    Raises NotAllowed, RuleBroken (closed case, no variant yet, no language).
    """
    leading(audit, acting_user)
    tongues = list(dict.fromkeys(checked_language(one) for one in languages))
    if not tongues:
        raise RuleBroken(_("Proszę wybrać co najmniej jeden język."), "languages")
    if not required_documents(audit.rules, audit.variant):
        raise RuleBroken(_("Dokumenty przekazuje się po wyborze rodzaju bilansu."))
    SkillsAudit.objects.select_for_update().get(pk=audit.pk)
    running = jobs_of(audit).filter(state__in=(JobState.WAITING, JobState.RUNNING)).first()
    if running is not None:
        return running
    arguments = {"audit": str(audit.uid), "languages": tongues}
    key = f"{JOB}:{audit.uid}:{jobs_of(audit).count() + 1}"
    return jobs.start(JOB, arguments, key=key, asked_by=acting_user.account)


def jobs_of(audit: SkillsAudit) -> Any:
    """Every run for this case, newest first."""
    return Job.objects.filter(kind=JOB, key__startswith=f"{JOB}:{audit.uid}:").order_by("-created_at", "-pk")


def hand_over_steps(audit: SkillsAudit, languages: Sequence[str], acting_user: ActingUser, report: jobs.Report) -> int:
    """The work of the job: each document once, from one reading of the case. Returns how many are valid now."""
    kinds = required_documents(audit.rules, audit.variant)
    file = case_file(audit, acting_user.account)
    total = len(kinds) * len(languages)
    report(0, total)
    done = 0
    for language in languages:
        for kind in kinds:
            hand_over_document(audit=audit, kind=kind, language=language, acting_user=acting_user, file=file)
            done += 1
            report(done, total)
    return done


# ---- the participant's word ----


def read_document(*, document: HandedDocument, acting_user: ActingUser) -> None:
    """Note when the participant first opened it; a reading by anybody else changes nothing."""
    if document.read_at is None and is_own(acting_user.account, document.person):
        HandedDocument.objects.filter(pk=document.pk, read_at=None).update(read_at=timezone.now())


@transaction.atomic
def accept_document(*, document: HandedDocument, acting_user: ActingUser, comment: str = "") -> HandedDocument:
    """ "Przeczytane i przyjmuję": the newest version, and its newest translations with it.

    Raises NotAllowed, RuleBroken (closed case, a newer version exists).
    """
    document = document.locked()
    audit = document.audit
    answering(audit, acting_user)
    acting_user.require(speaks_for(acting_user, document))
    comment = checked_text("comment", comment, COMMENT_LIMIT)
    newest = _newest_of_kind(document)
    if document.pk not in {one.pk for one in newest}:
        raise RuleBroken(_("Jest nowsza wersja tego dokumentu. Proszę przeczytać i przyjąć właśnie ją."))
    assisted = acting_user.account if acting_user.on_behalf_of else None
    now, accepted = timezone.now(), []
    for one in newest:
        if one.accepted_at is not None:
            continue
        values: dict[str, Any] = {"accepted_at": now, "accepted_assisted_by": assisted}
        if one.pk == document.pk:
            values |= {"read_at": one.read_at or now} | ({"comment": comment} if comment else {})
        one.write(values, base_version=None)
        accepted.append(one)
    if accepted:
        acting_user.record(
            "document.accepted", stream=audit.uid, subject=document.uid, document=document.kind,
            number=document.number, versions=[one.uid for one in accepted], comment=comment,
        )  # fmt: skip
        refresh(audit)
    document.refresh_from_db()
    return document


def _newest_of_kind(document: HandedDocument) -> list[HandedDocument]:
    """The valid version in each language."""
    found: dict[str, HandedDocument] = {}
    held = HandedDocument.objects.select_for_update().filter(audit_id=document.audit_id, kind=document.kind)
    for one in held.exclude(handed_at=None).order_by("-number"):
        found.setdefault(one.language, one)
    newest = max((one.number for one in found.values()), default=0)
    return [one for one in found.values() if one.number == newest]


@transaction.atomic
def comment_document(
    *, document: HandedDocument, comment: str, acting_user: ActingUser, base_version: int | None = None
) -> HandedDocument:
    """The participant's remark on a version; the adviser reads it beside the document.

    Raises NotAllowed, RuleBroken (empty, too long, closed case), Conflict.
    """
    document = document.locked()
    audit = document.audit
    answering(audit, acting_user)
    comment = checked_text("comment", comment, COMMENT_LIMIT)
    if not comment:
        raise RuleBroken(_("Proszę napisać, co trzeba zmienić albo dopisać."), "comment")
    changes = document.write({"comment": comment}, base_version=base_version)
    if changes:
        acting_user.record(
            "document.commented", stream=audit.uid, subject=document.uid, document=document.kind,
            number=document.number, **changes,
        )  # fmt: skip
        refresh(audit)
    return document


# ---- the sections of reports ----


@transaction.atomic
def write_report_section(
    *,
    audit: SkillsAudit,
    kind: str,
    section: str,
    text: str,
    acting_user: ActingUser,
    base_version: int | None = None,
) -> ReportSection:
    """The adviser's words in one section of a report. Raises NotAllowed, RuleBroken, Conflict."""
    leading(audit, acting_user)
    wanted = checked_kind(audit, kind)
    if section not in SECTIONS.get(wanted, {}):
        raise RuleBroken(_("Ten dokument nie ma takiej części."), "section")
    text = checked_text("text", text, SECTION_LIMIT)
    row, _made = ReportSection.objects.get_or_create(
        audit=audit, kind=wanted, section=section, defaults={"person": audit.person, "case_uid": audit.uid}
    )
    row = row.locked()
    # A form opened before the section existed carries version 0; the empty row is nobody's words.
    base = None if base_version == 0 and row.version == 1 and not row.text else base_version
    changes = row.write({"text": text}, base_version=base)
    if changes:
        acting_user.record(
            "report-section.written",
            stream=audit.uid,
            subject=row.uid,
            document=str(wanted),
            section=section,
            **changes,
        )
        refresh(audit)
    return row
