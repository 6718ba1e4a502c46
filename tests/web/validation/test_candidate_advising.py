"""The validation adviser's list and cases: what is missing, notes, closing; refused without the documents (VA-7)."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dorobek.people.enums import Role
from dorobek.validation.models import Application, ValidationOpening
from tests.factories import make_institution, make_person, make_staff, make_unit
from tests.sessions import signed_in_client
from tests.validation.candidates import CandidateWorld

pytestmark = pytest.mark.django_db
PAGES = ("validation-advising-case", "validation-advising-close")


@pytest.fixture
def world():
    return CandidateWorld()


@pytest.fixture
def desk(world):
    return signed_in_client(world.adviser)


def text_of(answer, status=200):
    assert answer.status_code == status, answer.content[:500]
    return re.sub(r"\s+", " ", answer.content.decode().replace("\xa0", " "))


def page(client, name, *args, status=200, **data):
    return text_of(client.get(reverse(name, args=args), data), status)


def test_the_list_shows_who_waits_how_far_the_evidence_goes_and_what_runs_late(desk, world):
    made = world.sent(world.open(places=2))
    text = page(desk, "validation-advising")
    assert "Małgorzata Śliż" in text
    assert "2 z 6 kryteriów" in text
    assert "doradca walidacyjny: sprawdzić dowody" in text
    assert "po terminie" not in text
    past = timezone.localdate() - dt.timedelta(1)
    ValidationOpening.objects.filter(pk=made.opening_id).update(begins_on=past)
    late = page(desk, "validation-advising")
    assert "Po terminie na tej stronie: 1." in late
    assert 'class="is-late"' in late


def test_drafts_and_other_bodies_are_not_on_the_list_and_later_cases_are_apart(desk, world):
    world.applied()
    assert "Nikt nie czeka na doradcę" in page(desk, "validation-advising")
    world.documented(world.open())
    assert "Nikt nie czeka na doradcę" in page(desk, "validation-advising")
    further = text_of(desk.get(reverse("validation-advising") + "?dalej"))
    assert "Małgorzata Śliż" in further
    elsewhere = signed_in_client(make_staff(Role.VALIDATION_ADVISER, make_unit(make_institution())))
    assert "Małgorzata" not in page(elsewhere, "validation-advising")
    assert "Małgorzata" not in text_of(elsewhere.get(reverse("validation-advising") + "?dalej"))


def statements(desk):
    with CaptureQueriesContext(connection) as counted:
        rows = desk.get(reverse("validation-advising")).content.decode().count("<tr")
    return rows, len(counted)


def test_fifty_rows_cost_the_statements_of_two(desk, world):
    opening = world.open(places=80)

    def add(count):
        people = [make_person(f"Jan Kandydat{n}", with_account=False) for n in range(count)]
        Application.objects.bulk_create(
            [Application(person=one, opening=opening, state="submitted", submitted_at=timezone.now()) for one in people]
        )

    add(2)
    statements(desk)  # what a session and the caches cost once
    rows, few = statements(desk)
    assert rows == 3
    add(50)
    rows, many = statements(desk)
    assert rows == 51, "fifty on a page and the head of the table"
    assert many == few


def test_the_case_says_what_is_missing_and_a_note_is_kept(desk, world):
    made = world.sent()
    text = page(desk, "validation-advising-case", made.uid)
    assert "Dowód jest przy 2 z 6 kryteriów" in text
    for code in ("1.2.a", "2.1.a", "2.1.b", "2.2.a"):
        assert f'href="#k-{code}"' in text
    address = reverse("validation-advising-criterion", args=[made.uid, "1.2.a"])
    assert "List od szefa" not in text_of(desk.get(address)), "only what the candidate has shown"
    sent = {"note": "Proszę o wzór faktury.", "evidence": [str(world.book.uid)]}
    assert desk.post(address, sent).status_code == 302
    assert made.adviser_notes.get().text == "Proszę o wzór faktury."
    assert made.mapped.filter(criterion="1.2.a", evidence=world.book).exists()
    text = page(desk, "validation-advising-case", made.uid)
    assert "Dowód jest przy 3 z 6 kryteriów" in text
    assert "uwagi doradcy: 1" in text


def test_taking_a_piece_away_altogether_is_refused_beside_the_field_and_nothing_typed_is_lost(desk, world):
    made = world.sent()
    desk.post(reverse("validation-advising-criterion", args=[made.uid, "1.1.b"]), {"note": "", "evidence": []})
    answer = desk.post(
        reverse("validation-advising-criterion", args=[made.uid, "1.1.a"]), {"note": "Do wyjaśnienia.", "evidence": []}
    )
    text = text_of(answer, 422)
    assert "tylko on może go zabrać" in text
    assert "Do wyjaśnienia." in text
    assert not made.adviser_notes.exists()


def test_closing_asks_for_the_conditions_and_sends_the_case_on(desk, world):
    made = world.sent()
    address = reverse("validation-advising-close", args=[made.uid])
    assert "Najpierw trzeba sprawdzić warunki" in text_of(desk.post(address), 422)
    assert world.fresh(made).state == "submitted"
    assert desk.post(address, {"conditions_met": "on"}).status_code == 302
    assert world.fresh(made).state == "documented"
    assert desk.get(address).status_code == 404
    assert "Napisz uwagę" not in page(desk, "validation-advising-case", made.uid)


def test_an_adviser_without_the_documents_reads_why_and_writes_nothing(desk, world):
    world.staff(world.adviser, periods=())
    made = world.sent()
    text = page(desk, "validation-advising-case", made.uid)
    assert "nie może Pani/Pan doradzać" in text
    assert "pięć lat" in text
    assert "Zakończ zbieranie dowodów" not in text
    answer = desk.post(reverse("validation-advising-close", args=[made.uid]), {"conditions_met": "on"})
    assert "pięć lat" in text_of(answer, 422)
    answer = desk.post(reverse("validation-advising-criterion", args=[made.uid, "1.2.a"]), {"note": "x"})
    assert "pięć lat" in text_of(answer, 422)
    assert world.fresh(made).state == "submitted"


def test_the_advisers_pages_are_the_bodys_advisers_alone(world):
    made = world.sent()
    elsewhere = make_staff(Role.VALIDATION_ADVISER, make_unit(make_institution()))
    for who in (world.me, world.officer, world.appeals, world.assessors[0], world.audit.adviser, elsewhere):
        client = signed_in_client(who)
        for name in PAGES:
            for call in (client.get, client.post):
                assert call(reverse(name, args=[made.uid])).status_code in (404, 405), (name, who)
        address = reverse("validation-advising-criterion", args=[made.uid, "1.1.a"])
        assert client.post(address, {"note": "x"}).status_code == 404
    for who in (world.me, world.officer, world.audit.adviser):
        assert signed_in_client(who).get(reverse("validation-advising")).status_code == 404


def test_an_adviser_who_is_the_candidate_does_not_advise_themselves(world):
    from dorobek.people.models import Membership

    made = world.sent()
    Membership.objects.create(
        account=world.me, institution=world.institution, unit=world.unit, role=Role.VALIDATION_ADVISER
    )
    client = signed_in_client(world.me)
    assert "Nikt nie czeka" in page(client, "validation-advising")
    assert client.get(reverse("validation-advising-case", args=[made.uid])).status_code == 404
