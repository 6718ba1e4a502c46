"""The life line (SA-7): three bands, a bar for each event, dashed where vague, a thread to the picked one."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from dorobek.web.drawings import svg

Area = Literal["learn", "work", "life"]
AREAS: tuple[Area, ...] = ("learn", "work", "life")

WIDTH = 812.0
LEFT = 92.0  # names of the bands
RIGHT = 10.0
TOP = 29.0
ROW = 34.0  # height of a lane
BAR = 26.0
PAD = 11.0  # between the line of a band and its first lane
LONGEST_LABEL = 230.0
SHORTEST = 6.0  # a bar thinner than this is still seen


@dataclass(frozen=True)
class Bar:
    """One event. `end` is None for a point in time, or together with `ongoing`; a gap has the label of its kind."""

    uid: str
    area: Area
    label: str
    start: dt.date
    end: dt.date | None = None
    vague: bool = False
    ongoing: bool = False
    point: bool = False
    gap: bool = False


@dataclass(frozen=True)
class Scale:
    """Days to places on the drawing."""

    first: dt.date
    last: dt.date

    def x(self, day: dt.date) -> float:
        span = max((self.last - self.first).days, 1)
        share = (day - self.first).days / span
        return LEFT + min(max(share, 0), 1) * (WIDTH - LEFT - RIGHT)


@dataclass(frozen=True)
class Placed:
    """A bar with its place: lane, ends, and where its label goes."""

    bar: Bar
    lane: int
    x1: float
    x2: float
    label: str
    label_x: float


def life_line(events: Sequence[Bar], *, today: dt.date, language: str, picked: str | None = None) -> SafeString:
    """The drawing of a life. Its table, with the same events, belongs beneath it.

    `picked` is the uid of the event being talked about: a thread runs from it to the bottom of the drawing.
    """
    with override(language):
        return mark_safe(_draw(events, today, picked))


def _draw(events: Sequence[Bar], today: dt.date, picked: str | None) -> str:
    scale = scale_for(events, today)
    names = {"learn": _("Nauka"), "work": _("Praca"), "life": _("Życie")}
    top, bands, thread = TOP, [], ""
    for area in AREAS:
        placed = place([e for e in events if e.area == area], scale, today)
        lanes = 1 + max((p.lane for p in placed), default=0)
        bands.append(svg.path(f"M0 {svg.number(top)}H{svg.number(WIDTH)}", "axis"))
        bands.append(svg.text(4, top + 23, names[area], "strong"))
        for one in placed:
            chosen = one.bar.uid == picked and not one.bar.gap
            y = top + PAD + one.lane * ROW
            bands.append(_shape(one, y, chosen))
            if chosen:
                thread = f"{one.x1}|{y + BAR}"
        top += PAD * 2 + lanes * ROW - (ROW - BAR)
    bands.append(svg.path(f"M0 {svg.number(top)}H{svg.number(WIDTH)}", "axis"))
    body = _grid(scale, top) + "".join(bands) + _thread(thread, top)
    title = _("Oś życia w trzech pasmach: nauka, praca, życie")
    description = _("Od %(first)d do %(last)d roku, wydarzeń: %(count)d. Wszystkie są w tabeli pod rysunkiem.") % {
        "first": scale.first.year,
        "last": min(scale.last, today).year if events else today.year,
        "count": sum(not e.gap for e in events),
    }
    return svg.drawing(WIDTH, top + 8, title, description, body, "draw--wide")


def scale_for(events: Sequence[Bar], today: dt.date) -> Scale:
    """From a year before the first event until a little after today or the last event; ten years at least."""
    first = min((e.start for e in events), default=today)
    last = max([today, *(e.end or e.start for e in events)])
    start = dt.date(max(min(first.year - 1, last.year - 10), 1), 1, 1)
    return Scale(start, dt.date(min(last.year + 1, 9999), 12, 31) if last > today else last + dt.timedelta(days=180))


def place(events: Sequence[Bar], scale: Scale, today: dt.date) -> list[Placed]:
    """Give each event of a band the first lane where neither its bar nor its label meets another."""
    ordered = sorted(events, key=lambda e: (e.start, e.end or dt.date.max, e.uid))
    lanes: list[list[tuple[float, float]]] = []
    found = []
    for bar in ordered:
        one = _measure(bar, scale, today)
        taken = (min(one.x1, one.label_x) - 3, max(one.x2, one.label_x + svg.width_of(one.label)) + 5)
        lane = _free_lane(lanes, taken)
        found.append(Placed(bar, lane, one.x1, one.x2, one.label, one.label_x))
    return found


def _free_lane(lanes: list[list[tuple[float, float]]], taken: tuple[float, float]) -> int:
    for index, lane in enumerate(lanes):
        if all(taken[1] <= start or taken[0] >= end for start, end in lane):
            lane.append(taken)
            return index
    lanes.append([taken])
    return len(lanes) - 1


def _measure(bar: Bar, scale: Scale, today: dt.date) -> Placed:
    end = bar.end or (max(today, bar.start) if bar.ongoing else bar.start)
    x1, x2 = scale.x(bar.start), scale.x(end)
    if bar.point:
        x1, x2 = x1 - 6, x1 + 6
    elif x2 - x1 < SHORTEST:
        x2 = x1 + SHORTEST
    label = svg.shortened(bar.label, LONGEST_LABEL)
    wide = svg.width_of(label)
    if not bar.point and wide + 12 <= x2 - x1:
        return Placed(bar, 0, x1, x2, label, x1 + 7)
    if x2 + 7 + wide <= WIDTH:
        return Placed(bar, 0, x1, x2, label, x2 + 7)
    return Placed(bar, 0, x1, x2, label, max(x1 - 7 - wide, LEFT))


def _shape(one: Placed, y: float, chosen: bool) -> str:
    css = "gap" if one.bar.gap else one.bar.area + (" vague" if one.bar.vague else "") + (" picked" if chosen else "")
    if one.bar.point:
        shape = svg.circle((one.x1 + one.x2) / 2, y + BAR / 2, 6, css)
    else:
        shape = svg.rect(one.x1, y, one.x2 - one.x1, BAR, css)
    return shape + svg.text(one.label_x, y + 17.5, one.label, "strong" if chosen else "")


def _grid(scale: Scale, bottom: float) -> str:
    years = scale.last.year - scale.first.year
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 1000) if years / s <= 16)
    lines = []
    for year in range(-(-scale.first.year // step) * step, scale.last.year + 1, step):
        if not 1 <= year <= 9999 or scale.first > dt.date(year, 1, 1):
            continue
        x = scale.x(dt.date(year, 1, 1))
        if x < LEFT + 4 or x > WIDTH - 12:
            continue
        lines.append(svg.path(f"M{svg.number(x)} {svg.number(TOP - 3)}V{svg.number(bottom)}", "grid"))
        lines.append(svg.text(x, 16, str(year), "soft", "middle"))
    return "".join(lines)


def _thread(found: str, bottom: float) -> str:
    if not found:
        return ""
    x, y = map(float, found.split("|"))
    line = svg.path(f"M{svg.number(x)} {svg.number(y)}V{svg.number(bottom)}", "thread")
    return line + svg.circle(x, bottom, 6, "knot")
