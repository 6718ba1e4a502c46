"""No sequence of actions makes or loses a grosz."""

import datetime as dt

from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from dorobek.kernel.errors import Refused
from dorobek.offers.models import Edition
from dorobek.vouchers import actions, figures, ledger, queries, rules
from dorobek.vouchers.actions.daily import run_day
from dorobek.vouchers.enums import AccountKind, Participation
from dorobek.vouchers.models import LedgerAccount, Movement, Voucher, VoucherChange, VoucherRight
from tests.vouchers.builders import adviser_of, coordinator_of, make_edition, make_right

PRICES = st.integers(min_value=0, max_value=400_000)
WORDS = {"reason": "Tak postanowiono.", "document": "pismo 7"}


def tried(call, **arguments):
    """What the action gives, or None when it refuses: a refusal leaves everything as it was."""
    before = Movement.objects.count(), VoucherChange.objects.count()
    try:
        return call(**arguments)
    except Refused:
        assert (Movement.objects.count(), VoucherChange.objects.count()) == before
        return None


def stuck(offices):
    """Vouchers that live and that nobody can do anything with, nor sees."""
    today = timezone.localdate()
    listed = {one.pk for user in offices for one in [*queries.to_settle(user), *queries.late_reports(user)]}
    for voucher in Voucher.objects.filter(state__in=rules.LIVE).select_related("right", "edition"):
        if voucher.edition is None:
            alive = voucher.right.state == "open" and rules.in_time(voucher.right.expires_on, today)
        else:
            alive = voucher.state == "bound" and rules.report_due(voucher.edition.ends_on) >= today
        if not alive and voucher.pk not in listed:
            yield f"{voucher.number} is {voucher.state}, {voucher.participation}"


class Books(RuleBasedStateMachine):
    """Three people, any action at any moment, by whoever asks."""

    vouchers = Bundle("vouchers")
    editions = Bundle("editions")

    @initialize()
    def open_rights(self):
        self.rights = [make_right() for _ in range(2)]
        self.advisers = {right.pk: adviser_of(right) for right in self.rights}
        self.offices = {right.pk: coordinator_of(right) for right in self.rights}

    def adviser(self, voucher):
        return self.advisers[voucher.right_id]

    @rule(target=vouchers, which=st.integers(0, 1), price=PRICES)
    def grant(self, which, price):
        right = self.rights[which]
        made = tried(actions.grant, right=right, price_grosze=price, reason="Kurs", acting_user=self.advisers[right.pk])
        return made if made is not None else multiple()

    @rule(target=editions, price=PRICES, places=st.integers(0, 2))
    def offer(self, price, places):
        return make_edition(price, places=places)

    @rule(voucher=vouchers, wrong=st.integers(-1, 1))
    def pay(self, voucher, wrong):
        grosze = Voucher.objects.get(pk=voucher.pk).own_grosze + wrong
        tried(actions.record_own_share, voucher=voucher, grosze=grosze, document="p", acting_user=self.adviser(voucher))

    @rule(voucher=vouchers, edition=editions)
    def bind(self, voucher, edition):
        tried(actions.bind, voucher=voucher, edition=edition, acting_user=self.adviser(voucher))

    @rule(voucher=vouchers, way=st.sampled_from([actions.unbind, actions.give_back, actions.annul]))
    def undo(self, voucher, way):
        tried(way, voucher=voucher, acting_user=self.offices[voucher.right_id], **WORDS)

    @rule(edition=editions)
    def time_passes(self, edition):
        day = timezone.localdate() - dt.timedelta(days=1)
        Edition.objects.filter(pk=edition.pk).update(starts_on=day, ends_on=day)

    @rule(edition=editions, price=PRICES, gone=st.booleans())
    def offer_moves(self, edition, price, gone):
        """A newer file of the provider: another price, or the date is withdrawn; what was bought stays as bought."""
        now = timezone.now() if gone else None
        Edition.objects.filter(pk=edition.pk).update(price_grosze=price, withdrawn_at=now)

    @rule(edition=editions)
    def provider_keeps_silent(self, edition):
        day = timezone.localdate() - dt.timedelta(days=9)
        Edition.objects.filter(pk=edition.pk).update(starts_on=day, ends_on=day)
        self.day_passes()

    @rule(voucher=vouchers, status=st.sampled_from(Participation.values))
    def report(self, voucher, status):
        tried(
            actions.report_participation, voucher=voucher, participation=status, document="l",
            acting_user=self.adviser(voucher),
        )  # fmt: skip

    @rule(voucher=vouchers)
    def finish_and_settle(self, voucher):
        for status in ("accepted", "finished"):
            self.report(voucher, status)
        tried(actions.settle, voucher=voucher, document="FV", acting_user=self.offices[voucher.right_id])

    @rule(which=st.integers(0, 1))
    def lapse(self, which):
        VoucherRight.objects.filter(pk=self.rights[which].pk).update(
            expires_on=timezone.localdate() - dt.timedelta(days=1)
        )
        self.day_passes()

    @rule()
    def day_passes(self):
        """After it every voucher that lives can be bought with, takes place, or is on a list of somebody who acts."""
        run_day()
        assert list(stuck([self.offices[right.pk].account for right in self.rights])) == []

    @rule(voucher=vouchers)
    def transfer_own_share(self, voucher):
        tried(actions.pay_back_own, voucher=voucher, document="przelew", acting_user=self.offices[voucher.right_id])

    @rule(which=st.integers(0, 1))
    def annul_right(self, which):
        right = self.rights[which]
        tried(actions.annul_right, right=right, acting_user=self.offices[right.pk], **WORDS)

    def teardown(self):
        if hasattr(self, "offices"):
            self.day_passes()

    @invariant()
    def what_is_owed_to_participants_is_on_the_list(self):
        for right in self.rights:
            listed = sum(one.owed_grosze for one in queries.owed(self.offices[right.pk].account))
            accounts = LedgerAccount.objects.filter(kind=AccountKind.OWED, voucher__right=right)
            assert listed == sum(ledger.balance(one) for one in accounts)

    @invariant()
    def nobody_has_two_places_on_a_date(self):
        rows = Voucher.objects.filter(state__in=("bound", "used", "settled")).values_list("person", "edition")
        assert len(rows) == len(set(rows))

    @invariant()
    def books_balance(self):
        assert list(ledger.faults()) == []

    @invariant()
    def nobody_spends_more_than_their_right(self):
        for right in VoucherRight.objects.all():
            taken = right.vouchers.filter(state__in=rules.TAKEN)
            assert sum(taken.values_list("covered_grosze", flat=True)) <= right.total_grosze
            assert all(one.support_grosze + one.own_grosze == one.value_grosze for one in taken)

    @invariant()
    def providers_have_exactly_the_prices_of_what_was_settled(self):
        paid = sum(ledger.balance(one) for one in LedgerAccount.objects.filter(kind=AccountKind.PROVIDER))
        settled = Voucher.objects.filter(state="settled").select_related("edition")
        assert paid == sum(voucher.value_grosze for voucher in settled)

    @invariant()
    def every_table_of_figures_is_the_ledgers(self):
        for right in self.rights:
            user = self.offices[right.pk].account
            for by in figures.BY:
                assert figures.total(list(figures.sums(user, by))) == figures.in_ledger(user)

    @invariant()
    def every_change_of_state_has_its_document(self):
        assert not VoucherChange.objects.filter(paper=None).exists()


class TestBooks(Books.TestCase, TestCase):
    """Each run in a transaction of its own, undone at its end."""

    settings = settings(max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
