"""Signed-in sessions for tests, without driving the sign-in pages each time."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client


def give_second_factor(account: Any) -> None:
    """A TOTP for the account, so that staff is not sent to set one up."""
    if not Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(account, generate_totp_secret())


def signed_in_client(account: Any) -> Client:
    """A test client signed in as the account, second factor included for staff."""
    if account.works_here:
        give_second_factor(account)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def signed_in_session(account: Any) -> str:
    """The key of a signed-in session, for a browser's cookie."""
    return str(signed_in_client(account).session.session_key)


def code_now(account: Any) -> str:
    """The code that the account's phone shows now."""
    import time

    from allauth.mfa.adapter import get_adapter

    row = Authenticator.objects.get(user=account, type=Authenticator.Type.TOTP)
    return format_hotp_value(hotp_value(get_adapter().decrypt(row.data["secret"]), int(time.time()) // 30))
