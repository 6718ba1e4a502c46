"""The fee by the body's own rule: which step waits, why and until when; what is settled; what never waits."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel.errors import Conflict, NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.validation.actions import appeals, fees, office
from dorobek.validation.enums import AppealAbout, FeeState, FeeWaits, HandedHow, HandedWhat
from dorobek.validation.models import Fee
from dorobek.validation.rules.fees import FeeNow, Hold, due_on, hold
from tests.factories import acting
from tests.validation.test_documents import papers, words
from tests.validation.world import World

pytestmark = pytest.mark.django_db
TERMS = {"fee_grosze": 30_000, "fee_to": "12 3456 0000 1111", "fee_days": 10}


@pytest.fixture
def world():
    return World()


def open_with(world, waits, **more):
    return world.open(fee_waits=waits, **{**TERMS, **more})


def pay(world, application, **more):
    values = {"state": FeeState.PAID, "document": "przelew 7", **more}
    return office.note_fee(application=application, acting_user=acting(world.officer), **values)


def test_the_terms_of_the_day_of_sending_hold(world):
    opening = open_with(world, FeeWaits.COMMISSION)
    world.submitted(opening)
    fee = Fee.objects.get()
    assert (fee.grosze, fee.waits, fee.state) == (30_000, "commission", "due")
    assert fee.due_on == timezone.localdate() + dt.timedelta(10)
    fees.change_fee_terms(
        opening=opening, fee_grosze=50_000, waits=FeeWaits.RESULT, days=5, to="kasa", reason="Nowy cennik.",
        acting_user=acting(world.officer),
    )  # fmt: skip
    fee.refresh_from_db()
    assert (fee.grosze, fee.waits) == (30_000, "commission")
    told = HistoryEntry.objects.get(kind="validation.fee-terms").payload.data
    assert told["fee_grosze"] == [30_000, 50_000]
    assert told["reason"] == "Nowy cennik."


def test_terms_are_the_officers_with_a_reason_and_a_place_to_pay(world):
    opening = open_with(world, FeeWaits.NOTHING)
    values = {
        "opening": opening,
        "fee_grosze": 100,
        "waits": FeeWaits.COMMISSION,
        "days": 14,
        "to": "kasa",
        "reason": "x",
    }
    for who in (world.me, world.adviser, world.assessors[0], world.appeals):
        with pytest.raises(NotAllowed):
            fees.change_fee_terms(**values, acting_user=acting(who))
    officer = acting(world.officer)
    with pytest.raises(RuleBroken, match="dlaczego"):
        fees.change_fee_terms(**{**values, "reason": " "}, acting_user=officer)
    with pytest.raises(RuleBroken, match="gdzie się płaci"):
        fees.change_fee_terms(**{**values, "to": " "}, acting_user=officer)
    with pytest.raises(RuleBroken, match="od 1 do"):
        fees.change_fee_terms(**{**values, "days": 0}, acting_user=officer)
    fees.change_fee_terms(**values, acting_user=officer)
    with pytest.raises(Conflict):
        fees.change_fee_terms(**{**values, "fee_grosze": 7}, base_version=1, acting_user=officer)


def test_the_appointment_waits_and_says_how_much_until_when_and_whose_rule(world):
    application = world.documented(open_with(world, FeeWaits.COMMISSION))
    commission = world.commission(application)
    from dorobek.validation.actions import commissions

    def appoint():
        return commissions.appoint(
            application=world.fresh(application), commission=commission, acting_user=acting(world.officer)
        )

    with pytest.raises(RuleBroken) as refused:
        appoint()
    day = timezone.localdate() + dt.timedelta(10)
    assert "300,00 zł" in refused.value.message
    assert f"{day:%d.%m.%Y}" in refused.value.message
    assert "Reguła instytucji." in refused.value.message
    pay(world, application)
    assert appoint().state == "appointed"


def test_the_result_waits_only_by_that_rule_and_the_certificate_by_none(world):
    application = world.judged(world.appointed(world.documented(open_with(world, FeeWaits.RESULT))))
    with pytest.raises(RuleBroken, match="ogłoszenie wyniku czeka na opłatę"):
        world.decide(application)
    pay(world, application)
    world.decide(application)
    Fee.objects.update(state=FeeState.DUE)
    assert world.certify(world.fresh(application)).number
    for what in (HandedWhat.CERTIFICATE, HandedWhat.DECISION):
        assert office.note_hand_over(
            application=application, what=what, how=HandedHow.PERSON, handed_on=timezone.localdate(),
            acting_user=acting(world.officer),
        ).pk  # fmt: skip


def test_nothing_waits_after_an_upheld_appeal(world):
    application = world.judged(world.appointed(world.documented(open_with(world, FeeWaits.NOTHING))), c11a="not-met")
    world.decide(application)
    world.answer(world.appeal(world.fresh(application)))
    Fee.objects.update(waits=FeeWaits.COMMISSION)
    assert world.appointed(world.fresh(application), *world.records[2:]).round == 2


@pytest.mark.parametrize("how", ["waived", "reduced", "granted", "granted in part"])
def test_equal_treatment_counts_as_settled(world, how):
    application = world.documented(open_with(world, FeeWaits.COMMISSION))
    officer = acting(world.officer)
    if how == "waived":
        office.note_fee(application=application, state=FeeState.WAIVED, reason="bez pracy", acting_user=officer)
    elif how == "reduced":
        with pytest.raises(RuleBroken, match="dlaczego opłata jest niższa"):
            pay(world, application, grosze=10_000)
        pay(world, application, grosze=10_000, reason="renta")
    else:
        fees.ask_fee(application=application, words="Mam rentę.", acting_user=acting(world.me))
        part = {"grosze": 5_000} if how == "granted in part" else {}
        fees.answer_fee(application=application, granted=True, reason="Zgoda.", acting_user=officer, **part)
        if part:
            with pytest.raises(RuleBroken, match="50,00 zł"):
                world.appointed(application)
            pay(world, application)
    assert world.appointed(world.fresh(application), *world.records[2:]).state == "appointed"


def test_a_wish_is_answered_before_money_is_demanded_and_a_refusal_is_a_letter(world):
    application = world.documented(open_with(world, FeeWaits.COMMISSION))
    me, officer = acting(world.me), acting(world.officer)
    with pytest.raises(NotAllowed):
        fees.ask_fee(application=application, words="Proszę.", acting_user=officer)
    with pytest.raises(RuleBroken, match="dlaczego"):
        fees.ask_fee(application=application, words=" ", acting_user=me)
    fees.ask_fee(application=application, words="Nie mam pracy.", acting_user=me)
    with pytest.raises(RuleBroken, match="już złożona"):
        fees.ask_fee(application=application, words="Proszę.", acting_user=me)
    with pytest.raises(RuleBroken, match="Najpierw trzeba odpowiedzieć"):
        world.appointed(application)
    with pytest.raises(NotAllowed):
        fees.answer_fee(application=application, granted=False, reason="Nie.", acting_user=acting(world.adviser))
    with pytest.raises(RuleBroken, match="niższą niż dotąd"):
        fees.answer_fee(application=application, granted=True, grosze=30_000, reason="Zgoda.", acting_user=officer)
    fees.answer_fee(application=application, granted=False, reason="Nie ma na to pieniędzy.", acting_user=officer)
    letter = words(papers(application, "refusal")[0])
    assert "Nie ma na to pieniędzy." in letter
    assert "Odwołanie można złożyć do" in letter
    appeals.file_appeal(application=application, about=AppealAbout.FEE, reason="Mam rentę.", acting_user=me)
    assert world.appointed(world.fresh(application), *world.records[2:]).state == "appointed", "a dispute costs no time"


WAITS = st.sampled_from(FeeWaits.values)


@given(
    fee=st.none() | st.builds(
        FeeNow, waits=WAITS, grosze=st.integers(0, 2), settled=st.booleans(), asked=st.booleans(),
        granted=st.none() | st.booleans(), disputed=st.booleans(),
    ),
    step=st.sampled_from(["commission", "result"]), number=st.integers(1, 3),
)  # fmt: skip
def test_a_step_waits_only_for_money_that_is_owed_by_its_own_rule(fee, step, number):
    found = hold(fee, step, number)
    owed = fee is not None and fee.grosze > 0 and not fee.settled and not fee.disputed
    assert (found is not None) == (owed and fee.waits == step and number == 1)
    if found is Hold.ANSWER:
        assert fee.asked
        assert fee.granted is None


@given(st.dates(dt.date(2026, 1, 1), dt.date(2030, 1, 1)), st.integers(1, 366))
def test_days_to_pay_are_counted_from_the_day_after_sending(sent, days):
    assert (due_on(sent, days) - sent).days == days
