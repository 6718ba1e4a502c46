"""Allauth's forms with plain labels, without texts inside the fields."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("Adres e-mail"),
    "email": _("Adres e-mail"),
    "password": _("Hasło"),
    "oldpassword": _("Obecne hasło"),
    "password1": _("Nowe hasło"),
    "password2": _("Nowe hasło jeszcze raz"),
    "code": _("Kod"),
    "name": _("Nazwa klucza"),
    "passwordless": _("Ten klucz ma zastępować także hasło"),
}
HINTS = {
    "password1": _("Co najmniej 10 znaków. Trzy zwykłe słowa łatwo zapamiętać i trudno zgadnąć."),
    "name": _("Na przykład: telefon służbowy."),
    "passwordless": _("Na następnym logowaniu wystarczy sam klucz."),
}


class Plain:
    """Mixed into a form of allauth."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
            field.help_text = HINTS.get(name, "")


class LoginForm(Plain, account.LoginForm):
    pass


class RequestLoginCodeForm(Plain, account.RequestLoginCodeForm):
    pass


class ConfirmLoginCodeForm(Plain, account.ConfirmLoginCodeForm):
    pass


class ResetPasswordForm(Plain, account.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(Plain, account.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    pass


class SetPasswordForm(Plain, account.SetPasswordForm):
    pass


class ReauthenticateForm(Plain, account.ReauthenticateForm):
    pass


class AuthenticateForm(Plain, mfa.AuthenticateForm):
    pass


class ReauthenticateCodeForm(Plain, mfa.ReauthenticateForm):
    pass


class ActivateTOTPForm(Plain, totp.ActivateTOTPForm):
    pass


class AddWebAuthnForm(Plain, webauthn.AddWebAuthnForm):
    pass


class EditWebAuthnForm(Plain, webauthn.EditWebAuthnForm):
    pass
