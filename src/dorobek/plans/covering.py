"""Which steps of a plan are no longer needed, because what they were to prove is proven (DP-6, MC-8). Pure."""

from collections.abc import Iterable, Mapping, Set
from typing import Any

from dorobek.plans.gaps.rules import STRONGEST
from dorobek.plans.gaps.shapes import GapLine, GapState, Side


def certified(lines: Iterable[GapLine]) -> frozenset[str]:
    """Codes of lines that are held and that a credential or a commission speaks for."""
    return frozenset(
        line.code
        for line in lines
        if line.state is GapState.HELD
        and any(one.side is Side.FOR and one.origin in STRONGEST for one in line.evidence)
    )


def promised(taken: Mapping[str, Any], gaps: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Codes of the gaps that a thing of a chosen route was to close; older routes name them by their titles alone."""
    if taken.get("gaps"):
        return frozenset(taken["gaps"])
    titles = {str(title) for title, _share in taken.get("closes", ())}
    return frozenset(str(gap["code"]) for gap in gaps if gap.get("title") in titles)


def covered(wanted: Set[str], proven: Set[str]) -> bool:
    """Is everything proven that was to be? What was to close nothing is never covered."""
    return bool(wanted) and wanted <= proven
