"""What advisers take and put aside, counted for the matcher of this installation (MT-4)."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import F

from dorobek.portfolio.models import MatchChoice

MOST_STEMS = 12


@transaction.atomic
def note_choice(*, language: str, outcome: str, stems: Collection[str], accepted: bool) -> int:
    """Count one decision about an outcome ("framework:code") for each stem that met it; how many were counted.

    Whoever calls has decided that the acting user may decide; who it was is not kept.
    """
    kept = sorted(stem for stem in set(stems) if 0 < len(stem) <= 60)[:MOST_STEMS]
    fresh = [MatchChoice(language=language, outcome=outcome, stem=stem) for stem in kept]
    MatchChoice.objects.bulk_create(fresh, ignore_conflicts=True)
    column = "accepted" if accepted else "rejected"
    return MatchChoice.objects.filter(language=language, outcome=outcome, stem__in=kept).update(
        **{column: F(column) + 1}
    )


@transaction.atomic
def forget_choices() -> int:
    """Put the matcher back to what it was before anybody chose; how many counts were removed."""
    return MatchChoice.objects.all().delete()[0]
