"""Reads of the portfolio, each with a known number of SQL statements."""

import uuid

from django.db.models import OuterRef, QuerySet, Subquery

from dorobek.people.models import Account
from dorobek.portfolio.models import Competence, EvidenceLink, EvidenceRating


def competences_of_case(user: Account, case_uid: uuid.UUID) -> QuerySet[Competence]:
    """Competences of a case that the user may see, in the adviser's order. One statement."""
    visible: QuerySet[Competence] = Competence.objects.visible_to(user).filter(case_uid=case_uid)
    return visible.select_related("outcome", "answered_assisted_by")


def waiting_for_answer(user: Account, case_uid: uuid.UUID) -> QuerySet[Competence]:
    """Competences sent to the participant and not yet answered. One statement."""
    return competences_of_case(user, case_uid).filter(state="claimed", asked_at__isnull=False)


def has_supporting_evidence(competence: Competence) -> bool:
    """True when the newest rating of some evidence answers no question with no. Two statements."""
    newest = EvidenceRating.objects.filter(evidence=OuterRef("evidence_id")).order_by("-rated_at", "-id")
    links = EvidenceLink.objects.filter(competence=competence, evidence__removed_at=None)
    ratings = list(links.values_list(Subquery(newest.values("id")[:1]), flat=True))
    return any(rating.supports for rating in EvidenceRating.objects.filter(pk__in=ratings))
