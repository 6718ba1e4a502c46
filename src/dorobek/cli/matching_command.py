"""`dorobek matching reset|build`: forget what the matcher learned from advisers; learn its indexes now."""

import argparse

from dorobek.cli.problem import start_django

NAME = "matching"
HELP = "forget what the matcher learned from advisers' choices (reset), or learn its indexes now (build)"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", choices=["reset", "build"], help="reset: as before any choice; build: write all indexes"
    )


def run(options: argparse.Namespace) -> int:
    start_django()
    return {"reset": _reset, "build": _build}[options.what]()


def _reset() -> int:
    from dorobek.portfolio.actions.choices import forget_choices

    print(f"{forget_choices()} counts of choices removed; suggestions are as if nobody had chosen yet")
    return 0


def _build() -> int:
    from dorobek.register.queries import indexes

    for name, source in indexes.SOURCES.items():
        for language in indexes.LANGUAGES if source.state() else ():
            print(f"{name}, {language}: {indexes.build(name, language)} concepts, {indexes.path_of(name, language)}")
    return 0
