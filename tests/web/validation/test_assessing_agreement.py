"""The commission's differences on screen: side by side after every sheet is closed, a proposal, everybody's answer."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from dorobek.validation.actions.observing import Tap, keep_taps
from dorobek.validation.actions.sheets import note_criteria
from dorobek.validation.rules import OwnRule
from tests.factories import acting
from tests.sessions import signed_in_client
from tests.validation.judged import Judged

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return Judged()


def url(name, world, *more):
    return reverse(f"assessing-{name}", args=[world.case.uid, *more])


def as_assessor(world, number=0):
    return signed_in_client(world.assessors[number])


def test_differences_stand_side_by_side_only_after_everybody_closed():
    world = Judged(own_rules=[OwnRule.MAJORITY])
    first, second, third = world.sheets
    client = as_assessor(world)
    world.mark_all(first)
    world.mark_all(second, c11a="not-met")
    assert "Asesor C" in client.get(url("agreement", world)).content.decode()
    assert client.get(url("difference", world, "1.1.a")).status_code == 404
    world.mark_all(third, c11a="not-shown")
    page = client.get(url("agreement", world)).content.decode()
    assert "Niespełnione" in page or "niespełnione" in page
    assert client.get(url("difference", world, "1.2.a")).status_code == 404
    where = url("difference", world, "1.1.a")
    assert client.post(where, {"then": "talk", "talk": ""}).status_code == 422
    client.post(where, {"then": "talk", "talk": "Asesor B: brakowało pytań otwartych."})
    answer = client.post(where, {"then": "agree", "verdict": "met", "talk": "Drugi raz to samo."})
    assert answer.status_code == 422
    assert world.case.talk.count() == 1  # the talk of a refused form is not kept twice
    sent = {"then": "agree", "verdict": "met", "reason": "Po nagraniu."}
    assert client.post(where, sent)["Location"] == url("agreement", world)
    page = client.get(where).content.decode()
    assert "Propozycja wspólnej oceny" in page
    assert "Czekamy na pozostałe osoby" in page
    assert "brakowało pytań otwartych" in page
    assert not world.case.agreed.settled().exists()
    assert client.post(where, {"answer": "yes"}).status_code == 422  # one answers once
    assert as_assessor(world, 1).post(where, {"answer": "yes"}).status_code == 302
    refused = as_assessor(world, 2).post(where, {"answer": "no"})
    assert refused.status_code == 422
    assert "dlaczego zostaje Pani/Pan" in refused.content.decode()
    assert as_assessor(world, 2).post(where, {"answer": "no", "reason": "Za mało."}).status_code == 302
    page = client.get(where).content.decode()
    assert "Asesor C: Za mało." in page
    assert world.case.agreed.settled().get().verdict == "met"


def test_a_difference_shows_what_each_kept_beside_the_mark_and_what_it_may_yet_change(world):
    first = world.sheets[0]
    seen, who = world.observation(), acting(first.assessor)
    at = timezone.now()
    keep_taps(observation=seen, taps=[Tap(uuid.uuid4(), "1.1.a", "milczał", at)], sent_at=at, acting_user=who)
    note_criteria(assessment=first, method="conversation", notes={"1.1.a": "Nie pamiętała."}, acting_user=who)
    world.mark_all(first, c11a="not-shown")
    for sheet in world.sheets[1:]:
        world.mark_all(sheet)
    page = as_assessor(world, 2).get(url("difference", world, "1.1.a")).content.decode()
    assert "milczał" in page
    assert "Nie pamiętała." in page
    page = as_assessor(world, 2).get(url("agreement", world)).content.decode()
    assert (
        page.lower().count("do uzgodnienia</") == 3
    )  # the outcome, its set and the whole; nothing is said of the rest
