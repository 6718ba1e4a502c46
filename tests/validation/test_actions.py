"""From application to certificate, partial result and appeal; and every step that is refused."""

import datetime as dt

import pytest
from django.utils import timezone

from dorobek.kernel import history
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from dorobek.validation.actions import agreeing, appeals, applying, assessing, commissions, openings
from dorobek.validation.models import Application, Assessment, Decision, PartialResult
from dorobek.validation.rules import OwnRule, Verdict
from tests.factories import acting, make_institution, make_person, make_staff, make_unit
from tests.validation import doing
from tests.validation.world import METHODS, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def test_all_met_reaches_a_certificate_and_the_history_tells_it_whole(world):
    application = world.judged()
    assert world.decide(application).whole == Verdict.MET
    certificate = world.certify(world.fresh(application))
    assert certificate.number.startswith("90002/")
    assert world.fresh(application).state == "certified"
    kinds = list(HistoryEntry.objects.filter(subject=application.uid).order_by("seq").values_list("kind", flat=True))
    assert [one for one in kinds if one != "validation.marked"] == [
        "validation.begun", "validation.submitted", "validation.documented", "validation.declared",
        "validation.declared", "validation.appointed", "validation.test-let", "validation.test-started",
        "validation.test-finished", "validation.method-used", "validation.method-used",
        "validation.sheet-closed", "validation.sheet-closed", "validation.decided", "validation.protocol",
        "validation.certified",
    ]  # fmt: skip
    assert list(history.verify(world.person.uid)) == []


def test_the_history_gives_no_mark_away_before_the_decision_and_proves_the_sheets_after_it(world):
    application = world.judged(c11a="not-met")
    told = HistoryEntry.objects.filter(subject=application.uid).select_related("payload")
    assert "not-met" not in str([one.payload.data for one in told])
    world.decide(application)
    protocol = told.get(kind="validation.protocol").payload.data
    digests = {
        one.payload.data["sheet"]: one.payload.data["digest"] for one in told.filter(kind="validation.sheet-closed")
    }
    assert len(digests) == 2
    for sheet in protocol["sheets"]:
        assert history.payload_digest(sheet["salt"], sheet["marks"]) == digests[sheet["sheet"]]


def test_one_outcome_not_met_is_no_certificate_and_the_rest_stays_for_a_later_validation(world):
    application = world.judged(c11a="not-met")
    assert world.decide(application).whole == Verdict.NOT_MET
    with pytest.raises(RuleBroken, match="Nie wszystkie efekty"):
        world.certify(world.fresh(application))
    assert set(PartialResult.objects.values_list("outcome", flat=True)) == {"1.2", "2.1", "2.2"}
    later = world.documented(world.open())
    assert later.carried == ["1.2", "2.1", "2.2"]
    later = world.appointed(later)
    world.verify(later, {"knowledge_test": ["1.1.a", "1.1.b"], "work_sample": ["1.1.a"]})
    for sheet in later.assessments.all():
        world.fill(sheet)
    assert world.decide(world.fresh(later)).whole == Verdict.MET
    assert world.certify(world.fresh(later)).decision.application_id == later.pk


def test_an_appeal_upheld_brings_another_commission_and_another_result(world):
    application = world.judged(c22a="not-shown")
    world.decide(application)
    appeal = world.appeal(world.fresh(application))
    assert appeal.due_on == timezone.localdate() + dt.timedelta(30)
    with pytest.raises(RuleBroken, match="czeka na odpowiedź"):
        world.appeal(world.fresh(application))
    world.answer(appeal)
    with pytest.raises(RuleBroken, match="jest już odpowiedź"):
        world.answer(appeal, uphold=False)
    application = world.fresh(application)
    assert (application.state, application.round, application.commission) == ("documented", 2, None)
    with pytest.raises(RuleBroken, match="ktoś inny niż za pierwszym razem: Asesor A"):
        world.appointed(application)
    application = world.appointed(world.fresh(application), *world.records[2:])
    assert world.decide(world.judged(application)).whole == Verdict.MET
    assert world.certify(world.fresh(application))
    assert Decision.objects.filter(application=application).count() == 2, "the first decision stays as it was"


def test_an_appeal_is_answered_by_others_and_in_time(world):
    application = world.judged(c22a="not-shown")
    world.decide(application)
    appeal = world.appeal(world.fresh(application))
    for who in (world.officer, world.adviser, world.assessors[0], world.me):
        with pytest.raises(NotAllowed):
            world.answer(appeal, who=who)
    world.answer(appeal, uphold=False)
    Decision.objects.update(decided_at=timezone.now() - dt.timedelta(15))
    with pytest.raises(RuleBroken, match="Czas na odwołanie minął"):
        world.appeal(world.fresh(application))


@pytest.mark.parametrize("step", ["submitted", "documented", "appointed"])
def test_an_appeal_is_open_at_every_step_and_holds_the_decision_back(world, step):
    application = getattr(world, step)()
    appeal = world.appeal(application)
    assert appeal.step == step
    if step == "appointed":
        with pytest.raises(RuleBroken, match="Trwa odwołanie"):
            world.decide(world.judged(application))


