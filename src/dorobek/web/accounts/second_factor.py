"""Second factor of staff: whether there is one, what the session remembers of it, the demonstration's codes."""

import time
from dataclasses import dataclass
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_removed
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.core.cache import cache
from django.dispatch import receiver
from django.http import HttpRequest

from dorobek.people.models import Account

REMEMBERED = "has_second_factor"
KINDS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_second_factor(request: HttpRequest) -> bool:
    """True when the signed-in account has a TOTP or a passkey; asked once per session, then remembered."""
    if request.session.get(REMEMBERED) == request.user.pk:
        return True
    found = bool(get_adapter().is_mfa_enabled(request.user, types=KINDS))
    if found:
        request.session[REMEMBERED] = request.user.pk
    return found


@receiver(authenticator_removed)
def forget(request: HttpRequest, **_details: Any) -> None:
    """A factor was removed: ask again with the next request."""
    request.session.pop(REMEMBERED, None)


def prepare_demo_second_factors() -> int:
    """Give every account of staff in the demonstration a TOTP, so that its codes stand at /outbox.

    Returns how many were made. Refuses outside the demonstration.
    """
    if not settings.DEMO:
        raise RuntimeError("second factors are prepared in the demonstration alone")
    lacking = Account.objects.filter(is_active=True).exclude(authenticator__type=Authenticator.Type.TOTP)
    staff = [account for account in lacking.prefetch_related("memberships") if account.works_here]
    for account in staff:
        TOTP.activate(account, generate_totp_secret())
    return len(staff)


@dataclass(frozen=True)
class DemoCode:
    """A code that signs a demonstration account in now."""

    name: str
    title: str
    email: str
    code: str


def current_codes() -> list[DemoCode]:
    """A usable code for every account with a TOTP: this half-minute's, or the next when it was used already."""
    found = Authenticator.objects.filter(type=Authenticator.Type.TOTP).select_related("user").order_by("user__name")
    return [DemoCode(row.user.name, row.user.title, row.user.email, _usable_code(row)) for row in found.iterator()]


def _usable_code(row: Authenticator) -> str:
    totp = TOTP(row)
    secret = get_adapter().decrypt(row.data["secret"])
    counter = int(time.time()) // app_settings.TOTP_PERIOD
    codes = [format_hotp_value(hotp_value(secret, counter + step)) for step in (0, 1, -1)]
    unused = (code for code in codes if cache.get(totp._get_used_cache_key(code)) is None)
    return next(unused, codes[0])
