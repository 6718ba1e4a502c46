"""A question of the bank that verifies several criteria: kept, drawn, counted, packed; old questions as they were."""

import pytest
from django.urls import reverse

from dorobek.kernel.errors import RuleBroken
from dorobek.validation import knowledge
from dorobek.validation.actions import knowledge_bank, knowledge_exchange
from dorobek.validation.models import ItemVersion, KnowledgeTest, MethodRecord
from dorobek.validation.queries.knowledge import items_of, stock_of
from dorobek.validation.rules.testing.drawing import Row
from dorobek.validation.rules.testing.questions import Form, Question
from tests.factories import acting
from tests.sessions import signed_in_client
from tests.validation.knowledge_world import ABC, SINGLE, Bank

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return Bank()


def add(world, *also, question=SINGLE, criterion="1.1.a"):
    return knowledge_bank.add_item(
        bank=world.bank, question=question, criterion=criterion, also=also, difficulty=3,
        acting_user=acting(world.officer),
    )  # fmt: skip


def test_it_is_kept_with_every_criterion_in_the_order_of_the_entry_each_once(world):
    made = add(world, "2.1.a", "1.1.b", "1.1.a", "1.1.b")
    assert made.criteria == ("1.1.a", "1.1.b", "2.1.a")
    assert add(world, question=Question(Form.SINGLE, "Inne?", 1, choices=ABC, right=("a",))).also == []
    with pytest.raises(RuleBroken, match=r"Wpis nie ma takiego kryterium: 9\.9\.z"):
        add(world, "9.9.z")


def test_the_bank_shows_it_at_each_of_its_criteria(world):
    made = add(world, "1.2.a")
    stock = {one.code: (one.questions, one.total, one.also) for one in stock_of(world.bank)}
    assert stock["1.1.a"] == (1, 1, 0)
    assert stock["1.2.a"] == (0, 0, 1)
    assert [one.pk for one in items_of(world.bank, "1.2.a")] == [made.pk]
    assert items_of(world.bank, "2.1.a") == []


def test_in_other_words_it_may_verify_other_criteria_and_an_asked_version_keeps_its_own(world):
    made = add(world, "1.2.a")
    ItemVersion.objects.filter(pk=made.pk).update(used_at=made.written_at)
    later = knowledge_bank.change_item(
        item=made.item, question=SINGLE, criterion="1.1.b", also=["1.1.a"], difficulty=3,
        acting_user=acting(world.officer),
    )  # fmt: skip
    made.refresh_from_db()
    assert (made.criteria, later.criteria) == (("1.1.a", "1.2.a"), ("1.1.b", "1.1.a"))


def test_one_answer_counts_at_each_criterion_and_once_in_each_outcome(world):
    add(world, "1.1.b", "1.2.a")
    test = world.finished(world.started(blueprint=world.blueprint(Row("1.1.a", 1))))
    held = KnowledgeTest.objects.get(pk=test.pk)
    points = {code: [float(got), float(of)] for code, (got, of) in held.result["criteria"].items()}
    assert points == {code: [1.0, 1.0] for code in ("1.1.a", "1.1.b", "1.2.a")}
    assert {code: float(row[1]) for code, row in held.result["outcomes"].items()} == {"1.1": 1.0, "1.2": 1.0}
    assert MethodRecord.objects.get(method="knowledge_test").criteria == ["1.1.a", "1.1.b", "1.2.a"]


def test_what_the_entry_does_not_let_a_test_verify_is_not_counted(world, monkeypatch):
    add(world, "2.1.a")
    monkeypatch.setattr(
        "dorobek.validation.actions.knowledge_results.asked_of", lambda _test: ["1.1.a", "1.1.b", "1.2.a"]
    )
    world.finished(world.started(blueprint=world.blueprint(Row("1.1.a", 1))))
    assert MethodRecord.objects.get(method="knowledge_test").criteria == ["1.1.a"]


def test_it_goes_out_and_comes_in_with_every_criterion(world):
    add(world, "1.1.b", "1.2.a")
    content = knowledge_exchange.export_bank(bank=world.bank, acting_user=acting(world.officer))
    assert knowledge_exchange.import_items(bank=world.bank, content=content, acting_user=acting(world.officer)) == []
    ItemVersion.objects.update(criterion="2.1.a")
    [made] = knowledge_exchange.import_items(bank=world.bank, content=content, acting_user=acting(world.officer))
    assert made.criteria == ("1.1.a", "1.1.b", "1.2.a")


def test_the_pool_takes_old_questions_as_they_are(world):
    world.stocked(each=1)
    assert {one.also for one in knowledge.pool_of(world.bank)} == {()}


def test_the_officer_ticks_further_criteria_and_reads_them_back(world):
    client = signed_in_client(world.officer)
    new = reverse("knowledge-item-new", args=[world.bank.uid, "single"])
    assert "Sprawdza też inne kryteria" in client.get(new).content.decode()
    sent = {
        "criterion": "1.1.a", "also": ["1.2.a"], "points": 1, "difficulty": 3, "prompt": "Gdzie wpisuje się zakup?",
        "choices": "* Księga\nDziennik",
    }  # fmt: skip
    client.post(new, sent)
    made = ItemVersion.objects.get()
    assert made.criteria == ("1.1.a", "1.2.a")
    item = client.get(reverse("knowledge-item", args=[world.bank.uid, made.item.uid])).content.decode()
    assert "sprawdza też: 1.2.a" in item
    bank = client.get(reverse("knowledge-bank", args=[world.bank.uid]), {"kryterium": "1.2.a"}).content.decode()
    assert "Gdzie wpisuje się zakup?" in bank
    assert "przy okazji: 1" in bank
    change = reverse("knowledge-item-change", args=[world.bank.uid, made.item.uid])
    client.post(change, {**sent, "also": [], "base_version": made.item.version})
    assert ItemVersion.objects.get().also == []
