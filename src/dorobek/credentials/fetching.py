"""What a verification here looks up: our own issuers and lists straight from the database, everything else over the net."""

import json
import uuid
from typing import Any

from dorobek.credentials.actions.lists import published
from dorobek.credentials.addresses import origin
from dorobek.credentials.enums import KeyState
from dorobek.credentials.models import Issuer, SigningKey, StatusList
from dorobek.vc.did import web_document
from dorobek.vc.errors import VcError
from dorobek.vc.fetching import Source
from dorobek.vc.keys import PublicKey


class OwnFirst:
    """A source of documents: addresses of this installation are answered as of this moment, others by `outside`."""

    def __init__(self, outside: Source | None) -> None:
        self.outside = outside

    def fetch(self, url: str) -> bytes:
        """Raises VcError, as every source does."""
        ours = f"{origin()}/wystawcy/"
        if url.startswith(ours):
            return self._own(url, url.removeprefix(ours).split("/"))
        if self.outside is None:
            raise VcError("fetch-refused", f"{url} is elsewhere, and nothing is looked up outside")
        return self.outside.fetch(url)

    def keep_at_most(self, url: str, seconds: float) -> None:
        if self.outside is not None and not url.startswith(origin()):
            self.outside.keep_at_most(url, seconds)

    def _own(self, url: str, parts: list[str]) -> bytes:
        issuer = Issuer.objects.filter(slug=parts[0]).first()
        if issuer and parts[1:] == ["did.json"] and issuer.did.startswith("did:web:"):
            return json.dumps(did_document(issuer)).encode()
        if issuer and len(parts) == 3 and parts[1] == "statusy":
            held = _list(issuer, parts[2])
            if held is not None:
                return published(held, at_once=True).document.encode()
        raise VcError("fetch-failed", f"{url} is not published here")


def _list(issuer: Issuer, uid: str) -> StatusList | None:
    try:
        named = uuid.UUID(uid)
    except ValueError:
        return None
    return StatusList.objects.select_related("issuer").filter(issuer=issuer, uid=named).first()


def did_document(issuer: Issuer) -> dict[str, Any]:
    """The issuer's public document: every key that may still verify; a compromised one is no longer in it."""
    keys = SigningKey.objects.filter(issuer=issuer).exclude(state=KeyState.COMPROMISED)
    return web_document(issuer.did, {key.public: PublicKey.from_multikey(key.public) for key in keys})
