"""The awarding body of the demonstration at work: who acts, what is open, and what its people can show."""

import datetime as dt
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from django.utils import timezone

from dorobek.cli.demo.clock import at as plain_at
from dorobek.cli.demo.office import Offices
from dorobek.people.acting import ActingUser
from dorobek.people.models import Account, Institution, Person
from dorobek.register.models import Qualification
from dorobek.validation.actions import openings
from dorobek.validation.models import StaffRecord, ValidationOpening
from dorobek.validation.rules import Period

SITS = 41  # days ago of the first sitting, at the latest; later ones two and three weeks after it
OFFICER, ADVISER, APPEALS = "walidacja", "doradca", "odwolania"


@dataclass
class House:
    """The body's people by the beginning of their address, and openings by a name of the story."""

    offices: Offices
    staff: Mapping[str, Account]
    openings: dict[str, ValidationOpening] = field(default_factory=dict)

    @classmethod
    def of(cls, offices: Offices) -> "House":
        return cls(offices, {one.email.split("@")[0]: one for one in offices.staff if "@izba." in one.email})

    @property
    def institution(self) -> Institution:
        return self.offices.units["izba"].institution

    def acts(self, name: str) -> ActingUser:
        """Somebody of the body, with roles read anew."""
        return ActingUser(Account.objects.get(pk=self.staff[name].pk))

    @property
    def officer(self) -> ActingUser:
        return self.acts(OFFICER)

    def seats(self, opening: ValidationOpening, *names: str) -> list[StaffRecord]:
        own = StaffRecord.objects.filter(institution=opening.institution, qualification=opening.qualification)
        return [own.get(account=self.staff[name]) for name in names]

    def keep_staff(
        self, qualification: Qualification, name: str, *, begun: dt.date, worked: str, shown: Collection[str]
    ) -> None:
        """What somebody shows: a master's degree, `worked` for so long under the requirement of that code, papers."""
        period = Period(begun, None, "świadectwa pracy", frozenset({worked} if worked else ()))
        openings.keep_staff_record(
            institution=self.institution, qualification=qualification, account=self.staff[name], level=7,
            level_document="dyplom magistra", shown=shown, periods=[period], principles_on=begun, acting_user=self.officer,
        )  # fmt: skip


def speaks(person: Person) -> ActingUser:
    """A person for themselves."""
    assert person.account_id is not None
    return ActingUser(Account.objects.get(pk=person.account_id))


def weekday_shift() -> int:
    """Days by which the whole story stands further back, so that its commission sits on a Thursday."""
    sits = dt.datetime.now(timezone.get_current_timezone()).date() - dt.timedelta(days=SITS)
    return (sits.weekday() - 3) % 7


def at(days: int, clock: str) -> AbstractContextManager[None]:
    """`clock.at`, on the same day of the week whenever the demonstration is loaded."""
    return plain_at(days + weekday_shift(), clock)


def moment(days: int, clock: str) -> dt.datetime:
    """So many days ago at an hour, as `at` counts them, whatever the clock of the story says now."""
    hour, _colon, minute = clock.partition(":")
    day = dt.datetime.now(timezone.get_current_timezone()).date() - dt.timedelta(days=days + weekday_shift())
    return timezone.make_aware(dt.datetime.combine(day, dt.time(int(hour), int(minute))))
