"""The offer brought in from files: whole or not at all, with a report that names the line."""

import datetime as dt
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.offers.actions import import_offer
from dorobek.offers.enums import Source
from dorobek.offers.models import Edition, OfferImport, Provider, TrainingService
from dorobek.people.enums import Role
from tests.factories import acting, make_institution, make_staff, make_unit
from tests.offers.files import HEAD, line, national, service, table

pytestmark = pytest.mark.django_db


def bring(file, source=Source.TABLE, **options):
    return import_offer(file=file, name="oferta.csv", source=source, acting_user=None, **options)


def test_a_table_becomes_providers_services_and_editions():
    report = bring(table(line(1), line(2, cena="999")))
    assert (report.done, report.rows, report.new, report.fault_count) == (True, 2, 2, 0)
    edition = Edition.objects.select_related("service__provider").get(number="E1")
    assert edition.price_grosze == 125_000
    assert edition.teryt == "1261"
    assert edition.enrol_until == dt.date(2027, 1, 31)
    assert edition.service.ending == "certificate"
    assert "jezyk angielski" in edition.search_text
    assert "zrodlo" in edition.search_text
    assert Provider.objects.count() == 1


def test_one_broken_row_among_many_leaves_nothing_and_is_named():
    rows = [line(number) for number in range(1, 301)]
    rows[150] = line(151, cena="1 200 €")
    report = bring(table(*rows))
    assert not report.done
    assert [(fault.line, fault.column) for fault in report.faults] == [(152, "price")]
    assert "1 200 €" in report.faults[0].problem
    assert not Edition.objects.exists()
    assert not TrainingService.objects.exists()
    assert not OfferImport.objects.exists()


def test_the_broken_row_can_be_left_out_when_somebody_says_so():
    report = bring(table(line(1), line(2, cena="-5"), line(3)), leave_out_faulty=True)
    assert report.done
    assert (report.new, report.fault_count) == (2, 1)
    assert set(Edition.objects.values_list("number", flat=True)) == {"E1", "E3"}


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"cena": "-100"}, "price"),
        ({"cena": "99 999 999"}, "price"),
        ({"cena": "$120"}, "price"),
        ({"cena": ""}, "price"),
        ({"koniec": "2027-01-01"}, "ends_on"),
        ({"poczatek": "2027-02-30"}, "starts_on"),
        ({"poczatek": "0207-02-03"}, "starts_on"),
        ({"miejsce": "Nibylandia", "teryt": ""}, "place"),
        ({"teryt": "9961"}, "teryt"),
        ({"teryt": "1299"}, "teryt"),
        ({"godziny": "-3"}, "hours"),
        ({"godziny": "dużo"}, "hours"),
        ({"rodzaj": "wycieczka"}, "kind"),
        ({"tytul": "x" * 301}, "title"),
    ],
)
def test_a_value_that_cannot_be_true_is_named_with_its_line_and_column(change, column):
    report = bring(table(line(1), line(2, **change)))
    assert [(fault.line, fault.column) for fault in report.faults] == [(3, column)]
    assert report.faults[0].problem
    assert not Edition.objects.exists()


def test_a_dry_run_says_what_would_happen_and_writes_nothing():
    bring(table(line(1), line(2)))
    report = bring(table(line(1), line(2, cena="800"), line(3)), dry_run=True, whole=True)
    assert (report.new, report.changed, report.unchanged, report.withdrawn, report.done) == (1, 1, 1, 0, False)
    assert Edition.objects.count() == 2
    assert OfferImport.objects.count() == 1


def test_what_did_not_change_is_not_touched():
    bring(table(line(1), line(2)))
    before = dict(Edition.objects.values_list("number", "changed_at"))
    versions = dict(TrainingService.objects.values_list("number", "version"))
    report = bring(table(line(1), line(2, cena="800")))
    assert (report.unchanged, report.changed) == (1, 1)
    after = dict(Edition.objects.values_list("number", "changed_at"))
    assert after["E1"] == before["E1"]
    assert after["E2"] > before["E2"]
    assert Edition.objects.get(number="E2").version == 2
    assert dict(TrainingService.objects.values_list("number", "version")) == versions


