"""Evidence of an application: what readiness finds for each criterion, what is attached, what else is held (VA-1)."""

import uuid
from collections import defaultdict
from collections.abc import Iterable

from dorobek.audits.models import Episode, SkillsAudit
from dorobek.audits.queries.readiness import pieces_of
from dorobek.audits.queries.weave import newest_ratings
from dorobek.people.models import Account, Person
from dorobek.portfolio.enums import EvidenceKind
from dorobek.portfolio.models import Evidence, EvidenceLink
from dorobek.portfolio.readiness import Meeting, PieceKind, Readiness, Yardstick, measure
from dorobek.portfolio.readiness.entries import wanted_of
from dorobek.register.entry import Entry
from dorobek.validation.models import Application, MappedEvidence
from dorobek.validation.models.crediting import gone
from dorobek.validation.queries.proposing import criteria_met

MOST_FOR_CRITERION = 5
MOST_LOOSE = 200


def readiness_of(user: Account, person: Person, entry: Entry) -> Readiness | None:
    """How far the person's own record covers the entry; None for somebody else and for who never had an audit.

    Six statements.
    """
    if person.account_id != user.pk:
        return None
    audit = SkillsAudit.objects.visible_to(user).filter(person=person).order_by("-pk").first()
    return measure(Yardstick.of(wanted_of(entry)), pieces_of(user, audit)) if audit is not None else None


def evidence_found(user: Account, person: Person, entry: Entry) -> dict[str, list[Evidence]]:
    """Criterion -> pieces of the person's portfolio that support what meets it, for one's own record alone.

    Besides what an audit found, pieces that support no competence speak by their own title and description, so that
    somebody without an audit has proposals too. A piece that an adviser found not to support its competence is left
    out. Twelve statements.
    """
    if person.account_id != user.pk:
        return {}
    meeting = _met(readiness_of(user, person, entry))
    sources = _sources(user, person, [each for because in meeting.values() for each in because])
    found: dict[str, dict[int, Evidence]] = defaultdict(dict)
    for code, because in meeting.items():
        found[code] |= {piece.pk: piece for one in because for piece in sources.get(one.piece.uid, ())}
    for piece in loose_pieces(user, person):
        for code in criteria_met(entry, own_words(piece)):
            found[code].setdefault(piece.pk, piece)
    return {code: list(pieces.values())[:MOST_FOR_CRITERION] for code, pieces in found.items() if pieces}


def _met(readiness: Readiness | None) -> dict[str, tuple[Meeting, ...]]:
    """Code of criterion -> what meets it; an outcome without criteria is its own."""
    found: dict[str, tuple[Meeting, ...]] = {}
    for outcome in readiness.outcomes if readiness is not None else ():
        number = outcome.wanted.number
        for one in outcome.criteria:
            found[f"{number}.{one.wanted.letter}"] = one.because
        if not outcome.criteria:
            found[number] = outcome.because
    return found


def loose_pieces(user: Account, person: Person) -> list[Evidence]:
    """One's own pieces that nothing was said about but what they say themselves: no competence, no story, no credential.

    One statement.
    """
    own = Evidence.objects.visible_to(user).filter(person=person, removed_at=None, links=None, episodes=None)
    return list(own.exclude(kind=EvidenceKind.CREDENTIAL).order_by("pk")[:MOST_LOOSE])


def own_words(piece: Evidence) -> str:
    """What its owner wrote about a piece, for the matcher."""
    return ". ".join(part for part in (piece.title, piece.description) if part)


def _sources(user: Account, person: Person, meetings: Iterable[Meeting]) -> dict[uuid.UUID, list[Evidence]]:
    """Evidence of each competence and story, as far as the user may see it; ratings that say no keep a piece out."""
    competences = {one.piece.uid for one in meetings if one.piece.kind is PieceKind.COMPETENCE}
    stories = {one.piece.uid for one in meetings if one.piece.kind is PieceKind.EPISODE}
    held = Evidence.objects.visible_to(user).filter(person=person, removed_at=None)
    found: dict[uuid.UUID, list[Evidence]] = defaultdict(list)
    links = EvidenceLink.objects.filter(competence__uid__in=competences, evidence__in=held.values("pk"))
    for link in links.select_related("evidence", "competence").order_by("evidence_id"):
        found[link.competence.uid].append(link.evidence)
    told = Episode.objects.visible_to(user).filter(uid__in=stories).prefetch_related("evidence")
    for story in told.order_by("pk"):
        found[story.uid] += [one for one in story.evidence.all() if one.removed_at is None]
    ratings = newest_ratings([one.pk for pieces in found.values() for one in pieces])
    return {
        uid: [one for one in pieces if one.pk not in ratings or ratings[one.pk].supports]
        for uid, pieces in found.items()
    }


def attached(application: Application, user: Account) -> dict[str, list[Evidence]]:
    """Criterion -> pieces attached to it, with files; for everybody who may see the application. Two statements.

    What its owner has taken out of the portfolio or of the wallet since is not shown any more.
    """
    if not Application.objects.visible_to(user).filter(pk=application.pk).exists():
        return {}
    return laid_out(application, "file", "seen_by", "credential_piece")


def laid_out(application: Application, *related: str) -> dict[str, list[Evidence]]:
    """Criterion -> pieces beside it, without those taken away since. `related`: what is read with each. One statement.

    For whoever may see the application: the caller has asked.
    """
    rows = MappedEvidence.objects.filter(application=application, evidence__removed_at=None).exclude(gone())
    found: dict[str, list[Evidence]] = defaultdict(list)
    for one in rows.select_related(*(f"evidence__{name}" for name in related)).order_by("criterion", "pk"):
        found[one.criterion].append(one.evidence)
    return dict(found)


def attachable(application: Application, user: Account) -> list[Evidence]:
    """Pieces that this user may put beside a criterion: the candidate all their own, others those attached already."""
    if application.person.account_id == user.pk:
        own = Evidence.objects.visible_to(user).filter(person=application.person_id, removed_at=None)
        return list(own.exclude(gone("")).select_related("credential_piece").order_by("title", "pk"))
    pieces = {one.pk: one for listed in attached(application, user).values() for one in listed}
    return sorted(pieces.values(), key=lambda one: (one.title, one.pk))
