"""What credentials of other issuers say, line by line: named by address it is certified, in words it lacks its proof."""

import json

import pytest

from dorobek.credentials.actions.wallet import import_credentials
from dorobek.plans.gaps.queries import picture_of
from dorobek.plans.gaps.shapes import GapState, Origin, Side
from dorobek.portfolio.models import HeldCredential
from dorobek.register.models import Concept
from tests.credentials.elsewhere import elsewhere
from tests.factories import acting
from tests.plans.gaps.conftest import aim, catalogue, fresh, seller

__all__ = ["catalogue", "seller"]
pytestmark = pytest.mark.django_db


def put(person, *outcomes: tuple[str, str]) -> HeldCredential:
    """A valid credential of another issuer whose outcomes have a name and an address."""
    subject = json.loads(elsewhere())["credentialSubject"]
    subject["achievement"]["alignment"] = [
        {"type": ["Alignment"], "targetName": name, "targetUrl": url} for name, url in outcomes
    ]
    raw = elsewhere(credentialSubject=subject)
    [held] = import_credentials(person=person, raw=raw, acting_user=acting(person.account))
    assert held.decided == "valid"
    return held


def test_a_skill_of_esco_named_by_its_address_is_held_with_its_proof(cashier, seller):
    target = aim(cashier, concept=seller)
    skill = Concept.objects.get(label_pl="układanie towaru")
    before = next(line for line in picture_of(target).lines if line.title == "układanie towaru")
    assert before.state is GapState.MISSING
    put(target.person, ("Shelf stacking", skill.uri))
    line = next(line for line in picture_of(fresh(target)).lines if line.title == "układanie towaru")
    assert (line.state, line.held) == (GapState.HELD, 100)
    assert (line.evidence[0].origin, line.evidence[0].side) == (Origin.CREDENTIAL, Side.FOR)


def test_words_of_another_issuer_lack_only_their_proof(target):
    assert picture_of(target).lines[-1].state is GapState.MISSING
    put(target.person, ("Wdraża nową osobę do pracy na kasie", "https://kursy.example.org/efekt/1"))
    line = picture_of(fresh(target)).lines[-1]
    assert line.state is GapState.UNPROVEN
    assert (line.evidence[0].origin, line.evidence[0].side) == (Origin.CREDENTIAL, Side.FOR)
    HeldCredential.objects.update(decided="not valid")
    line = picture_of(fresh(target)).lines[-1]
    assert line.state is GapState.MISSING
    assert line.evidence[0].side is Side.LOST


def test_words_that_mean_something_else_say_nothing(target):
    before = [line.state for line in picture_of(target).lines]
    put(target.person, ("Prowadzi wózek po magazynie", "http://data.europa.eu/esco/skill/nie-ma-takiej"))
    assert [line.state for line in picture_of(fresh(target)).lines] == before


def test_however_many_there_are_they_are_read_in_one_statement(target, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        picture_of(fresh(target))
    put(target.person, *((f"Rzecz {n}", f"http://data.europa.eu/esco/skill/s{n}") for n in range(20)))
    with django_assert_num_queries(len(asked)):
        picture_of(fresh(target))
