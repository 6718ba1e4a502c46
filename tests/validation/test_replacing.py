"""A member replaced while a commission judges; a proposal that every member answers; who could mend a broken rule."""

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from dorobek.people.models import Membership
from dorobek.validation import facts
from dorobek.validation.actions import agreeing, appeals, assessing, commissions, openings, sheets
from dorobek.validation.actions.replacing import replace_member
from dorobek.validation.documents import build
from dorobek.validation.enums import AppealAbout, PaperKind
from dorobek.validation.models import AgreedMark, Appeal, Assessment, CaseDocument, Declaration
from dorobek.validation.queries.appealing import answerable
from dorobek.validation.queries.assessing import comparison, own_sheet
from dorobek.validation.queries.judging import Move, desk
from dorobek.validation.rules import OwnRule, Verdict
from dorobek.validation.rules.agreeing import Outcome, outcome_of
from tests.factories import acting, make_staff
from tests.validation import doing
from tests.validation.test_documents import _texts as words_of
from tests.validation.world import World

pytestmark = pytest.mark.django_db
REASON = "Prowadziła kurs, na którym był kandydat."


@pytest.fixture
def world():
    return World()


def member(application, record):
    return application.commission.members.get(record=record)


def replaced(world, application, leaves=0, comes=2, who=None, **more):
    return replace_member(
        application=application, leaves=member(application, world.records[leaves]), comes=world.records[comes],
        acting_user=acting(who or world.officer), **{"reason": REASON, **more},
    )  # fmt: skip


def declared(world, application, who):
    seat = member(application, world.records[who])
    return commissions.declare(application=application, member=seat, acting_user=acting(world.assessors[who]))


def conflict(world, who):
    openings.note_training(
        institution=world.institution, trainer=world.assessors[who], person=world.person, title="Kurs",
        ended_on=timezone.localdate(), acting_user=acting(world.officer),
    )  # fmt: skip


def test_a_conflict_noticed_late_is_mended_and_the_decision_is_possible_again(world):
    application = world.judged(c11a="not-met")
    conflict(world, 0)
    with pytest.raises(RuleBroken, match="szkolenie"):
        world.decide(application)
    application = replaced(world, application)
    old = application.assessments.get(assessor=world.assessors[0])
    assert (old.void_reason, old.marks.count()) == (REASON, 6), "it is kept"
    assert CaseDocument.objects.filter(application=application, kind="appointment").count() == 2
    with pytest.raises(RuleBroken, match="Czekamy na: Asesor C"):
        world.decide(application)
    new = application.assessments.get(assessor=world.assessors[2])
    with pytest.raises(RuleBroken, match="Najpierw oświadczenie"):
        world.fill(new)
    assert [row.move for row in desk(acting(world.assessors[2]).account)] == [Move.DECLARE]
    [made] = sheets.declare_impartiality(application=application, acting_user=acting(world.assessors[2]))
    assert made.member == member(application, world.records[2])
    world.fill(new, c11a="not-met")
    assert world.decide(world.fresh(application)).whole == Verdict.NOT_MET


def test_whoever_leaves_opens_nothing_more_and_whoever_stays_keeps_their_sheet(world):
    application = replaced(world, world.judged())
    gone, stays = (acting(world.assessors[number]).account for number in (0, 1))
    assert own_sheet(gone, application.uid) is None
    assert comparison(gone, application) is None
    assert own_sheet(stays, application.uid).closed_at is not None
    voided = Assessment.objects.get(assessor=gone)
    assert not Assessment.objects.visible_to(stays).filter(pk=voided.pk).exists()
    assert not Assessment.objects.visible_to(gone).exclude(assessor=gone).exists()
    assert Declaration.objects.filter(application=application, member__commission=application.commission).count() == 1


