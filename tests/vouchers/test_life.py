"""A voucher's life, step by step, and what each step refuses."""

import datetime as dt

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.offers.models import Edition
from dorobek.people.enums import Role
from dorobek.programmes.enums import AuditEvent
from dorobek.vouchers import actions, ledger
from dorobek.vouchers.actions.daily import run_day
from dorobek.vouchers.enums import AccountKind, Participation, RightState, VoucherState
from dorobek.vouchers.models import LedgerAccount, Movement, NeverChanged, Voucher, VoucherChange, VoucherRight
from tests.factories import acting, make_case, make_person, make_staff
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


def in_order() -> bool:
    return list(ledger.faults()) == []


def test_a_right_opens_once_for_twelve_months_with_the_programmes_money():
    audit = make_case()
    right = make_right(audit)
    assert right.total_grosze == 270_000
    assert (right.opened_on, right.expires_on.year) == (timezone.localdate(), timezone.localdate().year + 1)
    assert make_right(audit).pk == right.pk
    assert HistoryEntry.objects.filter(stream=audit.uid, kind="voucher.right-opened").count() == 1


def test_only_what_the_programme_names_opens_a_right():
    audit = make_case()
    fields = {"person": audit.person, "case_uid": audit.uid, "institution": audit.institution,
              "programme_version": audit.programme_version, "adviser": audit.adviser}  # fmt: skip
    opened = actions.open_right(happened=AuditEvent.HANDED_OVER, acting_user=acting(audit.adviser), **fields)
    assert opened is None


def test_the_whole_way_from_right_to_settlement_moves_every_grosz():
    right = make_right()
    voucher = used_voucher(right, 123_457)
    assert (voucher.support_grosze, voucher.own_grosze) == (107_408, 16_049)
    assert in_order()
    voucher = actions.settle(voucher=voucher, document="FV 12/2026", acting_user=coordinator_of(right))
    assert voucher.state == VoucherState.SETTLED
    provider = LedgerAccount.objects.get(kind=AccountKind.PROVIDER)
    assert ledger.balance(provider) == 123_457
    assert in_order()
    steps = list(VoucherChange.objects.filter(voucher=voucher).values_list("after", flat=True))
    assert steps == ["granted", "own-paid", "bound", "used", "settled"]
    assert all(VoucherChange.objects.values_list("reason", flat=True))
    assert all(VoucherChange.objects.values_list("document", flat=True))
    assert HistoryEntry.objects.filter(stream=right.case_uid, kind="voucher.settled").exists()


def test_a_training_dearer_than_what_is_left_leaves_the_rest_to_the_person():
    right = make_right()
    first = make_voucher(right, 200_000)
    second = make_voucher(right, 100_000)
    assert (first.covered_grosze, second.covered_grosze) == (200_000, 70_000)
    assert second.own_grosze == 30_000 + 9_100
    with pytest.raises(RuleBroken):
        make_voucher(right, 10_000)


def test_a_cheaper_edition_gives_the_difference_back_at_once():
    right = make_right()
    voucher = make_voucher(right, 120_000)
    bound = actions.bind(voucher=voucher, edition=make_edition(100_000), acting_user=adviser_of(right))
    assert (bound.value_grosze, bound.own_grosze, bound.support_grosze) == (100_000, 13_000, 87_000)
    assert ledger.balance_of(AccountKind.PARTICIPANT, bound) == -15_600
    assert ledger.balance_of(AccountKind.OWED, bound) == 2_600
    assert in_order()


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"price": 120_001}, "kosztuje"),
        ({"field": "trade"}, "dziedziny"),
        ({"ending": "statement"}, "certyfikat"),
        ({"withdrawn_at": timezone.now()}, "wycofał"),
        ({"enrol_until": dt.date(2020, 1, 1)}, "Zapisy"),
        ({"price": 0}, "bez opłaty"),
    ],
)
def test_what_the_terms_or_the_offer_do_not_allow_is_refused_beside_the_field(fields, word):
    voucher = make_voucher()
    with pytest.raises(RuleBroken) as refusal:
        actions.bind(voucher=voucher, edition=make_edition(**fields), acting_user=adviser_of(voucher.right))
    assert refusal.value.field == "edition"
    assert word in refusal.value.message
    assert in_order()