def test_a_commission_that_breaks_rules_is_refused_with_the_rule_the_person_and_who_would_mend_it(world):
    application = world.documented()
    world.staff(world.assessors[1], "k2", level=5)
    with pytest.raises(RuleBroken) as refused:
        world.appointed(application, *world.records[:2])
    assert "Brak wymaganego poziomu wykształcenia: Asesor B. Trzeba: wpisać dokument" in refused.value.message
    assert "Mogą to być: Asesor D, Asesor C." in refused.value.message
    with pytest.raises(RuleBroken, match="Za mało członków"):
        world.appointed(application, world.records[0])
    assert not Assessment.objects.exists()


def test_a_training_recorded_here_keeps_its_leader_out(world):
    application = world.documented()
    openings.note_training(
        institution=world.institution, trainer=world.assessors[0], person=world.person, title="Księgowość",
        ended_on=dt.date(2026, 1, 5), acting_user=acting(world.officer),
    )  # fmt: skip
    with pytest.raises(RuleBroken, match=r"szkolenie.*Asesor A"):
        world.appointed(application)


def test_a_training_that_comes_to_light_late_stops_the_decision(world):
    application = world.judged()
    openings.note_training(
        institution=world.institution, trainer=world.assessors[0], person=world.person, title="Księgowość",
        ended_on=dt.date(2026, 1, 5), acting_user=acting(world.officer),
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="szkolenie"):
        world.decide(application)


def test_what_a_member_declares_counts_and_silence_is_refused(world):
    application = world.documented()
    silent = world.commission(application, declare=False)
    with pytest.raises(RuleBroken, match="Brakuje oświadczeń o bezstronności: Asesor A, Asesor B"):
        commissions.appoint(application=application, commission=silent, acting_user=acting(world.officer))
    for member in silent.members.all():
        who = acting(member.record.account)
        commissions.declare(application=application, member=member, trained=True, acting_user=who)
    with pytest.raises(RuleBroken, match="prowadziła szkolenie"):
        commissions.appoint(application=application, commission=silent, acting_user=acting(world.officer))


def test_a_rule_of_the_body_is_told_as_its_own(world):
    application = world.documented(world.open(own_rules=[OwnRule.NO_RELATIVES]))
    commission = world.commission(application, declare=False)
    for member in commission.members.all():
        who = acting(member.record.account)
        commissions.declare(application=application, member=member, relative=True, acting_user=who)
    with pytest.raises(RuleBroken, match=r"krewnym.*Reguła instytucji"):
        commissions.appoint(application=application, commission=commission, acting_user=acting(world.officer))


def test_two_officers_appointing_at_once_the_second_is_told(world):
    application = world.documented()
    stale = world.fresh(application)
    world.appointed(application)
    with pytest.raises(RuleBroken, match="komisja ocenia"):
        commissions.appoint(
            application=stale, commission=world.fresh(application).commission, acting_user=acting(world.officer)
        )
    assert application.assessments.count() == 2


def test_sheets_are_blind_until_ones_own_is_closed(world):
    application = world.appointed()
    first, second = application.assessments.order_by("pk")
    world.verify(application)
    world.fill(first)

    def seen(who):
        return set(Assessment.objects.visible_to(acting(who).account))

    assert seen(second.assessor) == {second}
    assert seen(world.me) == seen(world.officer) == seen(world.assessors[3]) == set()
    world.fill(second)
    assert seen(second.assessor) == {first, second}
    assert seen(world.me) == set()
    world.decide(world.fresh(application))
    assert seen(world.me) == seen(world.officer) == {first, second}


def test_a_closed_sheet_never_changes_and_a_stranger_never_marks(world):
    application = world.appointed()
    sheet = application.assessments.order_by("pk").first()
    values = {"criterion": "1.1.a", "verdict": Verdict.MET, "method": "work_sample"}
    for who in (world.assessors[1], world.assessors[3], world.officer, world.me):
        with pytest.raises(NotAllowed):
            assessing.mark_criterion(assessment=sheet, acting_user=acting(who), **values)
    with pytest.raises(RuleBroken, match=r"Bez oceny: 1\.1\.a"):
        assessing.close_sheet(assessment=sheet, acting_user=acting(sheet.assessor))
    world.verify(application)
    world.fill(sheet)
    with pytest.raises(RuleBroken, match="Arkusz jest zamknięty"):
        assessing.mark_criterion(assessment=sheet, acting_user=acting(sheet.assessor), **values)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"criterion": "9.9.z"}, "Nie ma takiego kryterium"),
        ({"method": "presentation"}, "nie dopuszcza tej metody"),
        ({"verdict": Verdict.NOT_MET}, "co było widać"),
    ],
)
def test_a_mark_that_could_not_be_defended_is_refused(world, change, words):
    sheet = world.appointed().assessments.first()
    values = {"criterion": "1.1.a", "verdict": Verdict.MET, "method": "work_sample", **change}
    with pytest.raises(RuleBroken, match=words):
        assessing.mark_criterion(assessment=sheet, acting_user=acting(sheet.assessor), **values)


