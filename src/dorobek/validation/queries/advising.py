"""The validation adviser's list: applications of their bodies, whose move it is, what runs late (VA-7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from dorobek.people.enums import Role
from dorobek.people.models import Account
from dorobek.register.models import QualificationVersion
from dorobek.validation.enums import ApplicationState
from dorobek.validation.models import Application
from dorobek.validation.models.crediting import VOID, gone
from dorobek.validation.queries.candidate import applications
from dorobek.validation.rules import SetShape
from dorobek.validation.rules.building import sets_of


def advised(user: Account, *, waiting: bool = True) -> QuerySet[Application]:
    """Applications of bodies where the user advises, never their own; those that wait for an adviser, or those further on.

    With `pieces`, criteria that have evidence, and `notes`. In the order of the day by which documentation must close.
    """
    bodies = [m.institution_id for m in user.active_memberships if m.role == Role.VALIDATION_ADVISER]
    found = applications(user).filter(opening__institution__in=bodies).exclude(person__account_id=user.pk)
    state = Q(state=ApplicationState.SUBMITTED)
    shown = Q(mapped__evidence__removed_at=None) & ~gone("mapped__evidence__")
    shown &= ~Q(mapped__evidence__credential_piece__standing__in=VOID)
    counted = found.filter(state if waiting else ~state).annotate(
        pieces=Count("mapped__criterion", filter=shown, distinct=True),
        notes=Count("adviser_notes", distinct=True),
    )
    return counted.order_by("opening__begins_on", "pk") if waiting else counted.order_by("-changed_at", "-pk")


@dataclass(frozen=True)
class Asked:
    """How many criteria an application must show: all of the entry, and those not confirmed earlier."""

    criteria: int
    carried: int

    @property
    def to_show(self) -> int:
        return self.criteria - self.carried


def asked_of(rows: Iterable[Application]) -> Mapping[int, Asked]:
    """Key of application -> what it must show. One statement, however many rows: entries are read once each."""
    listed = list(rows)
    keys = {one.opening.entry_version_id for one in listed}
    versions = QualificationVersion.objects.filter(pk__in=keys).only("data")
    shapes = {one.pk: sets_of(one.entry) for one in versions}
    return {one.pk: _asked(shapes[one.opening.entry_version_id], one.carried) for one in listed}


def _asked(sets: Iterable[SetShape], carried: Iterable[str]) -> Asked:
    held = set(carried)
    outcomes = [outcome for group in sets for outcome in group.outcomes]
    earlier = sum(len(one.criteria) for one in outcomes if one.code in held)
    return Asked(sum(len(one.criteria) for one in outcomes), earlier)
