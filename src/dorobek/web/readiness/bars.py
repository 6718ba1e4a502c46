"""A plain bar of a coverage: proved filled, held hatched, only told outlined, missing dashed."""

from django.utils.safestring import SafeString, mark_safe

from dorobek.portfolio.readiness import Coverage
from dorobek.web.drawings import svg

WIDTH, HEIGHT, EDGE, STEP = 216.0, 18.0, 1.0, 6.0


def bar(coverage: Coverage) -> SafeString:
    """The drawing alone, hidden from screen readers: the sentence that belongs beside it says the same."""
    body, left = "", EDGE
    room = WIDTH - 2 * EDGE
    for name in ("proved", "held", "told", "missing"):
        width = room * getattr(coverage, name) / coverage.total if coverage.total else 0.0
        if width:
            body += _part(name, left, width)
        left += width
    picture = (
        f'<svg class="draw draw--mini" viewBox="0 0 {svg.number(WIDTH)} {svg.number(HEIGHT)}" '
        f'aria-hidden="true" focusable="false">{body}</svg>'
    )
    return mark_safe(picture)


def _part(name: str, left: float, width: float) -> str:
    looks = {"proved": "held", "held": "said", "told": "said", "missing": "none"}
    shape = svg.rect(left, EDGE, width, HEIGHT - 2 * EDGE, looks[name], 0)
    if name != "held":
        return shape
    low, high = svg.number(HEIGHT - EDGE), svg.number(EDGE)
    places = [left + STEP * n for n in range(int((width - STEP) // STEP) + 1)]
    lines = "".join(f"M{svg.number(at)} {low}L{svg.number(at + STEP)} {high}" for at in places)
    return shape + svg.path(lines, "hatch") if lines else shape
