"""Money side by side: for each row an outlined, a filled and a dashed bar, told apart without colour."""

from collections.abc import Sequence

from django.utils.safestring import SafeString, mark_safe

from dorobek.web.drawings import svg
from dorobek.web.typography import money

LOOKS = ("said", "held", "none")
WIDTH, LEFT, RIGHT = 700.0, 190.0, 110.0
BAR, GAP, TOP = 12.0, 12.0, 34.0


def bars(title: str, names: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]]) -> SafeString:
    """`names`: of the three bars; `rows`: a label and three amounts in grosze each. Negative amounts draw nothing."""
    most = max((amount for _label, amounts in rows for amount in amounts), default=0) or 1
    height = TOP + len(rows) * (len(LOOKS) * BAR + GAP) + 4
    shapes = _legend(names)
    for index, (label, amounts) in enumerate(rows):
        top = TOP + index * (len(LOOKS) * BAR + GAP)
        shapes += svg.text(LEFT - 10, top + BAR * 2, svg.shortened(label, LEFT - 14), anchor="end")
        for number, amount in enumerate(amounts[: len(LOOKS)]):
            long = max(0, amount) / most * (WIDTH - LEFT - RIGHT)
            y = top + number * BAR
            if long:
                shapes += svg.rect(LEFT, y + 1, max(long, 1.5), BAR - 3, LOOKS[number], 0)
            shapes += svg.text(LEFT + long + 6, y + BAR - 2, money(amount), "soft")
    told = "; ".join(
        f"{label}: " + ", ".join(f"{name} {money(amount)}" for name, amount in zip(names, amounts, strict=False))
        for label, amounts in rows
    )
    return mark_safe(svg.drawing(WIDTH, height, title, told, shapes, "draw--chart"))


def _legend(names: Sequence[str]) -> str:
    shapes, x = "", LEFT
    for name, look in zip(names, LOOKS, strict=False):
        shapes += svg.rect(x, 7, 18, BAR - 3, look, 0) + svg.text(x + 25, 17, name)
        x += 45 + svg.width_of(name)
    return shapes
