"""The demonstration's offer and its clock: no date grows old, and time comes back whatever happens."""

import datetime as dt
import io

import pytest
from django.utils import timezone

from dorobek.cli.demo import offer
from dorobek.cli.demo.clock import days_back
from dorobek.cli.demo.training import SHOP_HOURS
from dorobek.offers.actions import import_offer
from dorobek.offers.enums import Source
from dorobek.offers.models import Edition, TrainingService
from dorobek.offers.reading import OfferRow, read_table
from dorobek.people.enums import Role
from tests.factories import make_institution, make_staff, make_unit


@pytest.mark.django_db
@pytest.mark.parametrize("shift", [0, 37, 100])
def test_the_offer_is_large_and_sound_on_any_day(shift):
    today = timezone.localdate() + dt.timedelta(days=shift)
    text = "\n".join([offer.HEAD, *offer.lines(today)])
    report = import_offer(file=io.BytesIO(text.encode()), name="o.csv", source=Source.TABLE, acting_user=None)
    assert report.faults == []
    offered = Edition.objects.offered(today)
    assert offered.count() >= 60
    assert offered.exclude(teryt="").values("teryt").distinct().count() >= 6
    titles = set(TrainingService.objects.values_list("title", flat=True))
    assert {one.needs for one in offer.SERVICES if one.needs} <= titles


@pytest.mark.parametrize("shift", range(7))
def test_its_class_times_are_sound_on_every_weekday_and_some_of_a_course_are_during_the_cashiers_work(shift):
    today = dt.date(2026, 11, 21) + dt.timedelta(days=shift)
    rows = list(read_table(io.BytesIO("\n".join([offer.HEAD, *offer.lines(today)]).encode())))
    assert all(isinstance(row, OfferRow) and not row.remark for row in rows)
    assert sum(bool(row.times) for row in rows) >= 30
    told = {row.number: row.times.meetings(row.starts_on, row.ends_on) for row in rows}
    refused = {number for number, met in told.items() if any(map(at_work, met))}
    assert {"D-3-1", "D-4-1"} <= refused
    assert not {"D-1-1", "D-3-2", "D-4-2"} & refused


def at_work(meeting) -> bool:
    day, start, end = meeting
    return any(day.weekday() == weekday and start < ends and begins < end for weekday, begins, ends in SHOP_HOURS)


@pytest.mark.django_db
def test_the_clock_goes_back_for_columns_too_and_comes_back_after_a_failure():
    today = timezone.localdate()
    with days_back(30):
        held = make_staff(Role.ADVISER, make_unit(make_institution())).memberships.get()
        assert timezone.localdate() == today - dt.timedelta(days=30)
    assert held.since == today - dt.timedelta(days=30)
    with pytest.raises(ZeroDivisionError), days_back(5):
        1 / 0  # noqa: B018
    assert timezone.localdate() == today
