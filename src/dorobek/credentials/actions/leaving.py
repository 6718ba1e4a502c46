"""Everything an issuer needs to leave: keys, document, templates, register, lists (MC-5).

Nothing in it needs this program: the formats are those of the standards, JSON and CSV.
"""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from dorobek.credentials.actions.lists import published
from dorobek.credentials.addresses import list_url, template_url
from dorobek.credentials.fetching import did_document
from dorobek.credentials.models import Credential, Issuer, SigningKey, StatusList, TemplateVersion
from dorobek.credentials.perms import may_keep_keys
from dorobek.credentials.sealing import unseal
from dorobek.people.acting import ActingUser
from dorobek.vc.did import key_document
from dorobek.vc.keys import PrivateKey
from dorobek.vc.locking import locked

Piece = tuple[str, bytes]
CHUNK = 500
COLUMNS = (
    "credential", "holder", "state", "reason", "awarded_on", "valid_until", "template", "version", "key", "status_list",
    "status_index", "replaces", "created_at",
)  # fmt: skip
README = """What an issuer of credentials takes along.

did.json           the issuer's public document; publish it where the DID says, or nothing verifies any more
keys.json          its secret keys, locked with the passphrase (scrypt, AES-256-GCM); open: dorobek keys unlock keys.json --out DIR
issuer.json        how the issuer presents itself
templates/         every published version of every micro-credential, and the address that credentials name
credentials.csv    the register: every credential with its state and its place on a status list
credentials.jsonl  the same with the signed document, one JSON object a line; "" where it was erased
lists/             the status lists as signed last; serve each at its id, sign it anew with one of the keys after a change
"""


@transaction.atomic
def export_issuer(*, issuer: Issuer, passphrase: str, acting_user: ActingUser) -> Iterator[Piece]:
    """Names and contents of files. Checked and recorded at once; the files are made one by one as they are taken.

    Raises NotAllowed, BadLock (a short passphrase), WrongSeal.
    """
    acting_user.require(may_keep_keys(acting_user.account, issuer.institution))
    keys = locked(_keys(issuer), passphrase)
    acting_user.record("issuer.exported", stream=issuer.uid, subject=issuer.uid, did=issuer.did)
    return _pieces(issuer, keys)


def _pieces(issuer: Issuer, keys: bytes) -> Iterator[Piece]:
    yield "README.txt", README.encode()
    web = issuer.did.startswith("did:web:")
    yield "did.json", _json(did_document(issuer) if web else key_document(issuer.did))
    yield "keys.json", keys
    yield "issuer.json", _json(_described(issuer))
    for version in TemplateVersion.objects.filter(template__issuer=issuer).select_related("template").order_by("pk"):
        name = f"templates/{version.template.slug}-{version.number}.json"
        yield name, _json(_template(version, issuer))
    yield "credentials.csv", b"".join(_register(issuer))
    yield "credentials.jsonl", b"".join(_documents(issuer))
    for held in StatusList.objects.select_related("issuer").filter(issuer=issuer).order_by("pk"):
        yield f"lists/{held.uid}.json", published(held, at_once=True).document.encode()


def _keys(issuer: Issuer) -> dict[str, Any]:
    """Keys, and the secrets by which places on lists are given out, so that another program goes on without a clash."""
    keys = [
        {
            "type": "Multikey",
            "id": f"{issuer.did}#{key.public}",
            "controller": issuer.did,
            "publicKeyMultibase": key.public,
            "secretKeyMultibase": PrivateKey.from_seed(unseal(key.sealed, key.public)).to_multikey(),
            "label": key.label,
            "state": str(key.state),
            "created_at": key.created_at.isoformat(),
        }
        for key in SigningKey.objects.filter(issuer=issuer).order_by("pk")
    ]
    lists = [
        {"id": list_url(held, issuer), "purpose": held.purpose, "used": held.used, "secret": bytes(held.secret).hex()}
        for held in StatusList.objects.filter(issuer=issuer).order_by("pk")
    ]
    return {"keys": keys, "lists": lists}


def _described(issuer: Issuer) -> dict[str, Any]:
    names = ("slug", "did", "name_pl", "name_en", "description_pl", "description_en", "url", "country", "region")
    return {name: getattr(issuer, name) for name in (*names, "quality_pl", "quality_en")}


def _template(version: TemplateVersion, issuer: Issuer) -> dict[str, Any]:
    return {
        "id": template_url(version, issuer),
        "number": version.number,
        "published_at": version.published_at.isoformat(),
        "digest": version.digest,
        "design": version.data,
    }


def _rows(issuer: Issuer) -> Iterator[tuple[Credential, dict[str, Any]]]:
    related = ("template_version__template", "key", "status_list", "replaces")
    found = Credential.objects.filter(issuer=issuer).select_related(*related).order_by("pk")
    for one in found.iterator(chunk_size=CHUNK):
        yield (
            one,
            {
                "credential": f"urn:uuid:{one.uid}",
                "holder": one.holder_name,
                "state": str(one.state),
                "reason": one.reason,
                "awarded_on": one.awarded_on.isoformat(),
                "valid_until": one.valid_until.isoformat() if one.valid_until else "",
                "template": one.template_version.template.slug,
                "version": one.template_version.number,
                "key": one.key.public,
                "status_list": list_url(one.status_list, issuer),
                "status_index": one.status_index,
                "replaces": f"urn:uuid:{one.replaces.uid}" if one.replaces else "",
                "created_at": one.created_at.isoformat(),
            },
        )


def _register(issuer: Issuer) -> Iterator[bytes]:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    for _one, row in _rows(issuer):
        writer.writerow(row)
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()
    yield text.getvalue().encode()


def _documents(issuer: Issuer) -> Iterator[bytes]:
    for one, row in _rows(issuer):
        yield json.dumps(row | {"document": one.document}, ensure_ascii=False).encode() + b"\n"


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"
