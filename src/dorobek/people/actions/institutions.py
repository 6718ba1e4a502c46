"""Institutions, their units, and who holds which role (XX-2, XX-7)."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.people.enums import Role
from dorobek.people.models import Account, Institution, Membership, Unit
from dorobek.people.perms import administers


@transaction.atomic
def create_unit(
    *, institution: Institution, name: str, place: str, acting_user: ActingUser, parent: Unit | None = None
) -> Unit:
    """A unit or a branch, below another or at the top. Raises NotAllowed, RuleBroken."""
    acting_user.require(administers(acting_user.account, institution))
    acting_user.require(parent is None or parent.institution_id == institution.pk)
    name = " ".join(name.split())
    if not name:
        raise RuleBroken(_("Proszę podać nazwę referatu albo oddziału."), "name")
    unit = Unit.objects.create(institution=institution, name=name, place=place.strip(), parent=parent)
    Unit.objects.filter(pk=unit.pk).update(path=f"{parent.path if parent else ''}{unit.pk:06d}.")
    unit.refresh_from_db()
    acting_user.record("unit.created", stream=institution.uid, subject=unit.uid, name=name, place=place)
    return unit


@transaction.atomic
def give_role(*, unit: Unit, role: str, email: str, name: str, acting_user: ActingUser, title: str = "") -> Membership:
    """Give somebody a role in a unit; an account is opened when the address has none. Raises NotAllowed, RuleBroken."""
    institution = unit.institution
    acting_user.require(administers(acting_user.account, institution))
    if role not in Role.values:
        raise RuleBroken(_("Nie ma takiej roli."), "role")
    account = Account.objects.filter(email__iexact=email.strip()).first()
    if account is None:
        if not name.strip():
            raise RuleBroken(_("Proszę podać imię i nazwisko tej osoby."), "name")
        account = Account.objects.create_user(email.strip(), name=" ".join(name.split()), title=title.strip())
    elif account.participant is not None:
        raise RuleBroken(_("Ten adres należy do uczestnika. Pracownik potrzebuje osobnego adresu."), "email")
    today = timezone.localdate()
    held = Membership.objects.filter(account=account, institution=institution, unit=unit, role=role).first()
    if held is not None and (held.until is None or held.until >= today):
        raise RuleBroken(_("Ta osoba ma już tę rolę."), "role")
    if held is None:
        held = Membership(account=account, institution=institution, unit=unit, role=role)
    held.since, held.until = today, None
    held.save()
    acting_user.record("role.given", stream=institution.uid, subject=account.uid, role=role, unit=unit)
    return held


@transaction.atomic
def end_role(*, membership: Membership, acting_user: ActingUser) -> Membership:
    """The role ends now: its last day was yesterday. Nobody takes their own last way in away."""
    acting_user.require(administers(acting_user.account, membership.institution))
    if membership.account_id == acting_user.account.pk and membership.role == Role.ADMINISTRATOR:
        raise RuleBroken(_("Własnej roli administratora nie można zakończyć. Może to zrobić inny administrator."))
    membership.until = timezone.localdate() - dt.timedelta(days=1)
    membership.save(update_fields=["until"])
    acting_user.record(
        "role.ended", stream=membership.institution.uid, subject=membership.account.uid, role=membership.role
    )
    return membership
