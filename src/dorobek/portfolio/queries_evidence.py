"""Reads of evidence."""

import uuid

from django.db.models import Prefetch, QuerySet

from dorobek.people.models import Account
from dorobek.portfolio.models import Evidence, EvidenceRating


def evidence_of_case(user: Account, case_uid: uuid.UUID) -> QuerySet[Evidence]:
    """Evidence of a case that the user may see, newest first, with files, competences and ratings. Three statements."""
    visible: QuerySet[Evidence] = Evidence.objects.visible_to(user).filter(case_uid=case_uid, removed_at=None)
    ratings = EvidenceRating.objects.select_related("rated_by").order_by("-rated_at", "-id")
    return (
        visible.select_related("file", "author", "seen_by")
        .prefetch_related("competences", Prefetch("ratings", queryset=ratings))
        .order_by("-id")
    )
