"""Progress towards a goal on the scale from 1 to 10, over time (DP-1). Marks are counted, never averaged."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from dorobek.web.drawings import svg
from dorobek.web.typography import short_day

WIDTH, HEIGHT = 640.0, 252.0
LEFT, RIGHT, TOP, BOTTOM = 44.0, 40.0, 18.0, 34.0


@dataclass(frozen=True)
class Point:
    """A mark from 1 to 10 given on a day."""

    day: dt.date
    value: int


def progress_chart(points: Sequence[Point], *, title: str = "") -> SafeString:
    """The marks joined by the thread. Without marks: the empty scale. Its table belongs beneath it."""
    ordered = sorted(points, key=lambda point: point.day)
    places = list(zip(_across(ordered), (_y(point.value) for point in ordered), strict=True))
    body = _scale()
    if len(places) > 1:
        body += svg.path("M" + "L".join(f"{svg.number(x)} {svg.number(y)}" for x, y in places), "thread")
    last = -100.0
    for point, (x, y) in zip(ordered, places, strict=True):
        body += svg.circle(x, y, 6, "knot") + svg.text(x, y - 12, str(point.value), "strong", "middle")
        if x - last > 84:
            body += svg.text(x, HEIGHT - 10, short_day(point.day), "soft", "middle")
            last = x
    if ordered:
        description = _("Ocen: %(count)d. Pierwsza %(first)d, ostatnia %(last)d.") % {
            "count": len(ordered), "first": ordered[0].value, "last": ordered[-1].value,
        }  # fmt: skip
    else:
        description = _("Nie ma jeszcze żadnej oceny.")
    picture = svg.drawing(
        WIDTH, HEIGHT, title or _("Postęp w skali od 1 do 10"), description, body, "draw--chart draw--progress"
    )
    return mark_safe(picture)


def _across(ordered: Sequence[Point]) -> list[float]:
    """By date, and never nearer to the mark before than a knot is wide, so that the thread does not run back."""
    if not ordered:
        return []
    first, last = ordered[0].day, ordered[-1].day
    left, right = LEFT + 20, WIDTH - RIGHT
    step = min(16.0, (right - left) / max(len(ordered) - 1, 1))
    places: list[float] = []
    for number, point in enumerate(ordered):
        share = (point.day - first).days / (last - first).days if last > first else 0.0
        latest = right - step * (len(ordered) - 1 - number)  # room for those that follow
        places.append(min(max(left + share * (right - left - 20), places[-1] + step if places else left), latest))
    return places


def _y(value: int) -> float:
    return TOP + (10 - min(max(value, 1), 10)) / 9 * (HEIGHT - TOP - BOTTOM)


def _scale() -> str:
    lines = []
    for value in (1, 4, 7, 10):
        y = svg.number(_y(value))
        lines.append(svg.path(f"M{svg.number(LEFT)} {y}H{svg.number(WIDTH - 8)}", "axis" if value == 1 else "grid"))
        lines.append(svg.text(LEFT - 10, _y(value) + 4.5, str(value), "soft", "end"))
    return "".join(lines)
