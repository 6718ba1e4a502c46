"""How near a person is to qualifications of the register (PF-5): the nearest ones, and one in detail.

What a person has is all that the user may see of them, whatever the case it came from: achievements add up. Ten
statements for the list and for one qualification alike, whatever the number of competences and of entries; the
register's own index and the yardsticks of entries are held in memory and built again when an entry changes.
"""

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from dorobek.audits.models import Episode, SkillsAudit
from dorobek.audits.queries.weave import newest_ratings
from dorobek.credentials.queries.adding_up import Certified, certified_outcomes
from dorobek.people.models import Account
from dorobek.portfolio.models import Competence, Evidence, EvidenceLink
from dorobek.portfolio.readiness import (
    Piece,
    PieceKind,
    Readiness,
    Standing,
    Yardstick,
    measure,
    nearness,
    standing_of,
)
from dorobek.portfolio.readiness.entries import wanted_of
from dorobek.register.enums import Status
from dorobek.register.models import Qualification, QualificationVersion
from dorobek.register.queries.snapshot import Snapshot, snapshot

FRAMEWORK = "zrk"  # the framework of outcomes that belong to qualifications
BEST = 10
SHORTLIST = 40
PER_TEXT = 30  # entries that one text may bring to the shortlist
MOST_ASKED = 400  # entries among which the shortlist is chosen: many have no outcomes and cannot be measured
MOST_STORIES = 20
STORY_LETTERS = 1500  # of a story that are read for the shortlist
KEPT = 400  # yardsticks in memory
_lock = threading.Lock()
_yardsticks: OrderedDict[tuple[str, str], Yardstick] = OrderedDict()


@dataclass(frozen=True)
class Near:
    """A qualification and how much of it the person covers."""

    qualification: Qualification
    readiness: Readiness


@dataclass(frozen=True)
class Closest:
    """The best qualifications, nearest first; `confirmed` counts the person's confirmed competences."""

    confirmed: int
    rows: Sequence[Near]


def closest(user: Account, audit: SkillsAudit) -> Closest:
    """At most ten qualifications that something of the person meets. Nothing while no competence is confirmed."""
    pieces = pieces_of(user, audit)
    confirmed = _confirmed(pieces)
    if not confirmed:
        return Closest(0, ())
    found = _shortlisted(pieces)
    near = [Near(one, measure(stick, pieces)) for one, stick in _with_yardsticks(found)]
    near = [one for one in near if one.readiness.coverage.covered or one.readiness.coverage.told]
    near.sort(key=lambda one: one.qualification.sort_key)
    near.sort(key=lambda one: nearness(one.readiness.coverage), reverse=True)
    return Closest(confirmed, near[:BEST])


def readiness_for(user: Account, audit: SkillsAudit, code: str) -> tuple[int, Near] | None:
    """How many competences are confirmed, and one qualification in detail; None when the register has no such code."""
    found = Qualification.objects.filter(code=code).exclude(current=None)
    pairs = _with_yardsticks(list(_light(found)))
    if not pairs:
        return None
    pieces = pieces_of(user, audit)
    qualification, stick = pairs[0]
    return _confirmed(pieces), Near(qualification, measure(stick, pieces))


def own_readiness(user: Account, audit: SkillsAudit, code: str) -> tuple[int, Near] | None:
    """The same for the person themselves alone: None for somebody else's case, however open it is to the user."""
    return readiness_for(user, audit, code) if audit.person.account_id == user.pk else None


def pieces_of(user: Account, audit: SkillsAudit) -> list[Piece]:
    """Competences, certified outcomes and stories of the person that the user may see. Five statements."""
    competences = list(
        Competence.objects.visible_to(user).filter(person=audit.person_id).select_related("outcome").order_by("id")
    )
    proofs = _proofs(user, audit, [one.pk for one in competences])
    made = [piece for one in competences if (piece := _competence_piece(one, *proofs[one.pk]))]
    made += [_certified_piece(one) for one in certified_outcomes(user, audit.person_id)]
    stories = Episode.objects.visible_to(user).filter(person=audit.person_id).order_by("-id")[:MOST_STORIES]
    return made + [
        Piece(one.uid, PieceKind.EPISODE, one.title, (one.text or one.title,), Standing.TOLD) for one in stories
    ]


