"""Open answers: two markers blind to each other, agreement or a third, and nobody who may not judge (VA-4, VA-5)."""

import datetime as dt
from decimal import Decimal

import pytest

from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.validation.actions import appeals, commissions, knowledge_marking, openings
from dorobek.validation.enums import AppealAbout
from dorobek.validation.models import KnowledgeTest, OpenMark
from dorobek.validation.rules import OwnRule
from dorobek.validation.rules.testing.drawing import Row
from tests.factories import acting
from tests.validation.knowledge_world import OPEN, SINGLE, Bank

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return Bank()


def appoint(world, test, account, place):
    return knowledge_marking.appoint_marker(test=test, account=account, place=place, acting_user=acting(world.officer))


def test_two_markers_alike_settle_the_test(world):
    test = world.open_finished()
    assert world.again(test).settled_at is None
    world.mark(test, 1, "2.5")
    assert world.again(test).settled_at is None
    world.mark(test, 2, "2.5")
    test = world.again(test)
    assert test.result["outcomes"] == {"1.1": ["2.50", "3.00", 50, True]}
    assert test.application.methods.get().criteria == ["1.1.a"]
    with pytest.raises(RuleBroken, match="już ustalony"):
        appoint(world, test, world.assessors[2], 3)


def test_an_open_question_left_out_needs_nobody(world):
    world.add(OPEN)
    test = world.finish(world.started(blueprint=world.blueprint(Row("1.1.a", 3))))
    assert world.again(test).result["criteria"] == {"1.1.a": ["0.00", "3.00"]}


def test_a_third_decides_where_two_differ_and_not_before(world):
    test = world.open_finished()
    world.mark(test, 1, "1")
    with pytest.raises(RuleBroken, match="dopiero wtedy"):
        appoint(world, test, world.assessors[2], 3)
    world.mark(test, 2, "3")
    assert world.again(test).settled_at is None
    world.mark(test, 3, "2")
    assert world.again(test).result["criteria"] == {"1.1.a": ["2.00", "3.00"]}
    assert OpenMark.objects.filter(test=test).count() == 3, "what each of them gave stays"


def test_two_agree_only_when_the_other_one_confirms(world):
    test = world.open_finished()
    first, second = world.mark(test, 1, "1"), world.mark(test, 2, "3")
    answer = test.answers.get()
    values = {"test": test, "answer": answer, "points": Decimal("2"), "reason": "drugi powód też jest"}
    knowledge_marking.propose_agreement(**values, acting_user=acting(first.account))
    with pytest.raises(RuleBroken, match="Potwierdza druga osoba"):
        knowledge_marking.confirm_agreement(test=test, answer=answer, acting_user=acting(first.account))
    knowledge_marking.propose_agreement(**{**values, "points": Decimal("2.5")}, acting_user=acting(second.account))
    with pytest.raises(RuleBroken):
        knowledge_marking.confirm_agreement(test=test, answer=answer, acting_user=acting(second.account))
    knowledge_marking.confirm_agreement(test=test, answer=answer, acting_user=acting(first.account))
    assert world.again(test).result["criteria"] == {"1.1.a": ["2.50", "3.00"]}


def test_closed_marks_never_change_and_have_to_be_whole(world):
    test = world.open_finished()
    marker = appoint(world, test, world.assessors[0], 1)
    who = acting(marker.account)
    with pytest.raises(RuleBroken, match="Bez punktów są jeszcze"):
        knowledge_marking.close_marks(test=test, acting_user=who)
    world.mark(test, 1, "1")
    with pytest.raises(RuleBroken, match="zamknięte"):
        knowledge_marking.mark_open(
            test=test, answer=test.answers.get(), points=Decimal(2), reason="x", acting_user=who
        )
    with pytest.raises(RuleBroken, match="już zamknięte"):
        knowledge_marking.close_marks(test=test, acting_user=who)


@pytest.mark.parametrize(
    ("points", "reason", "words"),
    [
        ("3.01", "x", "Punkty: od 0"),
        ("-1", "x", "Punkty: od 0"),
        ("1.005", "x", "dwa miejsca"),
        ("2", " ", "czego zabrakło"),
    ],
)
def test_points_that_could_not_be_defended_are_refused(world, points, reason, words):
    test = world.open_finished()
    marker = appoint(world, test, world.assessors[0], 1)
    with pytest.raises(RuleBroken, match=words):
        knowledge_marking.mark_open(
            test=test, answer=test.answers.get(), points=Decimal(points), reason=reason,
            acting_user=acting(marker.account),
        )  # fmt: skip


