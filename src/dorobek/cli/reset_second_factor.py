"""`dorobek reset-second-factor`: for staff who lost the phone, the key and the recovery codes."""

import argparse

from dorobek.cli.problem import Problem, start_django

NAME = "reset-second-factor"
HELP = "remove the second factor of an account and end its sessions; it sets up a new one at the next sign-in"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", help="e-mail address of the account")


def run(options: argparse.Namespace) -> int:
    start_django()
    from allauth.mfa.models import Authenticator
    from allauth.usersessions.models import UserSession
    from django.db import transaction

    from dorobek.kernel import history
    from dorobek.people.models import Account

    account = Account.objects.filter(email__iexact=options.email).first()
    if account is None:
        raise Problem(f"there is no account with the address {options.email}")
    with transaction.atomic():
        removed = Authenticator.objects.filter(user=account).delete()[0]
        history.record(stream=account.uid, kind="account.second-factor-reset", actor_id=None, data={"removed": removed})
    for session in UserSession.objects.filter(user=account):
        session.end()
    print(f"Removed {removed} second factors of {account.email}. Make sure by voice that it is really this person.")
    return 0
