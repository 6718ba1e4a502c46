"""The shape of a programme's rules: frozen dataclasses, read from JSON by `load.py`.

A number's limits stand in its type (`Between`); what concerns several fields is in `checks.py`. A field named
`code` holds small letters, digits and hyphens.
Every text shown to people is a `Bilingual`. Lengths of talk are minutes, money is grosze.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from dorobek.programmes.enums import (
    Actor,
    AuditEvent,
    CardSectionKind,
    DocumentKind,
    EpisodePart,
    ExceptionRole,
    InterviewArea,
    StageKind,
    StepKind,
    VariantKind,
)
from dorobek.programmes.rules.nodes import Node
from dorobek.programmes.rules.words import Bilingual
from dorobek.programmes.schema.hour_values import HourValue

SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Between:
    """Mark of a whole number from `low` to `high`, both included."""

    low: int
    high: int


@dataclass(frozen=True)
class Identity:
    """Who the programme is. `logo` names a file of the institution, "" for none."""

    code: str
    name: Bilingual
    summary: Bilingual
    funding_notice: Bilingual | None = None
    logo: str = ""
    begins: date | None = None
    ends: date | None = None
    service_language: Bilingual | None = None


@dataclass(frozen=True)
class Paper:
    """A paper asked of those for whom `when` holds (of everybody when it is None)."""

    code: str
    name: Bilingual
    when: Node | None = None


@dataclass(frozen=True)
class EligibilityExceptions:
    """May someone be let in against a rule, by whom, and which rules are never waived (adulthood never is)."""

    allowed: bool
    by: tuple[ExceptionRole, ...] = ()
    never: tuple[str, ...] = ()
    notice: Bilingual | None = None


@dataclass(frozen=True)
class Eligibility:
    """`rule` is judged on the day of `assessed_on`."""

    rule: Node
    exceptions: EligibilityExceptions
    assessed_on: AuditEvent = AuditEvent.REGISTERED
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True)
class Stage:
    kind: StageKind
    name: Bilingual
    description: Bilingual


@dataclass(frozen=True)
class Variant:
    """A way through the programme. `description` is what the participant reads when choosing."""

    kind: VariantKind
    name: Bilingual
    description: Bilingual
    steps: tuple[StepKind, ...]
    optional_steps: tuple[StepKind, ...] = ()
    documents: tuple[DocumentKind, ...] = ()
    stages: tuple[StageKind, ...] = ()


@dataclass(frozen=True)
class Deadline:
    """A step due so many days after `start`. `ends` is the event that meets it; `owner` has the move."""

    code: str
    name: Bilingual
    start: AuditEvent
    ends: AuditEvent
    owner: Actor
    warn_days: Annotated[int, Between(0, 365)]
    days: Annotated[int, Between(1, 3660)] | None = None
    months: Annotated[int, Between(1, 120)] | None = None
    when_missed: Bilingual | None = None


@dataclass(frozen=True)
class TimeLimits:
    """`next_working_day`: a term that ends on a Saturday or holiday ends on the next working day."""

    audit_months: Annotated[int, Between(1, 36)]
    audit_warn_days: Annotated[int, Between(0, 365)]
    deadlines: tuple[Deadline, ...] = ()
    next_working_day: bool = True


@dataclass(frozen=True)
class Meetings:
    """How many meetings (the first talk not counted) and how long, in minutes."""

    talk_minutes_max: Annotated[int, Between(10, 600)]
    min_count: Annotated[int, Between(0, 50)]
    usual_from: Annotated[int, Between(0, 50)]
    usual_to: Annotated[int, Between(0, 50)]
    max_count: Annotated[int, Between(1, 50)]
    total_minutes_from: Annotated[int, Between(0, 6000)]
    total_minutes_to: Annotated[int, Between(1, 6000)]
    interview_minutes_from: Annotated[int, Between(10, 600)]
    interview_minutes_to: Annotated[int, Between(10, 600)]
    summary_minutes_from: Annotated[int, Between(10, 600)]
    summary_minutes_to: Annotated[int, Between(10, 600)]
    online_allowed: bool = False


@dataclass(frozen=True)
class Question:
    code: str
    text: Bilingual
    hint: Bilingual | None = None


@dataclass(frozen=True)
class InterviewAreaSpec:
    """One area of the biographical interview. With a `notice`, it is shown first and must be acknowledged."""

    area: InterviewArea
    name: Bilingual
    intro: Bilingual
    questions: tuple[Question, ...]
    notice: Bilingual | None = None


@dataclass(frozen=True)
class Biographical:
    """`detail_levels` are the limits a participant may choose for an area with a notice."""

    opening: Bilingual
    areas: tuple[InterviewAreaSpec, ...]
    detail_levels: tuple[Question, ...] = ()


@dataclass(frozen=True)
class StarPrompts:
    situation: Bilingual
    task: Bilingual
    action: Bilingual
    result: Bilingual
    competences: Bilingual
    evidence: Bilingual


@dataclass(frozen=True)
class PromptPart:
    part: EpisodePart
    name: Bilingual
    intro: Bilingual
    prompts: tuple[Question, ...]
    voluntary_notice: Bilingual | None = None


@dataclass(frozen=True)
class Behavioural:
    opening: Bilingual
    star: StarPrompts
    parts: tuple[PromptPart, ...]


@dataclass(frozen=True)
class PlanQuestion:
    """`of_method`: named in public sources of the method; otherwise written for this system."""

    code: str
    text: Bilingual
    hint: Bilingual | None = None
    of_method: bool = False


@dataclass(frozen=True)
class PlanDefaults:
    """The questions of a plan's scenario and the forms of learning offered."""

    questions: tuple[PlanQuestion, ...]
    forms_of_learning: tuple[Question, ...]
    alternatives_encouraged: bool = True