def test_an_edition_that_vanished_is_withdrawn_and_comes_back_with_a_later_file():
    bring(table(line(1), line(2)))
    assert bring(table(line(1)), whole=True).withdrawn == 1
    assert Edition.objects.get(number="E2").withdrawn_at is not None
    assert not Edition.objects.offered(dt.date(2027, 1, 1)).filter(number="E2").exists()
    bring(table(line(1), line(2)), whole=True)
    assert Edition.objects.get(number="E2").withdrawn_at is None


def test_a_number_twice_in_one_file_is_a_fault():
    report = bring(table(line(1), line(1)))
    assert report.faults[0].column == "number"
    assert "2" in report.faults[0].problem


def test_the_national_base_is_read_with_prices_in_grosze_and_the_registers_number():
    report = bring(national(service(5), service(6, adres=None)), Source.NATIONAL)
    assert report.done, report.faults
    edition = Edition.objects.select_related("service__provider").get(number="5")
    assert edition.price_grosze == 159_900
    assert edition.service.register_code == "13477"
    assert edition.service.outcomes == ["księguje dowody", "sporządza zestawienie"]
    assert edition.enrol_until == dt.date(2027, 2, 27)
    assert edition.teryt == "1261"
    assert Edition.objects.get(number="6").remote


def test_a_service_of_the_national_base_without_a_price_is_named_by_its_place_on_the_list():
    broken = service(6)
    del broken["cenaBruttoZaUczestnika"]
    report = bring(national(service(5), broken), Source.NATIONAL)
    assert [(fault.line, fault.column) for fault in report.faults] == [(2, "cenaBruttoZaUczestnika")]


@pytest.mark.parametrize("content", [b"", b"{}", b'{"lista": [{"id": 1', b"\xff\xfe", b'{"lista": [1, {]}'])
def test_json_that_breaks_off_is_refused_whole(content):
    with pytest.raises(RuleBroken):
        bring(io.BytesIO(content), Source.NATIONAL)
    assert not Edition.objects.exists()


def test_elements_longer_than_a_read_are_read_all_the_same():
    long = [service(n, celEdukacyjny="ż" * 40_000) for n in range(1, 9)]
    file = io.BytesIO(json.dumps({"lista": long}, ensure_ascii=False).encode())
    assert bring(file, Source.NATIONAL).new == 8


@pytest.mark.parametrize("content", [b"", b"a;b\n1;2", HEAD.encode()])
def test_a_file_that_is_no_offer_is_refused_with_a_word_why(content):
    with pytest.raises(RuleBroken) as refusal:
        bring(io.BytesIO(content))
    assert refusal.value.field == "file"


def test_an_older_polish_encoding_is_read_too():
    report = bring(io.BytesIO("\n".join([HEAD, line(1)]).encode("cp1250")))
    assert report.done
    assert Provider.objects.get().name == "Szkoła Źródło"


def test_statements_do_not_grow_with_the_rows_of_a_batch():
    with CaptureQueriesContext(
        connection,
    ) as few:
        bring(table(*(line(number) for number in range(1, 11))))
    Edition.objects.all().delete()
    TrainingService.objects.all().delete()
    with CaptureQueriesContext(connection) as many:
        bring(table(*(line(number) for number in range(1, 101))))
    assert len(many) <= len(few) + 4


def test_only_those_who_keep_the_offer_import_and_it_is_in_the_history():
    unit = make_unit(make_institution())
    with pytest.raises(NotAllowed):
        import_offer(
            file=table(line(1)), name="a.csv", source=Source.TABLE, acting_user=acting(make_staff(Role.ADVISER, unit))
        )
    report = import_offer(
        file=table(line(1)), name="a.csv", source=Source.TABLE, acting_user=acting(make_staff(Role.COORDINATOR, unit))
    )
    assert HistoryEntry.objects.filter(stream=report.uid, kind="offer.imported").count() == 1
