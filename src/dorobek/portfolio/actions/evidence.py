"""Evidence (PF-1, PF-2): adding, linking to competences, rating, removing."""

import datetime as dt
import uuid
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.events import publish
from dorobek.kernel.uploads import MB, store_upload
from dorobek.people.acting import ActingUser
from dorobek.people.events import CaseChanged
from dorobek.people.models import Person
from dorobek.people.perms import is_own
from dorobek.portfolio import perms
from dorobek.portfolio.enums import CompetenceState, EvidenceKind
from dorobek.portfolio.events import HoldingsChanged
from dorobek.portfolio.keeping import why_kept
from dorobek.portfolio.models import Competence, Evidence, EvidenceLink, EvidenceRating
from dorobek.portfolio.queries import has_supporting_evidence

MOST_IN_CASE = 1_000 * MB


@transaction.atomic
def add_evidence(
    *,
    person: Person,
    case_uid: uuid.UUID,
    kind: str,
    title: str,
    acting_user: ActingUser,
    competences: Sequence[Competence] = (),
    upload: UploadedFile | None = None,
    url: str = "",
    description: str = "",
    made_on: str = "",
    seen_on: dt.date | None = None,
) -> Evidence:
    """A new piece of evidence, linked to the competences it supports.

    Raises NotAllowed, RuleBroken (what is missing for the kind, or wrong with the file).
    """
    evidence = Evidence(
        person=person,
        case_uid=case_uid,
        kind=kind,
        title=" ".join(title.split()),
        description=description,
        url=url,
        made_on=made_on,
        author=acting_user.account,
    )
    acting_user.require(perms.may_keep_evidence(acting_user, evidence))
    _complete(evidence, upload)
    if seen_on is not None and not is_own(acting_user.account, person):
        evidence.seen_by, evidence.seen_on = acting_user.account, seen_on
    if upload is not None and kind == EvidenceKind.FILE:
        _check_room(case_uid, upload)
        evidence.file = store_upload(upload, person_uid=person.uid)
    evidence.save()
    checksum = evidence.file.sha256 if evidence.file else ""
    data = {"kind": kind, "title": evidence.title, "url": url, "file_sha256": checksum}
    acting_user.record("evidence.added", stream=case_uid, subject=evidence.uid, **data)
    _link(evidence, competences, acting_user)
    _changed(evidence)
    return evidence


def _check_room(case_uid: uuid.UUID, upload: UploadedFile) -> None:
    held = Evidence.objects.filter(case_uid=case_uid).aggregate(total=Sum("file__size"))["total"] or 0
    if held + (upload.size or 0) > MOST_IN_CASE:
        raise RuleBroken(_("W tej teczce nie ma już miejsca na pliki. Proszę usunąć któryś z dodanych."), "file")


