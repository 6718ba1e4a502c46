"""`dorobek credential issue|verify|bake|unbake`: credentials as files; all but `issue --issuer` without a database."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dorobek.cli.problem import Problem

NAME = "credential"
HELP = "sign, verify, bake and unbake credentials as files"


def arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="issue|verify|bake|unbake")
    issue = actions.add_parser("issue", help="sign an unsigned credential: both proofs of eddsa-2022")
    issue.add_argument("file", metavar="FILE", help="JSON; - for standard input")
    by = issue.add_mutually_exclusive_group(required=True)
    by.add_argument("--key", metavar="FILE", help="a key file (dorobek keys create --out)")
    by.add_argument("--issuer", metavar="SLUG", help="the active key of an issuer of this installation")
    issue.add_argument("--as", dest="account", metavar="EMAIL", help="with --issuer: whose decision this is")
    issue.add_argument("--jwt", action="store_true", help="as a token instead; with --key only")
    issue.add_argument("--out", type=Path, metavar="FILE", help="a new file (default: standard output)")
    _verify_arguments(actions.add_parser("verify", help="exit code 0 valid, 1 not valid, 2 could not check"))
    bake = actions.add_parser("bake", help="put a credential into a PNG or SVG picture")
    bake.add_argument("picture", metavar="PICTURE")
    bake.add_argument("credential", metavar="CREDENTIAL", help="JSON or token; - for standard input")
    bake.add_argument("--out", type=Path, required=True, metavar="FILE")
    unbake = actions.add_parser("unbake", help="take the credential out of a picture")
    unbake.add_argument("picture", metavar="PICTURE")
    unbake.add_argument("--out", type=Path, metavar="FILE", help="a new file (default: standard output)")


def _verify_arguments(verify: argparse.ArgumentParser) -> None:
    verify.add_argument("file", metavar="FILE", help="JSON, token, PNG or SVG; - for standard input")
    verify.add_argument("--json", action="store_true", help="every check as JSON")
    verify.add_argument("--offline", action="store_true", help="look nothing up")
    verify.add_argument("--status-list", action="append", default=[], metavar="FILE", help="a status list at hand")
    verify.add_argument("--document", action="append", default=[], metavar="FILE", help="an issuer's document at hand")
    verify.add_argument("--at", metavar="TIME", help="as of 2026-11-20T12:00:00Z (default: now)")
    verify.add_argument("--challenge", help="of a presentation: what it had to answer")
    verify.add_argument("--domain", help="of a presentation: whom it had to be made for")


def run(options: argparse.Namespace) -> int:
    done: int = {"issue": _issue, "verify": _verify, "bake": _bake, "unbake": _unbake}[options.action](options)
    return done


def _verify(options: argparse.Namespace) -> int:
    from dorobek.cli.credentials import checking
    from dorobek.cli.credentials.files import read_bytes
    from dorobek.vc.errors import VcError
    from dorobek.vc.moments import moment
    from dorobek.vc.presenting import Asked

    try:
        raw = read_bytes(options.file)
        source = checking.source_of(options.status_list, options.document, offline=options.offline)
        now = moment(options.at) if options.at else datetime.now(UTC)
    except (Problem, VcError) as problem:
        print(f"dorobek: {problem}", file=sys.stderr)
        return checking.EXIT["could not check"]
    unsigned = options.challenge is None and options.domain is None
    asked = Asked(options.challenge, options.domain, unsigned)
    answer = checking.look(raw, now=now, source=source, asked=asked)
    print(checking.in_json(answer) if options.json else checking.in_words(answer))
    return checking.EXIT[answer.decided]


def _issue(options: argparse.Namespace) -> int:
    from dorobek.cli.credentials.files import hand_out, read_bytes
    from dorobek.vc import jsonstrict, schema
    from dorobek.vc.errors import VcError

    try:
        document = jsonstrict.parse(read_bytes(options.file))
        if not isinstance(document, dict):
            raise Problem(f"{options.file}: a credential is a JSON object")
        if faults := schema.check({name: value for name, value in document.items() if name != "proof"}):
            listed = "; ".join(f"{one.path}: {one.message}" for one in faults[:10])
            raise Problem(f"{options.file} cannot be signed as it is: {listed}")
        signed = _signed_by_issuer(document, options) if options.issuer else _signed_by_file(document, options)
    except VcError as error:
        raise Problem(f"{options.file}: {error}") from error
    hand_out(signed.encode() + b"\n", options.out)
    return 0


def _signed_by_file(document: dict[str, Any], options: argparse.Namespace) -> str:
    from dorobek.cli.credentials.key_files import read_key
    from dorobek.vc.issuing import sign
    from dorobek.vc.proofs import jwt

    key, now = read_key(options.key), datetime.now(UTC).replace(microsecond=0)
    issuer = document["issuer"]
    named = issuer["id"] if isinstance(issuer, dict) else issuer
    if named != key.controller:
        raise Problem(f"the credential names the issuer {named}, but the key belongs to {key.controller}")
    if options.jwt:
        return jwt.sign(document, key.private, verification_method=key.method, issued=now)
    signed = sign(document, key.private, verification_method=key.method, created=now)
    return json.dumps(signed, ensure_ascii=False, indent=2)


def _signed_by_issuer(document: dict[str, Any], options: argparse.Namespace) -> str:
    from dorobek.cli.credentials.people import account_named, issuer_named, told

    if options.jwt:
        raise Problem("--jwt goes with --key; an issuer of this installation signs with proofs")
    acting = account_named(options.account)
    from dorobek.credentials.actions.documents import sign_document

    with told():
        signed = sign_document(issuer=issuer_named(options.issuer), document=document, acting_user=acting)
    return json.dumps(signed, ensure_ascii=False, indent=2)


def _bake(options: argparse.Namespace) -> int:
    from dorobek.cli.credentials.files import read_bytes, write_new
    from dorobek.vc import reading
    from dorobek.vc.badges.baking import bake
    from dorobek.vc.errors import VcError

    try:
        read = reading.read(read_bytes(options.credential))
        if read.kind not in ("credential", "jwt", "badge2", "badge2-jws"):
            raise Problem(f"{options.credential} is no credential that goes into a picture")
        baked = bake(read_bytes(options.picture), read.text)
    except VcError as error:
        raise Problem(str(error)) from error
    write_new(options.out, baked)
    print(options.out)
    return 0


def _unbake(options: argparse.Namespace) -> int:
    from dorobek.cli.credentials.files import hand_out, read_bytes
    from dorobek.vc.badges.baking import unbake
    from dorobek.vc.errors import VcError

    try:
        found = unbake(read_bytes(options.picture))
    except VcError as error:
        raise Problem(f"{options.picture}: {error}") from error
    hand_out(found.encode("utf-8"), options.out)
    return 0