def _proofs(user: Account, audit: SkillsAudit, keys: list[int]) -> defaultdict[int, tuple[list[str], list[str]]]:
    """Titles of evidence of each competence: what supports it, and what nobody has rated yet. Two statements."""
    visible = Evidence.objects.visible_to(user).filter(person=audit.person_id, removed_at=None)
    links = list(
        EvidenceLink.objects.filter(competence__in=keys, evidence__in=visible.values("pk"))
        .select_related("evidence")
        .order_by("evidence_id")
    )
    ratings = newest_ratings([link.evidence_id for link in links])
    found: defaultdict[int, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for link in links:
        rating = ratings.get(link.evidence_id)
        supporting, unrated = found[link.competence_id]
        if rating is None:
            unrated.append(link.evidence.title)
        elif rating.supports:
            supporting.append(link.evidence.title)
    return found


def _competence_piece(one: Competence, supporting: list[str], unrated: list[str]) -> Piece | None:
    standing = standing_of(one.state, supporting=len(supporting))
    if standing is None:
        return None
    outcome = one.outcome
    code = outcome.code if outcome and outcome.framework == FRAMEWORK else ""
    return Piece(
        one.uid, PieceKind.COMPETENCE, one.wording, (one.wording,), standing, code, tuple(supporting), tuple(unrated)
    )


def _certified_piece(one: Certified) -> Piece:
    """An outcome of the register that a commission saw: the credential is the evidence, and nobody need rate it."""
    title = one.credential.template_version.design.title_pl
    return Piece(
        one.credential.uid, PieceKind.CREDENTIAL, one.text, (one.text,), Standing.PROVED, one.outcome, proofs=(title,)
    )


def _confirmed(pieces: Iterable[Piece]) -> int:
    return sum(piece.standing >= Standing.HELD for piece in pieces)


def _shortlisted(pieces: Sequence[Piece]) -> list[Qualification]:
    """Entries with outcomes whose words are nearest to what the person has, nearest first. Two statements."""
    held = snapshot()
    scores = _scores(held, pieces)
    keys = [int(held.keys[row]) for row, _score in sorted(scores.items(), key=lambda one: (-one[1], one[0]))]
    asked = Qualification.objects.filter(pk__in=keys[:MOST_ASKED], outcome_count__gt=0).exclude(current=None)
    found = {one.pk: one for one in _light(asked.exclude(status=Status.ARCHIVED))}
    return [found[key] for key in keys if key in found][:SHORTLIST]


def _scores(held: Snapshot, pieces: Sequence[Piece]) -> dict[int, float]:
    """Rows of the snapshot that any text leads to; what is confirmed weighs twice what is only told."""
    scores: dict[int, float] = defaultdict(float)
    for piece in pieces:
        weight = 1.0 if piece.standing >= Standing.HELD else 0.5
        for one in held.index.suggest(" ".join(piece.texts)[:STORY_LETTERS], limit=PER_TEXT):
            scores[int(one.code)] += weight * one.score
    return scores


def _light(found: QuerySet[Qualification]) -> QuerySet[Qualification]:
    """With what names the newest version, without its long data."""
    return found.select_related("current").defer("search_text", "current__data", "current__changes", "current__remarks")


def _with_yardsticks(found: Sequence[Qualification]) -> list[tuple[Qualification, Yardstick]]:
    """Each with the yardstick of its newest version. One statement, none when all are in memory."""
    marks = {one.pk: (one.code, one.current.digest) for one in found if one.current}
    with _lock:
        held = {mark: _yardsticks[mark] for mark in marks.values() if mark in _yardsticks}
    unknown = [one.current.pk for one in found if one.current and marks[one.pk] not in held]
    if unknown:
        for version in QualificationVersion.objects.filter(pk__in=unknown).only("qualification_id", "data"):
            held[marks[version.qualification_id]] = Yardstick.of(wanted_of(version.entry))
    with _lock:
        for mark, stick in held.items():
            _yardsticks[mark] = stick
            _yardsticks.move_to_end(mark)
        while len(_yardsticks) > KEPT:
            _yardsticks.popitem(last=False)
    return [(one, held[marks[one.pk]]) for one in found if one.pk in marks]
