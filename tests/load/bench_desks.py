"""The desks of validation (office, assessors, appeals) against bare pages of the same rows, at 40 and at 1,000 cases.

    python -m tests.load.bench_desks

Prints ratios within this run and the number of SQL statements; exits 1 when a promise is broken: the same statements at
both sizes, at most 40, and at 1,000 cases no desk takes more than `PROMISES` times its bare page.
"""

import datetime as dt
import sys
from typing import Any

from tests.load.bench_screens import measure, prepare

SIZES = (40, 1_000)
# Of what the bare page takes, which has neither search nor next move; about twice what was measured.
PROMISES = {"office": 9.0, "office-late": 9.0, "assessing": 24.0, "appeals": 4.0}
PLAIN = {"office": "office", "office-late": "office", "assessing": "assessing", "appeals": "appeals"}
MOST_STATEMENTS = 40
ADDRESSES = {
    "office": "/walidacja/biuro/?q=&stan=",
    "office-late": "/walidacja/biuro/?po-terminie=1",
    "assessing": "/walidacja/ocena/",
    "appeals": "/walidacja/biuro/odwolania/",
}


def fill(world: Any, opening: Any, count: int) -> None:
    """`count` cases: a third waits for a commission, a third is judged by the first two assessors, a third appeals."""
    from django.utils import timezone

    from dorobek.people.models import Person
    from dorobek.validation.models import Appeal, Application, Assessment, Commission, CommissionMember, Declaration

    have, today = Application.objects.count(), timezone.localdate()
    people = []
    for n in range(have, count):
        one = Person(given_names=f"Anna{n % 97}", family_name=f"Żółć{n:06d}", birth_date=dt.date(1974, 5, 12))
        one.prepare()
        people.append(one)
    people = Person.objects.bulk_create(people, batch_size=500)
    commission = Commission.objects.filter(opening=opening).first()
    if commission is None:
        commission = Commission.objects.create(opening=opening, appointed_on=today)
        for record in world.records[:2]:
            CommissionMember.objects.create(commission=commission, record=record)
    states = ("documented", "appointed", "submitted")
    made = Application.objects.bulk_create(
        [
            Application(
                person=one, opening=opening, state=states[n % 3], submitted_at=timezone.now(),
                commission=commission if n % 3 == 1 else None, round=1 + (n % 30 == 4),
            )
            for n, one in enumerate(people)
        ],
        batch_size=500,
    )  # fmt: skip
    members = list(commission.members.all())
    Declaration.objects.bulk_create(
        [Declaration(application=one, member=member) for one in made for member in members], batch_size=500
    )
    Assessment.objects.bulk_create(
        [
            Assessment(application=one, round=one.round, assessor=record.account)
            for one in made if one.state == "appointed" for record in world.records[:2]
        ],
        batch_size=500,
    )  # fmt: skip
    Appeal.objects.bulk_create(
        [
            Appeal(application=one, round=1, step="submitted", reason="Nie zgadzam się.", due_on=today + dt.timedelta(n % 40 - 9))
            for n, one in enumerate(made) if one.state == "submitted"
        ],
        batch_size=500,
    )  # fmt: skip


def main() -> int:
    prepare()
    from django.test import Client, override_settings

    from dorobek.validation.models import ValidationOpening
    from tests.validation.world import World

    world = World()
    opening = world.open(places=20_000)
    past = opening.begins_on - dt.timedelta(3)
    ValidationOpening.objects.update(applications_until=past, begins_on=past)
    people = {
        "office": world.officer,
        "office-late": world.officer,
        "assessing": world.assessors[0],
        "appeals": world.appeals,
    }
    broken, counted = [], {}
    for size in SIZES:
        fill(world, opening, size)
        for name, account in people.items():
            client = Client()
            client.force_login(account)
            with override_settings(ROOT_URLCONF="tests.load.bare_desks"):
                seconds, statements = measure(client, {"bare": f"/bare/{PLAIN[name]}/", name: ADDRESSES[name]})
            ratio = seconds[name] / seconds["bare"]
            print(f"{size:>6} cases, {name:<12} {ratio:6.2f} x bare, {statements[name]} statements")
            same = counted.setdefault(name, statements[name]) == statements[name]
            if ratio > PROMISES[name] or not same or statements[name] > MOST_STATEMENTS:
                broken.append(f"{name} at {size}: {ratio:.2f} x bare, {statements[name]} statements")
    for promise in broken:
        print("BROKEN:", promise)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
