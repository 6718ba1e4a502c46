"""Many at the same moment, and death at any statement: one voucher is spent once and the books balance."""

import datetime as dt
import threading

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from dorobek.kernel.errors import Refused
from dorobek.kernel.events import deliver_waiting
from dorobek.kernel.models import Event, HistoryEntry
from dorobek.offers.models import Edition
from dorobek.vouchers import actions, ledger
from dorobek.vouchers.actions.daily import expire_right
from dorobek.vouchers.models import Movement, Voucher, VoucherChange, VoucherPaper, VoucherRight
from tests.vouchers.builders import adviser_of, coordinator_of, make_edition, make_right, make_voucher, used_voucher

pytestmark = pytest.mark.django_db(transaction=True)
REQUESTS = 100
WORDS = {"reason": "Tak postanowiono.", "document": "pismo 7"}


def let_in():
    """How many connections the database lets in at a time, as a pool would: SQLite all, a server what it can spare."""
    if connection.vendor == "sqlite":
        return REQUESTS
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('max_connections')::int - count(*) FROM pg_stat_activity")
        return max(20, cursor.fetchone()[0] // 3)


def at_once(calls, read=None):
    """Run all at the same moment, each in a thread and a connection of its own: (how many did it, other errors).

    `read`: what each of them has read, on which it rests its call, before any of them writes.
    """
    done, wrong = [], []
    gate = threading.Barrier(len(calls))
    few = threading.Semaphore(let_in())

    def tried(call):
        with few:
            try:
                return call()
            except Refused:
                return None
            except Exception as error:
                wrong.append(error)
                return None
            finally:
                connections.close_all()

    def one(call):
        held = [tried(read)] if read else []
        gate.wait(timeout=300)
        if tried(lambda: (call(*held),)) is not None:
            done.append(1)

    threads = [threading.Thread(target=one, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=300)
    assert not any(thread.is_alive() for thread in threads)
    return len(done), wrong


def test_a_hundred_requests_at_once_spend_one_voucher_once():
    voucher = make_voucher()
    me = adviser_of(voucher.right)
    editions = [make_edition() for _ in range(4)]

    def seen():
        held = Voucher.objects.select_related("right").get(pk=voucher.pk)
        assert held.state == "own-paid"
        return held

    def buy(number, held):
        actions.bind(voucher=held, edition=editions[number % 4], acting_user=me)

    assert at_once([lambda held, n=n: buy(n, held) for n in range(REQUESTS)], read=seen) == (1, [])
    assert Movement.objects.filter(kind="reserve").count() == 1
    assert list(ledger.faults()) == []


def test_a_hundred_settlements_at_once_pay_once():
    voucher = used_voucher()
    office = coordinator_of(voucher.right)

    def seen():
        held = Voucher.objects.select_related("right").get(pk=voucher.pk)
        assert held.state == "used"
        return held

    def pay(number, held):
        actions.settle(voucher=held, document=f"FV {number}", acting_user=office)

    assert at_once([lambda held, n=n: pay(n, held) for n in range(REQUESTS)], read=seen) == (1, [])
    assert Movement.objects.filter(kind="pay-support").count() == 1
    assert list(ledger.faults()) == []


def test_grants_at_once_never_exceed_the_right():
    right = make_right()
    me = adviser_of(right)

    def ask(number):
        held = VoucherRight.objects.get(pk=right.pk)
        actions.grant(right=held, price_grosze=100_000, reason=f"Kurs {number}", acting_user=me)

    done, wrong = at_once([lambda n=n: ask(n) for n in range(20)])
    assert (done, wrong) == (3, [])
    assert sum(Voucher.objects.values_list("covered_grosze", flat=True)) == right.total_grosze
    assert list(ledger.faults()) == []


def test_one_purchase_asked_for_many_times_at_once_is_granted_once():
    right = make_right()
    me = adviser_of(right)

    def ask():
        held = VoucherRight.objects.get(pk=right.pk)
        actions.grant(right=held, price_grosze=50_000, reason="Kurs z planu", acting_user=me)

    assert at_once([ask] * 10) == (1, [])
    assert list(ledger.faults()) == []


def test_two_vouchers_of_a_person_at_once_take_one_place_on_a_date():
    right = make_right()
    me = adviser_of(right)
    vouchers = [make_voucher(right, 50_000 + number) for number in range(4)]
    edition = make_edition(50_000)

    def buy(pk):
        held = Voucher.objects.select_related("right").get(pk=pk)
        actions.bind(voucher=held, edition=edition, acting_user=me)

    assert at_once([lambda pk=one.pk: buy(pk) for one in vouchers]) == (1, [])
    assert edition.vouchers.count() == 1
    assert list(ledger.faults()) == []


def test_the_last_place_of_an_edition_goes_to_one_of_many():
    edition = make_edition(places=1)
    vouchers = [make_voucher() for _ in range(8)]
    actors = {voucher.pk: adviser_of(voucher.right) for voucher in vouchers}

    def buy(pk):
        held = Voucher.objects.select_related("right").get(pk=pk)
        actions.bind(voucher=held, edition=edition, acting_user=actors[pk])

    assert at_once([lambda pk=one.pk: buy(pk) for one in vouchers]) == (1, [])
    assert Edition.objects.get().vouchers.count() == 1


class Killed(BaseException):
    """The process ended here."""


def killed_at(number, call):
    """Run the call and end it before its statement of that number; True when it ended before it was done."""
    seen = 0

    def count(execute, sql, params, many, context):
        nonlocal seen
        seen += 1
        if seen == number:
            raise Killed
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(count):
            call()
    except Killed:
        return True
    return False


STEPS = {
    "grant": (1, 1), "pay": (1, 1), "bind": (3, 1), "give_back": (2, 1), "settle": (2, 1), "unbind": (1, 1),
    "annul": (3, 1), "annul_right": (3, 1), "report": (0, 1), "expire": (2, 1),
}  # fmt: skip


@pytest.mark.parametrize("name", STEPS)
def test_killed_at_any_statement_the_books_balance_and_nothing_is_half_done(name):
    """A dearer voucher than the training, so that every kind of movement takes part."""
    right = make_right()
    me, office = adviser_of(right), coordinator_of(right)
    voucher = used_voucher(right, 50_000) if name == "settle" else make_voucher(right, 120_000, paid=name != "pay")
    edition = make_edition(100_000)
    if name in ("unbind", "annul", "annul_right", "report"):
        actions.bind(voucher=voucher, edition=edition, acting_user=me)
    if name == "report":
        actions.report_participation(voucher=voucher, participation="accepted", document="l", acting_user=me)
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        Edition.objects.filter(pk=edition.pk).update(starts_on=yesterday, ends_on=yesterday)
    calls = {
        "grant": lambda: actions.grant(right=right, price_grosze=9_999, reason="Kurs", acting_user=me),
        "pay": lambda: actions.record_own_share(
            voucher=voucher, grosze=voucher.own_grosze, document="p", acting_user=me
        ),
        "bind": lambda: actions.bind(voucher=voucher, edition=edition, acting_user=me),
        "give_back": lambda: actions.give_back(voucher=voucher, acting_user=me, **WORDS),
        "settle": lambda: actions.settle(voucher=voucher, document="FV", acting_user=office),
        "unbind": lambda: actions.unbind(voucher=voucher, acting_user=me, **WORDS),
        "annul": lambda: actions.annul(voucher=voucher, acting_user=office, **WORDS),
        "annul_right": lambda: actions.annul_right(right=right, acting_user=office, **WORDS),
        "report": lambda: actions.report_participation(
            voucher=voucher, participation="finished", document="l", acting_user=me
        ),
        "expire": lambda: expire_right(right=right, today=right.expires_on + dt.timedelta(days=1)),
    }
    before = written()
    number = 1
    while killed_at(number, calls[name]) and written() == before:
        assert list(ledger.faults()) == []
        number += 1
        assert number < 200
    assert number > 10
    # done whole; where it ended after its commit, the event is still to be delivered, once
    deliver_waiting()
    assert not Event.objects.filter(delivered_at=None).exists()
    movements, changes = STEPS[name]
    assert written()[:2] == (before[0] + movements, before[1] + changes)
    assert list(ledger.faults()) == []


def written():
    """Counts of everything that a step writes, and the states: nothing of a step without the rest of it."""
    states = [*Voucher.objects.order_by("pk").values_list("state", flat=True)]
    states += VoucherRight.objects.order_by("pk").values_list("state", flat=True)
    tables = (Movement, VoucherChange, VoucherPaper, HistoryEntry, Event)
    return *(table.objects.count() for table in tables), states


def test_money_does_not_move_outside_a_transaction():
    voucher = make_voucher()
    assert not transaction.get_connection().in_atomic_block
    with pytest.raises(RuntimeError):
        ledger.move("give-back", voucher, 1, document="x", by=None)
