"""An offer around a person who wants to work at a till, and that person's limits."""

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from dorobek.offers.enums import Ending, Field, ServiceKind, Source
from dorobek.offers.models import Edition, Provider, TrainingService
from dorobek.plans.actions.limits import write_limits
from dorobek.plans.gaps.queries import picture_of
from dorobek.plans.models import PlanLimits
from dorobek.plans.planning.building import Given, basis_for, goal_of
from dorobek.plans.planning.shapes import Basis
from tests.factories import acting

_numbers = itertools.count(1)
SERVICE = ("kind", "field", "ending", "outcomes", "register_code", "certificate", "hours", "requires", "number")


def offer(title: str, *, price: int = 80_000, begins: int = 30, lasts: int = 30, **fields: Any) -> Edition:
    """An edition that begins in so many days and lasts so many; in Kraków unless told otherwise."""
    number = str(next(_numbers))
    of_service = {name: fields.pop(name) for name in SERVICE if name in fields}
    provider = Provider.objects.create(source=Source.HAND, number=number, name=f"Ośrodek {number}")
    given = {"field": Field.TRADE, "ending": Ending.CERTIFICATE, "hours": 30, "number": number, **of_service}
    service = TrainingService.objects.create(provider=provider, source=Source.HAND, title=title, **given)
    return edition_of(service, price=price, begins=begins, lasts=lasts, **fields)


def edition_of(service: TrainingService, *, price: int, begins: int, lasts: int = 30, **fields: Any) -> Edition:
    """One more date of a service."""
    starts = timezone.localdate() + dt.timedelta(days=begins)
    values = {"place": "Kraków", "teryt": "1261", "weekly_hours": 6, "enrol_until": starts - dt.timedelta(days=1)}
    made = Edition(
        service=service, source=Source.HAND, number=f"e{next(_numbers)}", price_grosze=price, starts_on=starts,
        ends_on=starts + dt.timedelta(days=lasts), **{**values, **fields},
    )  # fmt: skip
    made.prepare()
    made.save()
    return made


def till_offer() -> dict[str, Edition]:
    """For the till's qualification: a validation of what is known, a course for returns, one for teaching, both at once."""
    return {
        "validation": offer(
            "Walidacja kasjera", price=29_000, kind=ServiceKind.VALIDATION, register_code="90001", hours=4, begins=20,
            lasts=0,
        ),
        "returns": offer("Zwroty", price=60_001, outcomes=["Przyjmuje zwroty i reklamacje"], begins=30),
        "teaching": offer("Nauka innych", price=45_000, outcomes=["Wdraża nową osobę do pracy na kasie"], begins=70, remote=True, place="", teryt=""),
        "both": offer("Kasa w miesiąc", price=190_000, register_code="90001", begins=10, lasts=20),
    }  # fmt: skip


def limits_for(audit: Any, **fields: Any) -> PlanLimits:
    """Limits in which everything of the till's offer can be done."""
    given = {
        "home": "1206", "own_money": 300_000, "hours_week": 12, "months": 12, "at_once": 2, "farthest": 1, **fields,
    }  # fmt: skip
    whose = {"person": audit.person, "case_uid": getattr(audit, "case_uid", None) or audit.uid}
    return write_limits(**{"acting_user": acting(audit.person.account), **whose, **given})


def basis(target: Any, limits: PlanLimits, **given: Any) -> Basis:
    return basis_for(Given(goal_of(picture_of(target)), limits, **given))