@dataclass(frozen=True)
class BasicVariant:
    """What the basic variant asks: present work, the training wished for, the direction."""

    present_work: tuple[Question, ...]
    wished_training: tuple[Question, ...]
    direction: tuple[Question, ...]


@dataclass(frozen=True)
class Difficulty:
    difficulty: Bilingual
    way: Bilingual


@dataclass(frozen=True)
class AgreementDefaults:
    adviser_tasks: tuple[Bilingual, ...]
    participant_tasks: tuple[Bilingual, ...]
    difficulties: tuple[Difficulty, ...]
    rules: tuple[Bilingual, ...]
    confidentiality: Bilingual


@dataclass(frozen=True)
class DocumentSpec:
    """A document of the programme. `signed`: printed with places for signatures."""

    kind: DocumentKind
    name: Bilingual
    purpose: Bilingual
    to_participant: bool = True
    signed: bool = False


@dataclass(frozen=True)
class Consent:
    code: str
    version: Annotated[int, Between(1, 1000)]
    title: Bilingual
    text: Bilingual
    required: bool


@dataclass(frozen=True)
class Targets:
    """Numbers promised to the funding body; `in_depth_percent` of participants choose the in-depth variant."""

    participants: Annotated[int, Between(0, 10_000_000)]
    in_depth_percent: Annotated[int, Between(0, 100)] | None = None
    note: Bilingual | None = None


@dataclass(frozen=True)
class Retention:
    """How long records are kept: `years` from `starts`, from the next 31 December where `year_end`."""

    years: Annotated[int, Between(0, 100)]
    starts: AuditEvent
    legal_basis: Bilingual
    year_end: bool = False


@dataclass(frozen=True)
class VoucherField:
    code: str
    name: Bilingual


@dataclass(frozen=True)
class VoucherTerms:
    own_share_percent: Annotated[int, Between(0, 100)]
    total_grosze: Annotated[int, Between(1, 100_000_000)]
    months_to_buy: Annotated[int, Between(1, 120)]
    opens_on: AuditEvent
    fields: tuple[VoucherField, ...]
    condition: Bilingual
    pays_for_validation: bool = True
    remind_days: tuple[int, ...] = ()
    certificate_required: bool = True
    hour_values: tuple[HourValue, ...] = ()


@dataclass(frozen=True)
class NumberPattern:
    """A support number, e.g. `AB/{year}/{serial:4}`; `where` tells a participant where to find theirs."""

    pattern: str
    name: Bilingual
    where: Bilingual


@dataclass(frozen=True)
class CardField:
    code: str
    required: bool = False
    label: Bilingual | None = None
    hint: Bilingual | None = None


@dataclass(frozen=True)
class CardSection:
    """A section of the participant card with the fields asked in it, in order."""

    kind: CardSectionKind
    name: Bilingual
    intro: Bilingual
    fields: tuple[CardField, ...]
    required: bool = False


@dataclass(frozen=True)
class Card:
    sections: tuple[CardSection, ...]
    registration_fields: tuple[CardField, ...]


@dataclass(frozen=True)
class Reminders:
    """Days before the event, largest first is not required."""

    meeting_days: tuple[int, ...]
    homework_days: tuple[int, ...]
    idle_days: Annotated[int, Between(1, 365)]
    follow_up_months: tuple[int, ...] = ()


@dataclass(frozen=True)
class Words:
    """What this programme calls things; keys are the glossary's code names, e.g. `adviser`, `participant`."""

    terms: dict[str, Bilingual] = field(default_factory=dict)

    def term(self, name: str, default: Bilingual) -> Bilingual:
        return self.terms.get(name, default)


@dataclass(frozen=True)
class Rules:
    """Everything a programme decides for itself."""

    schema: Annotated[int, Between(1, SCHEMA_VERSION)]
    identity: Identity
    eligibility: Eligibility
    stages: tuple[Stage, ...]
    variants: tuple[Variant, ...]
    time: TimeLimits
    meetings: Meetings
    biographical: Biographical | None
    behavioural: Behavioural | None
    plan: PlanDefaults | None
    basic: BasicVariant | None
    agreement: AgreementDefaults | None
    documents: tuple[DocumentSpec, ...]
    consents: tuple[Consent, ...]
    targets: Targets
    retention: Retention
    card: Card
    reminders: Reminders
    vouchers: VoucherTerms | None = None
    support_number: NumberPattern | None = None
    words: Words = Words()

    def variant(self, kind: VariantKind) -> Variant | None:
        """The variant of this kind, or None where the programme has none."""
        return next((one for one in self.variants if one.kind is kind), None)

    def document(self, kind: DocumentKind) -> DocumentSpec | None:
        return next((one for one in self.documents if one.kind is kind), None)

    def area(self, area: InterviewArea) -> InterviewAreaSpec | None:
        areas = self.biographical.areas if self.biographical else ()
        return next((one for one in areas if one.area is area), None)

    def episode_part(self, part: EpisodePart) -> PromptPart | None:
        parts = self.behavioural.parts if self.behavioural else ()
        return next((one for one in parts if one.part is part), None)

    def card_section(self, kind: CardSectionKind) -> CardSection | None:
        return next((one for one in self.card.sections if one.kind is kind), None)
