"""Every decision against a candidate can be appealed: within days, answered by others, with history and document."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dorobek.credentials.enums import CredentialState
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from dorobek.validation.actions import appeals, applying, fees, office, refusing
from dorobek.validation.actions.documents import revoke_certificate
from dorobek.validation.enums import AppealAbout, RefusalGround
from dorobek.validation.models import (
    AdjustmentAnswer,
    Appeal,
    Application,
    Certificate,
    Decision,
    Fee,
    Refusal,
)
from dorobek.validation.queries.appealing import answerable, open_to
from dorobek.validation.rules.appealing import ONGOING, CaseSoFar, Decided, open_appeals
from tests.factories import acting
from tests.validation.test_credentials import body
from tests.validation.test_documents import papers, words
from tests.validation.world import World

pytestmark = pytest.mark.django_db
LONG_AGO = dt.timedelta(15)


def refused(world):
    made = world.submitted()
    refusing.refuse_application(
        application=made, ground=RefusalGround.CONDITIONS, reason="Nie ma dyplomu, którego wymaga wpis.",
        acting_user=acting(world.adviser),
    )  # fmt: skip
    return world.fresh(made)


def without_adjustment(world):
    made = world.submitted()
    Application.objects.update(adjustment_kinds=["extra-time"])
    office.answer_adjustments(
        application=world.fresh(made), granted=False, reason="Sala jest zajęta.", acting_user=acting(world.officer)
    )
    return world.fresh(made)


def without_reduction(world):
    made = world.submitted(world.open(fee_grosze=30_000))
    fees.ask_fee(application=made, words="Nie mam pracy.", acting_user=acting(world.me))
    fees.answer_fee(
        application=made, granted=False, reason="Regulamin nie przewiduje.", acting_user=acting(world.officer)
    )
    return world.fresh(made)


def not_met(world):
    made = world.judged(c11a="not-met")
    world.decide(made)
    return world.fresh(made)


def revoked(world):
    made = world.judged()
    world.decide(made)
    certificate = world.certify(world.fresh(made))
    revoke_certificate(certificate=certificate, reason="Dokument był cudzy.", acting_user=acting(world.officer))
    return world.fresh(made)


# about -> (how it comes about, who decided, the table and column of its day)
DECISIONS = {
    AppealAbout.REFUSAL: (refused, "adviser", Refusal, "refused_at"),
    AppealAbout.ADJUSTMENT: (without_adjustment, "officer", AdjustmentAnswer, "answered_at"),
    AppealAbout.FEE: (without_reduction, "officer", Fee, "answered_at"),
    AppealAbout.RESULT: (not_met, "officer", Decision, "decided_at"),
    AppealAbout.REVOCATION: (revoked, "officer", Certificate, "revoked_at"),
}
ONGOING_ABOUT = {AppealAbout.COURSE: World.submitted, AppealAbout.COMMISSION: World.appointed}


def file(world, application, about, reason="Nie zgadzam się."):
    return appeals.file_appeal(application=application, reason=reason, about=about, acting_user=acting(world.me))


def test_nothing_that_can_be_decided_against_a_candidate_is_left_out():
    assert set(DECISIONS) | set(ONGOING_ABOUT) == set(AppealAbout)
    assert {about for listed in ONGOING.values() for about in listed} == set(ONGOING_ABOUT)


@pytest.mark.parametrize("about", [*DECISIONS, *ONGOING_ABOUT])
def test_it_is_appealed_answered_by_somebody_else_and_told(about):
    world = World()
    make = DECISIONS[about][0] if about in DECISIONS else ONGOING_ABOUT[about]
    application = make(world)
    assert about in open_to(application)
    with pytest.raises(NotAllowed):
        appeals.file_appeal(application=application, reason="Nie.", about=about, acting_user=acting(world.officer))
    with pytest.raises(RuleBroken, match="z czym"):
        file(world, application, about, reason=" ")
    filed = file(world, application, about)
    assert filed.due_on == timezone.localdate() + dt.timedelta(application.opening.answer_days)
    with pytest.raises(RuleBroken, match="czeka na odpowiedź"):
        file(world, application, about)
    told = HistoryEntry.objects.filter(subject=application.uid, kind="validation.appealed").get().payload.data
    assert told["about"] == about
    with pytest.raises(NotAllowed):
        world.answer(filed, who=world.officer)
    done = world.answer(filed, uphold=False)
    assert done.state == "rejected"
    paper = words(papers(application, "appeal-answer")[0])
    assert "Odwołania nie uwzględniamy." in paper
    assert str(AppealAbout(about).label) in paper
    assert HistoryEntry.objects.filter(subject=application.uid, kind="validation.appeal-answered").exists()


@pytest.mark.parametrize("about", DECISIONS)
def test_whoever_decided_does_not_answer_and_days_are_counted(about):
    world = World()
    make, who, table, column = DECISIONS[about]
    application = make(world)
    judge = getattr(world, who)
    judge.memberships.create(institution=world.institution, unit=world.unit, role=Role.APPEALS_OFFICER)
    filed = file(world, application, about)
    with pytest.raises(NotAllowed):
        world.answer(filed, who=type(judge).objects.get(pk=judge.pk))
    Appeal.objects.all().delete()
    table.objects.update(**{column: timezone.now() - LONG_AGO})
    with pytest.raises(RuleBroken, match="Czas na odwołanie minął"):
        file(world, world.fresh(application), about)
    assert about not in open_to(world.fresh(application))


@pytest.mark.parametrize("about", DECISIONS)
def test_an_answer_ends_the_matter(about):
    world = World()
    application = DECISIONS[about][0](world)
    world.answer(file(world, application, about), uphold=False)
    with pytest.raises(RuleBroken, match="jest już odpowiedź"):
        file(world, world.fresh(application), about)


def test_waiting_for_one_answer_takes_no_other_right_away():
    world = World()
    application = without_reduction(world)
    file(world, application, AppealAbout.FEE)
    assert file(world, application, AppealAbout.COURSE).pk


def test_what_was_not_decided_cannot_be_appealed():
    world = World()
    with pytest.raises(RuleBroken, match="Nie ma rozstrzygnięcia"):
        file(world, world.submitted(), AppealAbout.RESULT)


def test_an_upheld_refusal_admits_and_the_same_adviser_cannot_refuse_again():
    world = World()
    application = refused(world)
    assert "Nie dopuszczamy" in words(papers(application, "refusal")[0])
    world.answer(file(world, application, AppealAbout.REFUSAL))
    admitted = world.fresh(application)
    assert admitted.state == "submitted"
    with pytest.raises(RuleBroken, match="tylko inna osoba"):
        refusing.refuse_application(
            application=admitted, ground=RefusalGround.EVIDENCE, reason="Nie ma też umowy o pracę.",
            acting_user=acting(world.adviser),
        )  # fmt: skip


def test_only_an_adviser_refuses_and_says_why():
    world = World()
    made = world.submitted()
    wrong = {"application": made, "ground": RefusalGround.CONDITIONS}
    for who in (world.officer, world.me, world.assessors[0]):
        with pytest.raises(NotAllowed):
            refusing.refuse_application(**wrong, reason="Nie ma dyplomu z wpisu.", acting_user=acting(who))
    with pytest.raises(RuleBroken, match="którego wymagania"):
        refusing.refuse_application(**wrong, reason="nie", acting_user=acting(world.adviser))


def test_an_upheld_adjustment_is_made_and_holds_up_the_appointment_until_then():
    world = World()
    application = without_adjustment(world)
    filed = file(world, application, AppealAbout.ADJUSTMENT)
    documented = applying.close_documentation(
        application=application, conditions_met=True, acting_user=acting(world.adviser)
    )
    with pytest.raises(RuleBroken, match="odwołanie w sprawie dostosowania"):
        world.appointed(documented)
    world.answer(filed)
    assert AdjustmentAnswer.objects.get().granted
    with pytest.raises(RuleBroken, match="dostosowanie trzeba zrobić"):
        office.answer_adjustments(
            application=documented, granted=False, reason="Jednak nie.", acting_user=acting(world.officer)
        )


def test_an_upheld_fee_is_waived():
    world = World()
    application = without_reduction(world)
    world.answer(file(world, application, AppealAbout.FEE))
    assert (Fee.objects.get().state, Fee.objects.get().granted) == ("waived", True)


def test_an_objection_to_the_commission_brings_another():
    world = World()
    application = world.appointed()
    world.answer(file(world, application, AppealAbout.COMMISSION))
    again = world.fresh(application)
    assert (again.state, again.round, again.commission) == ("documented", 2, None)
    with pytest.raises(RuleBroken, match="ktoś inny niż za pierwszym razem"):
        world.appointed(again)
    assert world.appointed(again, *world.records[2:]).state == "appointed"


def test_an_upheld_revocation_restores_the_certificate():
    world = body()
    application = revoked(world)
    certificate = Certificate.objects.get()
    [held] = [one.credential for one in certificate.credentials.all()]
    assert held.state == CredentialState.REVOKED
    world.answer(file(world, application, AppealAbout.REVOCATION))
    certificate.refresh_from_db()
    held.refresh_from_db()
    assert certificate.revoked_at is None
    assert held.state == CredentialState.REVOKED
    [again] = [one.credential for one in certificate.credentials.all()]
    assert (again.state, again.pk != held.pk, again.awarded_on) == (CredentialState.VALID, True, held.awarded_on)
    assert HistoryEntry.objects.filter(subject=application.uid, kind="validation.certificate-restored").exists()
    assert "znowu ważny" in words(papers(application, "appeal-answer")[0])
    revoke_certificate(certificate=certificate, reason="Nowy powód.", acting_user=acting(world.officer))
    assert "Nowy powód." in words(papers(application, "revocation")[1])
    assert AppealAbout.REVOCATION in open_to(world.fresh(application))


def test_who_may_answer_is_asked_at_once_for_many(django_assert_max_num_queries):
    world = World()
    made = file(world, world.submitted(), AppealAbout.COURSE)
    rows = [Appeal.objects.select_related("application__person", "application__opening").get(pk=made.pk)] * 40
    officer = acting(world.appeals).account
    assert officer.active_memberships
    with django_assert_max_num_queries(8):
        assert answerable(officer, rows) == {made.pk}


ABOUTS = st.sampled_from(AppealAbout.values)
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 2, 1))


@given(
    state=st.sampled_from(["draft", "submitted", "documented", "appointed", "decided", "refused", "certified"]),
    decided=st.lists(st.tuples(ABOUTS, DAYS, st.booleans()), max_size=4, unique_by=lambda one: one[0]),
    waiting=st.frozensets(ABOUTS), days=st.integers(0, 30), today=DAYS,
)  # fmt: skip
def test_open_is_what_is_in_time_unanswered_and_not_waiting(state, decided, waiting, days, today):
    case = CaseSoFar(state, tuple(Decided(*one) for one in decided), waiting)
    found = open_appeals(case, days, today)
    for about, on, answered in decided:
        in_time = (today - on).days <= days
        dated = in_time and not answered and about not in waiting
        assert (about in found and found[about] is not None) == (dated and about not in ONGOING.get(state, ()))
    assert not set(found) & waiting
    assert {about for about, last in found.items() if last is None} == set(ONGOING.get(state, ())) - waiting
