"""What a route closes, stitch by stitch: a cross for closed, half a cross for in part, an empty square for left."""

from collections.abc import Sequence

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from dorobek.web.drawings import svg

SIDE, STEP, PER_ROW, INSET = 22.0, 28.0, 8, 4.4
FULL = 100


def stitches(gaps: Sequence[tuple[int, int]], name: str) -> SafeString:
    """One square for each gap, in the order of the gap table: (percent held, percent that the route closes)."""
    whole = sum(held + closed >= FULL for held, closed in gaps)
    part = sum(closed > 0 and held + closed < FULL for held, closed in gaps)
    title = _("Droga %(name)s: zamyka %(whole)d z %(all)d, w części %(part)d") % {
        "name": name, "whole": whole, "all": len(gaps), "part": part,
    }  # fmt: skip
    shapes = "".join(_stitch(at, held, closed) for at, (held, closed) in enumerate(gaps))
    rows = max(-(-len(gaps) // PER_ROW), 1)
    width, height = PER_ROW * STEP - STEP + SIDE + 2, rows * STEP - STEP + SIDE + 2
    return mark_safe(
        f'<svg class="draw draw--mini" viewBox="0 0 {svg.number(width)} {svg.number(height)}" role="img" '
        f'aria-label="{svg.clean(title)}"><title>{svg.clean(title)}</title>{shapes}</svg>'
    )


def _stitch(at: int, held: int, closed: int) -> str:
    x, y = at % PER_ROW * STEP + 1, at // PER_ROW * STEP + 1
    square = svg.rect(x, y, SIDE, SIDE, "none", 0)
    near, far = INSET, SIDE - INSET
    if not closed:
        return square
    marks = f"M{svg.number(x + near)} {svg.number(y + near)}L{svg.number(x + far)} {svg.number(y + far)}"
    if held + closed >= FULL:
        marks += f"M{svg.number(x + far)} {svg.number(y + near)}L{svg.number(x + near)} {svg.number(y + far)}"
    return square + svg.path(marks, "cross")
