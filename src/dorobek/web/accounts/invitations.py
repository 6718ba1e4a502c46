"""Inviting somebody whose account was just made: a mail with a link to set a password."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from dorobek.people.models import Account


def password_path(account: Account) -> str:
    """The path where the account's owner sets a password; works once, for three days."""
    key = f"{user_pk_to_url_str(account)}-{default_token_generator.make_token(account)}"
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    return path.replace("UID-KEY", key)


def invite(request: HttpRequest, account: Account) -> None:
    """Send the invitation in the account's language. Participants may also sign in with an e-mailed code."""
    context = {
        "account": account,
        "link": request.build_absolute_uri(password_path(account)),
        "login": request.build_absolute_uri(reverse("account_login")),
    }
    with translation.override(account.language):
        subject = render_to_string("account/email/invitation_subject.txt", context).strip()
        body = render_to_string("account/email/invitation_message.txt", context).strip()
    send_mail(subject, body, None, [account.email])
