"""Choosing what a goal leads to, and its lines: actions, history, permission (DP-3)."""

import pytest

from dorobek.kernel import history
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from dorobek.plans.actions.targets import (
    Choice,
    add_line,
    answer_proposals,
    choose_target,
    drop_line,
    dropped_lines,
    remove_target,
    weigh_line,
)
from dorobek.plans.gaps.enums import LineState
from dorobek.plans.gaps.queries import picture_of
from dorobek.plans.models import GapSnapshot, Target, TargetLine
from dorobek.plans.routes import Weight
from dorobek.register.models import Qualification
from tests.factories import acting, make_account, make_case, make_staff
from tests.plans.gaps.conftest import aim, fresh, make_goal

pytestmark = pytest.mark.django_db
CODE = "zrk:90001-1-1"


def me(target):
    return acting(target.person.account)


def kinds():
    return list(HistoryEntry.objects.filter(kind__startswith="target.").order_by("seq").values_list("kind", flat=True))


def test_the_participant_and_the_adviser_choose_and_nobody_else(cashier):
    goal = make_goal(cashier)
    choice = Choice(qualification=Qualification.objects.get(code="90001"))
    strangers = (make_account(), make_staff(Role.COORDINATOR, cashier.unit), make_case().adviser)
    for account in strangers:
        with pytest.raises(NotAllowed):
            choose_target(goal=goal, choice=choice, acting_user=acting(account))
    target = choose_target(goal=goal, choice=choice, acting_user=acting(cashier.adviser))
    assert target.chosen_by == cashier.adviser
    for account in strangers:
        for call, more in (
            (weigh_line, {"code": CODE, "weight": "own"}), (drop_line, {"code": CODE}), (add_line, {"words": "coś"}),
            (answer_proposals, {"taken": []}), (remove_target, {}),
        ):  # fmt: skip
            with pytest.raises(NotAllowed):
                call(target=target, acting_user=acting(account), **more)
    assert kinds() == ["target.chosen"]
    assert list(history.verify()) == []


def test_the_same_choice_again_changes_nothing_and_another_takes_its_place(target, seller):
    again = choose_target(goal=target.goal, choice=Choice(qualification=target.qualification), acting_user=me(target))
    assert again.pk == target.pk
    weigh_line(target=target, code=CODE, weight="own", acting_user=me(target))
    other = choose_target(goal=target.goal, choice=Choice(concept=seller), acting_user=me(target))
    assert Target.objects.get(goal=target.goal) == other
    assert not TargetLine.objects.exists()
    told = HistoryEntry.objects.filter(kind="target.chosen").order_by("seq").last()
    assert told.payload.data["title"] == ["Obsługa kasy i rozliczanie zmiany w sklepie", "sprzedawca"]


def test_what_cannot_be_chosen_is_refused_in_words(target, seller, body):
    skill = seller.relations.order_by("pk").first().target
    draft = body.template()
    for choice in (
        Choice(), Choice(wish="   "), Choice(wish="a" * 2001), Choice(concept=skill), Choice(template=draft),
        Choice(concept=seller, wish="i jeszcze słowa"),
    ):  # fmt: skip
        with pytest.raises(RuleBroken):
            choose_target(goal=target.goal, choice=choice, acting_user=me(target))
    assert Target.objects.get() == target


def test_weights_are_changed_kept_and_told_with_what_they_were(target):
    weigh_line(target=target, code=CODE, weight="useful", acting_user=me(target))
    line = picture_of(fresh(target)).line(CODE)
    assert (line.weight, line.default) == (Weight.USEFUL, Weight.ESSENTIAL)
    told = HistoryEntry.objects.get(kind="target.line-weighed")
    assert told.payload.data["weight"] == ["essential", "useful"]
    weigh_line(target=target, code=CODE, weight="essential", acting_user=me(target))
    assert picture_of(fresh(target)).line(CODE).default is None
    for code, weight in ((CODE, "huge"), ("zrk:1-1-1", "own")):
        with pytest.raises(RuleBroken):
            weigh_line(target=target, code=code, weight=weight, acting_user=me(target))


def test_a_line_left_out_is_gone_from_the_picture_and_can_come_back(target):
    before = GapSnapshot.objects.filter(target=target).count()
    drop_line(target=target, code=CODE, acting_user=me(target))
    assert picture_of(fresh(target)).line(CODE) is None
    assert GapSnapshot.objects.filter(target=target).count() == before + 1
    [line] = dropped_lines(target)
    weigh_line(target=target, code=line.code, weight=line.weight, acting_user=me(target))
    assert picture_of(fresh(target)).line(CODE) is not None
    assert dropped_lines(target) == []


def test_own_words_and_outcomes_are_added_once(target, catalogue):
    add_line(target=target, words="  Obsługa   arkusza ", acting_user=me(target))
    add_line(target=target, outcome=catalogue[2], weight="useful", acting_user=me(target))
    lines = picture_of(fresh(target)).lines
    assert [(line.title, line.weight) for line in lines[-2:]] == [
        ("Obsługa arkusza", Weight.OWN), ("Prowadzi pasiekę", Weight.USEFUL),
    ]  # fmt: skip
    for given in ({"words": "obsługa arkusza"}, {"words": " "}, {"outcome": catalogue[2]}):
        with pytest.raises(RuleBroken):
            add_line(target=target, acting_user=me(target), **given)


def test_proposals_for_a_wish_are_answered_all_at_once_in_one_entry(cashier, catalogue):
    target = aim(cashier, wish="Chcę rozliczać kasę i obsługiwać klientów")
    proposed = list(TargetLine.objects.filter(target=target).order_by("order"))
    assert {line.state for line in proposed} == {LineState.PROPOSED}
    assert picture_of(target).lines == ()
    assert not picture_of(target).reached
    answer_proposals(target=target, taken={proposed[0].code}, acting_user=me(target))
    answer_proposals(target=target, taken={proposed[-1].code}, acting_user=me(target))
    assert [line.title for line in picture_of(fresh(target)).lines] == [proposed[0].title]
    assert kinds().count("target.proposals-answered") == 1


def test_a_target_is_taken_away_with_its_lines(target):
    weigh_line(target=target, code=CODE, weight="own", acting_user=me(target))
    remove_target(target=target, acting_user=me(target))
    assert not TargetLine.objects.exists()
    assert kinds()[-1] == "target.removed"
