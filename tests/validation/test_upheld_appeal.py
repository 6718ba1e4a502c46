"""After an upheld appeal another commission judges what is not confirmed, and nothing else; what is confirmed stands."""

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dorobek.kernel.errors import RuleBroken
from dorobek.validation.actions import assessing, openings
from dorobek.validation.models import Mark, PartialResult
from dorobek.validation.rules import Verdict
from dorobek.validation.rules.appealing import carried_on
from tests.factories import acting
from tests.validation.test_documents import papers, words
from tests.validation.world import SIX, World

pytestmark = pytest.mark.django_db
OUTCOMES = ("1.1", "1.2", "2.1", "2.2")


@pytest.fixture
def world():
    return World()


def training(world, number):
    openings.note_training(
        institution=world.institution, trainer=world.assessors[number], person=world.person, title="Kurs",
        ended_on=timezone.localdate(), acting_user=acting(world.officer),
    )  # fmt: skip


def upheld(world, **verdicts):
    """Judged, decided, appealed, upheld."""
    application = world.judged(**verdicts)
    world.decide(application)
    world.answer(world.appeal(world.fresh(application)))
    return world.fresh(application)


def test_only_what_is_not_confirmed_waits_for_the_second_commission(world):
    application = upheld(world, c11a="not-met")
    assert (application.round, application.state) == (2, "documented")
    assert application.carried == ["1.2", "2.1", "2.2"]
    again = world.appointed(application, *world.records[2:])
    assert assessing.to_mark(again) == ["1.1.a", "1.1.b"]
    sheet = again.assessments.filter(round=2).first()
    with pytest.raises(RuleBroken, match="już potwierdzony"):
        assessing.mark_criterion(
            assessment=sheet, criterion="2.1.a", verdict=Verdict.NOT_MET, method="work_sample", reason="inaczej",
            acting_user=acting(sheet.assessor),
        )  # fmt: skip
    decision = world.decide(world.judged(again))
    assert decision.whole == "met"
    assert decision.carried == ["1.2", "2.1", "2.2"]
    assert Mark.objects.filter(assessment__round=2).count() == 4
    assert world.certify(world.fresh(again)).number


def test_a_second_decision_never_takes_away_what_the_first_confirmed(world):
    again = world.appointed(upheld(world, c11a="not-met", c22a="not-shown"), *world.records[2:])
    decision = world.decide(world.judged(again, c11b="not-met", c22a="not-met"))
    assert {code: decision.outcomes[code] for code in OUTCOMES} == {
        "1.1": "not-met", "1.2": "met", "2.1": "met", "2.2": "not-met",
    }  # fmt: skip
    assert set(PartialResult.objects.values_list("outcome", flat=True)) == {"1.2", "2.1"}


def test_the_documents_say_what_stands_and_what_is_judged_again(world):
    application = upheld(world, c11a="not-met")
    answer = words(papers(application, "appeal-answer")[0])
    assert "Oceni tylko to: 1.1 Pierwszy." in answer
    assert "nikt nie ocenia ich jeszcze raz: 1.2, 2.1, 2.2" in answer
    world.decide(world.judged(world.appointed(application, *world.records[2:])))
    first, second = (words(one) for one in papers(application, "protocol"))
    assert "Potwierdzone w ocenie nr 1 tej sprawy" in second
    assert "Potwierdzone w ocenie nr 1" not in first
    assert "Potwierdzonych efektów nikt nie ocenia jeszcze raz." in words(papers(application, "result-letter")[0])


def test_methods_are_used_again_only_where_something_is_open(world):
    again = world.appointed(upheld(world, c11a="not-met"), *world.records[2:])
    world.verify(again, {"work_sample": ["1.1.a", "1.1.b"]})
    first, last = again.assessments.filter(round=2).order_by("pk")
    world.fill(first)
    with pytest.raises(RuleBroken, match="Metoda nie objęła wszystkich zestawów"):
        world.fill(last)
    world.verify(world.fresh(again), {"knowledge_test": ["1.1.a", "1.1.b"]})
    assessing.close_sheet(assessment=last, acting_user=acting(last.assessor))
    assert world.decide(world.fresh(again)).whole == "met"


def test_when_all_is_confirmed_nobody_judges_again_and_the_certificate_can_be_issued(world):
    application = upheld(world)
    assert (application.round, application.state) == (1, "decided")
    assert "nikt nie musi ich oceniać jeszcze raz" in words(papers(application, "appeal-answer")[0])
    assert world.certify(application).number


def test_what_an_unlawful_commission_confirmed_is_looked_at_again_and_stays_on_record(world):
    application = world.judged(c11a="not-met")
    world.decide(application)
    training(world, 0)
    world.answer(world.appeal(world.fresh(application)))
    application = world.fresh(application)
    assert (application.round, application.carried) == (2, [])
    assert "nie mogła oceniać zgodnie z regułami" in words(papers(application, "appeal-answer")[0])
    assert PartialResult.objects.count() == 3


def test_no_certificate_rests_on_a_round_whose_fault_comes_to_light_later(world):
    again = world.judged(world.appointed(upheld(world, c11a="not-met"), *world.records[2:]))
    training(world, 0)
    with pytest.raises(RuleBroken, match="Ocena nr 1, z której są wcześniej potwierdzone efekty"):
        world.decide(again)
    world.answer(world.appeal(again))
    assert (world.fresh(again).round, world.fresh(again).carried) == (3, [])


def test_outcomes_of_another_validation_stay_carried_whatever_becomes_of_this_one(world):
    world.decide(world.judged(c11a="not-met"))
    later = world.documented(world.open())
    assert later.carried == ["1.2", "2.1", "2.2"]
    judged = world.judged(world.appointed(later, *world.records[2:]), c11a="not-met")
    world.decide(judged)
    training(world, 2)
    world.answer(world.appeal(world.fresh(judged)))
    assert world.fresh(judged).carried == ["1.2", "2.1", "2.2"]


CODES = st.sets(st.sampled_from(OUTCOMES))


@given(before=CODES, rounds=st.lists(st.tuples(CODES, st.booleans()), max_size=3))
def test_carrying_on_keeps_the_lawful_and_drops_the_rest(before, rounds):
    """Built up round by round as cases are, compared with a plain telling of each outcome."""
    carried, told = sorted(before), []
    for met, lawful in rounds:
        told.append((set(carried) | met, list(carried), lawful))
        carried = carried_on(carried, told)
    for code in OUTCOMES:
        confirmed_lawfully = any(code in met and code not in held and fine for met, held, fine in told)
        assert (code in carried) == (code in before or confirmed_lawfully)


VERDICTS = st.fixed_dictionaries({}, optional={f"c{code.replace('.', '')}": st.sampled_from(["not-met", "not-shown"])
                                               for code in SIX})  # fmt: skip


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(first=VERDICTS, second=VERDICTS)
def test_an_appeal_is_never_to_the_candidates_harm(first, second):
    with transaction.atomic():
        world = World()
        application = upheld(world, **first)
        before = dict(application.decisions.get(round=1).outcomes)
        if application.round == 2:
            after = world.decide(world.judged(world.appointed(application, *world.records[2:]), **second)).outcomes
            assert {code for code, one in before.items() if one == "met"} <= {
                code for code, one in after.items() if one == "met"
            }
        else:
            assert set(before.values()) == {"met"}
        transaction.set_rollback(True)
