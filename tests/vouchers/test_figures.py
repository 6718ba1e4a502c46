"""Money by programme, month, powiat and field: every table adds up to the ledger, and says so when it does not."""

import io
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from dorobek.kernel.errors import RuleBroken
from dorobek.people.enums import Role
from dorobek.programmes.models import Programme
from dorobek.vouchers import actions, export, figures
from dorobek.vouchers.models import Voucher
from dorobek.web.drawings.bars import bars
from tests.factories import make_case, make_institution, make_person, make_programme, make_staff, make_unit
from tests.vouchers.builders import adviser_of, coordinator_of, make_edition, make_right, make_voucher, used_voucher

pytestmark = pytest.mark.django_db
WORDS = {"reason": "Choroba.", "document": "pismo 7"}


@pytest.fixture
def office():
    """One settled in Kraków, one returned and one waiting in Limanowa; two programmes of one office."""
    first = make_case(person=make_person("Anna Krakowska", teryt="1261"))
    unit = first.unit
    other = make_programme(first.institution)
    Programme.objects.filter(pk=other.programme_id).update(name="Drugi program")
    second = make_case(adviser=first.adviser, person=make_person("Jan Limanowski", teryt="120702"), version=other)
    settled = used_voucher(make_right(first), 123_457)
    actions.settle(voucher=settled, document="FV 1", acting_user=coordinator_of(settled.right))
    right = make_right(second)
    me = adviser_of(right)
    back = make_voucher(right, 99_999)
    edition = make_edition(99_999, field="computing")
    actions.bind(voucher=back, edition=edition, acting_user=me)
    actions.give_back(voucher=back, acting_user=me, **WORDS)
    make_voucher(right, 50_000)
    return make_staff(Role.COORDINATOR, unit)


@pytest.mark.parametrize("by", list(figures.BY))
def test_every_table_adds_up_to_the_ledger(office, by, django_assert_num_queries):
    with django_assert_num_queries(2):  # one of them the user's roles
        rows = list(figures.sums(office, by))
    assert figures.total(rows) == figures.in_ledger(office)
    assert all(one.committed - one.spent - one.returned == one.open for one in rows)
    assert len(rows) == {"programme": 2, "month": 1, "powiat": 2, "field": 3}[by]


def test_the_figures_are_those_of_the_vouchers(office):
    by_powiat = {one.name: one for one in figures.sums(office, "powiat")}
    settled = Voucher.objects.get(state="settled")
    assert by_powiat["1261"].spent == settled.support_grosze
    assert by_powiat["1207"].returned == Voucher.objects.get(state="returned").support_grosze
    assert by_powiat["1207"].open == Voucher.objects.get(state="own-paid").support_grosze


def test_another_office_sees_nothing_of_it(office, client):
    stranger = make_staff(Role.COORDINATOR, make_unit(make_institution()))
    assert list(figures.sums(stranger, "field")) == []
    assert figures.in_ledger(stranger) == (0, 0, 0, 0)
    client.force_login(stranger)
    assert client.get("/api/vouchers/settlement").json() == {
        "vouchers": [], "control_grosze": 0, "control_support_grosze": 0, "control_own_grosze": 0,
    }  # fmt: skip
    assert office.pk


@pytest.mark.parametrize("by", list(figures.BY))
def test_the_files_end_with_the_control_sum(office, client, by):
    client.force_login(office)
    text = client.get(reverse("vouchers-table", args=[by, "csv"])).content.decode("utf-8-sig")
    lines = [line.split(";") for line in text.strip().splitlines()]
    for column in range(1, 5):
        amounts = [Decimal(line[column].replace(",", ".")) for line in lines[1:]]
        assert sum(amounts[:-1]) == amounts[-1]
    assert Decimal(lines[-1][1].replace(",", ".")) * 100 == figures.in_ledger(office)[0]
    book = load_workbook(io.BytesIO(client.get(reverse("vouchers-table", args=[by, "xlsx"])).content)).active
    assert round(book.cell(book.max_row, 2).value * 100) == figures.in_ledger(office)[0]


def test_a_figure_that_differs_from_the_ledger_is_refused(office, monkeypatch, client):
    monkeypatch.setattr(figures, "in_ledger", lambda _user: (1, 0, 0, 1))
    with pytest.raises(RuleBroken):
        export.figure_lines(office, "field")
    client.force_login(office)
    assert client.get("/api/vouchers/figures").status_code == 422
    assert "różni się od księgi" in client.get(reverse("vouchers-figures")).content.decode()


def test_the_page_draws_what_the_tables_say(office, client):
    client.force_login(office)
    page = client.get(reverse("vouchers-figures")).content.decode()
    assert page.count('<svg class="draw draw--bars') == 4
    assert "zgadza się z księgą" in page
    assert "1260" not in page.split("<svg")[0]


def test_the_settlement_names_powiat_and_field(office, client):
    client.force_login(office)
    found = client.get("/api/vouchers/settlement").json()
    assert [(one["teryt"], one["field"], one["value_grosze"]) for one in found["vouchers"]] == [
        ("1261", "languages", 123_457)
    ]
    assert found["control_grosze"] == 123_457
    csv = client.get("/api/vouchers/settlement.csv").content.decode("utf-8-sig").splitlines()
    assert "Kraków" in csv[1]
    assert "języki obce" in csv[1]


def test_a_drawing_escapes_what_it_is_given_and_survives_nothing_and_a_negative_amount():
    picture = str(bars("Program", ["a", "b", "c"], [('<script>"', (100, 0, -5)), ("Ł" * 300, (0, 0, 0))]))
    assert "<script" not in picture
    assert picture.count("<rect") == 3 + 1
    assert "draw--bars" in str(bars("Program", ["a", "b", "c"], []))
