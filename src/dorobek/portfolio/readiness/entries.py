"""The outcomes of a register entry as the rules of readiness take them."""

from dorobek.portfolio.readiness.shapes import WantedCriterion, WantedOutcome
from dorobek.register.entry import Entry


def wanted_of(entry: Entry) -> list[WantedOutcome]:
    """Every outcome of the entry, in its order; codes as the register gives them (90001-1-2)."""
    return [
        WantedOutcome(
            code=f"{entry.code}-{group.number}-{one.number}",
            number=f"{group.number}.{one.number}",
            title=one.pl,
            title_en=one.en,
            group=group.pl,
            group_en=group.en,
            criteria=tuple(WantedCriterion(each.letter, each.pl, each.en) for each in one.criteria),
        )
        for group in entry.sets
        for one in group.outcomes
    ]
