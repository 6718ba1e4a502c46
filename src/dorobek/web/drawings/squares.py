"""Counted, not averaged: one square for each thing, filled when it is done."""

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from dorobek.web.drawings import svg

SIDE, STEP, PER_ROW = 22.0, 28.0, 12


def squares(done: int, total: int) -> SafeString:
    """`done` filled squares out of `total`, twelve in a row; nothing at all is one sentence of the label."""
    total = max(total, 0)
    done = min(max(done, 0), total)
    shapes = "".join(
        svg.rect(
            index % PER_ROW * STEP + 1, index // PER_ROW * STEP + 1, SIDE, SIDE, "held" if index < done else "none", 0
        )
        for index in range(total)
    )
    columns, rows = max(min(total, PER_ROW), 1), max(-(-total // PER_ROW), 1)
    title = _("%(done)d z %(total)d") % {"done": done, "total": total}
    width, height = columns * STEP - STEP + SIDE + 2, rows * STEP - STEP + SIDE + 2
    picture = (
        f'<svg class="draw draw--squares" viewBox="0 0 {svg.number(width)} {svg.number(height)}" role="img" '
        f'aria-label="{svg.clean(title)}"><title>{svg.clean(title)}</title>{shapes}</svg>'
    )
    return mark_safe(picture)
