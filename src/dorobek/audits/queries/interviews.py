"""Reads of the two interviews: the bank with its answers, and the written record of each (SA-7, SA-8, SA-11)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from dorobek.audits.enums import PersonalDetail
from dorobek.audits.models import BiographicalInterview, Episode, InterviewAnswer, LifeEvent, SkillsAudit
from dorobek.audits.queries.time_line import TimeLine, time_line
from dorobek.audits.rules.interviews import (
    OWN_PREFIX,
    PERSONAL_WORDS,
    PersonalAccess,
    personal_access,
    star_missing,
)
from dorobek.audits.rules.time_line import Silence
from dorobek.people.models import Account
from dorobek.portfolio.models import Evidence
from dorobek.programmes.enums import EpisodePart, InterviewArea
from dorobek.programmes.rules.words import Bilingual
from dorobek.programmes.schema.shapes import InterviewAreaSpec, PromptPart

# ---- the bank of questions beside its answers ----


@dataclass(frozen=True)
class BankQuestion:
    """A question of the bank or of the case's own, with its answer if any. `text` is in the language asked for."""

    code: str
    text: str
    hint: str
    answer: InterviewAnswer | None

    @property
    def state(self) -> str:
        """ "answered", "skipped" or "" when still open."""
        if self.answer is None:
            return ""
        return "answered" if self.answer.answer else "skipped" if self.answer.skipped else ""

    @property
    def version(self) -> int:
        return self.answer.version if self.answer else 0


@dataclass(frozen=True)
class Bank:
    """One area of the biographical interview."""

    area: InterviewArea
    name: str
    intro: str
    notice: str
    questions: tuple[BankQuestion, ...]

    @property
    def asked(self) -> int:
        return sum(bool(question.state) for question in self.questions)

    @property
    def codes(self) -> list[str]:
        return [question.code for question in self.questions]

    @property
    def done(self) -> set[str]:
        return {question.code for question in self.questions if question.state}

    def question(self, code: str) -> BankQuestion | None:
        return next((question for question in self.questions if question.code == code), None)


@dataclass(frozen=True)
class Interview:
    """The biographical interview as it stands. `decision` is None before anything was decided."""

    banks: tuple[Bank, ...]
    decision: BiographicalInterview | None
    last_saved: dt.datetime | None

    @property
    def access(self) -> PersonalAccess:
        return access_from(self.decision)

    @property
    def detail(self) -> PersonalDetail:
        return PersonalDetail(self.decision.personal_detail) if self.decision else PersonalDetail.NOT_ASKED

    @property
    def asked(self) -> int:
        return sum(bank.asked for bank in self.banks)

    @property
    def total(self) -> int:
        return sum(len(bank.questions) for bank in self.banks)

    def bank(self, area: str) -> Bank | None:
        return next((bank for bank in self.banks if bank.area == area), None)


def access_from(decision: BiographicalInterview | None) -> PersonalAccess:
    """What may be done in the personal area after this decision."""
    if decision is None:
        return personal_access(PersonalDetail.NOT_ASKED, notice_shown=False)
    return personal_access(decision.personal_detail, notice_shown=decision.notice_shown_at is not None)


def decision_of(user: Account, audit: SkillsAudit) -> BiographicalInterview | None:
    """What the participant decided about the personal area. One statement."""
    row: BiographicalInterview | None = BiographicalInterview.objects.visible_to(user).filter(audit=audit).first()
    return row


def answers_of_case(user: Account, audit: SkillsAudit) -> "QuerySet[InterviewAnswer, Any]":
    """Answers with their events, in the order asked. Two statements."""
    visible: QuerySet[InterviewAnswer, Any] = InterviewAnswer.objects.visible_to(user).filter(audit=audit)
    return visible.prefetch_related(Prefetch("life_events", queryset=LifeEvent.objects.order_by("sort_day", "id")))


def interview(user: Account, audit: SkillsAudit, *, language: str = "pl") -> Interview:
    """Every area with its questions and answers. Three statements."""
    answers = list(answers_of_case(user, audit))
    given: dict[str, InterviewAnswer] = {answer.question_code: answer for answer in answers}
    specs = audit.rules.biographical.areas if audit.rules.biographical else ()
    banks = tuple(_bank(spec, given, answers, language) for spec in specs)
    last = max((answer.changed_at for answer in answers), default=None)
    return Interview(banks, decision_of(user, audit), last)


def _bank(
    spec: InterviewAreaSpec, given: dict[str, InterviewAnswer], answers: Sequence[InterviewAnswer], language: str
) -> Bank:
    asked = [
        BankQuestion(q.code, q.text.text(language), q.hint.text(language) if q.hint else "", given.get(q.code))
        for q in spec.questions
    ]
    known = {question.code for question in asked}
    own = [
        BankQuestion(answer.question_code, answer.question, "", answer)
        for answer in answers
        if answer.area == spec.area and answer.question_code not in known
    ]
    return Bank(
        area=spec.area,
        name=spec.name.text(language),
        intro=spec.intro.text(language),
        notice=spec.notice.text(language) if spec.notice else "",
        questions=(*asked, *own),
    )


# ---- episodes ----


@dataclass(frozen=True)
class Story:
    """An episode with what it lacks, what is held for it, and how many competences were drawn from it."""

    episode: Episode
    evidence: tuple[Evidence, ...]
    competences: int

    @property
    def missing(self) -> list[str]:
        return star_missing({name: getattr(self.episode, name) for name in _STAR_FIELDS})


_STAR_FIELDS = ("situation", "task", "action", "result", "useful", "documentable")


