"""Trainings that people of the pool led, kept for participants who are nobody here yet, and met when they apply (VA-3)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from dorobek.kernel import history, jobs
from dorobek.kernel.models import Job
from dorobek.people.models import Person
from dorobek.validation.models import AwaitedTraining, LedTraining

YEARS_KEPT = 10  # as far back as the register's rules look at people's experience
_SALT = "dorobek.validation.awaited-training"


def digest_of(address: str) -> str:
    """A keyed digest of an e-mail address: the same for the same address, and nothing to a reader of the table."""
    return salted_hmac(_SALT, address.strip().lower(), algorithm="sha256").hexdigest()


@transaction.atomic
def take_awaited(person: Person) -> list[LedTraining]:
    """Trainings imported before the person applied become theirs, whichever body imported them; the digest goes.

    Called by the steps of an application. The history tells that it was the record, not a person, that said so.
    """
    addresses = {person.email, person.account.email if person.account else ""} - {""}
    rows = AwaitedTraining.objects.select_for_update().filter(participant__in=[digest_of(one) for one in addresses])
    made = []
    for one in rows.order_by("pk"):
        values: dict[str, Any] = {"trainer_id": one.trainer_id, "title": one.title, "ended_on": one.ended_on}
        row, new = LedTraining.objects.get_or_create(person=person, **values)
        if new:
            history.record(
                stream=person.uid, kind="validation.training-noted", actor_id=None,
                data={"trainer": one.trainer_id, "title": one.title, "awaited": True},
            )  # fmt: skip
            made.append(row)
        one.delete()
    return made


def await_trainings(rows: Iterable[AwaitedTraining]) -> int:
    """Keep rows of an import for people not known here; those kept already are left. Returns how many are new."""
    new = 0
    for one in rows:
        values = {name: getattr(one, name) for name in ("participant", "trainer_id", "title", "ended_on")}
        one.check_fit()
        new += AwaitedTraining.objects.get_or_create(**values)[1]
    return new


@jobs.daily("old-awaited-trainings")
def drop_old(_job: Job, _report: jobs.Report) -> dict[str, int]:
    """Once a day: rows about trainings that ended more than `YEARS_KEPT` years ago, for which nobody came."""
    before = timezone.localdate() - dt.timedelta(days=365 * YEARS_KEPT + 3)
    removed, _by_table = AwaitedTraining.objects.filter(ended_on__lt=before).delete()
    return {"awaited_trainings": removed}
