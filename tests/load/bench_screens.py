"""The desk and the list of cases against a bare page, at 50 and at 50,000 participants.

    python -m tests.load.bench_screens

Prints ratios within this run and the number of SQL statements; exits 1 when a promise is broken: list at most 2,
desk at most 4, the same statements at both sizes and at most 15.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

ROUNDS = 40
SIZES = (50, 50_000)
PROMISES = {"cases": 2.0, "desk": 4.0}
MOST_STATEMENTS = 15


def prepare() -> None:
    """Django with a fresh database of its own."""
    os.environ.setdefault("DOROBEK_DATA_DIR", tempfile.mkdtemp(prefix="dorobek-bench-"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "dorobek.config.settings_test"
    import django
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment()
    call_command("migrate", verbosity=0)


def fill(adviser: object, version: object, unit: object, count: int) -> None:
    """`count` participants with a case each, a twentieth of them led by the adviser."""
    import datetime as dt

    from django.utils import timezone

    from dorobek.audits.models import SkillsAudit
    from dorobek.people.enums import Scope
    from dorobek.people.models import AccessGrant, Account, Person

    have, today = Person.objects.count(), timezone.localdate()
    others = list(Account.objects.exclude(pk=adviser.pk).filter(memberships__isnull=False))  # type: ignore[attr-defined]
    people = []
    for n in range(have, count):
        person = Person(given_names=f"Anna{n % 97}", family_name=f"Żółć{n:06d}", birth_date=dt.date(1974, 5, 12))
        person.prepare()
        people.append(person)
    people = Person.objects.bulk_create(people, batch_size=2000)
    audits = [
        SkillsAudit(
            person=person,
            institution=unit.institution,  # type: ignore[attr-defined]
            unit=unit,
            programme_version=version,
            adviser=adviser if n % 20 == 0 or have + n < 50 else others[n % len(others)],
            number=f"B/{have + n:06d}",
            stage="research",
            variant="in-depth",
            mover=("adviser", "participant")[n % 2],
            move="rate-evidence",
            move_count=1 + n % 4,
            due_on=today + dt.timedelta(days=n % 60 - 3),
            sort_key=person.sort_key,
            search_text=person.search_text,
        )
        for n, person in enumerate(people)
    ]
    audits = SkillsAudit.objects.bulk_create(audits, batch_size=2000)
    grants = []
    for audit in audits:
        common = {"person_id": audit.person_id, "case_uid": audit.uid, "reason": "bench"}
        grants.append(AccessGrant(grantee_id=audit.adviser_id, scope=Scope.CASE, **common))
        grants.append(AccessGrant(unit=unit, scope=Scope.SUPERVISION, **common))
    AccessGrant.objects.bulk_create(grants, batch_size=4000)


def timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def measure(client: object, addresses: dict[str, str]) -> tuple[dict[str, float], dict[str, int]]:
    """Median seconds of each page, pages taken in turn so that the machine's moods are shared; statements of each."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def get(address: str) -> None:
        answer = client.get(address)  # type: ignore[attr-defined]
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")

    statements = {}
    for name, address in addresses.items():
        get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            get(address)
        statements[name] = len(queries)
    took: dict[str, list[float]] = {name: [] for name in addresses}
    for _round in range(ROUNDS):
        for name, address in addresses.items():
            took[name].append(timed(lambda address=address: get(address)))
    return {name: statistics.median(values) for name, values in took.items()}, statements


def main() -> int:
    prepare()
    from django.test import Client, override_settings

    from dorobek.people.enums import Role
    from tests.factories import make_institution, make_programme, make_staff, make_unit

    unit = make_unit(make_institution())
    adviser, coordinator = make_staff(Role.ADVISER, unit), make_staff(Role.COORDINATOR, unit)
    for _n in range(19):
        make_staff(Role.ADVISER, unit)
    version = make_programme(unit.institution)
    broken, counted = [], {}
    for size in SIZES:
        fill(adviser, version, unit, size)
        for who, account in (("adviser", adviser), ("coordinator", coordinator)):
            client = Client()
            client.force_login(account)
            with override_settings(ROOT_URLCONF="tests.load.bare_urls"):
                seconds, statements = measure(client, {"bare": "/bare/", "cases": "/sprawy/", "desk": "/biurko/"})
            for name, most in PROMISES.items():
                ratio = seconds[name] / seconds["bare"]
                print(f"{size:>6} participants, {who:<11} {name:<5} {ratio:5.2f} x bare, {statements[name]} statements")
                same = counted.setdefault((who, name), statements[name]) == statements[name]
                if (who == "adviser" and ratio > most) or not same or statements[name] > MOST_STATEMENTS:
                    broken.append(f"{who} {name} at {size}: {ratio:.2f}, {statements[name]} statements")
    for promise in broken:
        print("BROKEN:", promise)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
