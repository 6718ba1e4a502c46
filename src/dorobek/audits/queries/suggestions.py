"""Suggestions from a person's own words (SA-9, MT-1, MT-3): from the catalogue and from ESCO, each with its reason.

Which words met which description, through which occupation, and how often advisers here chose the same for similar
words (MT-4). Without ESCO the catalogue alone answers; with neither fitting there is no suggestion.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dorobek.audits.models import Episode, LifeEvent, RejectedSuggestion, SkillsAudit
from dorobek.matching import Index, Match
from dorobek.matching.feedback import Weighed, weighed
from dorobek.matching.ranking import strength_of
from dorobek.matching.types import Language
from dorobek.portfolio.models import Competence
from dorobek.portfolio.queries_choices import choices_for
from dorobek.register.actions.adopting import ESCO, outcome_of
from dorobek.register.models import LearningOutcome
from dorobek.register.queries import outcome_index
from dorobek.register.queries.esco import from_esco

MOST = 6
DEEPER = 12  # suggestions beyond those shown that choices of advisers may lift


@dataclass(frozen=True)
class Piece:
    """A stretch of the person's text; `numbers` name the suggestions it led to."""

    text: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """A suggestion with its learning outcome, the pairs of words that met, and its other reasons.

    An outcome of ESCO is not stored until somebody takes it or puts it aside. `through`: titles of occupations;
    `chosen`: how often advisers took it for similar words.
    """

    number: int
    outcome: LearningOutcome
    strength: str
    pairs: tuple[tuple[str, str], ...]
    matches: tuple[Match, ...] = ()
    through: tuple[str, ...] = ()
    chosen: int = 0

    @property
    def of_esco(self) -> bool:
        return self.outcome.framework == ESCO


@dataclass(frozen=True)
class _Found:
    """One thing found, before it has its number."""

    outcome: LearningOutcome
    score: float
    matches: tuple[Match, ...]
    through: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.outcome.framework}:{self.outcome.code}"


def text_of(thing: Episode | LifeEvent) -> str:
    """What was told in an episode or a life event."""
    if isinstance(thing, Episode):
        return thing.text or thing.title
    return "\n".join(part for part in (thing.title, thing.duties, thing.outcomes, thing.note) if part)


def proposals(audit: SkillsAudit, text: str, language: Language) -> tuple[list[Proposal], list[Piece]]:
    """Suggestions for a text, without those rejected or already drawn, and the text cut where words met.

    Of the catalogue first, then of ESCO. Seven statements at most, eleven with ESCO.
    """
    rejected = RejectedSuggestion.objects.filter(audit=audit)
    drawn = Competence.objects.filter(case_uid=audit.uid).exclude(outcome=None)
    names = ("outcome__framework", "outcome__code")
    aside = {f"{framework}:{code}" for rows in (rejected, drawn) for framework, code in rows.values_list(*names)}
    made = [
        Proposal(number, one.one.outcome, strength_of(one.score), _pairs(one.one.matches), one.one.matches,
                 one.one.through, one.chosen)
        for number, one in enumerate(_weighed(text, language, aside), start=1)
    ]  # fmt: skip
    return made, _pieces(text, made)


def words_that_met(text: str, language: Language, outcome: LearningOutcome) -> set[str]:
    """Stems of the words of a text by which it would lead to an outcome; none when it would not."""
    wanted = f"{outcome.framework}:{outcome.code}"
    index = outcome_index(language)
    found = _of_esco(text, language, index, set()) if outcome.framework == ESCO else _of_catalogue(text, index)
    return next((_stems(one, index) for one in found if one.key == wanted), set())


def _weighed(text: str, language: Language, aside: set[str]) -> list[Weighed[_Found]]:
    """What is shown of both sources, each in the order that choices of advisers give it."""
    index = outcome_index(language)
    catalogue = [one for one in _of_catalogue(text, index, len(aside)) if one.key not in aside]
    esco = [one for one in _of_esco(text, language, index, aside) if one.key not in aside]
    known = choices_for(language, [one.key for one in (*catalogue, *esco)], index.stems_in(text))
    shown: list[Weighed[_Found]] = []
    for found in (catalogue, esco):
        ranked = weighed(
            found, known, concept=lambda f: f.key, stems=lambda f: _stems(f, index), score=lambda f: f.score
        )
        shown += ranked[:MOST]
    return shown


def _of_catalogue(text: str, index: Index, more: int = 0) -> list[_Found]:
    found = index.suggest(text, limit=MOST + DEEPER + more)
    outcomes = LearningOutcome.objects.in_bulk([int(one.code) for one in found])
    return [_Found(outcomes[int(one.code)], one.score, one.matches) for one in found]


def _of_esco(text: str, language: Language, index: Index, aside: set[str]) -> list[_Found]:
    codes = {key.partition(":")[2] for key in aside if key.startswith(f"{ESCO}:")}
    found = from_esco(text, language, MOST + DEEPER, index, without=codes)
    ways = {one.concept.pk: one.suggestion.matches for one in found.occupations}
    made = []
    for skill in found.skills:
        through = tuple(one.label(language) for one in skill.through)
        matches = skill.led.matches or next((ways[one.pk] for one in skill.through if one.pk in ways), ())
        made.append(_Found(outcome_of(skill.concept), skill.led.score, matches, through))
    return made


def _stems(found: _Found, index: Index) -> set[str]:
    """Stems of the words that met, as far as the catalogue's own words hold them: never a name that a person typed."""
    return index.stems_in(" ".join(match.words_in_text for match in found.matches))


def _pairs(matches: Iterable[Match]) -> tuple[tuple[str, str], ...]:
    pairs = [(match.words_in_text, match.words_in_concept) for match in matches]
    return tuple(dict.fromkeys(pairs))[:3]


def _pieces(text: str, made: list[Proposal]) -> list[Piece]:
    """The text in order, cut at every place where a match begins or ends."""
    marks: dict[int, set[int]] = defaultdict(set)
    for proposal in made:
        for match in proposal.matches:
            for place in range(match.text_start, match.text_end):
                marks[place].add(proposal.number)
    pieces: list[Piece] = []
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or marks.get(place, set()) != marks.get(start, set()):
            pieces.append(Piece(text[start:place], tuple(sorted(marks.get(start, ())))))
            start = place
    return pieces
