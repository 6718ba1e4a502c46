"""Status lists of what is signed here: published and signed, with nothing on them, since nothing is kept to be revoked."""

import json
import secrets
from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from dorobek.api.vc_api.doors import switched_on
from dorobek.api.vc_api.own_key import own_did, own_key
from dorobek.credentials.addresses import origin
from dorobek.vc import did, status
from dorobek.vc.errors import VcError
from dorobek.vc.moments import written
from dorobek.vc.schema import V2
from dorobek.vc.signing import sign

PURPOSES = (status.REVOCATION, status.SUSPENSION)


def list_address(purpose: str) -> str:
    return f"{origin()}/vc-api/status/{purpose}"


def entry_asked_for(wanted: Any) -> dict[str, str] | None:
    """The `credentialStatus` that `options.credentialStatus` asks for: a place on a list. Raises VcError."""
    if wanted is None or wanted is False:
        return None
    asked = wanted if isinstance(wanted, dict) else {}
    purpose = asked.get("statusPurpose", status.REVOCATION)
    if purpose not in PURPOSES or asked.get("type", status.ENTRY) != status.ENTRY:
        raise VcError(
            "status-entry", f"given out are {status.ENTRY} for {', '.join(PURPOSES)}", "options.credentialStatus"
        )
    return status.entry_for(list_address(purpose), purpose, secrets.randbelow(status.MINIMUM_ENTRIES))


def signed_list(purpose: str) -> bytes:
    """The list's credential, signed now."""
    now, key, url = datetime.now(UTC).replace(microsecond=0), own_key(), list_address(purpose)
    document = {
        "@context": [V2],
        "id": url,
        "type": ["VerifiableCredential", status.LIST_CREDENTIAL],
        "issuer": own_did(),
        "validFrom": written(now),
        "credentialSubject": status.list_subject(url, purpose, status.StatusList.empty()),
    }
    return json.dumps(sign(document, key, verification_method=did.key_method(key.public), created=now)).encode()


def status_list(_request: HttpRequest, purpose: str) -> HttpResponse:
    """GET: public, as every status list is."""
    switched_on()
    if purpose not in PURPOSES:
        raise Http404
    return HttpResponse(signed_list(purpose), content_type="application/vc")
