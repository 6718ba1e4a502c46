from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel.partial_dates import (
    Amount,
    ParseError,
    Part,
    PartialDate,
    PartialDuration,
    Season,
    Span,
    gaps,
    months_between,
    overlaps,
    parse_duration,
    parse_partial_date,
)

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2013", "2013"),
        ("2013 r.", "2013"),
        ("w 2013 roku", "2013"),
        ("rok 2013", "2013"),
        ("03.2013", "2013-03"),
        ("3/2013", "2013-03"),
        ("2013-03", "2013-03"),
        ("III 2013", "2013-03"),
        ("12.08.2013", "2013-08-12"),
        ("12. 08. 2013 r.", "2013-08-12"),
        ("2013-08-12", "2013-08-12"),
        ("12 sierpnia 2013", "2013-08-12"),
        ("12 VIII 2013", "2013-08-12"),
        ("12.08.98", "1998-08-12"),
        ("August 12, 2013", "2013-08-12"),
        ("12th of August 2013", "2013-08-12"),
        ("wiosna 2013", "2013-21"),
        ("wiosną 2013", "2013-21"),
        ("na wiosnę 2013 r.", "2013-21"),
        ("Latem 2013", "2013-22"),
        ("jesień 98", "1998-23"),
        ("jesienią '98", "1998-23"),
        ("jesień 98?", "1998-23~"),
        ("zima 2013/2014", "2013-12/2014-02"),
        ("zimą 2013/14", "2013-12/2014-02"),
        ("marzec 2013", "2013-03"),
        ("w marcu 2013", "2013-03"),
        ("pazdziernik 2001", "2001-10"),
        ("ok. 2013", "2013~"),
        ("około 2013", "2013~"),
        ("mniej więcej w 2013", "2013~"),
        ("ok. wiosny 2013", "2013-21~"),
        ("2013?", "2013~"),
        ("początek lat 90.", "1990~/1993~"),
        ("na początku lat 90-tych", "1990~/1993~"),
        ("koniec lat osiemdziesiątych", "1986~/1989~"),
        ("lata 80.", "198X"),
        ("w latach 80-tych", "198X"),
        ("lata 80. XX wieku", "198X"),
        ("lata osiemdziesiąte", "198X"),
        ("lata 10.", "201X"),
        ("lata 2000", "200X"),
        ("w połowie 2010", "2010-05~/2010-08~"),
        ("pod koniec 2010 r.", "2010-09~/2010-12~"),
        ("początek marca 2013", "2013-03"),
        ("przełom 2012 i 2013", "2012-11~/2013-02~"),
        ("spring 2009", "2009-21"),
        ("March 2013", "2013-03"),
        ("about 2013", "2013~"),
        ("in the spring of 2009", "2009-21"),
        ("the 1980s", "198X"),
        ("early 90s", "1990~/1993~"),
        ("mid-2010", "2010-05~/2010-08~"),
    ],
)
def test_a_date_is_read_as_people_write_it(text: str, edtf: str) -> None:
    value = parse_partial_date(text, today=TODAY)
    assert value.to_edtf() == edtf
    assert value.typed == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "kiedyś",
        "31.02.2010",
        "2013-13",
        "0.2013",
        "12.13.2013",
        "1813",
        "2250",
        "03.13",
        "x" * 500,
        "2013/2014",
        "lata 2013/14",
        "32 marca 2013",
        "99999",
        "<b>2013</b>",
        "=2013",
        "２０１３x",
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ParseError) as error:
        parse_partial_date(text, today=TODAY)
    assert error.value.message.endswith((".", "…"))


def test_the_message_says_how_to_write_a_date() -> None:
    with pytest.raises(ParseError, match="wiosna 2013"):
        parse_partial_date("dawno temu", today=TODAY)
    with pytest.raises(ParseError, match="28 dni"):
        parse_partial_date("31.02.2010", today=TODAY)


