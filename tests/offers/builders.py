"""Providers with an account of their own, for tests."""

import itertools
from typing import Any

from allauth.mfa.models import Authenticator

from dorobek.offers.enums import Source
from dorobek.offers.models import Provider
from dorobek.people.enums import InstitutionKind, Role
from dorobek.people.models import Account, Institution, Membership
from tests.factories import make_account

_numbers = itertools.count(1)


def make_provider(institution: Institution | None = None, **fields: Any) -> Provider:
    """A provider tied to an institution of its own."""
    number = next(_numbers)
    institution = institution or Institution.objects.create(
        name=f"Szkoła Żuraw {number}", short_name=f"SZ{number}", kind=InstitutionKind.TRAINING
    )
    named = {"name": institution.name, "number": f"dostawca-{number}", "source": Source.HAND, **fields}
    return Provider.objects.create(institution=institution, **named)


def make_provider_account(provider: Provider | None = None, name: str = "Leokadia Ćwiertnia") -> Account:
    """Somebody who speaks for the provider."""
    provider = provider or make_provider()
    assert provider.institution is not None
    account = make_account(name)
    Membership.objects.create(account=account, institution=provider.institution, role=Role.PROVIDER)
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": ""})
    return account
