"""The biographical interview (SA-7): the voluntary personal area, answers in the person's words, events on the line."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dorobek.audits.actions.card import add_life_event
from dorobek.audits.actions.case import answering, refresh, writing
from dorobek.audits.actions.personal_wish import access_of
from dorobek.audits.enums import PersonalDetail
from dorobek.audits.models import BiographicalInterview, InterviewAnswer, LifeEvent, SkillsAudit
from dorobek.audits.rules import interviews as rules
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.models import HistoryPayload
from dorobek.people.acting import ActingUser
from dorobek.programmes.enums import InterviewArea

# ---- what the participant decides about the personal area ----


@transaction.atomic
def choose_personal_detail(
    *,
    audit: SkillsAudit,
    detail: str,
    acting_user: ActingUser,
    notice_read: bool = False,
    note: str = "",
    base_version: int | None = None,
) -> BiographicalInterview:
    """The participant has read the notice (or had it read) and says how much to talk about; may change at any time.

    Raises NotAllowed, RuleBroken (notice not acknowledged, level not offered), Conflict.
    """
    answering(audit, acting_user)
    interview = interview_of(audit)
    offered = rules.offered_details(_levels(audit))
    chosen = rules.checked_choice(detail, offered)
    if interview.notice_shown_at is None and not notice_read:
        raise RuleBroken(_("Proszę najpierw przeczytać informację i zaznaczyć, że jest zrozumiała."), "notice_read")
    values: dict[str, Any] = {
        "personal_detail": str(chosen),
        "detail_note": rules.checked_words(note, rules.NOTE_LIMIT, "note"),
        "stopped_at": None,
    }
    if interview.notice_shown_at is None:
        values["notice_shown_at"] = timezone.now()
    return _decided(interview, values, "interview.personal-detail-chosen", acting_user, base_version)


@transaction.atomic
def stop_personal_area(*, audit: SkillsAudit, acting_user: ActingUser, note: str = "") -> BiographicalInterview:
    """The participant ends the personal area, at any moment and without a reason. What was said stays unless withdrawn.

    Raises NotAllowed, RuleBroken.
    """
    answering(audit, acting_user)
    interview = interview_of(audit)
    values = {
        "personal_detail": str(PersonalDetail.STOPPED),
        "detail_note": rules.checked_words(note, rules.NOTE_LIMIT, "note"),
        "stopped_at": timezone.now(),
        "notice_shown_at": interview.notice_shown_at or timezone.now(),
    }
    return _decided(interview, values, "interview.personal-stopped", acting_user, None)


@transaction.atomic
def withdraw_personal_answers(*, audit: SkillsAudit, acting_user: ActingUser) -> int:
    """Remove every answer of the personal area, on the participant's wish; what the history held of them goes too.

    The chain keeps that it happened. Returns how many were removed. Raises NotAllowed, RuleBroken.
    """
    answering(audit, acting_user)
    answers = InterviewAnswer.objects.filter(audit=audit, area=InterviewArea.PERSONAL)
    uids = list(answers.values_list("uid", flat=True))
    if not uids:
        return 0
    answers.delete()
    HistoryPayload.objects.filter(entry__stream=audit.uid, entry__subject__in=uids).delete()
    acting_user.record("interview.personal-withdrawn", stream=audit.uid, count=len(uids))
    refresh(audit)
    return len(uids)


def interview_of(audit: SkillsAudit) -> BiographicalInterview:
    """The audit's interview row, locked; made with the first thing written. Inside a transaction."""
    BiographicalInterview.objects.get_or_create(audit=audit, defaults={"person": audit.person, "case_uid": audit.uid})
    row: BiographicalInterview = BiographicalInterview.objects.select_for_update().get(audit=audit)
    return row


def _decided(
    interview: BiographicalInterview,
    values: Mapping[str, Any],
    kind: str,
    acting_user: ActingUser,
    base_version: int | None,
) -> BiographicalInterview:
    base = None if base_version == 0 and interview.version == 1 else base_version
    changes = interview.write(values, base_version=base)
    if changes:
        acting_user.record(kind, stream=interview.case_uid, subject=interview.uid, **changes)
        refresh(interview.audit)
    return interview


def _levels(audit: SkillsAudit) -> list[str]:
    biographical = audit.rules.biographical
    return [level.code for level in biographical.detail_levels] if biographical else []


# ---- questions and answers ----


@transaction.atomic
def answer_question(
    *,
    audit: SkillsAudit,
    area: str,
    question_code: str,
    acting_user: ActingUser,
    answer: str,
    events: Sequence[Mapping[str, Any]] = (),
    uid: uuid.UUID | None = None,
    base_version: int | None = None,
) -> InterviewAnswer:
    """Write or correct the answer to a question of the bank or one of the case's own, with events for the line.

    `events`: each with `kind`, values of `add_life_event`, and `uid` at will; or `uid` alone to tie one that is there.
    A question nobody answered has version 0. `base_version=None` is taken for 0, so that an answer somebody else
    wrote is never overwritten unseen. Raises NotAllowed, RuleBroken, Conflict.
    """
    row = _row_for(audit, area, question_code, acting_user, uid)
    answer = rules.checked_words(answer, rules.ANSWER_LIMIT, "answer")
    if not answer and not events and not row.answer:
        raise RuleBroken(_("Proszę wpisać odpowiedź albo pominąć to pytanie."), "answer")
    _written(row, {"answer": answer, "skipped": False}, "interview.answered", acting_user, base_version)
    for entry in events:
        _tied(row, entry, acting_user)
    refresh(audit)
    return row


