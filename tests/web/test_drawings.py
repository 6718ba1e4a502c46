"""Drawings: well-formed and safe whatever is drawn, in bounds, with lanes that do not collide."""

import datetime as dt
import itertools
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorobek.web.drawings import AREAS, Bar, Point, life_line, progress_chart, squares
from dorobek.web.drawings.life_line import WIDTH, place, scale_for
from dorobek.web.drawings.svg import width_of

TODAY = dt.date(2026, 11, 20)
days = st.dates(min_value=dt.date(1940, 1, 1), max_value=dt.date(2026, 11, 20))


@st.composite
def bars(draw: st.DrawFn) -> Bar:
    start = draw(days)
    ongoing, point = draw(st.booleans()), draw(st.booleans())
    end = None if ongoing or point else draw(st.one_of(st.none(), days))
    return Bar(
        str(draw(st.integers(0, 999))), draw(st.sampled_from(AREAS)), draw(st.text(max_size=80)), start,
        end, draw(st.booleans()), ongoing, point, draw(st.booleans()),
    )  # fmt: skip


def parse(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(picture)


@settings(max_examples=80, deadline=None)
@given(st.lists(bars(), max_size=60))
def test_any_life_is_a_well_formed_drawing_within_its_frame(events: list[Bar]) -> None:
    root = parse(life_line(events, today=TODAY, language="pl", picked=events[0].uid if events else None))
    height = float(root.get("viewBox", "").split()[3])
    for shape in root.iter("rect"):
        x, y, width = (float(shape.get(name, "-1")) for name in ("x", "y", "width"))
        assert 0 <= x <= WIDTH
        assert width > 0
        assert x + width <= WIDTH + 10
        assert 0 <= y <= height
    assert root.find("title") is not None
    assert root.find("desc") is not None
    assert "style" not in {name for element in root.iter() for name in element.attrib}


@settings(max_examples=60, deadline=None)
@given(st.lists(bars(), max_size=40))
def test_bars_and_labels_of_a_lane_never_overlap(events: list[Bar]) -> None:
    events = [Bar(e.uid, "work", e.label, e.start, e.end, e.vague, e.ongoing, e.point, e.gap) for e in events]
    lanes: dict[int, list[tuple[float, float]]] = {}
    for one in place(events, scale_for(events, TODAY), TODAY):
        lanes.setdefault(one.lane, []).append(
            (min(one.x1, one.label_x), max(one.x2, one.label_x + width_of(one.label)))
        )
    for spans in lanes.values():
        spans.sort()
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


def test_no_events_still_make_a_line_with_its_bands() -> None:
    shown = life_line([], today=TODAY, language="pl")
    assert all(word in shown for word in ("Nauka", "Praca", "Życie"))
    assert "wydarzeń: 0" in shown


def test_two_hundred_events_of_the_same_days_are_all_drawn() -> None:
    events = [Bar(str(i), "work", f"Praca {i}", dt.date(1940, 1, 1), dt.date(1990, 1, 1)) for i in range(200)]
    assert len(list(parse(life_line(events, today=TODAY, language="pl")).iter("rect"))) == 200


def test_mark_up_in_a_label_is_text() -> None:
    shown = life_line([Bar("a", "work", '<script>"&', dt.date(2000, 1, 1), point=True)], today=TODAY, language="pl")
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown


def test_a_thread_runs_from_the_picked_event_only() -> None:
    events = [Bar("a", "life", "koło gospodyń", dt.date(2013, 4, 1), ongoing=True)]
    assert 'class="thread"' in life_line(events, today=TODAY, language="pl", picked="a")
    assert 'class="thread"' not in life_line(events, today=TODAY, language="pl", picked="b")


def test_vague_dates_are_dashed_and_gaps_dotted() -> None:
    events = [
        Bar("a", "work", "remanenty", dt.date(2012, 1, 1), dt.date(2016, 1, 1), vague=True),
        Bar("b", "work", "bez wpisu", dt.date(2016, 1, 1), dt.date(2018, 1, 1), gap=True),
    ]
    shown = life_line(events, today=TODAY, language="pl")
    assert 'class="work vague"' in shown
    assert 'class="gap"' in shown


@given(st.lists(st.tuples(days, st.integers(-3, 14)), max_size=30))
def test_every_mark_is_a_knot_on_the_scale(marks: list[tuple[dt.date, int]]) -> None:
    root = parse(progress_chart([Point(day, value) for day, value in marks]))
    knots = list(root.iter("circle"))
    assert len(knots) == len(marks)
    assert all(0 < float(k.get("cx", "0")) < 640 and 0 < float(k.get("cy", "0")) < 252 for k in knots)


@pytest.mark.parametrize(("done", "total"), [(0, 0), (0, 6), (4, 6), (6, 6), (9, 6), (-1, 3), (20, 30)])
def test_squares_are_counted(done: int, total: int) -> None:
    root = parse(squares(done, total))
    filled = [s for s in root.iter("rect") if s.get("class") == "held"]
    assert len(list(root.iter("rect"))) == total
    assert len(filled) == min(max(done, 0), total)
