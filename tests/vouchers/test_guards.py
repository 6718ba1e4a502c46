"""What keeps a voucher honest: one place a person, four eyes, no way back once a training began, nothing left behind."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.offers.models import Edition
from dorobek.people.enums import Role
from dorobek.people.models import Membership
from dorobek.vouchers import actions, ledger, queries, rules
from dorobek.vouchers.actions.daily import run_day
from dorobek.vouchers.enums import AccountKind, Participation, RightState, VoucherState
from dorobek.vouchers.models import Movement, Voucher, VoucherRight
from tests.factories import acting, make_staff
from tests.vouchers.builders import (
    adviser_of,
    coordinator_of,
    make_edition,
    make_right,
    make_voucher,
    used_voucher,
)

pytestmark = pytest.mark.django_db
WORDS = {"reason": "Tak postanowiono.", "document": "pismo 7"}
DAYS = st.dates(min_value=dt.date(2026, 1, 1), max_value=dt.date(2027, 12, 31))


def days_ago(number):
    return timezone.localdate() - dt.timedelta(days=number)


def begin(edition, *, ended=False, **fields):
    """The training began ten days ago; with `ended` it is over since yesterday."""
    ends = days_ago(1) if ended else timezone.localdate() + dt.timedelta(days=5)
    Edition.objects.filter(pk=edition.pk).update(starts_on=days_ago(10), ends_on=ends, **fields)


def bound_voucher(right=None, price=120_000):
    voucher = make_voucher(right, price)
    return actions.bind(voucher=voucher, edition=make_edition(price), acting_user=adviser_of(voucher.right))


def lapse(right):
    VoucherRight.objects.filter(pk=right.pk).update(expires_on=days_ago(1))


def test_a_person_has_one_place_on_a_date():
    right = make_right()
    first, second = make_voucher(right, 60_000), make_voucher(right, 61_000)
    me, edition = adviser_of(right), make_edition(60_000)
    actions.bind(voucher=first, edition=edition, acting_user=me)
    with pytest.raises(RuleBroken) as refusal:
        actions.bind(voucher=second, edition=edition, acting_user=me)
    assert refusal.value.field == "edition"
    assert first.number in refusal.value.message
    with pytest.raises(IntegrityError), transaction.atomic():
        Voucher.objects.filter(pk=second.pk).update(state="bound", edition=edition)
    actions.give_back(voucher=first, acting_user=me, **WORDS)
    assert actions.bind(voucher=second, edition=edition, acting_user=me).edition == edition


def test_the_same_purchase_is_granted_once_and_a_second_one_says_what_it_is_for():
    right = make_right()
    me = adviser_of(right)
    first = actions.grant(right=right, price_grosze=50_000, reason="Kurs z planu", acting_user=me)
    with pytest.raises(RuleBroken) as refusal:
        actions.grant(right=right, price_grosze=50_000, reason=" kurs  z PLANU", acting_user=me)
    assert (refusal.value.field, first.number in refusal.value.message) == ("reason", True)
    with pytest.raises(RuleBroken, match=r"przyznano już bon"):
        actions.grant(right=right, price_grosze=50_000, reason="Egzamin", acting_user=me, seen=0)
    assert actions.grant(right=right, price_grosze=50_000, reason="Egzamin", acting_user=me, seen=1)
    assert right.vouchers.count() == 2


def test_two_windows_of_the_form_grant_one_voucher(client):
    right = make_right()
    client.force_login(right.adviser)
    url = reverse("case-voucher-grant", args=[right.case_uid])
    page = client.get(url).content.decode()
    assert 'name="seen" value="0"' in page
    sent = {"price": "500", "reason": "Kurs", "seen": "0"}
    assert client.post(url, sent).status_code == 302
    again = client.post(url, {**sent, "reason": "Kurs z planu"})
    assert again.status_code == 422
    assert right.vouchers.get().number in again.content.decode()
    assert 'name="seen" value="1"' in again.content.decode()
    assert client.post(url, {**sent, "reason": "Kurs drugi", "seen": "1"}).status_code == 302


def test_whoever_granted_a_voucher_does_not_settle_it():
    right = make_right()
    one = coordinator_of(right)
    voucher = actions.grant(right=right, price_grosze=50_000, reason="Kurs", acting_user=one)
    voucher = actions.record_own_share(voucher=voucher, grosze=voucher.own_grosze, document="p", acting_user=one)
    edition = make_edition(50_000)
    voucher = actions.bind(voucher=voucher, edition=edition, acting_user=one)
    begin(edition, ended=True)
    for status in ("accepted", "finished"):
        voucher = actions.report_participation(voucher=voucher, participation=status, document="l", acting_user=one)
    with pytest.raises(RuleBroken, match="administrator może nadać"):
        actions.settle(voucher=voucher, document="FV", acting_user=one)
    other = make_staff(Role.ADMINISTRATOR, right.adviser.memberships.get().unit, name="Helena Druga")
    left = make_staff(Role.COORDINATOR, right.adviser.memberships.get().unit, name="Piotr Dawny")
    Membership.objects.filter(account=left).update(until=days_ago(1))
    with pytest.raises(RuleBroken) as refusal:
        actions.settle(voucher=voucher, document="FV", acting_user=one)
    assert "Helena Druga" in refusal.value.message
    assert "Piotr Dawny" not in refusal.value.message
    assert not Movement.objects.filter(kind="pay-support").exists()
    assert actions.settle(voucher=voucher, document="FV", acting_user=acting(other)).state == VoucherState.SETTLED


def test_the_page_of_a_voucher_says_who_else_settles(client):
    right = make_right()
    one = coordinator_of(right).account
    voucher = used_voucher(right)
    voucher.changes.filter(before="").update(by=one)
    other = make_staff(Role.ADMINISTRATOR, right.adviser.memberships.get().unit, name="Helena Druga")
    page, pay = reverse("vouchers-one", args=[voucher.uid]), reverse("vouchers-settle", args=[voucher.uid])
    client.force_login(one)
    shown = client.get(page).content.decode()
    assert "Helena Druga" in shown
    assert pay not in shown
    refused = client.post(pay, {"document": "FV 1"})
    assert refused.status_code == 422
    assert "Helena Druga" in refused.content.decode()
    client.force_login(other)
    assert pay in client.get(page).content.decode()
    assert client.post(pay, {"document": "FV 1"}).status_code == 302


def test_a_reason_told_with_a_full_stop_is_the_same_reason_and_another_name_is_another():
    right = make_right()
    me = adviser_of(right)
    actions.grant(right=right, price_grosze=50_000, reason="Kurs PŁAC.", acting_user=me)
    with pytest.raises(RuleBroken, match="z tym samym powodem"):
        actions.grant(right=right, price_grosze=50_000, reason="„kurs, płac”", acting_user=me)
    for reason in ("Kurs C++.", "Kurs C#."):
        assert actions.grant(right=right, price_grosze=50_000, reason=reason, acting_user=me)
    assert right.vouchers.count() == 3


def own_bound_voucher():
    """A voucher with a place whose participant is a coordinator of the very office; and that coordinator."""
    voucher = bound_voucher()
    me = coordinator_of(voucher.right)
    voucher.person.account = me.account
    voucher.person.save()
    return voucher, me


OWN = [
    lambda v, me: actions.grant(right=v.right, price_grosze=40_000, reason="Egzamin", acting_user=me),
    lambda v, me: actions.record_own_share(voucher=v, grosze=v.own_grosze, document="p", acting_user=me),
    lambda v, me: actions.bind(voucher=v, edition=make_edition(), acting_user=me),
    lambda v, me: actions.report_participation(voucher=v, participation="accepted", document="l", acting_user=me),
    lambda v, me: actions.give_back(voucher=v, acting_user=me, **WORDS),
    lambda v, me: actions.unbind(voucher=v, acting_user=me, **WORDS),
    lambda v, me: actions.annul(voucher=v, acting_user=me, **WORDS),
    lambda v, me: actions.settle(voucher=v, document="FV", acting_user=me),
    lambda v, me: actions.annul_right(right=v.right, acting_user=me, **WORDS),
]


@pytest.mark.parametrize("began", [False, True])
@pytest.mark.parametrize("decision", OWN)
def test_nobody_decides_about_their_own_voucher_whatever_their_role(decision, began):
    voucher, me = own_bound_voucher()
    if began:
        begin(voucher.edition)
    before = (HistoryEntry.objects.count(), Movement.objects.count())
    with pytest.raises(NotAllowed):
        decision(voucher, me)
    assert (HistoryEntry.objects.count(), Movement.objects.count()) == before


def test_nobody_pays_their_own_share_back_to_themselves_and_the_page_offers_nothing(client):
    voucher, me = own_bound_voucher()
    other = coordinator_of(voucher.right)
    actions.annul(voucher=voucher, acting_user=other, **WORDS)
    page, pay = reverse("vouchers-one", args=[voucher.uid]), reverse("vouchers-owed", args=[voucher.uid])
    client.force_login(me.account)
    assert pay not in client.get(page).content.decode()
    assert client.post(pay, {"document": "przelew 9"}).status_code == 404
    with pytest.raises(NotAllowed):
        actions.pay_back_own(voucher=voucher, document="przelew 9", acting_user=me)
    client.force_login(other.account)
    assert pay in client.get(page).content.decode()
    actions.pay_back_own(voucher=voucher, document="przelew 9", acting_user=other)
    assert ledger.balance_of(AccountKind.OWED, voucher) == 0


@pytest.mark.parametrize("way", [actions.give_back, actions.unbind])
@pytest.mark.parametrize("ended", [False, True])
def test_once_a_training_began_only_those_who_settle_take_a_place_back(way, ended):
    voucher = bound_voucher()
    me, office = adviser_of(voucher.right), coordinator_of(voucher.right)
    actions.report_participation(voucher=voucher, participation="accepted", document="l", acting_user=me)
    begin(voucher.edition, ended=ended)
    with pytest.raises(RuleBroken, match="już się zaczęło") as refusal:
        way(voucher=voucher, acting_user=me, **WORDS)
    assert office.account.name in refusal.value.message
    with pytest.raises(RuleBroken):
        way(voucher=voucher, acting_user=office, reason=" ", document="pismo")
    done = way(voucher=voucher, acting_user=office, **WORDS)
    assert done.state == (VoucherState.RETURNED if way is actions.give_back else VoucherState.OWN_PAID)
    change = done.changes.last()
    assert change.reason.startswith("Po rozpoczęciu szkolenia: ")
    assert change.by == office.account
    assert "Po rozpocz" in change.paper.tree
    assert list(ledger.faults()) == []


@pytest.mark.parametrize("status", ["rejected", "absent", "withdrawn"])
def test_a_place_that_was_never_taken_goes_back_as_before(status):
    voucher = bound_voucher()
    me = adviser_of(voucher.right)
    gone = {"withdrawn_at": timezone.now() - dt.timedelta(days=20)} if status == "withdrawn" else {}
    if status == "rejected":
        actions.report_participation(voucher=voucher, participation=status, document="l", acting_user=me)
    begin(voucher.edition, ended=True, **gone)
    if status == "absent":
        for step in ("accepted", "absent"):
            actions.report_participation(voucher=voucher, participation=step, document="l", acting_user=me)
    assert actions.give_back(voucher=voucher, acting_user=me, **WORDS).state == VoucherState.RETURNED


def test_a_provider_that_is_only_late_is_still_to_be_paid():
    voucher = bound_voucher()
    begin(voucher.edition)
    Edition.objects.filter(pk=voucher.edition.pk).update(ends_on=days_ago(9))
    assert run_day()["absent"] == 1
    with pytest.raises(RuleBroken):
        actions.give_back(voucher=voucher, acting_user=adviser_of(voucher.right), **WORDS)


@given(starts=DAYS, today=DAYS, gone=st.none() | DAYS, status=st.sampled_from(Participation.values), said=st.booleans())
def test_under_way_asks_what_began_and_who_was_there(starts, today, gone, status, said):
    found = rules.under_way(starts_on=starts, withdrawn_on=gone, participation=status, reported=said, today=today)
    never = status == "rejected" or (status == "absent" and said) or (gone is not None and gone <= starts)
    assert found == (starts <= today and not never)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COORDINATOR])
def test_the_office_takes_a_place_back_on_its_own_page(client, role):
    voucher = bound_voucher()
    unit = voucher.right.adviser.memberships.get().unit
    url = reverse("vouchers-return", args=[voucher.uid])
    client.force_login(make_staff(role, unit))
    assert client.get(url).status_code == 404  # before the start it is the adviser's
    begin(voucher.edition)
    assert url in client.get(reverse("vouchers-one", args=[voucher.uid])).content.decode()
    assert client.post(url, {"reason": "", "document": ""}).status_code == 422
    assert client.post(url, WORDS).status_code == 302
    assert Voucher.objects.get(pk=voucher.pk).state == VoucherState.RETURNED


def test_a_voucher_freed_after_its_right_ended_expires_and_its_own_share_is_listed_until_it_is_paid():
    right = make_right()
    me, office = adviser_of(right), coordinator_of(right)
    voucher = bound_voucher(right)
    lapse(right)
    assert run_day()["expired"] == 1
    assert Voucher.objects.get(pk=voucher.pk).state == VoucherState.BOUND
    actions.unbind(voucher=voucher, acting_user=me, **WORDS)
    assert run_day()["left"] == 1
    assert Voucher.objects.get(pk=voucher.pk).state == VoucherState.EXPIRED
    assert run_day()["left"] == 0
    assert [(one.pk, one.owed_grosze) for one in queries.owed(office.account)] == [(voucher.pk, voucher.own_grosze)]
    assert ledger.balance_of(AccountKind.COMMITTED, voucher) == 0
    with pytest.raises(NotAllowed):
        actions.pay_back_own(voucher=voucher, document="przelew 9", acting_user=me)
    with pytest.raises(RuleBroken) as refusal:
        actions.pay_back_own(voucher=voucher, document=" ", acting_user=office)
    assert refusal.value.field == "document"
    actions.pay_back_own(voucher=voucher, document="przelew 9", acting_user=office)
    assert queries.owed(office.account) == []
    assert ledger.balance_of(AccountKind.PARTICIPANT, voucher) == 0
    assert HistoryEntry.objects.filter(stream=right.case_uid, kind="voucher.own-paid-back").count() == 1
    with pytest.raises(RuleBroken):
        actions.pay_back_own(voucher=voucher, document="przelew 10", acting_user=office)
    assert list(ledger.faults()) == []


def test_the_office_lists_the_own_shares_to_pay_back_and_writes_the_transfer_down(client):
    voucher = make_voucher()
    actions.give_back(voucher=voucher, acting_user=adviser_of(voucher.right), **WORDS)
    client.force_login(coordinator_of(voucher.right).account)
    url = reverse("vouchers-owed", args=[voucher.uid])
    assert url in client.get(reverse("vouchers")).content.decode()
    assert "156,00" in client.get(url).content.decode()
    owner, own = voucher.person.account, reverse("own-voucher", args=[voucher.case_uid])
    office = coordinator_of(voucher.right).account
    client.force_login(owner)
    assert "Urząd odda" in client.get(own).content.decode()
    client.force_login(office)
    assert client.post(url, {"document": "przelew 9"}).status_code == 302
    assert url not in client.get(reverse("vouchers")).content.decode()
    client.force_login(owner)
    assert "Urząd odda" not in client.get(own).content.decode()
    client.force_login(coordinator_of(make_right()).account)
    assert client.get(url).status_code == 404


def test_an_annulled_or_open_right_expires_nothing():
    voucher = make_voucher()
    assert run_day()["left"] == 0
    VoucherRight.objects.filter(pk=voucher.right.pk).update(state=RightState.ANNULLED)
    assert run_day()["left"] == 1


@given(last=DAYS, day=DAYS)
def test_the_last_day_is_a_day_of_buying(last, day):
    assert rules.in_time(last, day) == (day <= last)


def test_the_adviser_reads_who_takes_a_place_back_and_the_office_finds_the_way(client):
    voucher = bound_voucher()
    begin(voucher.edition)
    Edition.objects.filter(pk=voucher.edition.pk).update(ends_on=days_ago(9))
    run_day()
    client.force_login(voucher.right.adviser)
    page = client.get(reverse("case-voucher", args=[voucher.case_uid])).content.decode()
    assert "tylko koordynator albo administrator" in page
    assert reverse("case-voucher-step", args=[voucher.case_uid, voucher.uid, "zwrot"]) not in page
    assert reverse("case-voucher-step", args=[voucher.case_uid, voucher.uid, "udzial"]) in page
    client.force_login(coordinator_of(voucher.right).account)
    desk = client.get(reverse("vouchers")).content.decode()
    assert "Zwolnij miejsce albo zwróć bon" in desk
    assert client.post(reverse("vouchers-release", args=[voucher.uid]), WORDS).status_code == 302
    assert Voucher.objects.get(pk=voucher.pk).state == VoucherState.OWN_PAID


def test_the_same_over_rest(client):
    voucher = bound_voucher()
    office = coordinator_of(voucher.right).account
    address = f"/api/vouchers/{voucher.uid}"
    sent = {"data": WORDS, "content_type": "application/json"}
    client.force_login(make_staff(Role.ADMINISTRATOR, voucher.right.adviser.memberships.get().unit))
    assert client.post(f"{address}/return", **sent).status_code == 404
    begin(voucher.edition)
    client.force_login(voucher.right.adviser)
    case = f"/api/cases/{voucher.case_uid}/voucher/{voucher.uid}/return"
    assert client.post(case, **sent).status_code == 422
    client.force_login(coordinator_of(make_right()).account)
    assert client.post(f"{address}/return", **sent).status_code == 404
    client.force_login(office)
    assert client.post(f"{address}/return", **sent).json()["state"] == "returned"
    listed = client.get("/api/vouchers/owed").json()
    assert [(one["number"], one["owed_grosze"]) for one in listed] == [(voucher.number, voucher.own_grosze)]
    paid = {"data": {"document": "przelew 3"}, "content_type": "application/json"}
    assert client.post(f"{address}/own-paid-back", **paid).status_code == 200
    assert client.get("/api/vouchers/owed").json() == []
    assert client.post(f"{address}/own-paid-back", **paid).status_code == 422


def test_over_rest_a_grant_that_somebody_overtook_is_refused(client):
    right = make_right()
    client.force_login(right.adviser)
    url = f"/api/cases/{right.case_uid}/voucher"
    sent = {"price_grosze": 50_000, "reason": "Kurs", "seen": 0}
    assert client.post(url, sent, content_type="application/json").status_code == 201
    refused = client.post(url, {**sent, "reason": "Egzamin"}, content_type="application/json")
    assert (refused.status_code, right.vouchers.count()) == (422, 1)
    assert (
        client.post(url, {**sent, "reason": "Egzamin", "seen": 1}, content_type="application/json").status_code == 201
    )
