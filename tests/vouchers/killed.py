"""Every action that moves money, each in processes that are really killed at a statement of the database.

    DOROBEK_DATA_DIR=FOLDER [DATABASE_URL=ADDRESS] python -m tests.vouchers.killed

Tables are made in the empty database that the environment names. Each action is killed with SIGKILL before statements
from the first to the last, and just before its COMMIT: nothing of it may stay, and asked for again it is done. On a
second voucher it is killed just after its COMMIT: all of it stays, once. Prints what was done and what was wrong as JSON.
"""

import datetime as dt
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Work = Callable[[], Callable[[], Any]]
BEFORE, AFTER = "before COMMIT", "after COMMIT"
STATEMENT, COMMIT = b"s", b"C"
DONE, REFUSED, FAILED = 0, 3, 1
MOST = 4  # statements between the first and the last that are tried
DELIVERY = (1, 6)  # statements of the delivery of events at which it is killed
WORDS = {"reason": "Tak postanowiono.", "document": "pismo 7"}
NAMES = (
    "grant", "pay", "bind", "give_back", "settle", "unbind", "annul", "annul_right", "report", "expire", "pay_back_own",
)  # fmt: skip


@dataclass(frozen=True)
class Ended:
    """How a process ended: killed, or with a code; its statements until the first COMMIT or its end."""

    killed: bool
    code: int
    statements: int