def test_a_future_date_is_refused_only_where_the_flag_says_so() -> None:
    assert parse_partial_date("2030", today=TODAY).year == 2030
    with pytest.raises(ParseError, match="w przyszłości"):
        parse_partial_date("2030", today=TODAY, allow_future=False)
    assert parse_partial_date("2026", today=TODAY, allow_future=False).year == 2026
    with pytest.raises(ParseError):
        parse_partial_date("22.11.2026", today=TODAY, allow_future=False)


def test_bounds_are_as_wide_as_the_words() -> None:
    def bounds(text: str) -> tuple[str, str]:
        value = parse_partial_date(text, today=TODAY)
        return value.earliest.isoformat(), value.latest.isoformat()

    assert bounds("2013") == ("2013-01-01", "2013-12-31")
    assert bounds("luty 2012") == ("2012-02-01", "2012-02-29")
    assert bounds("wiosna 2013") == ("2013-03-01", "2013-06-21")
    assert bounds("lata 80.") == ("1980-01-01", "1989-12-31")
    assert bounds("zima 2013/2014") == ("2013-12-01", "2014-02-28")
    assert bounds("ok. 2013") == ("2012-01-01", "2015-01-01")


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    year = draw(st.integers(1901, 2099))
    approximate = draw(st.booleans())
    kind = draw(st.sampled_from(["year", "month", "day", "season", "decade", "part", "decade-part", "winter"]))
    if kind == "month":
        return PartialDate(year, draw(st.integers(1, 12)), approximate=approximate)
    if kind == "day":
        exact = draw(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
        return PartialDate(exact.year, exact.month, exact.day, approximate=approximate)
    if kind == "season":
        return PartialDate(year, season=draw(st.sampled_from(Season)), approximate=approximate)
    if kind == "decade":
        return PartialDate(year // 10 * 10, decade=True, approximate=approximate)
    if kind == "part":
        return PartialDate(year, part=draw(st.sampled_from(Part)))
    if kind == "decade-part":
        part = draw(st.sampled_from([Part.EARLY, Part.MID, Part.LATE]))
        return PartialDate(year // 10 * 10, decade=True, part=part)
    if kind == "winter":
        return PartialDate(year, season=Season.WINTER, part=Part.TURN, approximate=approximate)
    return PartialDate(year, approximate=approximate)


@given(partial_dates())
def test_the_stored_form_reads_back_the_same(value: PartialDate) -> None:
    assert PartialDate.from_edtf(value.to_edtf()) == value


@given(partial_dates(), st.sampled_from(["pl", "en"]))
def test_the_wording_shown_reads_back_the_same(value: PartialDate, language: str) -> None:
    assert parse_partial_date(value.display(language), today=TODAY) == value


@given(partial_dates())
def test_bounds_hold_the_named_period(value: PartialDate) -> None:
    assert value.earliest <= value.start <= value.end <= value.latest


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_never_a_crash(text: str) -> None:
    for parse in (lambda t: parse_partial_date(t, today=TODAY), parse_duration, PartialDate.from_edtf):
        try:
            parse(text)
        except ParseError as error:
            assert error.message  # noqa: PT017


@pytest.mark.parametrize(
    "text", ["", "2013-13", "2013-25", "2013/2014", "abc", "2013-21-05", "1850", "2013-02-30", "/"]
)
def test_a_wrong_stored_form_is_refused(text: str) -> None:
    with pytest.raises(ParseError):
        PartialDate.from_edtf(text)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("około dwóch lat", "P2Y~"),
        ("2 lata", "P2Y"),
        ("rok", "P1Y"),
        ("pół roku", "P6M"),
        ("półtora roku", "P1Y6M"),
        ("2,5 roku", "P2Y6M"),
        ("dwa i pół roku", "P2Y6M"),
        ("3 miesiące", "P3M"),
        ("40 godzin", "PT40H"),
        ("1 200 godzin", "PT1200H"),
        ("1,5 godziny", "PT1H30M"),
        ("90 min", "PT1H30M"),
        ("rok i 3 miesiące", "P1Y3M"),
        ("2 lata, 3 miesiące", "P2Y3M"),
        ("2-3 lata", "P2Y/P3Y"),
        ("2–3 lata", "P2Y/P3Y"),
        ("od 2 do 3 lat", "P2Y/P3Y"),
        ("od roku do 2 lat", "P1Y/P2Y"),
        ("kilka miesięcy", "P3M/P9M"),
        ("ponad rok", "P1Y/P1Y6M"),
        ("prawie 2 lata", "P1Y6M/P2Y"),
        ("tydzień", "P7D"),
        ("dwadzieścia pięć lat", "P25Y"),
        ("about two years", "P2Y~"),
        ("a year", "P1Y"),
        ("half a year", "P6M"),
        ("a few months", "P3M/P9M"),
        ("two and a half years", "P2Y6M"),
    ],
)
def test_a_duration_is_read_as_people_say_it(text: str, iso: str) -> None:
    assert parse_duration(text).to_iso() == iso


@pytest.mark.parametrize("text", ["", "długo", "5", "lat dwa razy", "0 lat", "-3 lata", "2 worki", "99999999 lat"])
def test_a_duration_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ParseError):
        parse_duration(text)