def test_the_last_place_is_given_once():
    edition = make_edition(places=1)
    first, second = make_voucher(), make_voucher()
    actions.bind(voucher=first, edition=edition, acting_user=adviser_of(first.right))
    with pytest.raises(RuleBroken):
        actions.bind(voucher=second, edition=edition, acting_user=adviser_of(second.right))


def test_the_own_share_comes_in_whole_or_not_at_all():
    voucher = make_voucher(paid=False)
    me = adviser_of(voucher.right)
    with pytest.raises(RuleBroken) as refusal:
        actions.record_own_share(voucher=voucher, grosze=voucher.own_grosze - 1, document="p", acting_user=me)
    assert refusal.value.field == "grosze"
    with pytest.raises(RuleBroken):
        actions.bind(voucher=voucher, edition=make_edition(), acting_user=me)
    actions.record_own_share(voucher=voucher, grosze=voucher.own_grosze, document="p", acting_user=me)
    with pytest.raises(RuleBroken):
        actions.record_own_share(voucher=voucher, grosze=voucher.own_grosze, document="p", acting_user=me)


@pytest.mark.parametrize("way", [actions.give_back, actions.annul])
def test_a_voucher_given_back_frees_the_right_and_returns_the_own_share(way):
    voucher = make_voucher()
    right = voucher.right
    actions.bind(voucher=voucher, edition=make_edition(), acting_user=adviser_of(right))
    way(voucher=voucher, acting_user=coordinator_of(right), **WORDS)
    assert in_order()
    assert make_voucher(right, 270_000).covered_grosze == 270_000


def test_a_date_given_up_keeps_the_voucher_for_another():
    voucher = make_voucher()
    me = adviser_of(voucher.right)
    actions.bind(voucher=voucher, edition=make_edition(), acting_user=me)
    free = actions.unbind(voucher=voucher, acting_user=me, **WORDS)
    assert (free.state, free.edition) == (VoucherState.OWN_PAID, None)
    other = make_edition()
    assert actions.bind(voucher=free, edition=other, acting_user=me).edition == other
    assert in_order()


def test_every_change_needs_a_reason_and_a_document():
    voucher = make_voucher()
    me = adviser_of(voucher.right)
    for missing in ("reason", "document"):
        with pytest.raises(RuleBroken) as refusal:
            actions.give_back(voucher=voucher, acting_user=me, **{**WORDS, missing: " "})
        assert refusal.value.field == missing


def test_settling_is_for_the_office_and_only_after_use_and_once():
    voucher = used_voucher()
    with pytest.raises(NotAllowed):
        actions.settle(voucher=voucher, document="FV 1", acting_user=adviser_of(voucher.right))
    elsewhere = make_staff(Role.COORDINATOR, make_case().unit)
    with pytest.raises(NotAllowed):
        actions.settle(voucher=voucher, document="FV 1", acting_user=acting(elsewhere))
    office = coordinator_of(voucher.right)
    actions.settle(voucher=voucher, document="FV 1", acting_user=office)
    with pytest.raises(RuleBroken):
        actions.settle(voucher=voucher, document="FV 1", acting_user=office)
    with pytest.raises(RuleBroken):
        actions.settle(voucher=make_voucher(voucher.right, 1_000), document="FV 2", acting_user=office)


def test_the_participant_and_a_stranger_move_no_money():
    voucher = make_voucher()
    for who in (voucher.person.account, make_person("Obca Osoba").account):
        with pytest.raises(NotAllowed):
            actions.give_back(voucher=voucher, acting_user=acting(who), **WORDS)


def test_a_movement_is_never_changed_nor_deleted():
    make_voucher()
    movement = Movement.objects.first()
    movement.grosze += 1
    with pytest.raises(NeverChanged):
        movement.save()
    with pytest.raises(NeverChanged):
        movement.delete()
    with pytest.raises(NeverChanged):
        Movement.objects.all().delete()
    with pytest.raises(NeverChanged):
        Movement.objects.update(grosze=1)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE vouchers_movement SET grosze = grosze + 1")


