"""An office that registers people, on a fixed day, in any of the shipped programmes."""

import datetime as dt

import pytest
from django.utils import timezone

from dorobek.audits.actions.registration import (
    Application,
    register,
)
from dorobek.audits.models import SkillsAudit
from dorobek.people.enums import Role
from dorobek.people.identity import PESEL_WEIGHTS
from dorobek.people.models import Institution, Membership
from tests.factories import acting, make_institution, make_programme, make_staff, make_unit

ON = dt.date(2026, 11, 2)
MINE, ONLINE, SCHOOL = "moj-kierunek", "bilans-online-2024", "ucze-sie-dalej"
IDENTITY = {"given_names": "Bożena", "family_name": "Ćwiąkalska", "birth_date": dt.date(1974, 5, 12)}
ANSWERS = {
    MINE: {
        "education": "upper-secondary",
        "statuses": ["employee"],
        "residence": "polish-citizen",
        "places": {"lives": "1201"},
    },
    ONLINE: {"statuses": ["employee"], "places": {"lives": "1201"}},
    SCHOOL: {"places": {"lives": "1263"}},
}
YES = {"taking-part": True, "data-information": True, "remote-contact": True}


def pesel_of(day: dt.date, serial: int = 1234) -> str:
    month = day.month + {1900: 0, 2000: 20}[day.year // 100 * 100]
    digits = f"{day.year % 100:02d}{month:02d}{day.day:02d}{serial:04d}"
    control = (10 - sum(int(d) * w for d, w in zip(digits, PESEL_WEIGHTS, strict=True)) % 10) % 10
    return f"{digits}{control}"


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda value=None: ON if value is None else value.date())


class Office:
    """An institution with an adviser, a coordinator and one programme."""

    def __init__(self, code: str = MINE, institution: Institution | None = None) -> None:
        self.institution = institution or make_institution()
        self.unit = make_unit(self.institution)
        self.adviser = make_staff(Role.ADVISER, self.unit)
        self.coordinator = make_staff(Role.COORDINATOR, self.unit)
        Membership.objects.update(since=dt.date(2020, 1, 1))
        self.code = code
        self.version = make_programme(self.institution, code)

    def register(self, by=None, identity=None, answers=None, on=None, **fields) -> SkillsAudit:
        consents = {one.code: YES.get(one.code, False) for one in self.version.parsed.consents}
        consents.update(fields.pop("consents", {}))
        action = {name: fields.pop(name) for name in ("uid", "adviser") if name in fields}
        application = Application(
            identity={**IDENTITY, **(identity or {})},
            answers={**ANSWERS[self.code], **(answers or {})},
            consents=consents,
            **fields,
        )
        return register(
            version=self.version,
            unit=self.unit,
            application=application,
            acting_user=acting(by or self.adviser),
            on=on,
            **action,
        )


def born(years: int, days: int = 0) -> dict[str, dt.date]:
    """Somebody who completes so many years on the day, and is so many days older."""
    return {"birth_date": ON.replace(year=ON.year - years) - dt.timedelta(days=days)}
