"""A request about the fee is somebody's move with a day; a changed commission is told to whom it concerns (VA-6)."""

import datetime as dt

import pytest
from django.utils import timezone

from dorobek.validation.actions import fees, letters
from dorobek.validation.actions.replacing import replace_member
from dorobek.validation.enums import FeeWaits
from dorobek.validation.models import CaseNotice, Fee
from dorobek.validation.queries import desk
from dorobek.validation.queries.moving import moves_of
from dorobek.validation.rules.moves import Mover, Step, next_move
from tests.factories import acting
from tests.validation.test_fees import open_with
from tests.validation.test_letters import post, to, world
from tests.validation.test_moves import DAY, case

__all__ = ["post", "world"]
pytestmark = pytest.mark.django_db


def ask(world, application):
    return fees.ask_fee(application=application, words="Nie mam pracy.", acting_user=acting(world.me))


def test_the_office_answers_before_its_own_next_step_and_others_work_on():
    soon = DAY + dt.timedelta(1)
    for now in (
        case("documented", fee_due=soon),
        case("documented", sitting_on=DAY + dt.timedelta(3), members=3, declared=3, fee_due=soon),
        case("appointed", sheets=3, closed=3, fee_due=soon),
        case("decided", whole="met", fee_due=soon),
    ):
        assert next_move(now, DAY) == next_move(now, soon)
        move = next_move(now, DAY)
        assert (move.mover, move.step, move.due) == (Mover.OFFICER, Step.ANSWER_FEE, soon)
    sitting = {"sitting_on": DAY, "members": 3}
    assert next_move(case("documented", **sitting, fee_due=soon), DAY).step is Step.DECLARE
    assert next_move(case("appointed", sheets=3, fee_due=soon), DAY).step is Step.JUDGE
    assert next_move(case("documented", appeal_due=DAY, fee_due=soon), DAY).step is Step.ANSWER
    early = next_move(case("documented", sitting_on=DAY, fee_due=soon), DAY)
    assert (early.step, early.due) == (Step.ANSWER_FEE, DAY), "not later than the step that waits for it"


def test_a_request_reaches_the_office_at_once_and_on_its_day(world, post):
    application = world.documented(open_with(world, FeeWaits.COMMISSION))
    _fee, sent = post(lambda: ask(world, application))
    assert "odpowiedzieć na prośbę w sprawie opłaty" in to(sent, world.officer)[0][1]
    assert to(sent, world.me) == []
    move = moves_of([world.fresh(application)])[application.pk]
    assert (move.mover, move.step) == (Mover.OFFICER, Step.ANSWER_FEE)
    CaseNotice.objects.all().delete()
    _count, sent = post(lambda: letters.remind_day(move.due + dt.timedelta(1)))
    assert "odpowiedzieć na prośbę w sprawie opłaty" in to(sent, world.officer)[0][1]
    officer = acting(world.officer)
    fees.answer_fee(application=application, granted=False, reason="Nie.", acting_user=officer)
    assert moves_of([world.fresh(application)])[application.pk].step is Step.PLAN


def test_while_an_adviser_works_the_office_is_told_all_the_same(world, post):
    application = world.submitted(open_with(world, FeeWaits.COMMISSION))
    _fee, sent = post(lambda: ask(world, application))
    assert "prośbę w sprawie opłaty" in to(sent, world.officer)[0][1]
    assert moves_of([world.fresh(application)])[application.pk].step is Step.DOCUMENT
    CaseNotice.objects.all().delete()
    late = Fee.objects.get().due_on + dt.timedelta(1)
    _count, sent = post(lambda: letters.remind_day(late))
    assert "prośbę w sprawie opłaty" in to(sent, world.officer)[0][1]


@pytest.mark.parametrize("granted", [True, False])
def test_after_the_answer_the_reminder_to_pay_goes_again(world, post, granted):
    application = world.documented(open_with(world, FeeWaits.COMMISSION))
    due = Fee.objects.get().due_on
    letters.remind_day(due - dt.timedelta(1))
    ask(world, application)
    assert to(post(lambda: letters.remind_day(due - dt.timedelta(1)))[1], world.me) == []
    fees.answer_fee(
        application=application, granted=granted, grosze=100, reason="Tak.", acting_user=acting(world.officer)
    )
    _count, sent = post(lambda: letters.remind_day(due - dt.timedelta(1)))
    assert "Opłata za walidację" in [subject for subject, _body in to(sent, world.me)]


def test_late_with_a_request_is_the_same_in_the_database(world):
    application = world.documented(open_with(world, FeeWaits.COMMISSION))
    ask(world, application)
    user = acting(world.officer).account
    assert desk.late_count(user) == 0
    Fee.objects.update(due_on=timezone.localdate() - dt.timedelta(1))
    [row] = desk.with_moves(list(desk.cases(user)))
    assert row.late
    assert [one.pk for one in desk.cases(user, late=True)] == [application.pk]


def test_a_replaced_member_is_told_to_the_candidate_and_to_whoever_comes(world, post):
    application = world.judged(c11a="not-met")
    CaseNotice.objects.all().delete()
    _made, sent = post(lambda: replace_member(
        application=application, leaves=application.commission.members.get(record=world.records[0]),
        comes=world.records[2], reason="Leczy się długo.", acting_user=acting(world.officer),
    ))  # fmt: skip
    [(subject, body)] = to(sent, world.me)
    assert subject == "Zmieniono osobę w komisji"
    assert "sprzeciw" in body
    assert "ocenić kryteria" in to(sent, world.assessors[2])[0][1]
    assert not any("Leczy" in text for _who, _subject, text in sent)
    assert to(sent, world.assessors[0]) == []
