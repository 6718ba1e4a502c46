"""The national base as it may come: cancelled services, towns, absurd numbers and dates. Nothing is half imported."""

import datetime as dt
import io
import json

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel.errors import RuleBroken
from dorobek.offers.actions import import_offer
from dorobek.offers.enums import Source
from dorobek.offers.models import Edition
from dorobek.offers.reading.days import day_of, moment_of
from tests.offers.files import national, service

pytestmark = pytest.mark.django_db


def bring(file, **options):
    return import_offer(file=file, name="a.json", source=Source.NATIONAL, acting_user=None, **options)


@pytest.mark.parametrize(
    "status", ["anulowana", "ANULOWANA przez dostawcę", "Wycofana", "niepublikowana", {"nazwa": "Odwołana"}]
)
def test_what_the_source_calls_off_is_not_brought_in_as_on_sale(status):
    report = bring(national(service(1, status=status), service(2, status="opublikowana")))
    assert (report.done, report.rows, report.off_sale, report.fault_count) == (True, 1, 1, 0)
    assert list(Edition.objects.values_list("number", flat=True)) == ["2"]


def test_a_date_called_off_later_is_withdrawn_and_one_under_way_stays():
    assert bring(national(service(1), service(2), service(3))).new == 3
    Edition.objects.filter(number="3").update(starts_on=timezone.localdate() - dt.timedelta(days=1))
    off = [service(number, status="anulowana") for number in (1, 3, 4)]
    tried = bring(national(*off), dry_run=True)
    assert (tried.withdrawn, Edition.objects.filter(withdrawn_at=None).count()) == (1, 3)
    report = bring(national(*off))
    assert (report.withdrawn, report.off_sale, report.done) == (1, 3, True)
    assert Edition.objects.get(number="1").withdrawn_at is not None
    assert not Edition.objects.exclude(number="1").exclude(withdrawn_at=None).exists()
    assert bring(national(service(1))).changed == 1
    assert Edition.objects.get(number="1").withdrawn_at is None


def test_a_whole_file_does_not_withdraw_what_has_begun():
    assert bring(national(service(1), service(2))).new == 2
    Edition.objects.filter(number="1").update(starts_on=timezone.localdate() - dt.timedelta(days=1))
    assert bring(national(service(3)), whole=True).withdrawn == 1
    assert Edition.objects.get(number="1").withdrawn_at is None


@pytest.mark.parametrize(
    ("address", "teryt"),
    [
        ({"miejscowosc": "Skawina"}, ""),
        ({"miejscowosc": "Skawina", "kodTeryt": "1206114"}, "1206114"),
        ({"miejscowosc": "Skawina", "powiat": "krakowski"}, "1206"),
        ({"miejscowosc": "Skawina", "powiat": {"nazwa": "powiat krakowski"}, "wojewodztwo": "małopolskie"}, "1206"),
        ({"miejscowosc": "Skawina", "powiat": "krakowski", "wojewodztwo": "śląskie"}, ""),
        ([{"miejscowosc": "Kraków"}], "1261"),
    ],
)
def test_a_town_is_kept_as_written_with_the_powiat_that_its_address_gives(address, teryt):
    report = bring(national(service(1, adres=address)))
    edition = Edition.objects.get()
    town = "Kraków" if teryt == "1261" else "Skawina"
    assert (report.fault_count, edition.place, edition.teryt, edition.remote) == (0, town, teryt, False)
    assert report.remark_count == (teryt == "")
    assert all("Skawina" in one.problem for one in report.remarks)


def test_an_address_of_nothing_and_a_code_of_nowhere_are_faults():
    report = bring(national(service(1, adres={"ulica": "Rynek"}), service(2, adres={"kodTeryt": "9999"})))
    assert [one.column for one in report.faults] == ["place", "teryt"]


def test_deep_nesting_is_refused_whole():
    deep = "[" * 100_000 + "]" * 100_000
    with pytest.raises(RuleBroken) as refusal:
        bring(io.BytesIO(f'{{"lista": [{json.dumps(service(1))}, {deep}]}}'.encode()))
    assert refusal.value.field == "file"
    assert not Edition.objects.exists()


def test_a_number_of_thousands_of_digits_is_a_fault_of_its_row():
    long = json.dumps(service(2)).replace("159900", "9" * 5_000)
    report = bring(io.BytesIO(f'{{"lista": [{json.dumps(service(1))}, {long}]}}'.encode()))
    assert [(one.line, one.column) for one in report.faults] == [(2, "cenaBruttoZaUczestnika")]
    assert not Edition.objects.exists()


def test_words_that_no_database_holds_are_left_out():
    said = json.dumps(service(1, tytul="Kurs TU", efektyUczeniaSie=["liczy TU"])).replace("TU", "\\ud800\\u0000x")
    assert bring(io.BytesIO(f'{{"lista": [{said}]}}'.encode())).done
    held = Edition.objects.select_related("service").get().service
    assert (held.title, held.outcomes) == ("Kurs x", ["liczy x"])


@pytest.mark.parametrize(
    "text",
    [
        "2027-05-0155",
        "2027-5-1",
        "2027-02-30",
        "0001-01-01T00:00:00+14:00x",
        "20270501",
        "2027-W05-1",
        "2027-05-01T25:00",
        "٢٠٢٧-٠٥-٠١",
    ],
)
def test_a_date_that_is_none_is_a_fault_of_its_row(text):
    assert day_of(text) is None
    report = bring(national(service(1, dataRozpoczeciaUslugi=text)))
    assert [(one.line, one.column) for one in report.faults] == [(1, "dataRozpoczeciaUslugi")]


def test_days_at_the_ends_of_the_calendar_do_not_overflow():
    assert moment_of("0001-01-01T00:00:00+14:00") is None
    assert moment_of("9999-12-31T23:59:59-12:00") is None


@given(st.dates(), st.text(max_size=6))
def test_a_day_reads_back_and_nothing_may_follow_it(day, more):
    assert day_of(day.isoformat()) == day
    if more:
        found = day_of(day.isoformat() + more)
        assert found is None or moment_of(day.isoformat() + more) is not None
