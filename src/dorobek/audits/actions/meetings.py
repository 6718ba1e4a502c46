"""Meetings (SA-6): one entry makes schedule, attendance list, participation record and timesheet."""

import datetime as dt

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.audits.actions.case import answering, leading, refresh
from dorobek.audits.enums import HomeworkState, MeetingState
from dorobek.audits.models import Meeting, SkillsAudit
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.uploads import SCANS, store_upload
from dorobek.people.acting import ActingUser

LONGEST = 8 * 60


@transaction.atomic
def plan_meeting(
    *,
    audit: SkillsAudit,
    kind: str,
    starts_at: dt.datetime,
    minutes: int,
    place: str,
    acting_user: ActingUser,
    teryt: str = "",
    away: bool = False,
    online: bool = False,
    note: str = "",
    meeting: Meeting | None = None,
    base_version: int | None = None,
) -> Meeting:
    """Arrange a meeting or move one that has not been held. Raises NotAllowed, RuleBroken, Conflict."""
    leading(audit, acting_user)
    _check_plan(minutes, place, online)
    values = {
        "kind": kind,
        "starts_at": starts_at,
        "minutes": minutes,
        "place": place.strip(),
        "teryt": teryt,
        "away": away,
        "online": online,
        "note": note,
    }
    if meeting is None:
        meeting = Meeting.objects.create(
            audit=audit,
            person=audit.person,
            case_uid=audit.uid,
            institution=audit.institution,
            adviser=acting_user.account,
            **values,
        )
        acting_user.record("meeting.planned", stream=audit.uid, subject=meeting.uid, **values)
    else:
        meeting = _planned(audit, meeting, acting_user)
        changes = meeting.write(values, base_version=base_version)
        acting_user.record("meeting.moved", stream=audit.uid, subject=meeting.uid, **changes)
    refresh(audit)
    return meeting


def _check_plan(minutes: int, place: str, online: bool) -> None:
    if not 5 <= minutes <= LONGEST:
        raise RuleBroken(_("Proszę podać długość spotkania w minutach, od 5 do 480."), "minutes")
    if not place.strip() and not online:
        raise RuleBroken(_("Proszę podać miejsce spotkania albo zaznaczyć, że jest przez internet."), "place")


@transaction.atomic
def hold_meeting(
    *,
    audit: SkillsAudit,
    meeting: Meeting,
    minutes: int,
    done: str,
    acting_user: ActingUser,
    homework: str = "",
    base_version: int | None = None,
) -> Meeting:
    """Note that a meeting took place, what was done and what homework was set; may be corrected later."""
    leading(audit, acting_user)
    meeting = meeting.locked()
    acting_user.require(meeting.audit_id == audit.pk)
    if meeting.state == MeetingState.CANCELLED:
        raise RuleBroken(_("To spotkanie było odwołane. Proszę umówić nowe."))
    if meeting.starts_at > timezone.now():
        raise RuleBroken(_("To spotkanie jeszcze się nie zaczęło. Proszę poprawić termin, jeśli było wcześniej."))
    if not 5 <= minutes <= LONGEST:
        raise RuleBroken(_("Proszę podać długość spotkania w minutach, od 5 do 480."), "minutes")
    if not done.strip():
        raise RuleBroken(_("Proszę napisać w jednym zdaniu, co zrobiliśmy."), "done")
    state = meeting.homework_state
    if not homework.strip():
        state = HomeworkState.NONE
    elif state == HomeworkState.NONE:
        state = HomeworkState.SET
    values = {
        "state": MeetingState.HELD,
        "minutes": minutes,
        "done": done.strip(),
        "homework": homework.strip(),
        "homework_state": state,
    }
    changes = meeting.write(values, base_version=base_version)
    acting_user.record("meeting.held", stream=audit.uid, subject=meeting.uid, **changes)
    refresh(audit)
    return meeting


@transaction.atomic
def cancel_meeting(
    *, audit: SkillsAudit, meeting: Meeting, reason: str, acting_user: ActingUser, missed: bool = False
) -> Meeting:
    """Called off, or the participant did not come; both with a reason, so that lateness explains itself."""
    leading(audit, acting_user)
    meeting = _planned(audit, meeting, acting_user)
    if not reason.strip():
        raise RuleBroken(_("Proszę podać powód, jednym zdaniem."), "reason")
    state = MeetingState.MISSED if missed else MeetingState.CANCELLED
    changes = meeting.write({"state": state, "cancelled_reason": reason.strip()}, base_version=None)
    acting_user.record(
        "meeting.missed" if missed else "meeting.cancelled", stream=audit.uid, subject=meeting.uid, **changes
    )
    refresh(audit)
    return meeting


@transaction.atomic
def hand_in_homework(*, audit: SkillsAudit, meeting: Meeting, done: bool, acting_user: ActingUser) -> Meeting:
    """The participant did the homework, or says they did not."""
    answering(audit, acting_user)
    meeting = meeting.locked()
    acting_user.require(meeting.audit_id == audit.pk)
    state = HomeworkState.HANDED_IN if done else HomeworkState.NOT_DONE
    changes = meeting.write({"homework_state": state}, base_version=None)
    if changes:
        acting_user.record("homework.answered", stream=audit.uid, subject=meeting.uid, **changes)
    return meeting


@transaction.atomic
def attach_scan(*, audit: SkillsAudit, meeting: Meeting, upload: UploadedFile, acting_user: ActingUser) -> Meeting:
    """The signed sheet of a meeting, scanned."""
    leading(audit, acting_user)
    meeting = meeting.locked()
    acting_user.require(meeting.audit_id == audit.pk)
    stored = store_upload(upload, person_uid=audit.person.uid, allowed=SCANS)
    meeting.write({"scan": stored}, base_version=None)
    acting_user.record("meeting.scan-attached", stream=audit.uid, subject=meeting.uid, sha256=stored.sha256)
    return meeting


def _planned(audit: SkillsAudit, meeting: Meeting, acting_user: ActingUser) -> Meeting:
    meeting = meeting.locked()
    acting_user.require(meeting.audit_id == audit.pk)
    if meeting.state != MeetingState.PLANNED:
        raise RuleBroken(_("To spotkanie już się odbyło albo zostało odwołane."))
    return meeting
