"""The bank: versions, blueprints, figures from the tables against plain counting, QTI through the actions."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dorobek.audits.person_data import rows_of
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.validation.actions import knowledge_bank
from dorobek.validation.actions.knowledge_exchange import export_bank, import_items
from dorobek.validation.models import (
    Application,
    BankItem,
    ItemVersion,
    KnowledgeAnswer,
    KnowledgeTest,
    QuestionBank,
)
from dorobek.validation.queries.knowledge import figures_of_bank, stock_of
from dorobek.validation.rules.testing.drawing import Row
from dorobek.validation.rules.testing.figures import Bad
from dorobek.validation.rules.testing.qti import Packed, pack
from tests.factories import acting, make_person
from tests.validation.knowledge_world import ALL, OPEN, SINGLE, Bank

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return Bank()


def change(world, item, question, **more):
    return knowledge_bank.change_item(
        item=item, question=question, criterion="1.1.a", difficulty=3, acting_user=acting(world.officer), **more
    )


def test_a_question_is_rewritten_until_it_is_used_and_versioned_after(world):
    version = world.add()
    change(world, version.item, replace(SINGLE, prompt="Inaczej?"))
    assert version.item.versions.get().prompt == "Inaczej?"
    world.let(blueprint=world.blueprint(Row("1.1.a", 1)))
    made = change(world, version.item, replace(SINGLE, prompt="Jeszcze inaczej?"))
    assert list(version.item.versions.order_by("number").values_list("prompt", flat=True)) == [
        "Inaczej?", "Jeszcze inaczej?",
    ]  # fmt: skip
    assert made.number == 2
    assert made.used_at is None


def test_two_officers_changing_one_question_the_second_is_told(world):
    item = world.add().item
    change(world, item, replace(SINGLE, prompt="Pierwsza?"), base_version=item.version)
    with pytest.raises(RuleBroken, match="Ktoś zmienił"):
        change(world, item, replace(SINGLE, prompt="Druga?"), base_version=item.version)


def test_a_retired_question_is_drawn_no_more_and_stays_where_it_was(world):
    version = world.add()
    test = world.let(blueprint=world.blueprint(Row("1.1.a", 1)))
    with pytest.raises(RuleBroken, match="dlaczego"):
        knowledge_bank.retire_item(item=version.item, why=" ", acting_user=acting(world.officer))
    knowledge_bank.retire_item(item=version.item, why="Stare przepisy.", acting_user=acting(world.officer))
    assert test.answers.get().item_version == version
    with pytest.raises(RuleBroken, match="wycofane"):
        change(world, version.item, SINGLE)
    world.person = make_person("Jan Drugi")
    world.me = world.person.account
    with pytest.raises(RuleBroken, match=r"1\.1\.a: potrzeba 1 p\., a pytania dają 0 p\."):
        world.let(world.documented(world.opening), test.blueprint)


def test_nobody_without_the_role_writes_the_bank(world):
    version = world.add()
    for who in (world.me, world.adviser, world.appeals, *world.assessors):
        user = acting(who)
        with pytest.raises(NotAllowed):
            knowledge_bank.add_item(bank=world.bank, question=SINGLE, criterion="1.1.a", difficulty=1, acting_user=user)
        with pytest.raises(NotAllowed):
            knowledge_bank.change_item(
                item=version.item, question=SINGLE, criterion="1.1.a", difficulty=1, acting_user=user
            )
        with pytest.raises(NotAllowed):
            knowledge_bank.retire_item(item=version.item, why="x", acting_user=user)
        with pytest.raises(NotAllowed):
            export_bank(bank=world.bank, acting_user=user)
        with pytest.raises(NotAllowed):
            import_items(bank=world.bank, content=b"PK", acting_user=user)
        with pytest.raises(NotAllowed):
            knowledge_bank.save_blueprint(
                bank=world.bank, title="x", rows=[Row("1.1.a", 1)], minutes=1, pass_percent=1, acting_user=user
            )
        assert not QuestionBank.objects.visible_to(user.account).exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"title": " "}, "nazwać"),
        ({"minutes": 0}, "Czas: od 1"),
        ({"pass_percent": 101}, "Próg"),
        ({"pass_by_outcome": {"9.9": 50}}, "Nie ma takiego efektu"),
        ({"pass_by_outcome": {"1.1": 0}}, "Próg"),
    ],
)
def test_a_plan_that_could_not_be_a_test_is_refused(world, values, words):
    with pytest.raises(RuleBroken, match=words):
        world.blueprint(Row("1.1.a", 1), **values)


def test_a_plan_names_its_points_once(world):
    with pytest.raises(RuleBroken, match=r"nie da się ustalić: 1\.1"):
        world.blueprint(Row("1.1.a", 1), Row("1.1", 1))


def test_questions_read_in_need_a_criterion_of_this_entry(world):
    user = acting(world.officer)
    for question in ALL:
        world.add(question)
    content = export_bank(bank=world.bank, acting_user=user)
    assert import_items(bank=world.bank, content=content, acting_user=user) == []
    elsewhere = pack([("q-1", Packed(SINGLE, "1.1.a", 4))], "13477")
    with pytest.raises(RuleBroken, match="Pytanie 1") as refused:
        import_items(bank=world.bank, content=elsewhere, acting_user=user)
    assert refused.value.field == "criterion"
    [made] = import_items(bank=world.bank, content=elsewhere, criterion="2.1.a", acting_user=user)
    assert (made.criterion, made.difficulty, made.question) == ("2.1.a", 4, SINGLE)
    with pytest.raises(RuleBroken, match="paczka ZIP") as refused:
        import_items(bank=world.bank, content=b"PK broken", acting_user=user)
    assert refused.value.field == "file"


def many(world, version, count):
    """So many finished tests of one question each beside a second question; rows as marking would leave them."""
    other = world.add(SINGLE, "1.1.b")
    plan = world.blueprint(Row("1.1.a", 1), Row("1.1.b", 1))
    now = timezone.now()
    people = [make_person(f"Osoba {n}", with_account=False) for n in range(count)]
    applications = Application.objects.bulk_create(
        Application(person=one, opening=world.opening, state="documented") for one in people
    )
    tests = KnowledgeTest.objects.bulk_create(
        KnowledgeTest(
            application=one, round=1, blueprint=plan, opens_at=now, closes_at=now, minutes=30, pass_percent=50,
            started_at=now, ends_at=now, finished_at=now,
        )
        for one in applications
    )  # fmt: skip
    rows = []
    for number, test in enumerate(tests):
        # The worse half takes the right answer, the better half a wrong one: somebody should look at the key.
        better = number % 3 > 0
        mine, rest = ("b", 0) if better else ("a", 1), 1 if better else 0
        rows.append(KnowledgeAnswer(test=test, place=1, item_version=version, answer=mine[0], points=mine[1]))
        rows.append(KnowledgeAnswer(test=test, place=2, item_version=other, answer="a" if rest else "b", points=rest))
    KnowledgeAnswer.objects.bulk_create(rows)
    return other


def test_figures_come_from_the_tables_in_two_statements_and_name_the_bad_question(world):
    version = world.add()
    other = many(world, version, 36)
    with CaptureQueriesContext(connection) as queries:
        found = {one.version.pk: one for one in figures_of_bank(world.bank)}
    assert len(queries) == 2
    one = found[version.pk]
    right = KnowledgeAnswer.objects.filter(item_version=version, points=1).count()
    assert one.figures.difficulty == pytest.approx(right / 36)
    assert one.figures.discrimination == pytest.approx(-1)
    assert one.figures.chosen == {"a": 12, "b": 24}
    assert one.bad == [Bad.KEY, Bad.NEGATIVE, Bad.DEAD]
    assert found[other.pk].figures.chosen == {"a": 24, "b": 12}


def test_cancelled_and_running_tests_do_not_count(world):
    version = world.add()
    many(world, version, 4)
    KnowledgeTest.objects.update(cancelled_at=timezone.now())
    assert figures_of_bank(world.bank) == []


def test_the_stock_names_criteria_without_questions(world):
    world.add(OPEN, difficulty=5)
    stock = {one.code: one for one in stock_of(world.bank)}
    assert (stock["1.1.a"].questions, stock["1.1.a"].points) == (1, {5: 3})
    assert stock["2.2.a"].questions == 0


def test_what_a_person_takes_away_or_erases_holds_no_question(world):
    world.add(OPEN)
    test = world.finished(world.started(blueprint=world.blueprint(Row("1.1.a", 3))))
    assert rows_of(KnowledgeAnswer, world.person).get().test == test
    assert not KnowledgeAnswer.objects.filter(KnowledgeAnswer.told_when).exists(), "not before the decision"
    for model in (BankItem, ItemVersion, QuestionBank):
        assert model.data_class.value == "institution"
