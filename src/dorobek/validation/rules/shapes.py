"""What the rules are about: the qualification, people, what they can show, and a rule that is broken."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum


class Rule(StrEnum):
    """The rules, by the name under which a broken one is told and kept in the history."""

    MEMBERS_MIN = "members-min"
    MEMBER_TWICE = "member-twice"
    MEMBER_LEVEL = "member-level"
    MEMBER_CRITERION = "member-criterion"
    CRITERION_MET = "criterion-met"
    MEMBER_PRINCIPLES = "member-principles"
    OWN_TRAINEE = "own-trainee"
    OWN_CASE = "own-case"
    RELATIVE = "relative"
    SUBORDINATE = "subordinate"
    JUDGED_BEFORE = "judged-before"
    HELPED = "helped"
    METHOD_MISSING = "method-missing"
    METHOD_FOREIGN = "method-foreign"
    METHOD_SETS = "method-sets"
    OUTCOME_UNVERIFIED = "outcome-unverified"
    ADVISER = "adviser"
    BODY = "body"


class OwnRule(StrEnum):
    """Rules that a body may add for itself."""

    NO_RELATIVES = "no-relatives"
    NO_SUBORDINATES = "no-subordinates"
    MAJORITY = "majority"  # what the commission cannot agree on unanimously, most of it decides; who does not, says why


class Source(StrEnum):
    """Whose a rule is: the register entry's, the body's own, or so plain that every validation keeps it."""

    ENTRY = "entry"
    BODY = "body"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class OutcomeShape:
    """An outcome by its number in the entry (1.2) with the codes of its criteria (1.2.c)."""

    code: str
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetShape:
    """A set of outcomes; `number` counts from 1 as in the entry."""

    number: int
    outcomes: tuple[OutcomeShape, ...]

    @property
    def criteria(self) -> tuple[str, ...]:
        return tuple(code for outcome in self.outcomes for code in outcome.criteria)


@dataclass(frozen=True, slots=True)
class MethodRule:
    """A method of the entry. `must_cover`: numbers of sets that it must concern; empty where the entry does not say.

    `outcomes`: the only outcomes it may verify; empty for all.
    """

    code: str
    text: str = ""
    must_cover: frozenset[int] = frozenset()
    outcomes: frozenset[str] = frozenset()

    def may_verify(self, outcome: str) -> bool:
        return not self.outcomes or outcome in self.outcomes


@dataclass(frozen=True, slots=True)
class Requirement:
    """A criterion that a member, an adviser or a body meets. `code` is its place in the entry's list: k1, k2.

    With `years` it is met by documented experience (within `within` years before the day, where given), else by a
    document that shows it.
    """

    code: str
    text: str = ""
    years: int | None = None
    within: int | None = None


@dataclass(frozen=True, slots=True)
class QualificationRules:
    """The rules of one version of one entry, and those that the body added. False and None: the entry does not say."""

    qualification: str
    sets: tuple[SetShape, ...]
    methods: tuple[MethodRule, ...] = ()
    only_these_methods: bool = False
    all_methods_used: bool = False
    every_outcome: bool = False
    members_min: int = 1
    member_level: int | None = None
    criteria: tuple[Requirement, ...] = ()
    each_criterion_met: bool = False
    principles: tuple[str, ...] = ()
    not_own_trainees: bool = False
    extra_may_be_candidate: bool = False
    adviser: tuple[Requirement, ...] = ()
    body: tuple[Requirement, ...] = ()
    provided: tuple[str, ...] = ()
    appeal: bool = False
    own: frozenset[OwnRule] = frozenset()

    @property
    def criterion_codes(self) -> tuple[str, ...]:
        return tuple(code for group in self.sets for code in group.criteria)

    def method(self, code: str) -> MethodRule | None:
        return next((one for one in self.methods if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Period:
    """Experience from `since` to `until`, both days counted; `until` None: still lasting.

    `shows`: codes of the requirements it counts for. Without a `document` it counts for none.
    """

    since: dt.date
    until: dt.date | None
    document: str
    shows: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who may judge: PRK level, experience, and requirements that a diploma or another document shows.

    `trained`, `relatives`, `subordinates` are keys of people: from records held here and from declarations.
    """

    key: str
    level: int | None = None
    periods: tuple[Period, ...] = ()
    shown: frozenset[str] = frozenset()
    principles: bool = True
    trained: frozenset[str] = frozenset()
    relatives: frozenset[str] = frozenset()
    subordinates: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody to be judged, by the key of the person."""

    key: str


@dataclass(frozen=True, slots=True)
class Broken:
    """One rule that does not hold. `who`: keys of the members (or codes of methods, outcomes) it is about.

    `about`: the candidate, criterion or set concerned. `what_would_mend`: a sentence for the screen; `mends`: keys of
    people in the pool each of whom would mend it alone, most useful first.
    """

    rule: Rule
    who: tuple[str, ...] = ()
    about: str = ""
    what_would_mend: str = ""
    source: Source = Source.ENTRY
    mends: tuple[str, ...] = field(default=())
