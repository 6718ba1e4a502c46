"""The gap picture, from what a goal asks for and what the person has (DP-3)."""

import datetime as dt

import pytest

from dorobek.audits.models import SkillsAudit
from dorobek.credentials.models import Credential
from dorobek.instruments.models import ExternalResult, ScaleResult
from dorobek.people.enums import Role
from dorobek.plans.gaps.queries import picture_of, target_of
from dorobek.plans.gaps.shapes import GapState, Origin, Side
from dorobek.plans.routes import Weight
from dorobek.portfolio.models import Competence
from tests.factories import make_account, make_case, make_competence, make_staff
from tests.plans.gaps.conftest import aim, fresh
from tests.readiness.conftest import prove

pytestmark = pytest.mark.django_db


def states(picture):
    return [line.state for line in picture.lines]


def test_each_outcome_says_how_it_stands_and_on_what(target):
    picture = picture_of(target, target.person.account)
    operating, settling, returns, teaching = picture.lines
    assert states(picture) == [GapState.UNPROVEN, GapState.HELD, GapState.PARTLY, GapState.MISSING]
    assert {line.weight for line in picture.lines} == {Weight.ESSENTIAL}
    assert (operating.unproven, settling.held, returns.held, teaching.held) == (True, 100, 0, 0)
    assert operating.held < 100
    proof = next(one for one in settling.evidence if one.origin is Origin.EVIDENCE)
    assert (proof.side, proof.title, proof.note) == (Side.FOR, "Raport kasowy", "Oryginał okazany.")
    assert proof.on is not None
    assert returns.evidence[0].origin is Origin.STORY
    assert settling.register_code == "90001-1-2"
    assert picture.counts[GapState.MISSING] == 1
    assert sum(picture.counts.values()) == 4


def test_a_low_result_beside_a_proof_makes_it_contradicted_with_both_named(target):
    held = Competence.objects.get(wording__startswith="Rozlicza")
    result = ExternalResult.objects.create(
        person=held.person, case_uid=held.case_uid, tool="Test rachunkowy", taken_on=dt.date(2026, 3, 2),
        run_by="Jan Próba", entitlement="dyplom",
    )  # fmt: skip
    ScaleResult.objects.create(result=result, scale="Liczenie", level="1", competence=held)
    line = picture_of(target, target.person.account).lines[1]
    assert (line.state, line.held) == (GapState.CONTRADICTED, 0)
    assert {(one.origin, one.side) for one in line.evidence} >= {
        (Origin.EVIDENCE, Side.FOR), (Origin.RESULT, Side.AGAINST),
    }  # fmt: skip
    told = next(one for one in line.evidence if one.origin is Origin.RESULT)
    assert (told.on, told.by) == (dt.date(2026, 3, 2), "Jan Próba")
    ExternalResult.objects.update(validity="doubtful")
    assert picture_of(target, target.person.account).lines[1].state is GapState.HELD


def test_a_disputed_sentence_stands_beside_what_the_adviser_says(target):
    Competence.objects.filter(wording__startswith="Obsługuje kasę").update(state="disputed", comment="Tylko raz.")
    line = picture_of(target, target.person.account).lines[0]
    assert line.state is GapState.CONTRADICTED
    assert [(one.side, one.note) for one in line.evidence] == [(Side.AGAINST, "Tylko raz.")]


def test_evidence_found_wanting_contradicts_a_confirmed_competence(target):
    prove(Competence.objects.get(wording__startswith="Obsługuje kasę"), "Zdjęcie kasy", mark="no")
    line = picture_of(target, target.person.account).lines[0]
    assert line.state is GapState.CONTRADICTED


def test_a_credential_closes_the_line_it_names_and_its_title_is_the_owners(target, body):
    line = {"pl": "uczy nowe osoby na stanowisku", "code": "90001-2-2", "criteria": ["pokazuje"]}
    made = body.issue(body.version(counts_towards=[], outcomes=[line]))
    Credential.objects.filter(pk=made.pk).update(person=target.person)
    code = picture_of(target).lines[-1].code
    assert code == "zrk:90001-2-2"
    owner = picture_of(target, target.person.account).line(code)
    adviser = picture_of(target, make_case().adviser).line(code)
    assert owner.state is adviser.state is GapState.HELD
    assert owner.evidence[0].title
    assert not owner.evidence[0].hidden
    assert (adviser.evidence[0].title, adviser.evidence[0].by, adviser.evidence[0].hidden) == ("", "", True)
    assert adviser.competences[0].title == ""
    assert adviser.competences[0].words == ()


def test_a_whole_set_named_by_a_credential_is_held(target, body):
    made = body.issue(body.version(counts_towards=[{"code": "90001", "set_number": 2}]))
    Credential.objects.filter(pk=made.pk).update(person=target.person)
    lines = [line for line in picture_of(target).lines if line.code.startswith("zrk:90001-2-")]
    assert lines
    assert {line.state for line in lines} == {GapState.HELD}


def test_an_occupation_asks_for_essential_and_optional_skills(cashier, seller):
    picture = picture_of(aim(cashier, concept=seller))
    assert [(line.title, line.weight) for line in picture.lines] == [
        ("obsługa kasy fiskalnej", Weight.ESSENTIAL),
        ("obsługa klienta", Weight.ESSENTIAL),
        ("układanie towaru", Weight.USEFUL),
    ]
    assert picture.lines[0].state is GapState.UNPROVEN
    assert picture.lines[0].held == 0
    assert not picture.reached


def test_a_micro_credential_asks_for_its_outcomes_and_is_reached_by_holding_it(cashier, body):
    version = body.version(counts_towards=[])
    target = aim(cashier, template=version.template)
    assert len(picture_of(target).lines) == len(version.design.outcomes)
    assert not picture_of(target).reached
    made = body.issue(version)
    Credential.objects.filter(pk=made.pk).update(person=cashier.person)
    assert picture_of(fresh(target)).reached


def test_what_another_case_holds_is_seen_by_the_person_alone(target):
    other = make_case(person=target.person)
    make_competence(other, "Wdraża nową osobę do pracy na kasie", state="confirmed")
    own = picture_of(target, target.person.account)
    assert own.lines[-1].state is GapState.UNPROVEN
    adviser = picture_of(target, SkillsAudit.objects.get(uid=target.case_uid).adviser)
    assert adviser.lines[-1].state is GapState.MISSING
    assert picture_of(target).lines[-1].state is GapState.MISSING


def test_nobody_else_finds_the_target(target):
    uid, goal = target.case_uid, target.goal.uid
    assert target_of(target.person.account, uid, goal) == target
    for stranger in (make_account(), make_staff(Role.ADVISER, make_case().unit)):
        assert target_of(stranger, uid, goal) is None