def test_who_may_mark(world):
    test = world.open_finished()
    for account, words in (
        (world.officer, "tylko asesor"),
        (world.me, "tylko asesor"),
        (world.adviser, "tylko asesor"),
    ):
        with pytest.raises(RuleBroken, match=words):
            appoint(world, test, account, 1)
    openings.note_training(
        institution=world.institution, trainer=world.assessors[3], person=world.person, title="Księgowość",
        ended_on=dt.date(2026, 1, 5), acting_user=acting(world.officer),
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="prowadziła szkolenie"):
        appoint(world, test, world.assessors[3], 1)
    for who in (world.me, world.assessors[0], world.adviser):
        with pytest.raises(NotAllowed):
            knowledge_marking.appoint_marker(test=test, account=world.assessors[0], place=1, acting_user=acting(who))
    appoint(world, test, world.assessors[0], 1)
    for account, place in ((world.assessors[0], 2), (world.assessors[1], 1)):
        with pytest.raises(RuleBroken, match="zajęte"):
            appoint(world, test, account, place)
    with pytest.raises(RuleBroken, match="najwyżej troje"):
        appoint(world, test, world.assessors[1], 4)
    with pytest.raises(NotAllowed):
        knowledge_marking.mark_open(
            test=test, answer=test.answers.get(), points=Decimal(3), reason="", acting_user=acting(world.assessors[1])
        )


@pytest.mark.parametrize(
    ("said", "own", "words"),
    [
        ({"trained": True}, [], "prowadziła szkolenie"),
        ({"relative": True}, [OwnRule.NO_RELATIVES], "krewnym kandydata"),
        ({"subordinate": True}, [OwnRule.NO_SUBORDINATES], "podwładnym"),
        ({"relative": True, "subordinate": True}, [], ""),
        ({}, [OwnRule.NO_RELATIVES, OwnRule.NO_SUBORDINATES], ""),
    ],
)
def test_what_somebody_declared_keeps_them_from_marking_too(world, said, own, words):
    world.opening = world.open(own_rules=own, places=900)
    test = world.open_finished()
    made = world.commission(test.application, declare=False)
    member = made.members.get(record__account=world.assessors[0])
    commissions.declare(application=test.application, member=member, acting_user=acting(world.assessors[0]), **said)
    assert words in knowledge_marking.refusal(test, world.assessors[0])
    if words:
        with pytest.raises(RuleBroken, match=words):
            appoint(world, test, world.assessors[0], 1)
    else:
        assert appoint(world, test, world.assessors[0], 1).place == 1


def test_a_tie_declared_after_the_appointment_ends_the_marking(world):
    test = world.open_finished()
    marker = appoint(world, test, world.assessors[0], 1)
    made = world.commission(test.application, declare=False)
    member = made.members.get(record__account=world.assessors[0])
    commissions.declare(
        application=test.application, member=member, trained=True, acting_user=acting(world.assessors[0])
    )
    with pytest.raises(NotAllowed):
        knowledge_marking.mark_open(
            test=test, answer=test.answers.get(), points=Decimal(3), reason="", acting_user=acting(marker.account)
        )


def test_after_an_upheld_appeal_others_mark(world):
    first = world.open_finished()
    world.mark(first, 1, "2")
    world.mark(first, 2, "2")
    application = world.appointed(world.fresh(first.application), *world.records[1:3])
    appeals.file_appeal(
        application=application, about=AppealAbout.COURSE, reason="Za mało czasu.", acting_user=acting(world.me)
    )
    world.answer(application.appeals.get())
    again = world.fresh(application)
    assert again.round == 2
    second = world.finished(world.started(world.let(again, world.blueprint(Row("1.1.a", 3)))))
    marked, both, judged, free = (knowledge_marking.refusal(second, one) for one in world.assessors)
    assert all("Po odwołaniu ocenia ktoś inny" in one for one in (marked, both, judged))
    assert free == ""


def test_a_marker_marks_open_answers_of_this_test_alone(world):
    world.add(SINGLE)
    test = world.finished(world.started(blueprint=world.blueprint(Row("1.1.a", 1))))
    assert world.again(test).settled_at
    world.add(OPEN)
    application = test.application
    application.state = "withdrawn"
    application.save()
    second = world.finished(world.started(world.let(world.documented(world.open()), world.blueprint(Row("1.1.a", 3)))))
    marker = appoint(world, second, world.assessors[0], 1)
    with pytest.raises(NotAllowed):
        knowledge_marking.mark_open(
            test=second, answer=test.answers.get(), points=Decimal(1), reason="", acting_user=acting(marker.account)
        )


def test_tests_are_seen_by_whom_they_concern_and_no_sooner(world):
    test = world.started(world.let(blueprint=(world.add(OPEN), world.blueprint(Row("1.1.a", 3)))[1]))

    def seen(who):
        return KnowledgeTest.objects.visible_to(acting(who).account).filter(pk=test.pk).exists()

    assert [seen(one) for one in (world.me, world.officer)] == [True, True]
    assert not any(map(seen, [world.adviser, world.appeals, *world.assessors]))
    world.finished(test)
    appoint(world, test, world.assessors[1], 1)
    assert [seen(one) for one in world.assessors] == [False, True, False, False]
    application = world.appointed(world.fresh(test.application))
    assert [seen(one) for one in world.assessors] == [True, True, False, False]
    assert application.knowledge_tests.get() == test


def test_the_history_tells_of_marking_without_points(world):
    test = world.open_finished()
    world.mark(test, 1, "1")
    world.mark(test, 2, "1")
    told = HistoryEntry.objects.filter(stream=world.person.uid).select_related("payload")
    kinds = [one.kind for one in told]
    assert kinds.count("validation.test-marks-closed") == 2
    assert "Brakuje drugiego powodu" not in str([one.payload.data for one in told])
