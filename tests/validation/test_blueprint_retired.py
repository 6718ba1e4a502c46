"""A plan of a test that is retired: kept for the tests it gave, and no new test is drawn from it (VA-4)."""

import pytest
from django.test import Client
from django.urls import reverse

from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.validation.actions import knowledge_bank
from dorobek.validation.rules.testing.drawing import Row
from tests.factories import acting
from tests.validation.knowledge_world import Bank

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return Bank().stocked()


def retire(world, plan, why="Zmienił się wpis.", who=None):
    return knowledge_bank.retire_blueprint(blueprint=plan, why=why, acting_user=acting(who or world.officer))


def test_tests_it_gave_stay_and_no_new_one_is_drawn(world):
    plan = world.blueprint()
    case = world.documented(world.opening)
    test = world.let(case, blueprint=plan)
    retire(world, plan)
    test = world.finished(world.started(world.again(test)))
    assert test.finished_at is not None
    assert test.blueprint_id == plan.pk
    with pytest.raises(RuleBroken, match="wycofany"):
        world.let(case, blueprint=plan)
    assert HistoryEntry.objects.filter(subject=plan.uid, kind="knowledge.blueprint-retired").count() == 1
    retire(world, plan)
    assert HistoryEntry.objects.filter(subject=plan.uid, kind="knowledge.blueprint-retired").count() == 1


def test_it_takes_a_reason_and_the_officer_and_then_changes_no_more(world):
    plan = world.blueprint()
    for who in (world.adviser, world.assessors[0], world.appeals, world.me):
        with pytest.raises(NotAllowed):
            retire(world, plan, who=who)
    with pytest.raises(RuleBroken, match="dlaczego plan odchodzi"):
        retire(world, plan, why=" ")
    retire(world, plan)
    with pytest.raises(RuleBroken, match="jest wycofany"):
        knowledge_bank.save_blueprint(
            bank=world.bank, title="Inny", rows=[Row("1.1.a", 1)], minutes=30, pass_percent=50, blueprint=plan,
            acting_user=acting(world.officer),
        )  # fmt: skip


def test_on_the_screens_and_by_rest(world):
    first, second = world.blueprint(), world.blueprint(title="Drugi plan")
    client = Client()
    client.force_login(world.officer)
    address = reverse("knowledge-blueprint-retire", args=[world.bank.uid, first.uid])
    assert "nie powstanie już żaden nowy test" in client.get(address).content.decode()
    assert client.post(address, {"why": " "}).status_code == 422
    page = client.post(address, {"why": "Zmienił się wpis."}, follow=True).content.decode()
    assert "Plany wycofane" in page
    assert "Zmienił się wpis." in page
    assert client.get(address).status_code == 404
    held = client.get(reverse("knowledge-blueprint", args=[world.bank.uid, first.uid])).content.decode()
    assert "Plan wycofany" in held
    assert "Zapisz plan" not in held
    rest = f"/api/validation/tests/banks/{world.bank.uid}/blueprints/{second.uid}/retirement"
    assert client.post(rest, {"why": "Zmienił się wpis."}, content_type="application/json").status_code == 200
    second.refresh_from_db()
    assert second.closed_at is not None
    assert second.closed_why == "Zmienił się wpis."
