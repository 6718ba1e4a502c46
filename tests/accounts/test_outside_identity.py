"""OpenID Connect: an outside identity opens an account the institution made, by a verified address alone."""

import pytest
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory

from dorobek.people.models import Account
from dorobek.web.accounts.adapter import OutsideIdentityAdapter

pytestmark = pytest.mark.django_db
PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "oidc",
                "name": "Logowanie urzędu",
                "client_id": "dorobek",
                "secret": "",
                "settings": {"server_url": "https://id.example.org"},
            }
        ]
    }
}


@pytest.fixture
def request_outside() -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    request.session = SessionStore()
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    return request


def identity(address: str, *, verified: bool) -> SocialLogin:
    return SocialLogin(
        user=Account(email=address),
        account=SocialAccount(provider="oidc", uid="outside-1", extra_data={}),
        email_addresses=[EmailAddress(email=address, verified=verified, primary=True)],
    )


def test_a_verified_address_opens_the_account_that_has_it(request_outside, settings):
    settings.SOCIALACCOUNT_PROVIDERS = PROVIDERS
    account = Account.objects.create_user("ewa@example.org", name="Ewa Próbna")
    with request_context(request_outside):
        OutsideIdentityAdapter(request_outside).pre_social_login(
            request_outside, identity("EWA@example.org", verified=True)
        )
    assert SocialAccount.objects.get(uid="outside-1").user == account


@pytest.mark.parametrize(("address", "verified"), [("ewa@example.org", False), ("obca@example.org", True)])
def test_an_unverified_or_unknown_address_opens_nothing_and_makes_no_account(request_outside, address, verified):
    Account.objects.create_user("ewa@example.org", name="Ewa Próbna")
    with pytest.raises(ImmediateHttpResponse):
        OutsideIdentityAdapter(request_outside).pre_social_login(request_outside, identity(address, verified=verified))
    assert not SocialAccount.objects.exists()
    assert Account.objects.count() == 1


def test_a_disabled_account_is_not_opened(request_outside):
    Account.objects.create_user("ewa@example.org", name="Ewa Próbna", is_active=False)
    with pytest.raises(ImmediateHttpResponse):
        OutsideIdentityAdapter(request_outside).pre_social_login(
            request_outside, identity("ewa@example.org", verified=True)
        )


def test_a_configured_provider_has_its_button_on_the_login_page(client, settings):
    assert "/accounts/oidc/" not in client.get("/accounts/login/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = PROVIDERS
    page = client.get("/accounts/login/").content.decode()
    assert "Logowanie urzędu" in page
    assert "/accounts/oidc/oidc/login/" in page
