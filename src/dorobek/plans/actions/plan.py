"""The plan itself: aim, scope, direction; sources; taking a part out."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from dorobek.kernel.edits import begun
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.events import publish
from dorobek.people.acting import ActingUser
from dorobek.people.events import CaseChanged
from dorobek.people.models import Person, PersonalRow
from dorobek.plans import perms
from dorobek.plans.models import DevelopmentPlan, Goal, Risk, Scenario, ScenarioAction, Source

R = TypeVar("R", bound=PersonalRow)
MOST_PARTS = 100


def plan_of(person: Person, case_uid: uuid.UUID, acting_user: ActingUser) -> DevelopmentPlan:
    """The plan of the case, made empty on first use. Raises NotAllowed."""
    acting_user.require(perms.may_write_plan(acting_user, DevelopmentPlan(person=person, case_uid=case_uid)))
    return DevelopmentPlan.objects.get_or_create(case_uid=case_uid, defaults={"person": person})[0]


def save_part(
    *,
    model: type[R],
    part: R | None,
    parent: PersonalRow,
    parents: dict[str, Any],
    values: dict[str, Any],
    kind: str,
    acting_user: ActingUser,
    base_version: int | None,
    beside: Mapping[str, Sequence[PersonalRow]] | None = None,
) -> R:
    """Make a part of the plan or change one; the history tells which. `beside`: rows it is tied to, many to many.

    Raises NotAllowed, RuleBroken, Conflict.
    """
    acting_user.require(perms.may_write_plan(acting_user, parent))
    rows: Any = model._default_manager
    if part is None:
        if rows.filter(case_uid=parent.case_uid).count() >= MOST_PARTS:
            raise RuleBroken(_("Plan jest już bardzo długi. Proszę najpierw usunąć to, co niepotrzebne."))
        saved: R = rows.create(person=parent.person, case_uid=parent.case_uid, **parents, **values)
        for name, tied in (beside or {}).items():
            getattr(saved, name).set(tied)
        acting_user.record(f"{kind}.added", stream=parent.case_uid, subject=saved.uid, written=values)
    else:
        acting_user.require(part.case_uid == parent.case_uid)
        saved = part.locked()
        ties = {name: (_uids(getattr(saved, name).all()), _uids(tied)) for name, tied in (beside or {}).items()}
        changes = saved.write(values, base_version=base_version, beside=ties)
        for name in ties.keys() & changes.keys():
            getattr(saved, name).set((beside or {})[name])
        if changes:
            acting_user.record(f"{kind}.changed", stream=parent.case_uid, subject=saved.uid, **changes)
    publish(CaseChanged(str(parent.case_uid)))
    return saved


def _uids(rows: Iterable[PersonalRow]) -> list[str]:
    return sorted(str(row.uid) for row in rows)


@transaction.atomic
def write_plan(
    *,
    person: Person,
    case_uid: uuid.UUID,
    agreed_aim: str,
    agreed_scope: str,
    realised_scope: str,
    direction: str,
    acting_user: ActingUser,
    base_version: int | None = None,
) -> DevelopmentPlan:
    """What was agreed, what was done of it, and in which of the three directions the plan goes (DP-1, DP-5)."""
    plan = plan_of(person, case_uid, acting_user).locked()
    values = {
        "agreed_aim": agreed_aim,
        "agreed_scope": agreed_scope,
        "realised_scope": realised_scope,
        "direction": direction,
    }
    changes = plan.write(values, base_version=begun(base_version))
    if changes:
        acting_user.record("plan.written", stream=case_uid, subject=plan.uid, **changes)
        publish(CaseChanged(str(case_uid)))
    return plan


@transaction.atomic
def write_source(
    *,
    plan: DevelopmentPlan,
    title: str,
    says: str,
    reliability: str,
    acting_user: ActingUser,
    url: str = "",
    dated: dt.date | None = None,
    source: Source | None = None,
    base_version: int | None = None,
) -> Source:
    """Information used in the plan, with its origin, date and reliability (DP-7)."""
    if url and urlsplit(url).scheme not in ("http", "https"):
        raise RuleBroken(_("Proszę wkleić cały adres strony, zaczynający się od https://"), "url")
    values = {"title": title, "says": says, "reliability": reliability, "url": url, "dated": dated}
    return save_part(
        model=Source,
        part=source,
        parent=plan,
        parents={"plan": plan},
        values=values,
        kind="plan-source",
        acting_user=acting_user,
        base_version=base_version,
    )


@transaction.atomic
def remove_part(*, part: Goal | Scenario | ScenarioAction | Risk | Source, acting_user: ActingUser) -> None:
    """Take a part of the plan out; the history keeps what it said."""
    part = part.locked()
    acting_user.require(perms.may_write_plan(acting_user, part))
    said = str(getattr(part, "wording", "") or getattr(part, "name", "") or getattr(part, "title", ""))
    kind = type(part).__name__.lower()
    acting_user.record(f"plan-{kind}.removed", stream=part.case_uid, subject=part.uid, said=said)
    part.delete()
    publish(CaseChanged(str(part.case_uid)))