def test_a_duration_gives_bounds_in_days_or_hours() -> None:
    assert parse_duration("2 lata").bounds_days() == (730, 732)
    assert parse_duration("miesiąc").bounds_days() == (28, 31)
    assert parse_duration("2 lata").bounds_hours() is None
    assert parse_duration("40 godzin").bounds_hours() == (40, 40)
    assert parse_duration("około 40 godzin").bounds_hours() == (30, 50)


@given(st.integers(0, 600), st.integers(0, 400), st.integers(0, 9000), st.integers(0, 50), st.booleans())
def test_a_stored_duration_reads_back_the_same(months: int, days: int, minutes: int, more: int, about: bool) -> None:
    low = Amount(months, days, minutes + 1)
    value = PartialDuration(low, Amount(months + more, days, minutes + 1), about)
    assert PartialDuration.from_iso(value.to_iso()) == value


def test_a_duration_is_shown_with_polish_plurals() -> None:
    assert parse_duration("2 lata 1 miesiąc").display() == "2 lata 1 miesiąc"
    assert parse_duration("22 godz").display() == "22 godziny"
    assert parse_duration("12 lat").display() == "12 lat"
    assert parse_duration("ok. 5 mies.").display() == "ok. 5 miesięcy"
    assert parse_duration("2-3 lata").display("en") == "from 2 years to 3 years"


def span(start: str, end: str | None, key: str = "") -> Span:
    return Span(parse_partial_date(start, today=TODAY), parse_partial_date(end, today=TODAY) if end else None, key)


def test_a_gap_is_named_only_when_no_reading_of_the_dates_closes_it() -> None:
    jobs = [span("03.2001", "06.2003"), span("2004", "2006"), span("2009", None)]
    assert [(gap.first_day.isoformat(), gap.months) for gap in gaps(jobs, 3, today=TODAY)] == [
        ("2003-07-01", 6),
        ("2007-01-01", 24),
    ]
    assert gaps([span("2001", "2003"), span("2003", "2005")], 1, today=TODAY) == []
    assert gaps([], 1, today=TODAY) == []


def test_overlapping_jobs_are_found_and_merely_possible_ones_on_demand() -> None:
    jobs = [span("01.2010", "12.2012", "A"), span("06.2012", None, "B"), span("2010", "2010", "C")]
    found = overlaps(jobs, today=TODAY)
    assert [(one.first.key, one.second.key, one.certain) for one in found] == [("A", "B", True)]
    assert found[0].first_day == date(2012, 6, 30)
    possible = overlaps([span("2010", "2013", "A"), span("2013", "2015", "B")], today=TODAY, include_possible=True)
    assert [one.certain for one in possible] == [False]


def test_a_span_that_ends_before_it_begins_is_known_as_reversed() -> None:
    assert span("2013", "2010").reversed
    assert not span("2013", "2013").reversed


def test_months_between_counts_whole_months() -> None:
    assert months_between(date(2020, 1, 1), date(2020, 12, 31)) == 12
    assert months_between(date(2020, 1, 1), date(2020, 1, 30)) == 0
    assert months_between(date(2020, 1, 15), date(2020, 2, 14)) == 1
