"""The behavioural interview (SA-8): stories in four steps, told by the participant or written down by the adviser."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dorobek.audits.actions.case import refresh, writing
from dorobek.audits.actions.personal_wish import access_of
from dorobek.audits.models import CompetenceSource, Episode, InterviewAnswer, LifeEvent, SkillsAudit
from dorobek.audits.rules import interviews as rules
from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.people.perms import is_own
from dorobek.portfolio.models import Evidence
from dorobek.programmes.enums import EpisodePart, InterviewArea

PART_OF_AREA = {
    InterviewArea.EDUCATION: EpisodePart.KEY,
    InterviewArea.WORK: EpisodePart.WORK,
    InterviewArea.PERSONAL: EpisodePart.PERSONAL,
}
TEXTS = ("title", *rules.TOLD)


@transaction.atomic
def add_episode(
    *,
    audit: SkillsAudit,
    part: str,
    title: str,
    acting_user: ActingUser,
    told: Mapping[str, str] | None = None,
    life_event: LifeEvent | None = None,
    evidence: Collection[Evidence] = (),
    uid: uuid.UUID | None = None,
) -> Episode:
    """Begin a story; any of its steps may follow later. `told`: texts by field (rules.interviews.TOLD).

    The same `uid` sent twice is one episode. Raises NotAllowed, RuleBroken.
    """
    writing(audit, acting_user)
    known = Episode.objects.filter(uid=uid).first() if uid else None
    if known is not None:
        if known.audit_id != audit.pk:
            raise RuleBroken(_("Ta historia już jest zapisana."), "uid")
        return known
    _check_part(audit, part, acting_user)
    values = _checked({"title": title, **(told or {})})
    named = {"uid": uid} if uid else {}
    episode = Episode.objects.create(
        audit=audit,
        person=audit.person,
        case_uid=audit.uid,
        part=part,
        life_event=_of_case(audit, life_event),
        author=acting_user.account,
        **named,
        **values,
    )
    held = _checked_evidence(audit, evidence)
    episode.evidence.set(held)
    filled = {name: value for name, value in values.items() if value}
    acting_user.record(
        "episode.added", stream=audit.uid, subject=episode.uid, part=part, evidence=held, event=life_event, **filled
    )
    refresh(audit)
    return episode


@transaction.atomic
def change_episode(
    *,
    episode: Episode,
    values: Mapping[str, Any],
    acting_user: ActingUser,
    base_version: int | None = None,
) -> Episode:
    """Change the fields given: texts, `part`, `life_event` (a LifeEvent or None), `evidence` (pieces held).

    Participant and adviser both write here, so screens and API always send `base_version`.
    Raises NotAllowed, RuleBroken, Conflict with both versions.
    """
    episode = episode.locked()
    audit = episode.audit
    writing(audit, acting_user)
    given = dict(values)
    held = _checked_evidence(audit, given.pop("evidence")) if "evidence" in given else None
    part = str(given.pop("part", episode.part))
    _check_part(audit, part, acting_user)
    columns: dict[str, Any] = {"part": part}
    if "life_event" in given:
        columns["life_event"] = _of_case(audit, given.pop("life_event"))
    beside = {"evidence": (_names(episode.evidence.order_by("pk")), _names(held))} if held is not None else {}
    changes = episode.write({**columns, **_checked(given)}, base_version=base_version, beside=beside)
    if held is not None and "evidence" in changes:
        episode.evidence.set(held)
    if changes:
        acting_user.record("episode.changed", stream=episode.case_uid, subject=episode.uid, **changes)
        refresh(audit)
    return episode


@transaction.atomic
def remove_episode(*, episode: Episode, acting_user: ActingUser, base_version: int | None = None) -> None:
    """Remove a story; the history keeps its words. Raises RuleBroken while a competence rests on it, Conflict."""
    episode = episode.locked()
    audit = episode.audit
    writing(audit, acting_user)
    resting = CompetenceSource.objects.filter(episode=episode).select_related("competence").first()
    if resting is not None:
        raise RuleBroken(
            _("Na tej historii opiera się kompetencja „%(wording)s”. Najpierw trzeba zmienić jej źródło.")
            % {"wording": resting.competence.wording}
        )
    if base_version is not None and base_version != episode.version:
        raise RuleBroken(_("Ta historia zmieniła się w międzyczasie. Proszę przeczytać ją jeszcze raz."))
    words = {name: getattr(episode, name) for name in TEXTS if getattr(episode, name)}
    acting_user.record("episode.removed", stream=audit.uid, subject=episode.uid, part=episode.part, **words)
    episode.delete()
    refresh(audit)


@transaction.atomic
def episode_from_answer(
    *, answer: InterviewAnswer, acting_user: ActingUser, life_event: LifeEvent | None = None
) -> Episode:
    """A draft of an episode from what was just said: its words become the situation, its event is tied to it."""
    event = life_event or answer.life_events.order_by("-pk").first()
    title = event.title if event else rules.title_from(answer.answer, answer.question)
    return add_episode(
        audit=answer.audit,
        part=PART_OF_AREA[InterviewArea(answer.area)],
        title=title[: rules.TITLE_LIMIT],
        told={"situation": answer.answer},
        life_event=event,
        acting_user=acting_user,
    )


def _check_part(audit: SkillsAudit, part: str, acting_user: ActingUser) -> None:
    parts = [one.part for one in audit.rules.behavioural.parts] if audit.rules.behavioural else []
    if part not in parts:
        raise RuleBroken(_("Ten program nie ma takiej części rozmowy."), "part")
    own = is_own(acting_user.account, audit.person)
    rules.check_may_tell(part, access_of(audit), by_participant=own)


def _checked(given: Mapping[str, Any]) -> dict[str, str]:
    unknown = set(given) - set(TEXTS)
    if unknown:
        raise RuleBroken(_("Nie ma takiego pola: %(names)s.") % {"names": ", ".join(sorted(unknown))})
    found = {
        name: rules.checked_words(str(text or ""), rules.ANSWER_LIMIT, name)
        for name, text in given.items()
        if name != "title"
    }
    if "title" in given:
        missing = _("Proszę wpisać krótki tytuł, na przykład „Inwentaryzacja w niedzielę”.")
        found["title"] = rules.checked_line(str(given["title"] or ""), rules.TITLE_LIMIT, "title", missing)
    return found


def _of_case(audit: SkillsAudit, event: LifeEvent | None) -> LifeEvent | None:
    if event is not None and event.audit_id != audit.pk:
        raise RuleBroken(_("Nie ma takiego wydarzenia w tej sprawie."), "life_event")
    return event


def _checked_evidence(audit: SkillsAudit, pieces: Collection[Evidence]) -> list[Evidence]:
    if any(piece.case_uid != audit.uid or piece.removed_at for piece in pieces):
        raise RuleBroken(_("Nie ma takiego dowodu w tej sprawie."), "evidence")
    return sorted(pieces, key=lambda piece: piece.pk)


def _names(pieces: Iterable[Evidence]) -> list[str]:
    return [str(piece.uid) for piece in pieces]
