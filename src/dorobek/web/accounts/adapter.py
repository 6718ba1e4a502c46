"""How allauth behaves here: no open sign-up, outside identities only for known people, secrets kept encrypted."""

import base64
import hashlib
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from dorobek.people.models import Account
from dorobek.web.accounts.addresses import client_address


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by staff; people are invited by e-mail."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _lazy("To konto jest wyłączone. Proszę zapytać w swojej instytucji."),
        "email_password_mismatch": _lazy(
            "Adres e-mail i hasło do siebie nie pasują. Proszę sprawdzić oba i spróbować jeszcze raz."
        ),
        "too_many_login_attempts": _lazy("Za dużo nieudanych prób. Proszę odczekać kilka minut."),
        "incorrect_code": _lazy("Ten kod nie pasuje albo już wygasł. Proszę wpisać najnowszy kod."),
        "incorrect_password": _lazy("To nie jest obecne hasło. Proszę wpisać je jeszcze raz."),
        "invalid_password_reset": _lazy("Ten odnośnik już nie działa. Proszę poprosić o nowy."),
        "rate_limited": _lazy("Za dużo prób naraz. Proszę odczekać chwilę."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return subject

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Signing in counts as proof for a while: nobody types the same password twice in a row."""
        records = get_authentication_records(self.request, self.request.user)
        if records and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)


class OutsideIdentityAdapter(DefaultSocialAccountAdapter):
    """An outside identity opens an existing account when the provider vouches for the same e-mail address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        account = account_vouched_for(sociallogin.email_addresses)
        if account is None:
            messages.error(
                request,
                _(
                    "Nie ma tu konta z tym adresem e-mail. "
                    "Konta zakłada instytucja: proszę zapytać doradcę albo administratora."
                ),
            )
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
        sociallogin.connect(request, account)


def account_vouched_for(addresses: list[EmailAddress]) -> Account | None:
    """The one active account whose address the provider has verified; None when there is none."""
    for address in addresses:
        if address.verified:
            found = Account.objects.filter(email__iexact=address.email, is_active=True).first()
            if found:
                return found
    return None


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of the second factor are encrypted with a key made from the installation's secret key."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _lazy("Ten kod nie pasuje albo był już użyty. Proszę poczekać na następny i wpisać go."),
    }

    @staticmethod
    def _cipher() -> Fernet:
        key = hashlib.sha256(b"second-factor:" + settings.SECRET_KEY.encode()).digest()
        return Fernet(base64.urlsafe_b64encode(key))

    def encrypt(self, text: str) -> str:
        return self._cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return self._cipher().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        entity = super().get_public_key_credential_user_entity(user)
        return {**entity, "display_name": str(user)}