def test_a_whole_case_after_a_replacement_reaches_the_certificate_and_is_told(world):
    application = replaced(world, world.judged())
    declared(world, application, 2)
    world.fill(application.assessments.get(assessor=world.assessors[2]))
    decision = world.decide(world.fresh(application))
    assert decision.whole == Verdict.MET
    assert world.certify(world.fresh(application))
    entry = HistoryEntry.objects.get(kind="validation.sheet-voided").payload.data
    assert (entry["assessor"], entry["reason"]) == (world.assessors[0].pk, REASON)
    papers = {
        who: set(CaseDocument.objects.visible_to(acting(world.assessors[who]).account).values_list("kind", flat=True))
        for who in (0, 2)
    }
    assert "protocol" in papers[2]
    assert "protocol" not in papers[0], "whoever left reads nothing of what the others judged"
    said = " ".join(words_of(build(PaperKind.PROTOCOL, decision)))
    assert "jej arkusz nie liczy się od" in said
    assert REASON not in said, "the candidate reads the protocol"
    assert "Powód jest w aktach instytucji." in said
    protocol = HistoryEntry.objects.get(kind="validation.protocol").payload.data
    assert [one.get("void") for one in protocol["sheets"]] == [REASON, None, None]


def test_what_was_agreed_by_the_old_commission_falls(world):
    application = world.appointed()
    world.verify(application)
    first, second = application.assessments.order_by("pk")
    world.fill(first)
    world.fill(second, c11a="not-met")
    doing.agree(application, "1.1.a", Verdict.MET)
    application = replaced(world, application)
    held = AgreedMark.objects.get()
    assert held.fallen_at is not None
    assert not application.agreed.settled().exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reason": " "}, "dlaczego ta osoba przestaje"),
        ({"comes": 1}, "już ocenia tę sprawę"),
        ({"comes": 3}, "Nikt w komisji nie spełnia jednego z kryteriów"),
    ],
)
def test_a_replacement_that_breaks_a_rule_is_refused_and_changes_nothing(world, change, words):
    application = world.appointed()
    before = application.commission_id
    with pytest.raises(RuleBroken, match=words):
        replaced(world, application, **change)
    assert world.fresh(application).commission_id == before
    assert not Assessment.objects.filter(voided_at__isnull=False).exists()


def test_only_the_officer_replaces_and_only_somebody_with_the_role(world):
    application = world.appointed()
    for who in (world.assessors[1], world.adviser, world.me, world.appeals):
        with pytest.raises(NotAllowed):
            replaced(world, application, who=who)
    Membership.objects.filter(account=world.assessors[2]).delete()
    with pytest.raises(RuleBroken, match="tylko asesor"):
        replaced(world, application)


def test_nobody_who_judged_before_or_helped_is_named_as_mending(world):
    application = world.judged(c22a="not-shown")
    world.decide(application)
    world.answer(world.appeal(world.fresh(application)))
    application = world.fresh(application)
    made = world.commission(application, world.records[2])
    with pytest.raises(RuleBroken) as refused:
        commissions.appoint(application=application, commission=made, acting_user=acting(world.officer))
    said = refused.value.message
    assert "Mogą to być: Asesor D" in said
    assert "Asesor A" not in said
    assert "Asesor B" not in said


def test_whoever_lost_the_role_is_not_named_as_mending(world):
    application = world.documented()
    Membership.objects.filter(account=world.assessors[3]).delete()
    made = world.commission(application, world.records[0])
    with pytest.raises(RuleBroken, match=r"Mogą to być: Asesor B\."):
        commissions.appoint(application=application, commission=made, acting_user=acting(world.officer))


# ---- agreement ----


def three(*, own_rules=(), **verdicts):
    world = World()
    application = world.appointed(world.documented(world.open(own_rules=own_rules)), *world.records[:3])
    world.verify(application)
    for number, sheet in enumerate(application.assessments.order_by("pk")):
        world.fill(sheet, c11a=verdicts.get(f"m{number}", "met"))
    return world, application


