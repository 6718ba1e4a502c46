"""`dorobek demo`: load the demonstration."""

import argparse

from dorobek.cli.problem import Problem, start_django

NAME = "demo"
HELP = "load the demonstration and print its accounts and the uid of one finished audit"


def arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(options: argparse.Namespace) -> int:
    start_django()
    from dorobek.cli.setup import prepare

    prepare()
    load()
    return 0


def load() -> None:
    """Load the demonstration into an empty database, with codes for its staff, and say who can sign in."""
    from django.conf import settings

    from dorobek.people.models import Institution

    if Institution.objects.exists():
        raise Problem("the database is not empty; the demonstration is loaded into an empty one only")
    from dorobek.cli.demo import load as load_demonstration

    printed = load_demonstration()
    if settings.DEMO:
        from dorobek.web.accounts.second_factor import prepare_demo_second_factors

        prepare_demo_second_factors()
    if printed:
        print(printed)
