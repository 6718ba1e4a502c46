"""The weave: what each competence rests on, and what shows it. Five statements, whatever their number."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from dorobek.audits.models import CompetenceSource, Episode, LifeEvent, SkillsAudit
from dorobek.instruments.enums import Level
from dorobek.instruments.models import ScaleResult
from dorobek.people.models import Account
from dorobek.portfolio import rules
from dorobek.portfolio.models import Competence, Evidence, EvidenceLink, EvidenceRating
from dorobek.portfolio.queries import competences_of_case

LOW_LEVELS = (Level.VERY_LOW, Level.LOW)


@dataclass
class Strand:
    """A piece of evidence with its newest rating, if any."""

    evidence: Evidence
    rating: EvidenceRating | None


@dataclass
class Weave:
    """One competence with both its sides."""

    competence: Competence
    episodes: list[Episode] = field(default_factory=list)
    events: list[LifeEvent] = field(default_factory=list)
    proofs: list[Strand] = field(default_factory=list)
    results: list[ScaleResult] = field(default_factory=list)

    @property
    def missing(self) -> list[str]:
        """Codes of what is missing or contradicts (portfolio.rules.missing)."""
        rated = [proof.rating for proof in self.proofs if proof.rating]
        return rules.missing(
            rules.Support(
                sources=len(self.episodes) + len(self.events),
                evidence=len(self.proofs),
                supporting=sum(rating.supports for rating in rated),
                rated_against=sum(not rating.supports for rating in rated),
                low_results=sum(result.level in LOW_LEVELS for result in self.results),
                state=self.competence.state,
            )
        )


def newest_ratings(evidence_ids: list[int]) -> dict[int, EvidenceRating]:
    """The newest rating of each piece of evidence, by its key. One statement."""
    ratings = EvidenceRating.objects.filter(evidence_id__in=evidence_ids).order_by("rated_at", "id")
    return {rating.evidence_id: rating for rating in ratings.select_related("rated_by")}


def weaves(user: Account, audit: SkillsAudit) -> list[Weave]:
    """Every competence of the case that the user may see, in the adviser's order."""
    found = {c.pk: Weave(c) for c in competences_of_case(user, audit.uid)}
    sources = CompetenceSource.objects.filter(competence__in=found).select_related("episode", "life_event")
    for source in sources.order_by("id"):
        weave = found[source.competence_id]
        weave.episodes += [source.episode] if source.episode else []
        weave.events += [source.life_event] if source.life_event else []
    links = EvidenceLink.objects.filter(competence__in=found, evidence__removed_at=None)
    linked: dict[int, list[Evidence]] = defaultdict(list)
    for link in links.select_related("evidence__file").order_by("evidence_id"):
        linked[link.competence_id].append(link.evidence)
    ratings = newest_ratings([evidence.pk for group in linked.values() for evidence in group])
    for key, group in linked.items():
        found[key].proofs = [Strand(evidence, ratings.get(evidence.pk)) for evidence in group]
    for result in ScaleResult.objects.filter(competence__in=found).select_related("result"):
        found[result.competence_id].results.append(result)  # type: ignore[index]
    return list(found.values())


FILTERS: dict[str, Any] = {
    "wszystkie": lambda weave: True,
    "potwierdzone": lambda weave: weave.competence.is_confirmed,
    "sporne": lambda weave: weave.competence.is_disputed,
    "bez-dowodu": lambda weave: not weave.proofs,
    "do-analizy": lambda weave: weave.competence.for_analysis,
}
