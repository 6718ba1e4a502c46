"""Money side by side: for each row an outlined, a filled and a dashed bar, told apart without colour."""

from collections.abc import Sequence

from django.utils.safestring import SafeString, mark_safe

from dorobek.web.drawings import svg
from dorobek.web.typography import money

LOOKS = ("said", "held", "none")
# As wide as a phone shows at full size: the label stands above its bars, not beside them.
WIDTH, RIGHT = 358.0, 92.0
LABEL, BAR, GAP, TOP = 20.0, 14.0, 10.0, 30.0


def bars(title: str, names: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]]) -> SafeString:
    """`names`: of the three bars; `rows`: a label and three amounts in grosze each. Negative amounts draw nothing."""
    most = max((amount for _label, amounts in rows for amount in amounts), default=0) or 1
    step = LABEL + len(LOOKS) * BAR + GAP
    height = TOP + len(rows) * step
    shapes = _legend(names)
    for index, (label, amounts) in enumerate(rows):
        top = TOP + index * step + LABEL
        shapes += svg.text(0, top - 5, svg.shortened(label, WIDTH), "strong")
        for number, amount in enumerate(amounts[: len(LOOKS)]):
            long = max(0, amount) / most * (WIDTH - RIGHT)
            y = top + number * BAR
            if long:
                shapes += svg.rect(1, y + 1, max(long, 1.5), BAR - 3, LOOKS[number], 0)
            shapes += svg.text(long + 7, y + BAR - 3, money(amount), "soft")
    told = "; ".join(
        f"{label}: " + ", ".join(f"{name} {money(amount)}" for name, amount in zip(names, amounts, strict=False))
        for label, amounts in rows
    )
    return mark_safe(svg.drawing(WIDTH, height, title, told, shapes, "draw--bars"))


def _legend(names: Sequence[str]) -> str:
    shapes, x = "", 1.0
    for name, look in zip(names, LOOKS, strict=False):
        shapes += svg.rect(x, 7, 18, BAR - 3, look, 0) + svg.text(x + 25, 17, name)
        x += 45 + svg.width_of(name)
    return shapes
