"""Commissions for 50 sittings from 200 assessors, read from the database: `python -m tests.load.bench_commissions`.

Writes an invented body into a database that is thrown away (or the empty one that DATABASE_URL names), builds the pure
model with the query that the screens use, proposes, and accepts every row. Prints seconds and statements of each part
for a pool that suffices and for one that does not; exits 1 when an answer is missing or takes 5 seconds or more.
"""

import argparse
import datetime as dt
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

LIMIT = 5.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--sittings", type=int, default=50)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _start(Path(folder))
        world = _world(options.people)
        opening = _sittings(world, options.sittings)
        good = [_measured(world, opening, "pool that suffices", "Proposal")]
        _make_scarce(world)
        good.append(_measured(world, opening, "pool that does not", "Impossible", accept=False))
    return 0 if all(good) else 1


def _start(home: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dorobek.config.settings")
    os.environ.setdefault("DOROBEK_DATA_DIR", str(home))
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _world(people: int) -> Any:
    """A body with its pool: who meets what, where they can go, when they are away, whom they trained."""
    from django.utils import timezone

    from dorobek.people.enums import Role
    from dorobek.validation.models import Availability, StaffPeriod, StaffRecord
    from tests.factories import make_staff
    from tests.validation.world import World

    world, dice, today = World(not_own_trainees=True, members_min=3), random.Random(7), timezone.localdate()
    for number in range(people - len(world.assessors)):
        account = make_staff(Role.ASSESSOR, world.unit, f"Asesor {number:03d}")
        kinds = dice.choice([("k1",), ("k2",), ("k1", "k2"), ("k1",)])
        record = StaffRecord.objects.create(
            institution=world.institution, qualification=world.qualification, account=account,
            level=dice.choice([6, 7, 7, 7, 5]), level_document="dyplom", shown=list(kinds), principles_on=today,
        )  # fmt: skip
        StaffPeriod.objects.create(record=record, since=today - dt.timedelta(2000), document="umowa", shows=list(kinds))
        away = [today + dt.timedelta(dice.randrange(1, 20)) for _day in range(3)]
        places = dice.sample(PLACES, 2) if dice.random() < 0.6 else []
        Availability.objects.create(
            institution=world.institution, account=account, most=3, places=places,
            away=[[one.isoformat(), one.isoformat()] for one in away],
        )  # fmt: skip
    return world


PLACES = ["Tymowice", "Łęgowice", "Kraków", "Nowy Targ"]


def _sittings(world: Any, count: int) -> Any:
    from django.utils import timezone

    from dorobek.validation.models import Application, LedTraining, Sitting, SittingCandidate
    from tests.factories import make_person

    dice, today = random.Random(11), timezone.localdate()
    opening = world.open(places=count * 4, ends_on=today + dt.timedelta(30))
    trainers = [one.account for one in _pool(world)]
    for number in range(count):
        day = today + dt.timedelta(dice.randrange(1, 20))
        begins = timezone.make_aware(dt.datetime.combine(day, dt.time(dice.choice([8, 10, 12]))))
        hours = dt.timedelta(hours=dice.choice([3, 4, 6]))
        sitting = Sitting.objects.create(
            opening=opening, begins=begins, ends=begins + hours, place=dice.choice(PLACES), seats=4
        )
        for seat in range(4):
            person = make_person(f"Osoba {number:02d}{seat}", with_account=False)
            case = Application.objects.create(person=person, opening=opening, state="documented")
            SittingCandidate.objects.create(sitting=sitting, application=case, round=1)
            for trainer in dice.sample(trainers, 4):
                LedTraining.objects.create(person=person, trainer=trainer, title="Kurs", ended_on=today)
    return opening


def _pool(world: Any) -> list[Any]:
    from dorobek.validation.models import StaffRecord

    rows = StaffRecord.objects.filter(institution=world.institution, account__memberships__role="assessor")
    return list(rows.select_related("account").order_by("pk"))


def _make_scarce(world: Any) -> None:
    """Hardly anybody has documents any more."""
    from dorobek.validation.models import Sitting, StaffRecord

    keep = [one.pk for one in _pool(world)[:20]]
    StaffRecord.objects.exclude(pk__in=keep).update(level=None)
    Sitting.objects.update(commission=None)


def _measured(world: Any, opening: Any, name: str, expected: str, accept: bool = True) -> bool:
    from django.db import connection, reset_queries
    from django.test.utils import CaptureQueriesContext

    from dorobek.validation.actions.sittings import accept_proposal
    from dorobek.validation.queries.planning import open_sittings, planned
    from tests.factories import acting

    user = acting(world.officer).account
    reset_queries()
    begun = time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        sittings = open_sittings(world.institution, user)
        found = planned(sittings=sittings, institution=world.institution, user=user)
    spent = time.perf_counter() - begun
    assert found is not None
    kind = type(found.answer).__name__
    people, solving = len(found.plan.pool), found.answer.seconds
    print(f"{name}: {kind}, {people} assessors, {len(sittings)} sittings, {spent:.2f} s (of it the solver {solving:.2f} s), {len(asked)} statements")  # fmt: skip
    if accept and kind == "Proposal":
        begun = time.perf_counter()
        rows = [(one, found.members(one), one.version) for one in sittings]
        done = accept_proposal(rows=rows, acting_user=acting(world.officer))
        print(f"{name}: {len(done)} commissions checked again and saved in {time.perf_counter() - begun:.2f} s")
    return kind == expected and spent < LIMIT


if __name__ == "__main__":
    sys.exit(main())
