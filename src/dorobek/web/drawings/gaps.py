"""The gap picture drawn: one square for each outcome, told apart by its pattern, in colour and in black and white.

Held is filled, only a proof missing is hatched, held in part is striped, contradicted is crossed, missing is dashed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from dorobek.plans.gaps.shapes import GapState
from dorobek.web.drawings import svg

SIDE, STEP, PER_ROW, NUMBER = 24.0, 34.0, 10, 13.0
WIDTH = PER_ROW * STEP + 4
ORDER = (GapState.HELD, GapState.UNPROVEN, GapState.PARTLY, GapState.CONTRADICTED, GapState.MISSING)
DENSE, WIDE = 6.0, 5.0
MOST_COLUMNS = 16
TALL, COLUMN, LEFT, TOP, BOTTOM = 200.0, 30.0, 40.0, 24.0, 30.0


@dataclass(frozen=True)
class Row:
    """Squares of one weight: its name, and the number in the table with the state of each line."""

    label: str
    lines: Sequence[tuple[int, GapState]]


@dataclass(frozen=True)
class Column:
    """The counts of one day."""

    label: str
    counts: Mapping[GapState, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def names() -> dict[GapState, str]:
    """What each state is called beside the drawing."""
    return {
        GapState.HELD: _("jest, z dowodem"),
        GapState.UNPROVEN: _("jest, brakuje tylko dowodu"),
        GapState.PARTLY: _("jest w części"),
        GapState.CONTRADICTED: _("źródła się nie zgadzają"),
        GapState.MISSING: _("brakuje"),
    }


def gap_chart(rows: Sequence[Row]) -> SafeString:
    """All lines, by weight; the numbers are those of the table beneath."""
    body, top = "", 6.0
    for row in rows:
        body += svg.text(2, top + 13, f"{row.label}: {len(row.lines)}", "strong")
        top += 24
        for at, (number, state) in enumerate(row.lines):
            x, y = at % PER_ROW * STEP + 2, top + at // PER_ROW * (STEP + NUMBER)
            body += svg.text(x + SIDE / 2, y + 10, str(number), "soft", "middle")
            body += patterned(x, y + NUMBER, SIDE, SIDE, state)
        top += -(-len(row.lines) // PER_ROW) * (STEP + NUMBER) + 8
    picture = svg.drawing(WIDTH, max(top, 40), _("Czego trzeba, a co już jest"), _told(rows), body, "draw--gaps")
    return mark_safe(picture)


def gap_mark(state: GapState) -> SafeString:
    """One square for the legend and for a row of the table; the words stand beside it."""
    return mark_safe(
        f'<svg class="draw draw--mark" viewBox="0 0 {svg.number(SIDE + 2)} {svg.number(SIDE + 2)}" aria-hidden="true" '
        f'focusable="false">{patterned(1, 1, SIDE, SIDE, state)}</svg>'
    )


def gap_history(columns: Sequence[Column]) -> SafeString:
    """What was missing when: a column for each day on which the counts changed, the newest sixteen."""
    shown = columns[-MOST_COLUMNS:]
    most = max((one.total for one in shown), default=0) or 1
    width = LEFT + len(shown) * COLUMN * 2 + 20
    body = svg.path(f"M{svg.number(LEFT)} {svg.number(TOP + TALL)}H{svg.number(width - 4)}", "axis")
    body += svg.text(LEFT - 8, TOP + 4, str(most), "soft", "end") + svg.text(LEFT - 8, TOP + TALL, "0", "soft", "end")
    for at, one in enumerate(shown):
        x = LEFT + 14 + at * COLUMN * 2
        body += _stack(one, x, most)
        body += svg.text(x + COLUMN / 2, TOP + TALL + 18, one.label, "soft", "middle")
    told = "; ".join(f"{one.label}: {_counted(one.counts)}" for one in shown)
    return mark_safe(svg.drawing(width, TOP + TALL + BOTTOM, _("Czego brakowało i kiedy"), told, body, "draw--history"))


def _stack(one: Column, x: float, most: int) -> str:
    body, low = "", TOP + TALL
    for state in ORDER:
        height = TALL * one.counts.get(state, 0) / most
        if height:
            low -= height
            body += patterned(x, low, COLUMN, height, state)
    return body + svg.text(
        x + COLUMN / 2, low - 6, str(one.total - one.counts.get(GapState.HELD, 0)), "strong", "middle"
    )


def patterned(x: float, y: float, width: float, height: float, state: GapState) -> str:
    """A rectangle in the pattern of a state."""
    if state is GapState.HELD:
        return svg.rect(x, y, width, height, "held", 0)
    if state is GapState.MISSING:
        return svg.rect(x, y, width, height, "none", 0)
    lines = {
        GapState.UNPROVEN: _rising(x, y, width, height),
        GapState.PARTLY: _level(x, y, width, height),
        GapState.CONTRADICTED: _crossed(x, y, width, height),
    }[state]
    return svg.rect(x, y, width, height, "said", 0) + (svg.path(lines, "hatch") if lines else "")


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f"M{svg.number(x)} {svg.number(y)}L{svg.number(to_x)} {svg.number(to_y)}"


def _rising(x: float, y: float, width: float, height: float) -> str:
    """Lines from the lower left to the upper right, cut at the edges."""
    found, at = "", DENSE
    while at < width + height:
        start = (x, y + at) if at <= height else (x + at - height, y + height)
        end = (x + at, y) if at <= width else (x + width, y + at - width)
        found += _line(*start, *end)
        at += DENSE
    return found


def _level(x: float, y: float, width: float, height: float) -> str:
    count = int((height - 1) // WIDE)
    return "".join(_line(x, y + WIDE * n, x + width, y + WIDE * n) for n in range(1, count + 1))


def _crossed(x: float, y: float, width: float, height: float) -> str:
    return _line(x, y, x + width, y + height) + _line(x + width, y, x, y + height)


def _told(rows: Sequence[Row]) -> str:
    parts = []
    for row in rows:
        counts = {state: sum(one is state for _number, one in row.lines) for state in ORDER}
        parts.append(f"{row.label}: {_counted(counts)}")
    return "; ".join(parts)


def _counted(counts: Mapping[GapState, int]) -> str:
    called = names()
    return ", ".join(f"{called[state]} {counts.get(state, 0)}" for state in ORDER if counts.get(state, 0)) or _("nic")
