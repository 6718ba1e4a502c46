"""The box beside a public entry: how much of it the signed-in participant covers, and nothing of anybody else's (PF-5)."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dorobek.people.enums import Role
from dorobek.register.actions import import_entries
from dorobek.register.entry import Entry, Read
from dorobek.register.enums import Source
from tests.factories import make_account, make_case, make_competence, make_staff
from tests.readiness.conftest import TILL
from tests.sessions import signed_in_client

pytestmark = pytest.mark.django_db
BOX = reverse("register-readiness", args=[TILL])


def box(client, address=BOX, **headers):
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode().replace("\xa0", " "))


def test_a_participant_sees_how_much_is_covered_and_the_way_to_the_criteria(cashier):
    text = box(signed_in_client(cashier.person.account))
    assert "Potwierdzone 2 z 4 efektów" in text
    assert "z dowodem: 1; potwierdzone, bez dowodu: 1; tylko opowiedziane: 1; brakuje: 1" in text
    assert text.count('class="draw draw--mini"') == 1
    assert reverse("own-readiness-one", args=[cashier.uid, TILL]) in text


def test_everybody_else_reads_how_one_can_find_out(client, cashier):
    others = [signed_in_client(one) for one in (cashier.adviser, make_staff(Role.COORDINATOR, cashier.unit), make_account())]  # fmt: skip
    for reader in (client, *others):
        text = box(reader)
        assert "Odpowiada na to bilans kompetencji" in text
        assert reverse("info-section", args=["przewodnik"]) in text
        assert "Potwierdzone" not in text
        assert str(cashier.uid) not in text


def test_without_a_confirmed_competence_and_without_outcomes_it_says_so(register):
    audit = make_case()
    make_competence(audit, state="claimed")
    reader = signed_in_client(audit.person.account)
    assert "Policzymy to, gdy Pani/Pan potwierdzi pierwsze zdanie" in box(reader)
    import_entries(reads=[Read(Entry(code="90100", title_pl="Szkolna"))], source=Source.TABLE)
    assert "nie jest opisany efektami" in box(reader, reverse("register-readiness", args=["90100"]))


def test_the_entry_fetches_it_on_its_own_and_has_a_plain_link(client, cashier):
    entry = client.get(reverse("register-entry", args=[TILL])).content.decode()
    assert f'hx-get="{BOX}" hx-trigger="load"' in entry
    assert f'href="{BOX}"' in entry
    alone = box(client, **{"HX-Request": "true"})
    assert "<html" not in alone
    assert "<html" in box(client)


def test_the_answer_is_kept_by_nobody(client, cashier):
    answer = client.get(BOX)
    assert answer["Cache-Control"] == "private, no-store"
    assert {"Cookie", "HX-Request"} <= {one.strip() for one in answer["Vary"].split(",")}
    assert client.get(reverse("register-readiness", args=["70777"])).status_code == 404
    assert client.post(BOX).status_code == 405


def test_the_entrys_page_costs_no_statement_more_for_it(client, cashier, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(reverse("register-entry", args=[TILL]))
    participant = signed_in_client(cashier.person.account)
    box(participant)
    with CaptureQueriesContext(connection) as few:
        box(participant)
    for number in range(20):
        make_competence(cashier, f"Obsługuje kasę fiskalną {number}", state="confirmed")
    with CaptureQueriesContext(connection) as many:
        box(participant)
    assert len(many) <= len(few) <= 20


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("size", ["phone", "desk"], indirect=True)
def test_it_appears_in_a_browser_without_an_axe_violation(page, sign_in, cashier):
    from axe_playwright_python.sync_playwright import Axe

    sign_in(cashier.person.account)
    page.goto(reverse("register-entry", args=[TILL]))
    page.get_by_text("Potwierdzone 2 z 4 efektów").wait_for()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
