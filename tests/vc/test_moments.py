"""Points in time as text."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.vc.errors import VcError
from dorobek.vc.moments import moment, written

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1), timezones=ZONES))
def test_every_time_with_a_zone_is_read_as_itself(when: datetime) -> None:
    assert moment(when.isoformat()) == when
    assert moment(written(when)) == when.replace(microsecond=0)


def test_the_end_of_a_day_may_be_written_as_24_hours() -> None:
    assert moment("2026-12-31T24:00:00Z") == datetime(2027, 1, 1, tzinfo=UTC)
    assert moment("2026-12-31T24:00:00.000+01:00") == datetime(2026, 12, 31, 23, tzinfo=UTC)


def test_finer_than_a_microsecond_is_cut() -> None:
    assert moment("2026-01-01T00:00:00.1234567891Z") == datetime(2026, 1, 1, 0, 0, 0, 123456, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        None,
        5,
        "",
        "2026",
        "2026-11-20",
        "2026-11-20T12:00:00",
        "2026-11-20 12:00:00Z",
        "2026-11-20T12:00Z",
        "2026-11-20t12:00:00z",
        "20261120T120000Z",
        "2026-02-30T00:00:00Z",
        "2026-11-20T24:00:01Z",
        "2026-11-20T25:00:00Z",
        "2026-11-20T12:00:60Z",
        "2026-11-20T12:00:00+15:00",
        "2026-11-20T12:00:00+0100",
        "2026-11-20T12:00:00.Z",
        "9999-12-31T24:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "٢026-11-20T12:00:00Z",
        "2026-11-20T12:00:00Z\n",
    ],
)
def test_another_form_or_no_such_time_is_refused(value: object) -> None:
    with pytest.raises(VcError) as caught:
        moment(value, "validFrom")
    assert (caught.value.code, caught.value.path) == ("time", "validFrom")


def test_a_time_without_a_zone_cannot_be_written() -> None:
    with pytest.raises(VcError):
        written(datetime(2026, 1, 1))