def test_differences_are_talked_about_after_all_sheets_are_closed_and_dissent_stays(world):
    opening = world.open(own_rules=[OwnRule.MAJORITY])
    application = world.appointed(world.documented(opening), *world.records[:3])
    world.verify(application)
    first, second, third = application.assessments.order_by("pk")
    given = {
        "application": application, "criterion": "1.1.a", "verdict": Verdict.MET, "reason": "Próba była pełna.",
        "acting_user": acting(first.assessor),
    }  # fmt: skip
    world.fill(first)
    world.fill(third)
    with pytest.raises(RuleBroken, match="Czekamy na: Asesor B"):
        agreeing.propose_mark(**given)
    world.fill(second, c11a="not-met")
    with pytest.raises(RuleBroken, match=r"nie uzgodniła jeszcze kryteriów: 1\.1\.a"):
        world.decide(application)
    with pytest.raises(RuleBroken, match="nie ma różnicy"):
        agreeing.propose_mark(**{**given, "criterion": "1.2.a"})
    assert doing.agree(application, "1.1.a", Verdict.MET, dissent={1: "za mało."}).dissent == "Asesor B: za mało."
    assert world.decide(world.fresh(application)).whole == Verdict.MET


def test_a_method_left_out_stops_the_decision(world):
    application = world.appointed()
    world.verify(application, {"knowledge_test": METHODS["knowledge_test"]})
    for sheet in application.assessments.all():
        world.fill(sheet, close=False, c21a="not-shown", c21b="not-shown", c22a="not-shown")
    first, second = application.assessments.order_by("pk")
    assessing.close_sheet(assessment=first, acting_user=acting(first.assessor))
    with pytest.raises(RuleBroken, match="Nie użyto wymaganej metody: próba pracy"):
        assessing.close_sheet(assessment=second, acting_user=acting(second.assessor))


def test_an_adviser_without_five_documented_years_cannot_close_the_documentation(world):
    world.staff(world.adviser, periods=())
    with pytest.raises(RuleBroken, match="pięć lat"):
        world.documented()


def test_evidence_is_ones_own_and_stays_where_it_is(world):
    application = applying.begin_application(person=world.person, opening=world.open(), acting_user=acting(world.me))
    piece = world.evidence()
    applying.map_evidence(application=application, mapped={"1.1.a": [piece, piece]}, acting_user=acting(world.me))
    assert application.mapped.get().evidence == piece
    foreign = world.evidence(make_person("Jan Obcy"))
    with pytest.raises(RuleBroken, match="tylko własne dowody"):
        applying.map_evidence(application=application, mapped={"1.1.a": [foreign]}, acting_user=acting(world.me))
    assert application.mapped.count() == 1


def test_places_are_counted_and_dates_kept(world):
    opening = world.open(places=1)
    world.submitted(opening)
    world.person = make_person("Jan Drugi")
    world.me = world.person.account
    with pytest.raises(RuleBroken, match="Nie ma już miejsc"):
        world.submitted(opening)
    past = timezone.localdate() - dt.timedelta(1)
    with pytest.raises(RuleBroken, match="nie można się już zgłaszać"):
        world.submitted(world.open(applications_until=past))
    with pytest.raises(RuleBroken, match="po kolei"):
        world.open(ends_on=past)


def test_a_body_that_the_register_does_not_name_opens_nothing(world):
    unit = make_unit(make_institution("Inna Izba"))
    world.institution, world.officer = unit.institution, make_staff(Role.AWARDING_OFFICER, unit)
    with pytest.raises(RuleBroken, match="Rejestr nie podaje"):
        world.open()


def test_who_sees_an_application(world):
    application = world.submitted()
    stranger = make_staff(Role.AWARDING_OFFICER, make_unit(make_institution()))

    def seen(who):
        return Application.objects.visible_to(acting(who).account).filter(pk=application.pk).exists()

    assert [seen(one) for one in (world.me, world.officer, world.adviser, world.appeals)] == [True] * 4
    assert not any(map(seen, [stranger, *world.assessors, make_person("Jan Obcy").account]))
    application = applying.close_documentation(
        application=application, conditions_met=True, acting_user=acting(world.adviser)
    )
    world.appointed(application)
    assert [seen(one) for one in world.assessors] == [True, True, False, False]


def test_nobody_runs_or_answers_their_own_case(world):
    application = world.submitted()
    with pytest.raises(NotAllowed):
        applying.close_documentation(application=application, conditions_met=True, acting_user=acting(world.me))
    with pytest.raises(NotAllowed):
        appeals.file_appeal(application=application, reason="x", acting_user=acting(world.officer))
    with pytest.raises(NotAllowed):
        openings.keep_staff_record(
            institution=world.institution, qualification=world.qualification, account=world.officer,
            acting_user=acting(world.officer),
        )  # fmt: skip
