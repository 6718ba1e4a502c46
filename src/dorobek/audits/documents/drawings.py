"""Two small drawings for the documents: the life course on one line, and marks on the scale from 1 to 10.

Plain SVG with colours in its attributes; each stands beside a table that says the same.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dorobek.audits.documents.common import Writer
from dorobek.audits.models import LifeEvent
from dorobek.kernel.documents import Picture
from dorobek.kernel.partial_dates import ParseError, PartialDate
from dorobek.programmes.enums import InterviewArea

INK, SOFT, LINE, THREAD, WASH = "#241e18", "#483f34", "#a89e8d", "#6f2459", "#e9dfe6"
WIDTH, LEFT, RIGHT, ROW, TOP = 680.0, 118.0, 14.0, 22.0, 30.0
MOST_ON_A_LINE = 60
LEAST_WIDTH = 20.0


def _text(x: float, y: float, words: str, *, size: int = 11, anchor: str = "start", fill: str = SOFT) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="Noto Sans" font-size="{size}" '
        f'text-anchor="{anchor}" fill="{fill}">{escape(words)}</text>'
    )


def _drawing(width: float, height: float, body: str) -> bytes:
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}">'
    return f"{opening}{body}</svg>".encode()


def years_of(event: LifeEvent, today: dt.date) -> tuple[float, float] | None:
    """Beginning and end as years with a fraction; None without a place in time."""
    try:
        starts = PartialDate.from_edtf(event.starts) if event.starts else None
        ends = PartialDate.from_edtf(event.ends) if event.ends else None
    except (ParseError, ValueError):
        return None
    if starts is None:
        return None
    last = today if event.ongoing else (ends or starts).end
    return _year(starts.start), max(_year(starts.start), _year(min(last, today) if event.ongoing else last))


def _year(day: dt.date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 366


def numbered(events: Sequence[LifeEvent], today: dt.date) -> dict[int, int]:
    """Numbers on the drawing by an event's key, in order of time."""
    placed = [event for event in events if years_of(event, today)]
    return {event.pk: number for number, event in enumerate(placed, 1)}


def life_line(
    writer: Writer, events: Sequence[LifeEvent], numbers: Mapping[int, int], today: dt.date
) -> Picture | None:
    """The life course: a lane for each area, a bar for each event with its number. None with nothing to draw."""
    spans = {event.pk: span for event in events if (span := years_of(event, today))}
    if not spans or len(spans) > MOST_ON_A_LINE:
        return None
    first = int(min(span[0] for span in spans.values()))
    last = max(int(max(span[1] for span in spans.values())) + 1, first + 5)
    scale = (WIDTH - LEFT - RIGHT) / (last - first)
    body, y = [], TOP
    for area in InterviewArea:
        lane = [event for event in events if event.area == area and event.pk in spans]
        if not lane:
            continue
        spec = writer.file.rules.area(area)
        drawn, rows = _lane(lane, spans, numbers, y, first, scale)
        body.append(_text(0, y + 15, writer.bilingual(spec.name) if spec else str(area.label), fill=INK))
        body.append(drawn)
        y += rows * ROW + 8
        body.append(f'<path d="M0 {y - 4:.1f}H{WIDTH}" stroke="{LINE}" stroke-width="0.5"/>')
    shown = [number for key, number in numbers.items() if key in spans]
    alt = _("Przebieg życia od roku %(first)d do %(last)d, wydarzeń: %(count)d. Opisuje je tabela.") % {
        "first": first, "last": min(last, today.year), "count": len(shown),
    }  # fmt: skip
    picture = _drawing(WIDTH, y + 4, _years(first, last, scale, y) + "".join(body))
    return Picture(picture, alt=alt, caption=_("Przebieg życia. Liczby odsyłają do wydarzeń w tabelach poniżej."))


def _years(first: int, last: int, scale: float, bottom: float) -> str:
    step = next(size for size in (1, 2, 5, 10, 20, 50) if (last - first) / size <= 10 or size == 50)
    found = []
    for year in range(-(-first // step) * step, last + 1, step):
        x = LEFT + (year - first) * scale
        found.append(f'<path d="M{x:.1f} 20V{bottom - 4:.1f}" stroke="{LINE}" stroke-width="0.4"/>')
        found.append(_text(x, 13, str(year), size=10, anchor="middle"))
    return "".join(found)


def _lane(
    events: Sequence[LifeEvent],
    spans: Mapping[int, tuple[float, float]],
    numbers: Mapping[int, int],
    top: float,
    first: int,
    scale: float,
) -> tuple[str, int]:
    """Bars that run side by side lie below one another; returns the drawing and how many rows it takes."""
    ends: list[float] = []
    found = []
    for event in events:
        x = LEFT + (spans[event.pk][0] - first) * scale
        width = max(LEAST_WIDTH, (spans[event.pk][1] - spans[event.pk][0]) * scale)
        x = min(x, WIDTH - width)
        row = next((at for at, end in enumerate(ends) if end + 2 <= x), len(ends))
        ends[row : row + 1] = [x + width]
        y = top + row * ROW
        found.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="18" rx="2" '
            f'fill="{WASH}" stroke="{THREAD}" stroke-width="1"/>'
        )
        found.append(_text(x + width / 2, y + 13, str(numbers[event.pk]), size=10, anchor="middle", fill=INK))
    return "".join(found), max(1, len(ends))


def scale_of_ten(marks: Sequence[int]) -> Picture | None:
    """Ten squares filled up to the latest mark; a ring round the first one. None without marks."""
    if not marks:
        return None
    first, latest, side = marks[0], marks[-1], 40.0
    body = []
    for value in range(1, 11):
        x = 4 + (value - 1) * (side + 6)
        fill, colour = (THREAD, "#ffffff") if value <= latest else ("#ffffff", SOFT)
        body.append(
            f'<rect x="{x:.1f}" y="4" width="{side:.0f}" height="{side:.0f}" rx="3" fill="{fill}" stroke="{THREAD}"/>'
        )
        body.append(_text(x + side / 2, 31, str(value), size=17, anchor="middle", fill=colour))
        if value == first and len(marks) > 1:
            x0, x1 = x + 2, x + side - 2
            body.append(f'<path d="M{x0:.1f} 51H{x1:.1f}" stroke="{INK}" stroke-width="3"/>')
    alt = ngettext(
        "Skala od 1 do 10. Jest jedna ocena: %(latest)d.",
        "Skala od 1 do 10. Ocen: %(count)d, pierwsza %(first)d, ostatnia %(latest)d.",
        len(marks),
    ) % {"count": len(marks), "first": first, "latest": latest}
    return Picture(_drawing(4 + 10 * (side + 6), 54, "".join(body)), alt=alt, width=0.62)