def start() -> None:
    """The tables as the models have them, with what guards the books."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dorobek.config.settings_test")
    import django

    django.setup()
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command

    settings.MIGRATION_MODULES = dict.fromkeys(one.label for one in apps.get_app_configs())
    call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)


def run(work: Work, stop: int | str | None = None) -> Ended:
    """A process of its own that does the work, killed before its statement of that number, or around its COMMIT."""
    from django.db import connections

    connections.close_all()
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        code = FAILED
        try:
            os.close(told)
            code = _work(work, stop, tell)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(tell)
    with os.fdopen(told, "rb") as pipe:
        steps = pipe.read().partition(COMMIT)[0]
    _pid, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    return Ended(killed, -1 if killed else os.waitstatus_to_exitcode(status), len(steps))


def _work(work: Work, stop: int | str | None, tell: int) -> int:
    """In the process: read what is needed, then act and die where it was told to."""
    from django.db import connection

    from dorobek.kernel.errors import Refused

    act, commit, number = work(), connection._commit, 0

    def reached(step: int | str) -> None:
        if step == stop:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        nonlocal number
        number += 1
        reached(number)
        os.write(tell, STATEMENT)
        return execute(sql, params, many, context)

    def committing() -> None:
        reached(BEFORE)
        commit()
        os.write(tell, COMMIT)
        reached(AFTER)

    connection._commit = committing
    try:
        with connection.execute_wrapper(statement):
            act()
    except Refused:
        return REFUSED
    return DONE


def prepared(name: str) -> Work:
    """A right and a voucher of their own, so far that the action is next; what the process reads before it acts."""
    from django.utils import timezone

    from dorobek.offers.models import Edition
    from dorobek.vouchers import actions
    from tests.vouchers.builders import adviser_of, coordinator_of, make_edition, make_right, make_voucher, used_voucher

    right = make_right()
    me, office = adviser_of(right), coordinator_of(right)
    voucher = used_voucher(right, 50_000) if name == "settle" else make_voucher(right, 120_000, paid=name != "pay")
    edition = make_edition(100_000)
    if name in ("unbind", "annul", "annul_right", "report", "pay_back_own"):
        actions.bind(voucher=voucher, edition=edition, acting_user=me)
    if name == "report":
        actions.report_participation(voucher=voucher, participation="accepted", document="l", acting_user=me)
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        Edition.objects.filter(pk=edition.pk).update(starts_on=yesterday, ends_on=yesterday)
    keys = {"right": right.pk, "voucher": voucher.pk, "edition": edition.pk}
    return lambda: _action(name, keys, me.account.pk, office.account.pk)


def _action(name: str, keys: dict[str, int], me: int, office: int) -> Callable[[], Any]:
    from dorobek.offers.models import Edition
    from dorobek.people.models import Account
    from dorobek.vouchers import actions
    from dorobek.vouchers.actions.daily import expire_right
    from dorobek.vouchers.models import Voucher, VoucherRight
    from tests.factories import acting

    held = Voucher.objects.select_related("right").get(pk=keys["voucher"])
    right, edition = VoucherRight.objects.get(pk=keys["right"]), Edition.objects.get(pk=keys["edition"])
    mine, offices = ({"acting_user": acting(Account.objects.get(pk=pk))} for pk in (me, office))
    on = {"voucher": held}
    calls: dict[str, Callable[[], Any]] = {
        "grant": lambda: actions.grant(right=right, price_grosze=9_999, reason="Kurs", **mine),
        "pay": lambda: actions.record_own_share(grosze=held.own_grosze, document="p", **on, **mine),
        "bind": lambda: actions.bind(edition=edition, **on, **mine),
        "give_back": lambda: actions.give_back(**on, **WORDS, **mine),
        "settle": lambda: actions.settle(document="FV", **on, **offices),
        "unbind": lambda: actions.unbind(**on, **WORDS, **mine),
        "annul": lambda: actions.annul(**on, **WORDS, **offices),
        "annul_right": lambda: actions.annul_right(right=right, **WORDS, **offices),
        "report": lambda: actions.report_participation(participation="finished", document="l", **on, **mine),
        "expire": lambda: expire_right(right=right, today=right.expires_on + dt.timedelta(days=1)),
        "pay_back_own": lambda: actions.pay_back_own(document="przelew", **on, **offices),
    }
    return calls[name]


def written() -> list[Any]:
    """Counts of everything that a step writes, and the states: nothing of a step without the rest of it."""
    from dorobek.kernel.models import Event, HistoryEntry
    from dorobek.vouchers.models import Movement, Voucher, VoucherChange, VoucherPaper, VoucherRight

    states = [*Voucher.objects.order_by("pk").values_list("state", flat=True)]
    states += VoucherRight.objects.order_by("pk").values_list("state", flat=True)
    return [*(one.objects.count() for one in (Movement, VoucherChange, VoucherPaper, HistoryEntry, Event)), states]


def wrong() -> Iterator[str]:
    """What does not hold: books that do not balance, a state without its document, a movement that can be changed."""
    from django.db import DatabaseError, connection, transaction

    from dorobek.vouchers import ledger
    from dorobek.vouchers.models import Voucher, VoucherChange

    yield from ledger.faults()
    if VoucherChange.objects.filter(paper=None).exists():
        yield "a change of state without its document"
    last = dict(VoucherChange.objects.filter(voucher__isnull=False).order_by("pk").values_list("voucher", "after"))
    for pk, state in Voucher.objects.values_list("pk", "state"):
        if last.get(pk) != state:
            yield f"voucher {pk} is {state}, the last change of state says {last.get(pk)}"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE vouchers_movement SET grosze = grosze + 1")
    except DatabaseError:
        return
    yield "a movement could be changed"


def sample(count: int) -> list[int]:
    """The first two statements, the last two, and some between, evenly."""
    between = range(3, count - 1, max(1, -(-(count - 4) // MOST)))
    return sorted({number for number in (1, 2, *between, count - 1, count) if 0 < number <= count})


def killed_before_its_commit(name: str) -> Iterator[str]:
    """Faults of an action that never came to its COMMIT, and of the same asked for again."""
    work, before = prepared(name), written()
    first = run(work, BEFORE)
    yield from _left(name, BEFORE, first.killed, before)
    for number in sample(first.statements):
        yield from _left(name, f"statement {number} of {first.statements}", run(work, number).killed, before)
    again = run(work)
    if again.code != DONE or written() == before:
        yield f"{name}: asked for again it ended with {again.code}"
    yield from wrong()


def _left(name: str, where: str, killed: bool, before: list[Any]) -> Iterator[str]:
    COUNT[name] = COUNT.get(name, 0) + killed
    if not killed:
        yield f"{name}: was not killed at {where}"
    if written() != before:
        yield f"{name}: something of it stayed after {where}"
    yield from (f"{name}, {where}: {text}" for text in wrong())


def killed_after_its_commit(name: str) -> Iterator[str]:
    """Faults of an action that ended just after its COMMIT: whole, its events delivered later, and never done twice."""
    from dorobek.kernel.events import deliver_waiting
    from dorobek.kernel.models import Event
    from dorobek.vouchers.models import Movement

    whole, twin, start_of_twin = prepared(name), prepared(name), written()
    if not run(twin, AFTER).killed:
        yield f"{name}: was not killed after its COMMIT"
    COUNT[name] = COUNT.get(name, 0) + 1
    yield from wrong()
    for number in DELIVERY:
        COUNT["delivery"] = COUNT.get("delivery", 0) + run(lambda: deliver_waiting, number).killed
    deliver_waiting()
    if Event.objects.filter(delivered_at=None).exists():
        yield f"{name}: an event was never delivered"
    one, moved = _more(start_of_twin), Movement.objects.count()
    run(twin)
    if Movement.objects.count() != moved:
        yield f"{name}: money moved twice"
    begun = written()
    run(whole)
    if _more(begun) != one or not any(one[:2]):
        yield f"{name}: killed after its COMMIT it left {one}, whole it leaves {_more(begun)}"
    yield from wrong()


def _more(before: list[Any]) -> list[int]:
    """How many movements, changes of state, papers and entries of the history there are more than before."""
    return [now - then for now, then in zip(written()[:4], before[:4], strict=True)]


COUNT: dict[str, int] = {}


def main() -> int:
    start()
    faults = [
        text for name in NAMES for way in (killed_before_its_commit, killed_after_its_commit) for text in way(name)
    ]
    sys.stdout.write(json.dumps({"kills": COUNT, "faults": faults}) + "\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