def test_one_assessor_never_agrees_for_three():
    world, application = three(m0="not-met")
    given = {"application": application, "criterion": "1.1.a"}
    who = [acting(one) for one in world.assessors]
    made = agreeing.propose_mark(verdict=Verdict.NOT_SHOWN, reason="Nie wiem.", acting_user=who[0], **given)
    assert facts.marks(application)[1] == ["1.1.a"]
    with pytest.raises(RuleBroken, match="nie uzgodniła jeszcze kryteriów"):
        world.decide(application)
    for again in (
        lambda: agreeing.propose_mark(verdict=Verdict.MET, reason="Ja.", acting_user=who[1], **given),
        lambda: agreeing.answer_proposal(confirms=True, acting_user=who[0], **given),
        lambda: agreeing.answer_proposal(confirms=False, acting_user=who[1], **given),
    ):
        with pytest.raises(RuleBroken):
            again()
    agreeing.answer_proposal(confirms=False, reason="Było widać.", acting_user=who[1], **given)
    agreeing.answer_proposal(confirms=True, acting_user=who[2], **given)
    made.refresh_from_db()
    assert made.settled_at is None
    assert made.dissent == "Asesor B: Było widać."
    assert made.fallen_at is not None, "without all of them, and without the body's own rule, it stays open"
    assert doing.agree(application, "1.1.a", Verdict.MET).settled_at is not None
    decision = world.decide(world.fresh(application))
    assert decision.whole == Verdict.MET
    said = " ".join(words_of(build(PaperKind.PROTOCOL, decision)))
    assert "Propozycja, która nie przeszła: nie dało się ocenić Asesor B: Było widać." in said


def test_strangers_answer_nothing():
    world, application = three(m0="not-met")
    agreeing.propose_mark(
        application=application, criterion="1.1.a", verdict=Verdict.MET, reason="x",
        acting_user=acting(world.assessors[0]),
    )  # fmt: skip
    for who in (world.assessors[3], world.officer, world.me):
        with pytest.raises(NotAllowed):
            agreeing.answer_proposal(application=application, criterion="1.1.a", confirms=True, acting_user=acting(who))


def test_most_of_a_commission_decides_where_the_body_says_so_and_dissent_is_on_record():
    _world, application = three(own_rules=[OwnRule.MAJORITY], m2="not-met")
    made = doing.agree(application, "1.1.a", Verdict.MET, dissent={2: "Nie słyszałem."})
    assert (made.settled_at is not None, made.dissent) == (True, "Asesor C: Nie słyszałem.")


@given(st.lists(st.sampled_from([True, False, None]), max_size=7), st.booleans())
def test_nothing_is_settled_before_the_last_answer_and_half_is_not_most(answers, majority):
    found = outcome_of(answers, majority=majority)
    if not answers or None in answers:
        assert found is Outcome.OPEN
    elif all(answers):
        assert found is Outcome.AGREED
    else:
        most = answers.count(True) > answers.count(False)
        assert found is (Outcome.AGREED if majority and most else Outcome.FELL)


def test_a_sheet_of_whoever_left_counts_for_nothing_in_what_is_agreed(world):
    application = replaced(world, world.judged(c11a="not-met"))
    assert assessing.to_mark(application)
    assert len(facts.sheets(application)) == 1


def test_whoever_appointed_first_answers_no_appeal_after_another_changed_the_commission(world):
    application = world.judged(c11a="not-met")
    seat = Membership.objects.get(account=world.officer)
    Membership.objects.create(
        account=world.officer, institution=seat.institution, unit=seat.unit, role=Role.APPEALS_OFFICER
    )
    other = make_staff(Role.AWARDING_OFFICER, world.unit, "Drugi Urzędnik")
    replaced(world, application, who=other)
    filed = appeals.file_appeal(
        application=world.fresh(application), about=AppealAbout.COMMISSION, reason="x", acting_user=acting(world.me)
    )
    filed = Appeal.objects.select_related("application__opening", "application__person").get(pk=filed.pk)
    assert world.fresh(application).appointed_by == other
    assert answerable(acting(world.officer).account, [filed]) == set()
    assert answerable(acting(world.appeals).account, [filed]) == {filed.pk}