def test_a_provider_that_says_nothing_for_seven_days_counts_as_absence_until_it_speaks():
    voucher = make_voucher()
    me = adviser_of(voucher.right)
    edition = make_edition()
    actions.bind(voucher=voucher, edition=edition, acting_user=me)
    today = timezone.localdate()
    Edition.objects.filter(pk=edition.pk).update(starts_on=today - dt.timedelta(9), ends_on=today - dt.timedelta(7))
    assert run_day()["absent"] == 0
    Edition.objects.filter(pk=edition.pk).update(ends_on=today - dt.timedelta(8))
    assert run_day()["absent"] == 1
    assert run_day()["absent"] == 0
    voucher.refresh_from_db()
    assert (voucher.participation, voucher.state) == (Participation.ABSENT, VoucherState.BOUND)
    used = actions.report_participation(voucher=voucher, participation="finished", document="l", acting_user=me)
    assert used.state == VoucherState.USED


def test_nobody_has_finished_what_still_goes_on():
    voucher = make_voucher()
    me = adviser_of(voucher.right)
    actions.bind(voucher=voucher, edition=make_edition(), acting_user=me)
    with pytest.raises(RuleBroken):
        actions.report_participation(voucher=voucher, participation="finished", document="l", acting_user=me)
    actions.report_participation(voucher=voucher, participation="accepted", document="l", acting_user=me)
    with pytest.raises(RuleBroken):
        actions.report_participation(voucher=voucher, participation="finished", document="l", acting_user=me)


def test_a_right_that_lapsed_takes_unbought_vouchers_with_it_and_leaves_bought_ones():
    right = make_right()
    bought, waiting = make_voucher(right, 100_000), make_voucher(right, 50_000)
    actions.bind(voucher=bought, edition=make_edition(100_000), acting_user=adviser_of(right))
    VoucherRight.objects.filter(pk=right.pk).update(expires_on=timezone.localdate() - dt.timedelta(days=1))
    assert run_day()["expired"] == 1
    assert run_day()["expired"] == 0
    states = dict(Voucher.objects.values_list("pk", "state"))
    assert states == {bought.pk: "bound", waiting.pk: "expired"}
    assert VoucherRight.objects.get(pk=right.pk).state == RightState.EXPIRED
    assert in_order()
    with pytest.raises(RuleBroken):
        make_voucher(right, 1_000)


def test_reminders_go_to_participant_and_adviser_once_each(django_capture_on_commit_callbacks):
    right = make_right()
    right.person.email = "uczestnik@example.org"
    right.person.save()
    today = timezone.localdate()
    sent = []
    for left in (91, 90, 60, 30, 8, 7, 1):
        VoucherRight.objects.filter(pk=right.pk).update(expires_on=today + dt.timedelta(days=left))
        with django_capture_on_commit_callbacks(execute=True):
            sent.append(run_day()["reminded"])
        with django_capture_on_commit_callbacks(execute=True):
            assert run_day()["reminded"] == 0
    assert sent == [1, 1, 0, 1, 0, 1, 0]  # 180 days, 90, 30, 7: as the programme says
    assert len(mail.outbox) == 8
    assert {letter.to[0] for letter in mail.outbox} == {"uczestnik@example.org", right.adviser.email}


def test_nobody_is_reminded_of_what_they_spent():
    right = make_right(expires_on=timezone.localdate() + dt.timedelta(days=30))
    voucher = make_voucher(right, 270_000)
    actions.bind(voucher=voucher, edition=make_edition(270_000), acting_user=adviser_of(right))
    assert run_day()["reminded"] == 0


def test_why_nothing_was_bought_is_the_persons_to_say():
    right = make_right()
    said = actions.say_why_not_bought(
        right=right, why="too-far", more="Autobus jeździ raz dziennie.", acting_user=acting(right.person.account)
    )
    assert said.not_bought == "too-far"
    with pytest.raises(NotAllowed):
        actions.say_why_not_bought(right=right, why="money", acting_user=acting(make_person("Obca Osoba").account))
    with pytest.raises(RuleBroken):
        actions.say_why_not_bought(right=right, why="nie wiem", acting_user=acting(right.person.account))


def test_a_right_annulled_takes_its_vouchers_and_is_refused_once_one_was_used():
    right = make_right()
    make_voucher(right)
    actions.annul_right(right=right, acting_user=coordinator_of(right), **WORDS)
    assert Voucher.objects.get().state == VoucherState.ANNULLED
    assert in_order()
    used = used_voucher()
    with pytest.raises(RuleBroken):
        actions.annul_right(right=used.right, acting_user=coordinator_of(used.right), **WORDS)
