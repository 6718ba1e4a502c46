"""Reads of what advisers took and put aside, for the matcher (MT-4)."""

from collections import defaultdict
from collections.abc import Collection

from dorobek.matching.feedback import Choices
from dorobek.portfolio.models import MatchChoice


def choices_for(language: str, outcomes: Collection[str], stems: Collection[str]) -> dict[str, dict[str, Choices]]:
    """Counts by outcome ("framework:code") and stem. One statement; none when nothing is asked."""
    found: dict[str, dict[str, Choices]] = defaultdict(dict)
    if not outcomes or not stems:
        return found
    rows = MatchChoice.objects.filter(language=language, outcome__in=outcomes, stem__in=stems)
    for outcome, stem, accepted, rejected in rows.values_list("outcome", "stem", "accepted", "rejected"):
        found[outcome][stem] = Choices(accepted, rejected)
    return found
