"""Documents frozen at the moment they arise, their files, and a certificate revoked (VA-8)."""

import dataclasses
import hashlib
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dorobek.kernel import jobs
from dorobek.kernel.documents import Document
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.files import forget_bytes, store_bytes
from dorobek.kernel.models import StoredFile
from dorobek.kernel.papers import MEDIA, ascii_name, frozen, grouped, rendered, thawed
from dorobek.people.acting import ActingUser
from dorobek.people.models import Account
from dorobek.validation import perms
from dorobek.validation.actions.applying import record
from dorobek.validation.documents import LANGUAGE, build, case_number
from dorobek.validation.documents.common import moment
from dorobek.validation.enums import PaperKind
from dorobek.validation.models import Application, CaseDocument, Certificate

JOB = "validation-document"
# Of these there is also a text that can be worked with; a certificate and a declaration are not to be rewritten.
IN_WORD = (PaperKind.APPOINTMENT, PaperKind.PROTOCOL, PaperKind.LETTER, PaperKind.APPEAL_ANSWER, PaperKind.REVOCATION,
           PaperKind.REFUSAL)  # fmt: skip


def freeze(
    *, kind: PaperKind, application: Application, about: Any, key: str, acting_user: ActingUser,
    member: Account | None = None, number: int | None = None,
) -> CaseDocument:  # fmt: skip
    """Build the document and keep it as it is now, with its checksum in the history; files follow as a job.

    Called by the action through which the document arises, inside its transaction; that action has asked for the
    permission. The same key again gives the document that is there. `number`: the round it is about, the present one by
    default.
    """
    held = CaseDocument.objects.filter(application=application, kind=kind, key=key).first()
    if held is not None:
        return held
    tree = build(kind, about)
    content = frozen(tree)
    checksum = hashlib.sha256(content.encode()).hexdigest()
    now = timezone.now()
    with translation.override(LANGUAGE):
        told = {"case": case_number(application), "kind": kind.label, "when": moment(now), "sum": grouped(checksum)}
        reference = _("%(case)s, %(kind)s, %(when)s, suma kontrolna %(sum)s") % told
        title = str(kind.label)
    made = CaseDocument.objects.create(
        application=application, kind=kind, key=key, round=number or application.round, member=member, title=title,
        reference=reference, content=content, content_sha256=checksum, frozen_at=now, frozen_by=acting_user.account,
    )  # fmt: skip
    acting_user.record(
        "validation.document-frozen", stream=application.person.uid, subject=made.uid, case=application.uid,
        document=str(kind), content_sha256=checksum,
    )  # fmt: skip
    jobs.start(JOB, {"document": str(made.uid)}, key=f"{JOB}:{made.uid}", asked_by=acting_user.account)
    return made


def tree_of(document: CaseDocument) -> Document:
    """The document as frozen, with its number, moment and checksum in the footer. Raises RuleBroken when it was erased."""
    if not document.content:
        raise RuleBroken(_("Treść tego dokumentu usunięto razem z danymi osoby."))
    return dataclasses.replace(
        thawed(document.content), reference=document.reference, issued_at=document.frozen_at
    )  # fmt: skip


def write_files(*, document: CaseDocument) -> CaseDocument:
    """The files of a frozen document, written once; asked again, it gives those that are there.

    Run by the job, or by whoever opens the document before it ran; the history names who froze it. Raises RuleBroken.
    """
    if document.pdf_id or document.pdf_sha256:
        return document
    made = {ending: data for ending, data in rendered(tree_of(document)).items() if ending in endings(document)}
    stored: list[StoredFile] = []
    try:
        with transaction.atomic():
            held = CaseDocument.objects.select_for_update().get(pk=document.pk)
            if held.pdf_sha256:
                return held
            for ending, data in made.items():
                name, owner = file_name(held, ending), held.application.person.uid
                stored.append(store_bytes(data, name=name, media_type=MEDIA[ending], person_uid=owner))
                setattr(held, ending, stored[-1])
                setattr(held, f"{ending}_sha256", stored[-1].sha256)
            held.save()
            _told(held)
            return held
    except BaseException:
        for one in stored:
            forget_bytes(one)
        raise


def _told(document: CaseDocument) -> None:
    """The sums of the files in the person's chain, by whoever froze the document."""
    from dorobek.kernel import history

    data = {
        "case": document.application.uid, "document": document.kind, "pdf_sha256": document.pdf_sha256,
        "docx_sha256": document.docx_sha256,
    }  # fmt: skip
    history.record(
        stream=document.application.person.uid, kind="validation.document-written", actor_id=document.frozen_by_id,
        subject=document.uid, data=data,
    )  # fmt: skip


def endings(document: CaseDocument) -> tuple[str, ...]:
    """The kinds of files that there are of it."""
    return ("pdf", "docx") if document.kind in IN_WORD else ("pdf",)


def file_name(document: CaseDocument, ending: str) -> str:
    """A readable name in plain letters: `protokol-walidacji-13477-000012-r1.pdf`."""
    parts = (ascii_name(document.title), ascii_name(case_number(document.application)), f"r{document.round}")
    return "-".join(parts) + f".{ending}"


@transaction.atomic
def revoke_certificate(
    *, certificate: Certificate, reason: str, acting_user: ActingUser, outcomes: Collection[str] | None = None
) -> Certificate:
    """For good: its check says so from now on, its credential is revoked with it, and the holder is told why.

    `outcomes`: those that fall with it, all by default; they count in no later validation unless an appeal undoes the
    revocation. Awarding officers of the body, never in their own case. Raises NotAllowed, RuleBroken (no reason, revoked
    already, an outcome the certificate has not).
    """
    from dorobek.validation.actions.credentials import revoke_credentials
    from dorobek.validation.actions.suspending import suspend_outcomes

    application = certificate.application.locked()
    certificate = certificate.locked()
    acting_user.require(perms.may_run(acting_user.account, application))
    if certificate.revoked_at is not None:
        raise RuleBroken(_("Ten certyfikat jest już unieważniony."))
    reason = reason.strip()
    if not reason:
        raise RuleBroken(_("Proszę napisać powód: przeczyta go osoba, której certyfikat dotyczy."), "reason")
    values = {"revoked_at": timezone.now(), "revoked_by": acting_user.account, "revocation_reason": reason[:4000]}
    changes = certificate.write(values, base_version=None)
    record(acting_user, "validation.certificate-revoked", application, number=certificate.number, **changes)
    suspend_outcomes(certificate=certificate, outcomes=outcomes, reason=reason, acting_user=acting_user)
    earlier = application.papers.filter(kind=PaperKind.REVOCATION).count()  # one that an appeal undid stays on file
    key = f"{certificate.uid} {earlier + 1}" if earlier else str(certificate.uid)
    freeze(
        kind=PaperKind.REVOCATION, application=application, about=certificate, key=key, acting_user=acting_user
    )  # fmt: skip
    revoke_credentials(certificate=certificate, reason=reason, acting_user=acting_user)
    return certificate
