"""The desks of the office, of assessors and of appeals with a thousand cases: statements, pages, search, address."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dorobek.validation.models import Application, Assessment
from tests.load.bench_desks import fill
from tests.validation.world import World

pytestmark = pytest.mark.django_db
THOUSAND = 1_000


@pytest.fixture
def world():
    world = World()
    world.opening = world.open(places=2_000)
    return world


def client_of(account):
    client = Client()
    client.force_login(account)
    return client


def said(answer):
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


DESKS = {
    "office": ("officer", "", 32), "late": ("officer", "?po-terminie=1", 32), "assessing": ("judge", "", 20),
    "office-appeals": ("appeals", "", 20),
}  # fmt: skip


@pytest.mark.parametrize("desk", DESKS)
def test_a_desk_asks_as_much_of_a_thousand_cases_as_of_forty(world, desk, django_assert_max_num_queries):
    who, query, most = DESKS[desk]
    world.judge = world.assessors[0]
    client, address = client_of(getattr(world, who)), reverse("office" if desk == "late" else desk) + query
    fill(world, world.opening, 40)
    past = timezone.localdate() - dt.timedelta(3)
    type(world.opening).objects.update(applications_until=past, begins_on=past)
    client.get(address)
    with django_assert_max_num_queries(most) as few:
        client.get(address)
    fill(world, world.opening, THOUSAND)
    with django_assert_max_num_queries(len(few)):
        said(client.get(address))


def test_the_office_pages_and_keeps_what_was_asked_for_in_the_address(world):
    fill(world, world.opening, 200)
    client = client_of(world.officer)
    text = said(client.get(reverse("office") + "?stan=documented&q=zolc&page=2"))
    assert "strona 2 z 3" in text
    assert "stan=documented" in text
    assert "q=zolc" in text
    assert "page=3" in text
    assert 'value="zolc"' in text


def test_a_case_is_found_by_the_number_that_stands_in_letters(world):
    fill(world, world.opening, 40)
    one = Application.objects.order_by("pk")[20]
    text = said(client_of(world.officer).get(reverse("office") + f"?q=90002/{one.pk:06d}"))
    assert text.count('<th scope="row"><a href="/walidacja/biuro/zgloszenia/') == 1
    assert str(one.uid) in text


def test_the_assessor_pages_searches_and_sees_all_marks_counted(world):
    fill(world, world.opening, 120)
    client, address = client_of(world.assessors[0]), reverse("assessing")
    assert "strona 1 z 2" in said(client.get(address))
    second = said(client.get(address + "?page=2&q=anna"))
    assert "strona 2 z 2" in second
    assert "q=anna" in second
    one = Assessment.objects.filter(assessor=world.assessors[0]).first().application
    found = said(client.get(address + f"?q={one.person.family_name}"))
    assert found.count("<tr") == 2
    assert "Nic na Panią/Pana nie czeka" in said(client.get(address + "?q=nikogo-takiego"))


def test_the_appeals_desk_filters_by_state_and_by_person(world):
    fill(world, world.opening, 200)
    client, address = client_of(world.appeals), reverse("office-appeals")
    text = said(client.get(address + "?stan=filed&q=zolc&page=2"))
    assert "strona 2 z 2" in text
    assert "stan=filed" in text
    assert "Nic tu nie pasuje" in said(client.get(address + "?stan=upheld"))
    assert "strona 1 z 2" in said(client.get(address + "?stan=-"))