def _complete(evidence: Evidence, upload: UploadedFile | None) -> None:
    if not evidence.title:
        raise RuleBroken(_("Proszę napisać krótko, co to jest, na przykład „Świadectwo pracy”."), "title")
    if evidence.kind == EvidenceKind.FILE and upload is None:
        raise RuleBroken(_("Proszę wybrać plik albo zrobić zdjęcie."), "file")
    if evidence.kind == EvidenceKind.LINK:
        parts = urlsplit(evidence.url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise RuleBroken(_("Proszę wkleić cały adres strony, zaczynający się od https://"), "url")
    if evidence.kind in (EvidenceKind.STATEMENT, EvidenceKind.OBJECT) and not evidence.description.strip():
        raise RuleBroken(_("Proszę opisać to w jednym lub dwóch zdaniach."), "description")


@transaction.atomic
def link_evidence(*, evidence: Evidence, competences: Sequence[Competence], acting_user: ActingUser) -> None:
    """Make exactly these competences the ones that the evidence supports."""
    acting_user.require(perms.may_keep_evidence(acting_user, evidence))
    stale = EvidenceLink.objects.filter(evidence=evidence).exclude(competence__in=competences)
    left = [link.competence for link in stale.select_related("competence")]
    if left:
        stale.delete()
        acting_user.record(
            "evidence.unlinked", stream=evidence.case_uid, subject=evidence.uid, competences=[c.uid for c in left]
        )
    _link(evidence, competences, acting_user)
    _settle([*left, *competences], acting_user)
    _changed(evidence)


def _link(evidence: Evidence, competences: Sequence[Competence], acting_user: ActingUser) -> None:
    acting_user.require(all(competence.case_uid == evidence.case_uid for competence in competences))
    made = [
        competence.uid
        for competence in competences
        if EvidenceLink.objects.get_or_create(evidence=evidence, competence=competence)[1]
    ]
    if made:
        acting_user.record("evidence.linked", stream=evidence.case_uid, subject=evidence.uid, competences=made)


@transaction.atomic
def rate_evidence(
    *,
    evidence: Evidence,
    validity: str,
    currency: str,
    sufficiency: str,
    authenticity: str,
    reason: str,
    acting_user: ActingUser,
) -> EvidenceRating:
    """Answer the four questions, with a reason. A newer rating stands beside the older ones and counts instead."""
    evidence = evidence.locked()
    acting_user.require(perms.may_rate_evidence(acting_user.account, evidence))
    if evidence.removed_at is not None:
        raise RuleBroken(_("Ten dowód został usunięty. Nie można go ocenić."))
    if not reason.strip():
        raise RuleBroken(_("Proszę napisać w jednym zdaniu, skąd taka ocena."), "reason")
    marks = {"validity": validity, "currency": currency, "sufficiency": sufficiency, "authenticity": authenticity}
    rating = EvidenceRating.objects.create(
        evidence=evidence, reason=reason.strip(), rated_by=acting_user.account, **marks
    )
    acting_user.record("evidence.rated", stream=evidence.case_uid, subject=evidence.uid, reason=reason, **marks)
    _settle(list(evidence.competences.all()), acting_user)
    _changed(evidence)
    return rating


@transaction.atomic
def remove_evidence(*, evidence: Evidence, reason: str, acting_user: ActingUser) -> None:
    """Take a piece of evidence away; the file goes, the trace that it was there stays.

    Raises NotAllowed, RuleBroken (somebody judges by it now: `keeping`).
    """
    evidence = evidence.locked()
    acting_user.require(perms.may_keep_evidence(acting_user, evidence))
    if evidence.removed_at is not None:
        return
    if why := why_kept(evidence):
        raise RuleBroken(why)
    competences = list(evidence.competences.all())
    stored = evidence.file
    evidence.write({"removed_at": timezone.now(), "file": None}, base_version=None)
    EvidenceLink.objects.filter(evidence=evidence).delete()
    if stored is not None:
        path, storage = stored.content.name, stored.content.storage
        stored.delete()
        transaction.on_commit(lambda: storage.delete(path or ""))
    acting_user.record("evidence.removed", stream=evidence.case_uid, subject=evidence.uid, reason=reason.strip())
    _settle(competences, acting_user)
    _changed(evidence)


@transaction.atomic
def note_return(*, evidence: Evidence, returned_on: dt.date, acting_user: ActingUser) -> Evidence:
    """The original of a physical thing went back to its owner."""
    evidence = evidence.locked()
    acting_user.require(perms.may_rate_evidence(acting_user.account, evidence))
    if evidence.seen_on and returned_on < evidence.seen_on:
        raise RuleBroken(_("Zwrot nie może być wcześniejszy niż obejrzenie oryginału."), "returned_on")
    changes = evidence.write({"returned_on": returned_on}, base_version=None)
    acting_user.record("evidence.returned", stream=evidence.case_uid, subject=evidence.uid, **changes)
    return evidence


def _changed(evidence: Evidence) -> None:
    publish(CaseChanged(str(evidence.case_uid)))
    publish(HoldingsChanged(str(evidence.person.uid), str(evidence.case_uid), "evidence"))


def _settle(competences: Sequence[Competence], acting_user: ActingUser) -> None:
    """Confirmed becomes supported when evidence speaks for it, and falls back when it no longer does."""
    for competence in competences:
        if competence.state not in (CompetenceState.CONFIRMED, CompetenceState.SUPPORTED):
            continue
        supported = has_supporting_evidence(competence)
        state = CompetenceState.SUPPORTED if supported else CompetenceState.CONFIRMED
        changes = competence.locked().write({"state": state}, base_version=None)
        if changes:
            acting_user.record(
                "competence.support-changed", stream=competence.case_uid, subject=competence.uid, **changes
            )
