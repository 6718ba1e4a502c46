"""A sitting from letting the candidate in to the result: the server's clock, answers numbered, nothing lost (VA-4)."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dorobek.kernel import history
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry, Job
from dorobek.register.entry.validation import Method
from dorobek.validation import knowledge_jobs
from dorobek.validation.actions import knowledge_bank, knowledge_tests
from dorobek.validation.models import AdjustmentAnswer, ItemVersion, KnowledgeAnswer, KnowledgeTest
from dorobek.validation.queries.knowledge import may_read_result, sheet_facts
from dorobek.validation.rules.testing.answers import Arrival
from dorobek.validation.rules.testing.drawing import Row
from dorobek.validation.rules.testing.questions import Form
from tests.factories import acting
from tests.validation.knowledge_world import ALL, Bank

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return Bank().stocked()


def past(test, **ago):
    """The test began so long ago."""
    began = timezone.now() - dt.timedelta(**ago)
    KnowledgeTest.objects.filter(pk=test.pk).update(started_at=began, ends_at=began + test.hours.allowed)


def test_a_test_of_every_form_is_marked_by_machine_and_becomes_a_record_of_the_method():
    world = Bank()
    for question in ALL:
        if question.form is not Form.OPEN:
            world.add(question)
    test = world.finished(world.started(blueprint=world.blueprint(Row("1.1.a", 8))))
    assert {row.item_version.form: row.points for row in test.answers.select_related("item_version")} == {
        "single": 1, "multiple": 2, "ordering": 1, "matching": 2, "short": 1, "number": 1,
    }  # fmt: skip
    test = world.again(test)
    assert test.result == {"criteria": {"1.1.a": ["8.00", "8.00"]}, "outcomes": {"1.1": ["8.00", "8.00", 50, True]}}
    record = test.application.methods.get()
    assert (record.method, record.criteria, record.round) == ("knowledge_test", ["1.1.a"], 1)
    kinds = list(
        HistoryEntry.objects.filter(subject=test.application.uid).order_by("seq").values_list("kind", flat=True)
    )
    assert kinds[-4:] == [
        "validation.test-let", "validation.test-started", "validation.test-finished", "validation.method-used",
    ]  # fmt: skip
    assert list(history.verify(world.person.uid)) == []


def test_the_whole_way_to_a_certificate_with_the_test_as_the_method(world):
    application = world.documented(world.opening)
    world.finished(world.started(world.let(application)))
    application = world.appointed(world.fresh(application))
    world.verify(application, {"work_sample": ("2.1.a", "2.1.b", "2.2.a")})
    judge = application.assessments.first().assessor
    assert {code: str(one.got) for code, one in sheet_facts(application, acting(judge).account).items()} == {
        "1.1.a": "2.00", "1.1.b": "1.00", "1.2.a": "1.00",
    }  # fmt: skip
    assert sheet_facts(application, acting(world.assessors[3]).account) == {}
    assert sheet_facts(application, acting(world.me).account) == {}
    for sheet in application.assessments.all():
        world.fill(sheet)
    world.decide(world.fresh(application))
    test = application.knowledge_tests.get()
    assert may_read_result(acting(world.me).account, test)
    assert world.certify(world.fresh(application))


def test_the_history_gives_no_points_away(world):
    world.finished()
    told = HistoryEntry.objects.filter(stream=world.person.uid, kind__startswith="validation.test")
    assert "points" not in str([one.payload.data for one in told.select_related("payload")])
    assert "2.00" not in str([one.payload.data for one in told.select_related("payload")])


def test_answers_are_numbered_so_that_nothing_is_written_twice_or_back(world):
    test = world.started()
    assert world.keep(test, 1, "1", 1).arrival is Arrival.TAKE
    assert world.keep(test, 1, "1", 1).arrival is Arrival.SAME
    assert world.keep(test, 1, "2", 3).arrival is Arrival.TAKE
    late = world.keep(test, 1, "1", 2)
    assert (late.arrival, late.number) == (Arrival.OVERTAKEN, 3)
    clash = world.keep(test, 1, "1", 3, device="laptop")
    assert (clash.arrival, clash.number) == (Arrival.CLASH, 3)
    row = test.answers.get(place=1)
    assert (row.answer, row.seq, row.device) == (row.shown["choices"][1], 3, "telefon")
    assert world.keep(test, 1, None, 4).arrival is Arrival.TAKE
    assert test.answers.get(place=1).answer is None


def test_an_answer_takes_two_statements_whatever_the_length_of_the_test(world):
    test = world.started()
    who = acting(world.me)
    with CaptureQueriesContext(connection) as queries:
        knowledge_tests.keep_answer(test_uid=test.uid, place=1, number=1, device="d", given="1", acting_user=who)
    said = [one["sql"] for one in queries if "SAVEPOINT" not in one["sql"]]
    assert len(said) == 2, said


@pytest.mark.parametrize("given", ["9", "a", ["1"], {"1": "1"}, 1.5, "1" * 9])
def test_an_answer_the_question_cannot_have_is_refused(world, given):
    test = world.started()
    with pytest.raises(RuleBroken, match="nie da się zapisać"):
        world.keep(test, 1, given)


def test_words_are_kept_whatever_they_are_and_what_no_database_holds_is_refused():
    world = Bank()
    test = world.started(world.let(blueprint=(world.add(ALL[4]), world.blueprint(Row("1.1.a", 1)))[1]))
    for words in ("żółć 🐝", "' OR 1=1 --", "<b>x</b>", "\u202e odwrotnie"):
        world.keep(test, 1, words)
        assert test.answers.get(place=1).answer == words
    for bad in ("\x00", "\ud800", "x" * 301):
        with pytest.raises(RuleBroken, match="nie da się zapisać"):
            world.keep(test, 1, bad)


def test_nobody_but_the_candidate_answers_and_only_the_own_test(world):
    test = world.started()
    for who in (world.officer, world.assessors[0], world.adviser):
        with pytest.raises(NotAllowed):
            knowledge_tests.keep_answer(
                test_uid=test.uid, place=1, number=1, device="d", given="1", acting_user=acting(who)
            )
        with pytest.raises(NotAllowed):
            knowledge_tests.finish_test(test=test, acting_user=acting(who))
    for place, number in ((99, 1), (1, 0), (1, -5), (1, 2**40)):
        with pytest.raises(NotAllowed):
            world.keep(test, place, "1", number)


def test_late_answers_are_refused_with_words_and_those_before_count(world):
    test = world.started()
    world.answer_all(test)
    past(test, minutes=30, seconds=4)
    assert world.keep(test, 1, None).arrival is Arrival.TAKE, "what was on its way still arrives"
    past(test, minutes=30, seconds=30)
    with pytest.raises(RuleBroken, match="Czas się skończył"):
        world.keep(test, 2, None)
    assert test.answers.exclude(answer=None).count() == 3


def test_extra_time_is_what_the_body_granted(world):
    application = world.documented(world.opening)
    AdjustmentAnswer.objects.create(application=application, granted=True, extra_percent=50, reason="dysleksja")
    test = world.started(world.let(application))
    assert test.ends_at - test.started_at == dt.timedelta(minutes=45)
    past(test, minutes=44)
    assert world.keep(test, 1, "1").arrival is Arrival.TAKE
    past(test, minutes=46)
    with pytest.raises(RuleBroken, match="Czas się skończył"):
        world.keep(test, 1, "2")


def test_the_clock_runs_on_over_a_second_start_and_on_another_device(world):
    test = world.started()
    past(test, minutes=20)
    again = world.started(world.again(test))
    assert again.started_at == world.again(test).started_at
    assert world.keep(test, 1, "1", device="inny").seconds_left <= 600


@pytest.mark.parametrize(("window", "words"), [((1, 2), "za wcześnie"), ((-3, -2), "minął")])
def test_it_starts_in_its_window_alone(world, window, words):
    test = world.let()
    now = timezone.now()
    KnowledgeTest.objects.filter(pk=test.pk).update(
        opens_at=now + dt.timedelta(hours=window[0]), closes_at=now + dt.timedelta(hours=window[1])
    )
    with pytest.raises(RuleBroken, match=words):
        world.started(test)
    with pytest.raises(RuleBroken):
        world.keep(test, 1, "1")


def test_a_test_whose_time_ended_is_finished_by_a_job_once(world, django_capture_on_commit_callbacks):
    test = world.started()
    world.keep(test, 1, "1")
    assert knowledge_jobs.start_finishing() == 0
    past(test, minutes=31)
    with django_capture_on_commit_callbacks(execute=True):
        assert knowledge_jobs.start_finishing() == 1
    test = world.again(test)
    assert (test.finished_how, test.settled_at is not None) == ("time", True)
    assert Job.objects.get(kind=knowledge_jobs.FINISH).result == {"finished": True}
    assert not knowledge_tests.finish_by_time(test_uid=test.uid)
    assert test.application.methods.count() == 1
    with pytest.raises(RuleBroken, match="oddany"):
        world.keep(test, 1, "2")


def test_handing_in_twice_is_handing_in_once(world):
    test = world.finished()
    assert world.finish(test).finished_at == test.finished_at
    assert test.application.methods.count() == 1


def test_one_test_a_round_and_a_cancelled_one_makes_room_and_its_answers_count_no_more(world):
    test = world.started()
    application = test.application
    with pytest.raises(RuleBroken, match="ma już test"):
        world.let(world.fresh(application))
    with pytest.raises(RuleBroken, match="dlaczego"):
        knowledge_tests.cancel_test(test=test, why=" ", acting_user=acting(world.officer))
    with pytest.raises(NotAllowed):
        knowledge_tests.cancel_test(test=test, why="x", acting_user=acting(world.me))
    knowledge_tests.cancel_test(test=test, why="Zgasło światło.", acting_user=acting(world.officer))
    with pytest.raises(RuleBroken, match="odwołano"):
        world.keep(test, 1, "1")
    other = world.let(world.fresh(application))
    seen = set(test.answers.values_list("item_version__item", flat=True))
    assert not seen & set(other.answers.values_list("item_version__item", flat=True)), "nothing asked before"
    settled = world.finished(world.started(other))
    with pytest.raises(RuleBroken, match="już się liczy"):
        knowledge_tests.cancel_test(test=world.again(settled), why="x", acting_user=acting(world.officer))


def test_letting_sit_is_refused_with_the_criterion_that_lacks_questions(world):
    with pytest.raises(RuleBroken, match=r"1\.1\.b: potrzeba 9 p\., a pytania dają 4 p\."):
        world.let(blueprint=world.blueprint(Row("1.1.a", 1), Row("1.1.b", 9)))
    assert not KnowledgeTest.objects.exists()
    with pytest.raises(RuleBroken, match=r"trudności 5: potrzeba 1 p\., a pytania dają 0 p\."):
        world.let(world.fresh(world.person.validations.get()), world.blueprint(Row("1.1.a", 1, 5)))


def test_who_lets_sit(world):
    application = world.documented(world.opening)
    blueprint = world.blueprint()
    now = timezone.now()
    for who in (world.me, world.adviser, world.assessors[0]):
        with pytest.raises(NotAllowed):
            knowledge_tests.let_sit(
                application=application, blueprint=blueprint, opens_at=now, closes_at=now + dt.timedelta(1),
                acting_user=acting(who),
            )  # fmt: skip
    with pytest.raises(RuleBroken, match="po początku"):
        world.let(application, blueprint, closes_at=now - dt.timedelta(days=2))


def test_outcomes_confirmed_earlier_are_not_asked_again(world):
    application = world.documented(world.opening)
    application.carried = ["1.1"]
    application.save()
    test = world.let(application)
    assert set(test.answers.values_list("item_version__criterion", flat=True)) == {"1.2.a"}


def test_a_method_the_entry_does_not_allow_is_refused():
    world = Bank(methods=(Method("work_sample", "próba pracy", (1, 2)),)).stocked()
    with pytest.raises(RuleBroken, match="nie dopuszcza testu wiedzy"):
        world.let()


def test_the_words_of_a_question_somebody_was_asked_never_change(world):
    test = world.let()
    row = test.answers.select_related("item_version__item").first()
    old = row.item_version.prompt
    question = row.item_version.question
    made = knowledge_bank.change_item(
        item=row.item_version.item, question=replace(question, prompt="Inaczej?"), criterion="1.1.a", difficulty=2,
        acting_user=acting(world.officer),
    )  # fmt: skip
    assert (made.number, ItemVersion.objects.get(pk=row.item_version_id).prompt) == (2, old)
    assert KnowledgeAnswer.objects.get(pk=row.pk).item_version_id == row.item_version_id
