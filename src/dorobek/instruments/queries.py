"""Reads of results."""

import uuid

from django.db.models import Prefetch, QuerySet

from dorobek.instruments.models import ExternalResult, ScaleResult
from dorobek.people.models import Account


def results_of_case(user: Account, case_uid: uuid.UUID) -> QuerySet[ExternalResult]:
    """Results of a case that the user may see, newest first, with their scales. Two statements."""
    visible: QuerySet[ExternalResult] = ExternalResult.objects.visible_to(user).filter(case_uid=case_uid)
    scales = ScaleResult.objects.select_related("competence")
    return visible.select_related("scan", "author").prefetch_related(Prefetch("scales", queryset=scales))
