"""Entering results of tests taken elsewhere (IN-8)."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.instruments import perms
from dorobek.instruments.enums import Validity
from dorobek.instruments.models import ExternalResult, ScaleResult
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.events import publish
from dorobek.kernel.uploads import SCANS, store_upload
from dorobek.people.acting import ActingUser
from dorobek.people.events import CaseChanged
from dorobek.people.models import Person
from dorobek.portfolio.events import HoldingsChanged
from dorobek.portfolio.models import Competence


@dataclass(frozen=True)
class Scale:
    """One scale as it stands in the result: a score as printed, a level, or both."""

    name: str
    score: str = ""
    level: str = ""
    competence: Competence | None = None


@transaction.atomic
def enter_result(
    *,
    person: Person,
    case_uid: uuid.UUID,
    tool: str,
    taken_on: dt.date,
    run_by: str,
    entitlement: str,
    scales: Sequence[Scale],
    acting_user: ActingUser,
    tool_version: str = "",
    validity: str = Validity.VALID,
    validity_note: str = "",
    conclusions: str = "",
    scan: UploadedFile | None = None,
) -> ExternalResult:
    """A result with its scales. Raises NotAllowed, RuleBroken (future day, no scale, doubt without a reason)."""
    result = ExternalResult(
        person=person, case_uid=case_uid, tool=" ".join(tool.split()), tool_version=tool_version, taken_on=taken_on,
        run_by=run_by, entitlement=entitlement, validity=validity, validity_note=validity_note,
        conclusions=conclusions, author=acting_user.account,
    )  # fmt: skip
    acting_user.require(perms.may_enter_result(acting_user.account, result))
    _check(result, scales)
    acting_user.require(all(scale.competence is None or scale.competence.case_uid == case_uid for scale in scales))
    if scan is not None:
        result.scan = store_upload(scan, person_uid=person.uid, allowed=SCANS)
    result.save()
    _store_scales(result, scales)
    acting_user.record(
        "result.entered",
        stream=case_uid,
        subject=result.uid,
        tool=result.tool,
        taken_on=taken_on,
        validity=validity,
        scales=[[s.name, s.score, s.level] for s in scales],
    )
    publish(CaseChanged(str(case_uid)))
    publish(HoldingsChanged(str(person.uid), str(case_uid), "evidence"))
    return result


def _store_scales(result: ExternalResult, scales: Sequence[Scale]) -> None:
    rows = [
        ScaleResult(result=result, scale=s.name, score=s.score, level=s.level, competence=s.competence) for s in scales
    ]
    for row in rows:
        row.check_fit()
    ScaleResult.objects.bulk_create(rows)


def _check(result: ExternalResult, scales: Sequence[Scale]) -> None:
    if result.taken_on > timezone.localdate():
        raise RuleBroken(_("Ten dzień jeszcze nie nadszedł. Proszę podać dzień, w którym było badanie."), "taken_on")
    if not scales:
        raise RuleBroken(_("Proszę wpisać co najmniej jedną skalę z wynikiem."), "scale_1")
    for number, scale in enumerate(scales, start=1):
        if not scale.score and not scale.level:
            raise RuleBroken(_("Przy skali „%s” brakuje wyniku albo poziomu.") % scale.name, f"score_{number}")
    if result.validity != Validity.VALID and not result.validity_note.strip():
        raise RuleBroken(_("Proszę napisać, dlaczego wynik jest wątpliwy."), "validity_note")


@transaction.atomic
def remove_result(*, result: ExternalResult, reason: str, acting_user: ActingUser) -> None:
    """Take a result out that was entered by mistake; the history keeps that it stood there."""
    result = result.locked()
    acting_user.require(perms.may_enter_result(acting_user.account, result))
    case_uid = result.case_uid
    acting_user.record("result.removed", stream=case_uid, subject=result.uid, tool=result.tool, reason=reason)
    stored = result.scan
    result.delete()
    if stored is not None:
        path, storage = stored.content.name, stored.content.storage
        stored.delete()
        transaction.on_commit(lambda: storage.delete(path or ""))
    publish(CaseChanged(str(case_uid)))
    publish(HoldingsChanged(str(result.person.uid), str(case_uid), "evidence"))
