"""`dorobek keys create` and `dorobek keys unlock`: keys that sign credentials."""

import argparse
from pathlib import Path

from dorobek.cli.problem import Problem

NAME = "keys"
HELP = "make a key that signs credentials, or unlock the keys of an export"


def arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="create|unlock")
    create = actions.add_parser("create", help="an Ed25519 key, in a file or as an issuer's new active key")
    place = create.add_mutually_exclusive_group(required=True)
    place.add_argument("--out", type=Path, metavar="FILE", help="a new file, readable by its owner alone")
    place.add_argument("--issuer", metavar="SLUG", help="an issuer of this installation; its present key is retired")
    create.add_argument("--controller", default="", metavar="DID", help="with --out: the did:web the key belongs to")
    create.add_argument("--document", type=Path, metavar="FILE", help="with --out: also write the DID document")
    create.add_argument("--as", dest="account", metavar="EMAIL", help="with --issuer: whose decision this is")
    create.add_argument("--label", default="", help="with --issuer: what to call the key")
    unlock = actions.add_parser("unlock", help="write the keys of an export (dorobek issuer export) as key files")
    unlock.add_argument("file", metavar="FILE", help="keys.json of the export")
    unlock.add_argument("--out", type=Path, required=True, metavar="DIR")
    unlock.add_argument("--passphrase-file", metavar="FILE", help="asked for when not given")


def run(options: argparse.Namespace) -> int:
    if options.action == "unlock":
        return _unlock(options)
    return _for_issuer(options) if options.issuer else _in_file(options)


def _in_file(options: argparse.Namespace) -> int:
    from dorobek.cli.credentials import key_files
    from dorobek.cli.credentials.files import write_new

    key = key_files.new_key(options.controller)
    key_files.write_key(options.out, key)
    if options.document:
        write_new(options.document, key_files.as_document(key))
    print(key.method)
    return 0


def _for_issuer(options: argparse.Namespace) -> int:
    from dorobek.cli.credentials.people import account_named, issuer_named, told
    from dorobek.credentials.actions.issuers import replace_key

    acting, issuer = account_named(options.account), issuer_named(options.issuer)
    with told():
        key = replace_key(issuer=issuer, label=options.label, acting_user=acting)
    print(key.method)
    return 0


def _unlock(options: argparse.Namespace) -> int:
    from dorobek.cli.credentials.files import read_bytes
    from dorobek.cli.credentials.key_files import KeyFile, write_key
    from dorobek.cli.credentials.passphrases import asked_for
    from dorobek.vc.keys import PrivateKey
    from dorobek.vc.locking import BadLock, unlocked

    try:
        held = unlocked(read_bytes(options.file), asked_for(options.passphrase_file))
    except BadLock as error:
        raise Problem(f"{options.file}: {error}") from error
    options.out.mkdir(parents=True, exist_ok=True)
    for one in held["keys"]:
        key = KeyFile(PrivateKey.from_multikey(one["secretKeyMultibase"]), one["controller"], one["id"])
        path = options.out / f"{one['publicKeyMultibase']}.json"
        write_key(path, key)
        print(f"{path} {one['state']}")
    return 0
