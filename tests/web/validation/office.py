"""What the tests of the office's screens share: an officer signed in, pages as they read, an opening made by the form."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.validation.world import World


@pytest.fixture
def world():
    return World()


@pytest.fixture
def officer(client, world):
    client.force_login(world.officer)
    return client


def day(n):
    return f"{timezone.localdate() + dt.timedelta(n):%d.%m.%Y}"


def said(answer):
    """The page as it reads: no-break spaces are spaces."""
    return answer.content.decode().replace("\xa0", " ")


def follow(client, address, data=None, status=200):
    """POST, and the page it leads to."""
    answer = client.post(address, data or {}, follow=True)
    assert answer.status_code == status, said(answer)[:3000]
    return said(answer)


OPENING = {
    "place": "Tymowice, sala 4", "places": "3", "fee": "250,00", "fee_to": "11 2222 0000 3333", "own_rules": ["no-relatives"],
}  # fmt: skip


def opened(client, code="90002", **more):
    address = reverse("office-opening-new") + f"?kwalifikacja={code}"
    data = {**OPENING, "applications_until": day(5), "begins_on": day(6), "ends_on": day(20), **more}
    return client.post(address, data)
