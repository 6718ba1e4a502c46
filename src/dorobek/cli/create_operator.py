"""`dorobek create-operator`: the first account, which administers the installation."""

import argparse

from dorobek.cli.problem import Problem, start_django

NAME = "create-operator"
HELP = "make an account that administers the whole installation and print a link to set its password"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", help="e-mail address, used to sign in")
    parser.add_argument("--name", required=True, help="name and surname")
    parser.add_argument("--address", default="http://127.0.0.1:8000", help="where the installation is reached")


def run(options: argparse.Namespace) -> int:
    start_django()
    from dorobek.cli.setup import prepare

    prepare()
    from dorobek.people.models import Account
    from dorobek.web.accounts.invitations import password_path

    if Account.objects.filter(email__iexact=options.email).exists():
        raise Problem(f"there is an account with the address {options.email} already")
    account = Account.objects.create_user(options.email, name=options.name, is_operator=True)
    print("Set the password here (the link works once, for three days):")
    print(options.address.rstrip("/") + password_path(account))
    return 0
