"""`dorobek issuer export`: everything an issuer needs to leave this installation."""

import argparse
from pathlib import Path

from dorobek.cli.problem import Problem

NAME = "issuer"
HELP = "write everything an issuer of credentials needs to leave: keys, document, templates, register, lists"


def arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="export")
    export = actions.add_parser("export", help=HELP)
    export.add_argument("issuer", metavar="SLUG")
    export.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder")
    export.add_argument("--as", dest="account", required=True, metavar="EMAIL", help="whose decision this is")
    export.add_argument("--passphrase-file", metavar="FILE", help="locks the keys; asked for when not given")


def run(options: argparse.Namespace) -> int:
    from dorobek.cli.credentials.files import write_new
    from dorobek.cli.credentials.passphrases import asked_for
    from dorobek.cli.credentials.people import account_named, issuer_named, told
    from dorobek.vc.locking import BadLock

    acting = account_named(options.account)
    from dorobek.credentials.actions.leaving import export_issuer

    issuer = issuer_named(options.issuer)
    if options.out.exists():
        raise Problem(f"{options.out} is there already; give a new folder")
    passphrase = asked_for(options.passphrase_file, twice=True)
    try:
        with told():
            pieces = export_issuer(issuer=issuer, passphrase=passphrase, acting_user=acting)
    except BadLock as error:
        raise Problem(str(error)) from error
    options.out.mkdir(parents=True, mode=0o700)
    for name, content in pieces:
        path = options.out / name
        path.parent.mkdir(exist_ok=True)
        write_new(path, content, secret=True)
        print(path)
    return 0
