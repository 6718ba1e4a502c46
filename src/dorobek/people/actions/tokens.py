"""Keys of an institution for the REST API: made, shown once, revoked (XX-6)."""

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.ids import uuid7
from dorobek.people.acting import ActingUser
from dorobek.people.enums import Role
from dorobek.people.models import Account, ApiToken, Membership, Unit
from dorobek.people.perms import administers

LONGEST_DAYS = 366


@transaction.atomic
def make_token(
    *, unit: Unit, name: str, role: str, days: int, acting_user: ActingUser, read_only: bool = True
) -> tuple[ApiToken, str]:
    """A key with an account of its own that holds one role in a unit; returns it and its secret, kept nowhere.

    Raises NotAllowed, RuleBroken.
    """
    institution = unit.institution
    acting_user.require(administers(acting_user.account, institution))
    name = " ".join(name.split())
    if not name:
        raise RuleBroken(_("Proszę nazwać klucz tak, żeby było wiadomo, który program go używa."), "name")
    if role not in Role.values or role == Role.ADMINISTRATOR:
        raise RuleBroken(_("Klucz nie może mieć tej roli."), "role")
    if not 1 <= days <= LONGEST_DAYS:
        raise RuleBroken(_("Klucz może być ważny od jednego dnia do roku."), "days")
    secret = f"dorobek_{secrets.token_urlsafe(32)}"
    account = Account.objects.create_user(f"klucz-{uuid7().hex}@invalid.example", name=name[:200])
    Membership.objects.create(account=account, institution=institution, unit=unit, role=role)
    token = ApiToken.objects.create(
        institution=institution,
        account=account,
        name=name[:120],
        prefix=secret[:12],
        secret_hash=hashlib.sha256(secret.encode()).hexdigest(),
        read_only=read_only,
        expires_at=timezone.now() + dt.timedelta(days=days),
    )
    acting_user.record(
        "token.made", stream=institution.uid, subject=token.uid, name=token.name, role=role, unit=unit,
        valid_until=token.expires_at,
    )  # fmt: skip
    return token, secret


@transaction.atomic
def revoke_token(*, token: ApiToken, acting_user: ActingUser) -> ApiToken:
    """The key stops working now, and so does its account. Raises NotAllowed."""
    acting_user.require(administers(acting_user.account, token.institution))
    held = ApiToken.objects.select_for_update().get(pk=token.pk)
    if held.revoked_at is None:
        held.revoked_at = timezone.now()
        held.save(update_fields=["revoked_at"])
        Account.objects.filter(pk=held.account_id).update(is_active=False)
        acting_user.record("token.revoked", stream=held.institution.uid, subject=held.uid, name=held.name)
    return held