def episodes_of_case(user: Account, audit: SkillsAudit) -> "QuerySet[Episode, Any]":
    """Episodes that the user may see, with event, author, evidence held and `drawn` competences. Two statements."""
    visible: QuerySet[Episode, Any] = Episode.objects.visible_to(user).filter(audit=audit)
    held = Prefetch("evidence", queryset=Evidence.objects.filter(removed_at=None), to_attr="held")
    counted = visible.annotate(drawn=Count("sources", distinct=True))
    return counted.select_related("life_event", "author").prefetch_related(held).order_by("id")


def stories(user: Account, audit: SkillsAudit) -> list[Story]:
    """Every episode of the case, in the order begun. Two statements."""
    return [story_of(episode) for episode in episodes_of_case(user, audit)]


def story_of(episode: Any) -> Story:
    """A story from a row of `episodes_of_case`."""
    return Story(episode, tuple(episode.held), episode.drawn)


# ---- the written records ----


@dataclass(frozen=True)
class RecordedAnswer:
    """A question as it was put, the answer in the person's words, the events that came of it."""

    question: str
    answer: str
    skipped: bool
    events: tuple[LifeEvent, ...]
    own_question: bool
    changed_at: dt.datetime


@dataclass(frozen=True)
class RecordedArea:
    """One area. `statement` tells what the participant decided, for the personal area; empty for the others."""

    area: InterviewArea
    name: Bilingual
    answers: tuple[RecordedAnswer, ...]
    events: tuple[LifeEvent, ...]
    statement: str = ""
    decision_note: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.answers and not self.events


@dataclass(frozen=True)
class BiographicalRecord:
    """The written record of the biographical interview. `first_at` and `last_at` are None when nothing was said."""

    areas: tuple[RecordedArea, ...]
    line: TimeLine
    silences: tuple[Silence, ...]
    first_at: dt.datetime | None
    last_at: dt.datetime | None

    @property
    def is_empty(self) -> bool:
        return all(area.is_empty for area in self.areas)


@dataclass(frozen=True)
class RecordedPart:
    """One part of the behavioural interview with its episodes."""

    part: EpisodePart
    name: Bilingual
    stories: tuple[Story, ...] = ()


@dataclass(frozen=True)
class BehaviouralRecord:
    """The written record of the behavioural interview."""

    parts: tuple[RecordedPart, ...] = field(default_factory=tuple)

    @property
    def is_empty(self) -> bool:
        return not any(part.stories for part in self.parts)


def biographical_record(user: Account, audit: SkillsAudit) -> BiographicalRecord:
    """What was said and decided, area by area; the personal area as the participant wished. Four statements.

    Where the participant chose not to talk about personal life, nothing of it is shown but what the card holds.
    Where they stopped, what was said before stays, and it says that they stopped.
    """
    decision = decision_of(user, audit)
    access = access_from(decision)
    answers = [answer for answer in answers_of_case(user, audit) if answer.answer or answer.skipped]
    line = time_line(user, audit)
    hidden = {
        event.pk
        for event in line.events
        if not access.show and event.area == InterviewArea.PERSONAL and not event.from_card
    }
    if hidden:
        line = _without(line, hidden)
    specs = audit.rules.biographical.areas if audit.rules.biographical else ()
    areas = tuple(_recorded(spec, answers, line, decision, access) for spec in specs)
    said = [answer for answer in answers if answer.answer]
    return BiographicalRecord(
        areas=areas,
        line=line,
        silences=line.silences,
        first_at=min((answer.created_at for answer in said), default=None),
        last_at=max((answer.changed_at for answer in said), default=None),
    )


def _without(line: TimeLine, hidden: set[int]) -> TimeLine:
    events = tuple(event for event in line.events if event.pk not in hidden)
    kept = {str(event.uid) for event in events}
    pieces = tuple(piece for piece in line.pieces if piece.moment.key in kept)
    return TimeLine(events, pieces, line.silences, line.today)


def _recorded(
    spec: InterviewAreaSpec,
    answers: Sequence[InterviewAnswer],
    line: TimeLine,
    decision: BiographicalInterview | None,
    access: PersonalAccess,
) -> RecordedArea:
    personal = spec.area == InterviewArea.PERSONAL
    shown = [answer for answer in answers if answer.area == spec.area and (access.show or not personal)]
    detail = PersonalDetail(decision.personal_detail) if decision else PersonalDetail.NOT_ASKED
    visible = {event.pk for event in line.events}
    return RecordedArea(
        area=spec.area,
        name=spec.name,
        answers=tuple(_recorded_answer(answer, visible) for answer in shown),
        events=tuple(event for event in line.events if event.area == spec.area),
        statement=str(PERSONAL_WORDS[detail]) if personal else "",
        decision_note=decision.detail_note if personal and decision else "",
    )


def _recorded_answer(answer: InterviewAnswer, visible: set[int]) -> RecordedAnswer:
    return RecordedAnswer(
        question=answer.question,
        answer=answer.answer,
        skipped=answer.skipped and not answer.answer,
        events=tuple(event for event in answer.life_events.all() if event.pk in visible),
        own_question=answer.question_code.startswith(OWN_PREFIX),
        changed_at=answer.changed_at,
    )


def behavioural_record(user: Account, audit: SkillsAudit) -> BehaviouralRecord:
    """Every episode by part, in the programme's order. Two statements.

    A story somebody told stays theirs even where they chose not to be asked about personal life.
    """
    found: dict[str, list[Story]] = defaultdict(list)
    for story in stories(user, audit):
        found[story.episode.part].append(story)
    parts: Sequence[PromptPart] = audit.rules.behavioural.parts if audit.rules.behavioural else ()
    return BehaviouralRecord(tuple(RecordedPart(one.part, one.name, tuple(found[one.part])) for one in parts))
