"""What was given: a credential as JSON or JWT, in a PNG or SVG, a badge of 2.0, a European Learning Model document.

Nothing is believed here; the answer says what it is and what has to be verified, and with which function.
"""

import re
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import unquote

from dorobek.vc import jcs, jsonstrict
from dorobek.vc.badges import baking
from dorobek.vc.errors import TooMuch, VcError
from dorobek.vc.limits import DEFAULT, Limits
from dorobek.vc.proofs import jwt
from dorobek.vc.schema import types_of

Kind = Literal["credential", "jwt", "presentation", "badge2", "badge2-jws", "elm", "address"]
Carrier = Literal["text", "png", "svg"]

ENVELOPE = re.compile(r"data:application/v[cp](?:\+ld)?\+jwt(?:;[^,]*)?,(.+)", re.ASCII | re.DOTALL)
_ADDRESS = re.compile(r"https?://[^\s<>\"]{3,2000}")
_BADGES_2 = re.compile(r"https?://(w3id\.org/openbadges|openbadges\.org|purl\.imsglobal\.org/ob)/?(v1|v2|v2p0|v2p1)?")


@dataclass(frozen=True)
class Reading:
    """`text` is what is to be verified; `document` the unverified JSON in it, None for an address.

    By `kind`: `credential` and `jwt` go to `verifying.verify`; `badge2`, `badge2-jws` and `address` to
    `badges.v2.read`; `presentation` holds credentials; `elm` is a European Learning Model document without a proof that
    could be checked here.
    """

    kind: Kind
    carrier: Carrier
    text: str
    document: dict[str, Any] | None


def read(raw: bytes | str, limits: Limits = DEFAULT) -> Reading:
    """Recognises what was uploaded, pasted or scanned.

    Raises VcError: `nothing-given`, `not-recognised`, those of strict JSON, JWT and `baking.unbake`; TooMuch.
    """
    if isinstance(raw, bytes) and (raw.startswith(baking.PNG) or baking.is_svg(raw)):
        carrier: Carrier = "png" if raw.startswith(baking.PNG) else "svg"
        return _text(baking.unbake(raw), carrier, limits)
    if isinstance(raw, str) and raw.lstrip().startswith("<"):
        return _text(baking.unbake(raw.encode("utf-8", "replace")), "svg", limits)
    if len(raw) > limits.bytes * 2:
        raise TooMuch("bytes", f"longer than {limits.bytes * 2} bytes")
    if isinstance(raw, bytes):
        try:
            raw = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise VcError("not-recognised", "neither text nor a PNG or SVG picture") from None
    return _text(raw, "text", limits)


def _text(text: str, carrier: Carrier, limits: Limits) -> Reading:
    # A file saved elsewhere often begins with a byte order mark; it is no part of what was signed.
    text = text.removeprefix("\ufeff").strip()
    if not text:
        raise VcError("nothing-given", "there is nothing to check")
    if text.startswith("{"):
        return _json(text, carrier, limits)
    if jwt.is_compact(text):
        return _token(text, carrier, limits)
    if _ADDRESS.fullmatch(text):
        return Reading("address", carrier, text, None)
    raise VcError("not-recognised", "neither JSON nor a signed token nor an address")


def _json(text: str, carrier: Carrier, limits: Limits) -> Reading:
    document = jsonstrict.parse(text, limits)
    types = types_of(document)
    if "EnvelopedVerifiableCredential" in types:
        return _envelope(document, carrier, limits)
    if is_badge2(document):
        return Reading("badge2", carrier, text, document)
    if "VerifiablePresentation" in types:
        return Reading("presentation", carrier, text, document)
    if "EuropeanDigitalCredential" in types and "proof" not in document:
        return Reading("elm", carrier, text, document)
    return Reading("credential", carrier, text, document)


def _envelope(document: dict[str, Any], carrier: Carrier, limits: Limits) -> Reading:
    return _token(enveloped(document), carrier, limits)


def enveloped(document: dict[str, Any]) -> str:
    """The token in a data address (VC 2.0, sections 4.13.1 and 4.13.2). Raises VcError `not-recognised`."""
    held = ENVELOPE.fullmatch(document["id"]) if isinstance(document.get("id"), str) else None
    if held is None:
        raise VcError("not-recognised", "what is enveloped must be a token in a data: address", "id")
    return unquote(held[1]).strip()


def _token(text: str, carrier: Carrier, limits: Limits) -> Reading:
    token = jwt.read(text, limits)
    claims = dict(token.claims)
    if is_badge2(claims):
        return Reading("badge2-jws", carrier, text, claims)
    return Reading("jwt", carrier, text, jwt.credential(token)[0])


def held(presentation: dict[str, Any], limits: Limits = DEFAULT) -> list[Reading]:
    """Every credential in a presentation, to be verified one by one. Raises VcError as `read`, with its place."""
    given = presentation.get("verifiableCredential", [])
    found = []
    for place, one in enumerate(given if isinstance(given, list) else [given]):
        try:
            text = one if isinstance(one, str) else jcs.canonical(one).decode("utf-8")
            found.append(_text(text, "text", limits))
        except VcError as error:
            raise error.at(f"verifiableCredential[{place}]") from error
    return found


def is_badge2(document: Any) -> bool:
    """Whether this is an assertion of Open Badges 1 or 2."""
    if not isinstance(document, dict) or "credentialSubject" in document:
        return False
    context = document.get("@context")
    named = any(
        isinstance(one, str) and _BADGES_2.match(one) for one in (context if isinstance(context, list) else [context])
    )
    return "badge" in document and ("recipient" in document or named)
