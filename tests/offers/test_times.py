"""Class times: what people write is read back as it was told; what cannot be is refused in words (VO-2, DP-4)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel.errors import RuleBroken
from dorobek.offers.enums import PartOfWeek
from dorobek.offers.reading.schedule import schedule_of
from dorobek.offers.reading.times import read_times
from dorobek.offers.times import ClassTimes, checked, remark, short, text

STARTS, ENDS = dt.date(2027, 2, 1), dt.date(2027, 3, 31)  # a Monday and a Wednesday
SATURDAY = dt.date(2027, 3, 6)
WEEKDAYS, MINUTES = (
    st.integers(0, 6),
    st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda p: p[0] < p[1]),
)
WEEKLY = st.lists(st.tuples(WEEKDAYS, MINUTES).map(lambda one: (one[0], *one[1])), max_size=6)
DATED = st.lists(
    st.tuples(st.dates(STARTS, ENDS), MINUTES).map(lambda one: (one[0], *one[1])), max_size=6
)  # fmt: skip


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("pn 17:00-20:15; sb 9:00-14:00", "pn 17:00-20:15; sb 9:00-14:00"),
        ("poniedziałek 17-20.15, SOBOTA 9.00–14.00", "pn 17:00-20:15; sb 9:00-14:00"),
        ("pn, śr i pt od 17 do 20:30", "pn, śr, pt 17:00-20:30"),
        ("Mon-Fri 8:00-16:00", "pn-pt 8:00-16:00"),
        ("od wt do cz 8-9 | nd 9-10, 11-12", "wt-cz 8:00-9:00; nd 9:00-10:00; nd 11:00-12:00"),
        ("6.03.2027 9-14\n2027-03-13 9-14", "6.03.2027, 13.03.2027 9:00-14:00"),
        ("sb: 20-24", "sb 20:00-24:00"),
        ("  ", ""),
        ("w sobotę 6.03.2027 9-14", "6.03.2027 9:00-14:00"),
        ("pt 5.03.2027, sobota, 6.03.2027 9-14", "5.03.2027, 6.03.2027 9:00-14:00"),
        ("6.03.2027 (sobota) 9-14", "6.03.2027 9:00-14:00"),
        ("sb 9-14, 7.03.2027 9-14", "sb 9:00-14:00; 7.03.2027 9:00-14:00"),
        ("w soboty i 7.03.2027 9-14", "sb 9:00-14:00; 7.03.2027 9:00-14:00"),
    ],
)
def test_days_and_hours_are_read_as_people_write_them(written, told):
    assert text(read_times(written)) == told


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("xx 9-10", "Nie znam dnia „xx”"), ("9-10", "Nie rozumiem godzin zajęć: „9-10”"), ("pn", "„pn”"),
        ("pn 17:00-20:15 śr", "Nie rozumiem"), ("pn 25-26", "Nie ma takiej godziny: „25:00”"), ("pn 9-24:30", "„24:30”"),
        ("pn 17:75-18", "„17:75”"), ("pt-pn 8-9", "Nie rozumiem"), ("30.02.2027 9-10", "Nie ma takiego dnia: „30.02.2027”"),
        ("pn 9-10 €", "„€”"), ("pn - 6.03.2027 9-10", "Nie rozumiem"), ("pn 9-10;" * 4_000, "Nie rozumiem"),
        ("niedziela 6.03.2027 9-14", "6.03.2027 to sb, a nie nd"), ("6.03.2027 (nd) 9-14", "6.03.2027 to sb, a nie nd"),
        ("pt-sb 6.03.2027 9-14", "Nie rozumiem"), ("sb 30.02.2027 9-14", "Nie ma takiego dnia"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_quoted_with_what_to_write(written, says):
    with pytest.raises(RuleBroken) as refusal:
        read_times(written)
    assert says in str(refusal.value.message)
    assert refusal.value.field == "class_times"


@given(WEEKLY, DATED)
def test_what_is_told_is_read_back_and_the_column_holds_it_whole(weekly, dated):
    times = ClassTimes.of(weekly, dated)
    assert read_times(text(times)) == times
    assert ClassTimes.from_data(times.as_data()) == times
    assert bool(short(times)) == bool(times)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)), WEEKDAYS, st.booleans())
def test_a_weekday_at_a_day_is_its_name_and_has_to_be_right(day, weekday, before):
    date, name = f"{day:%d.%m.%Y}", ("pn", "wt", "śr", "cz", "pt", "sb", "nd")[weekday]
    written = f"{name} {date} 9-14" if before else f"{date} ({name}) 9-14"
    if day.weekday() == weekday:
        assert read_times(written) == ClassTimes.of(dated=[(day, 540, 840)])
    else:
        with pytest.raises(RuleBroken, match="Proszę poprawić datę"):
            read_times(written)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_words(written):
    try:
        times = read_times(written)
    except RuleBroken:
        return
    assert read_times(text(times)) == times


@given(WEEKLY, DATED)
def test_times_pass_just_when_no_minute_is_met_twice(weekly, dated):
    times = ClassTimes.of(weekly, dated)
    met = times.meetings(STARTS, ENDS)
    assert all(STARTS <= day <= ENDS for day, *_hours in met)
    assert {day.weekday() for day, *_hours in met} >= {weekday for weekday, *_hours in times.weekly}
    assert {day for day, *_hours in times.dated} <= {day for day, *_hours in met}
    minutes = {(day, minute) for day, start, end in met for minute in range(start, end)}
    if len(minutes) == sum(end - start for _day, start, end in met):
        assert checked(times, STARTS, ENDS) == times
    else:
        with pytest.raises(RuleBroken, match="nakładają się"):
            checked(times, STARTS, ENDS)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ([[0, 1020, 1020]], "kończyć się później"), ([[0, 1215, 1020]], "kończyć się później"),
        ([[0, 1020, 1500]], "kończyć się później"), ([[7, 540, 600]], "niewłaściwą postać"),
        ([[0, 540, 660], [0, 600, 720]], "nakładają się na siebie: pn, 9:00-11:00 i 10:00-12:00"),
        ([[5, 540, 660], ["2027-03-06", 600, 720]], "nakładają się na siebie: 6.03.2027"),
        ([["2027-04-01", 540, 600]], "poza terminem, który trwa od 01.02.2027 do 31.03.2027"),
        ([["2027-13-01", 540, 600]], "Nie ma takiego dnia"), ([[0, 540]], "niewłaściwą postać"), ("pn", "niewłaściwą"),
        ([[True, 540, 600]], "niewłaściwą"), ([[0, "9:00", 600]], "niewłaściwą"),
        ([[day, hour * 60, hour * 60 + 30] for day in range(6) for hour in range(4)], "w tygodniu najwyżej 21"),
    ],
)  # fmt: skip
def test_times_that_cannot_be_are_refused_beside_their_field(data, says):
    with pytest.raises(RuleBroken) as refusal:
        checked(ClassTimes.from_data(data), STARTS, ENDS)
    assert says in str(refusal.value.message)
    assert refusal.value.field == "class_times"


def test_a_weekday_that_the_edition_never_meets_is_refused():
    with pytest.raises(RuleBroken, match="nie ma takiego dnia tygodnia: sb"):
        checked(read_times("sb 9-14"), STARTS, STARTS + dt.timedelta(days=4))
    assert checked(read_times("sb 9-14"), STARTS, STARTS + dt.timedelta(days=5))


@pytest.mark.parametrize(
    ("written", "part"),
    [
        ("", ""), ("pn 17-20", PartOfWeek.EVENING), ("pn 16-20", PartOfWeek.EVENING), ("pn 15:59-20", PartOfWeek.DAY),
        ("sb 9-14", PartOfWeek.WEEKEND), ("6.03.2027 9-14", PartOfWeek.WEEKEND), ("5.03.2027 9-14", PartOfWeek.DAY),
        ("pt 17-20; sb 9-14", PartOfWeek.FREE), ("sb 9-14; pn 9-14", PartOfWeek.DAY),
    ],
)  # fmt: skip
def test_the_part_of_the_week_follows_from_the_times(written, part):
    assert read_times(written).part_of_week == part


@pytest.mark.parametrize(
    ("hours", "odd"), [(0, False), (23, True), (24, False), (40, False), (53, False), (54, True)]
)  # 8 Saturdays of 4 hours are 32 hours of 60 minutes, or nearly 43 of 45
def test_hours_that_do_not_come_together_are_remarked_and_never_refused(hours, odd):
    times = checked(read_times("sb 9-13"), STARTS, ENDS)
    assert len(times.meetings(STARTS, ENDS)) == 8
    assert bool(remark(times, hours, STARTS, ENDS)) == odd
    assert remark(ClassTimes(), hours, STARTS, ENDS) == ""


def row(**fields):
    return {"harmonogram": [{"godzinaRozpoczecia": "09:00", "godzinaZakonczenia": "14:30", **fields}]}


@pytest.mark.parametrize(
    "said",
    [
        row(dataZajec="2027-03-06"),
        row(data="2027-03-06T00:00:00+01:00"),
        row(data="2027-03-05T23:00:00Z"),  # the base's point in time for midnight in Poland
        row(godzinaRozpoczecia="2027-03-06T09:00:00", godzinaZakonczenia="2027-03-06T14:30:00"),
        {"harmonogram": {"lista": row(dataZajec="2027-03-06")["harmonogram"] * 2}},
        {"harmonogram": [*row(dataZajec="2027-03-06")["harmonogram"], {"temat": "Egzamin"}]},
        row(data="2027-03-06", dzien="sobota"),
        row(data="2027-03-06", dzienTygodnia="sobota"),
        row(dataRozpoczecia="2027-03-06", dataZakonczenia="2027-03-06"),
        row(data="2027-03-06", godzinaRozpoczecia="1900-01-01T09:00:00", godzinaZakonczenia="1900-01-01T14:30:00"),
    ],
)
def test_dated_meetings_of_a_schedule_are_kept(said):
    assert schedule_of(said) == ClassTimes.of(dated=[(SATURDAY, 540, 870)])


def test_a_schedule_may_tell_weekdays_midnight_or_nothing():
    assert schedule_of(row(dzienTygodnia="Środa")) == ClassTimes.of([(2, 540, 870)])
    assert schedule_of(row(dzien="sobota")) == ClassTimes.of([(5, 540, 870)])
    spanned = row(dzien="Sobota", dataRozpoczecia="2027-03-01", dataZakonczenia="2027-04-30")
    assert schedule_of(spanned) == ClassTimes.of([(5, 540, 870)])
    night = row(godzinaRozpoczecia="2027-03-06T18:00:00", godzinaZakonczenia="2027-03-07T00:00:00")
    assert schedule_of(night).dated == ((SATURDAY, 1080, 1440),)
    assert schedule_of(row(data="2027-03-06", godzinaZakonczenia="00:00")).dated == ((SATURDAY, 540, 1440),)
    for said in ({}, {"harmonogram": None}, {"harmonogram": []}, {"harmonogram": [{}]}):
        assert not schedule_of(said)


@pytest.mark.parametrize(
    "said",
    [
        {"harmonogram": "pn 9-14"}, {"harmonogram": [7]}, row(dzienTygodnia="kiedyś"), row(data="6 marca"),
        row(data="2027-02-30"), row(data="2027-03-06", godzinaRozpoczecia="rano"), row(godzinaRozpoczecia="27:00"),
        row(godzinaRozpoczecia="2027-03-05T09:00:00", godzinaZakonczenia="2027-03-06T16:00:00"),
        row(data="2027-03-05", godzinaZakonczenia="2027-03-06T16:00:00"), row(data="2027-03-05", dataZakonczenia="2027-03-06"),
        row(data="2027-03-06", dzienTygodnia="niedziela"), row(data="2027-03-06", dzien="niedziela"),
    ],
)  # fmt: skip
def test_a_schedule_that_cannot_be_is_a_fault_in_words(said):
    with pytest.raises(RuleBroken) as refusal:
        schedule_of(said)
    assert str(refusal.value.message)
