"""Credentials of an issuer who has nothing to do with this installation."""

import datetime as dt
import json

from dorobek.vc.did import key_did, key_method
from dorobek.vc.issuing import sign
from dorobek.vc.keys import PrivateKey

KEY = PrivateKey.from_seed(bytes(range(32)))


def elsewhere(title="Obsługa wózka widłowego", number=1, status=None, codes=(), stacks=(), **changes):
    """A signed Open Badges 3.0 credential as text: `codes` become alignments, `stacks` what it adds up to."""
    achievement = {
        "id": f"https://kursy.example.org/wozek/{number}",
        "type": ["Achievement"],
        "name": title,
        "description": "Prowadzi wózek po magazynie.",
        "criteria": {"narrative": "Egzamin na placu."},
    }
    if codes:
        achievement["alignment"] = [
            {"type": ["Alignment"], "targetName": code, "targetUrl": f"https://kursy.example.org/{code}",
             "targetCode": code}
            for code in codes
        ]  # fmt: skip
    context = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
    if stacks:
        from dorobek.vc.badges.terms import CONTEXT

        context.append(CONTEXT)
        achievement["stacksInto"] = list(stacks)
    document = {
        "@context": context,
        "id": f"urn:uuid:00000000-0000-4000-8000-{number:012d}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": title,
        "issuer": {"id": key_did(KEY.public), "type": ["Profile"], "name": "Szkoła Kierowców Łan"},
        "validFrom": "2026-03-04T00:00:00Z",
        "credentialSubject": {
            "id": "urn:uuid:11111111-0000-4000-8000-000000000001",
            "type": ["AchievementSubject"],
            "achievement": achievement,
        },
    }
    if status:
        document["credentialStatus"] = status
    signed = sign(
        document | changes, KEY, verification_method=key_method(KEY.public), created=dt.datetime(2026, 3, 4, tzinfo=dt.UTC)
    )  # fmt: skip
    return json.dumps(signed, ensure_ascii=False)


UNREACHABLE = {
    "id": "https://kursy.example.org/lista#7",
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "7",
    "statusListCredential": "https://kursy.example.org/lista",
}
