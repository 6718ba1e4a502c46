"""Status lists signed and published: what a verifier anywhere asks about a credential (MC-5).

Changes of one minute go out together: the first is published at once, those that follow within the minute when the
next reader comes after it.
"""

import datetime as dt
import hashlib
import json

from django.db import transaction
from django.utils import timezone

from dorobek.credentials.actions.signers import list_signer
from dorobek.credentials.addresses import list_url
from dorobek.credentials.enums import CredentialState, Purpose
from dorobek.credentials.models import Credential, Issuer, StatusList
from dorobek.vc import status
from dorobek.vc.moments import written
from dorobek.vc.schema import V2
from dorobek.vc.signing import sign

EVERY = dt.timedelta(minutes=1)
TTL = 60_000  # milliseconds a verifier may keep a list
OFF = {
    Purpose.REVOCATION: (CredentialState.REVOKED, CredentialState.REPLACED),
    Purpose.SUSPENSION: (CredentialState.REVOKED, CredentialState.REPLACED, CredentialState.SUSPENDED),
}


@transaction.atomic
def published(held: StatusList, *, at_once: bool = False) -> StatusList:
    """The list as it is published now; signed anew when something changed and its minute is over, or `at_once`."""
    if not _due(held, at_once):
        return held
    held = StatusList.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=held.pk)
    if _due(held, at_once):  # somebody may have done it meanwhile
        _publish(held)
    return held


def mark_changed(held: StatusList) -> None:
    """Something on the list changed, in this transaction; published with it unless the minute is not over."""
    held = StatusList.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=held.pk)
    held.changed_at = timezone.now()
    if held.published_at is None or held.published_at + EVERY <= held.changed_at:
        _publish(held)
    else:
        held.save(update_fields=["changed_at"])


def _due(held: StatusList, at_once: bool) -> bool:
    if held.published_at is None:
        return True
    changed = held.changed_at > held.published_at
    return changed and (at_once or held.published_at + EVERY <= timezone.now())


def _publish(held: StatusList) -> None:
    issuer, now = held.issuer, timezone.now()
    off = Credential.objects.filter(status_list=held, state__in=OFF[Purpose(held.purpose)])
    bits = status.StatusList.empty().with_set(off.values_list("status_index", flat=True))
    signer = list_signer(issuer)
    document = sign(
        _document(held, issuer, bits, now), signer.private, verification_method=signer.method,
        created=now.replace(microsecond=0),
    )  # fmt: skip
    held.document = json.dumps(document, ensure_ascii=False)
    held.etag = hashlib.sha256(held.document.encode()).hexdigest()
    held.published_at = held.changed_at = now
    held.save(update_fields=["document", "etag", "published_at", "changed_at"])


def _document(held: StatusList, issuer: Issuer, bits: status.StatusList, now: dt.datetime) -> dict[str, object]:
    url = list_url(held, issuer)
    return {
        "@context": [V2],
        "id": url,
        "type": ["VerifiableCredential", status.LIST_CREDENTIAL],
        "issuer": issuer.did,
        "validFrom": written(now.replace(microsecond=0)),
        "credentialSubject": status.list_subject(url, str(held.purpose), bits, TTL),
    }