@transaction.atomic
def skip_question(
    *, audit: SkillsAudit, area: str, question_code: str, acting_user: ActingUser, base_version: int | None = None
) -> InterviewAnswer:
    """The question was not wanted. An answer already given is not touched. Raises NotAllowed, RuleBroken."""
    row = _row_for(audit, area, question_code, acting_user, None)
    if row.answer:
        raise RuleBroken(_("Na to pytanie jest już odpowiedź. Można ją zmienić albo wyczyścić."), "answer")
    _written(row, {"skipped": True}, "interview.question-skipped", acting_user, base_version)
    refresh(audit)
    return row


@transaction.atomic
def add_own_question(
    *, audit: SkillsAudit, area: str, question: str, acting_user: ActingUser, uid: uuid.UUID | None = None
) -> InterviewAnswer:
    """A question that is not in the bank. The same `uid` sent twice is one question. Raises NotAllowed, RuleBroken."""
    writing(audit, acting_user)
    _known_area(audit, area)
    rules.check_may_ask(area, access_of(audit))
    words = rules.checked_line(question, rules.QUESTION_LIMIT, "question", _("Proszę wpisać pytanie."))
    known = InterviewAnswer.objects.filter(uid=uid).first() if uid else None
    if known is not None:
        return _same_case(known, audit)
    row = _new_row(audit, area, f"{rules.OWN_PREFIX}{uuid.uuid4().hex[:12]}", words, uid)
    acting_user.record("interview.question-added", stream=audit.uid, subject=row.uid, area=area, question=words)
    return row


@transaction.atomic
def untie_event(*, answer: InterviewAnswer, event: LifeEvent, acting_user: ActingUser) -> None:
    """The event no longer belongs to this answer; it stays on the line. Raises NotAllowed, RuleBroken."""
    writing(answer.audit, acting_user)
    if answer.life_events.filter(pk=event.pk).exists():
        answer.life_events.remove(event)
        acting_user.record("interview.event-untied", stream=answer.case_uid, subject=answer.uid, event=event)


# ---- events from the line itself ----


def place_on_line(
    *, audit: SkillsAudit, kind: str, values: Mapping[str, Any], acting_user: ActingUser, uid: uuid.UUID | None = None
) -> LifeEvent:
    """Add an event met in the interview; in the personal area by an adviser only as far as the participant agreed.

    Raises NotAllowed, RuleBroken.
    """
    return add_life_event(audit=audit, kind=kind, values=values, acting_user=acting_user, from_card=False, uid=uid)


# ---- shared ----


def _row_for(
    audit: SkillsAudit, area: str, code: str, acting_user: ActingUser, uid: uuid.UUID | None
) -> InterviewAnswer:
    """The row of a question, locked, after every check; made when nobody asked it yet."""
    writing(audit, acting_user)
    SkillsAudit.objects.select_for_update().get(pk=audit.pk)
    _known_area(audit, area)
    rules.check_may_ask(area, access_of(audit))
    row: InterviewAnswer | None = InterviewAnswer.objects.filter(audit=audit, question_code=code).first()
    if row is not None:
        if row.area != area:
            raise RuleBroken(_("To pytanie należy do innej części rozmowy."), "area")
        return row.locked()
    if uid is not None and InterviewAnswer.objects.filter(uid=uid).exists():
        raise RuleBroken(_("Ta odpowiedź już jest zapisana."), "uid")
    return _new_row(audit, area, code, _wording(audit, area, code), uid)


def _written(
    row: InterviewAnswer, values: Mapping[str, Any], kind: str, acting_user: ActingUser, base_version: int | None
) -> None:
    if not row.answer:
        base_version = row.version  # asked or skipped, not answered: no words there to lose
    changes = row.write(values, base_version=base_version or 0)
    if changes:
        acting_user.record(kind, stream=row.case_uid, subject=row.uid, area=row.area, question=row.question, **changes)


def _tied(row: InterviewAnswer, entry: Mapping[str, Any], acting_user: ActingUser) -> None:
    given = dict(entry)
    uid, kind = given.pop("uid", None), given.pop("kind", None)
    if kind is None:
        event = LifeEvent.objects.filter(audit=row.audit, uid=uid).first()
        if event is None:
            raise RuleBroken(_("Nie ma takiego wydarzenia w tej sprawie."), "events")
    else:
        given.setdefault("area", row.area)
        event = place_on_line(audit=row.audit, kind=kind, values=given, acting_user=acting_user, uid=uid)
    if not row.life_events.filter(pk=event.pk).exists():
        row.life_events.add(event)
        acting_user.record("interview.event-tied", stream=row.case_uid, subject=row.uid, event=event)


def _new_row(audit: SkillsAudit, area: str, code: str, words: str, uid: uuid.UUID | None) -> InterviewAnswer:
    named = {"uid": uid} if uid else {}
    row: InterviewAnswer = InterviewAnswer.objects.create(
        audit=audit, person=audit.person, case_uid=audit.uid, area=area, question_code=code, question=words, **named
    )
    return row


def _same_case(row: InterviewAnswer, audit: SkillsAudit) -> InterviewAnswer:
    if row.audit_id != audit.pk:
        raise RuleBroken(_("To pytanie już jest zapisane."), "uid")
    return row


def _known_area(audit: SkillsAudit, area: str) -> None:
    known = [spec.area for spec in audit.rules.biographical.areas] if audit.rules.biographical else []
    if area not in known:
        raise RuleBroken(_("Ten program nie ma takiej części rozmowy."), "area")


def _wording(audit: SkillsAudit, area: str, code: str) -> str:
    """The question as the bank puts it, in the language of the conversation. Raises RuleBroken for an unknown one."""
    spec = audit.rules.area(InterviewArea(area))
    for question in spec.questions if spec else ():
        if question.code == code:
            return question.text.text(get_language() or "pl")[: rules.QUESTION_LIMIT]
    raise RuleBroken(_("Nie ma takiego pytania na liście."), "question_code")
