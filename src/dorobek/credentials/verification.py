"""Whatever somebody shows us, checked: the one answer behind the public page, the wallet, the API and the command (MC-4).

Nothing of what was shown is kept, and nothing of it reaches a log.
"""

import datetime as dt
import json
import uuid
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import timezone

from dorobek.credentials.enums import CredentialState
from dorobek.credentials.fetching import OwnFirst
from dorobek.credentials.models import Credential
from dorobek.vc.badges import v2
from dorobek.vc.errors import VcError
from dorobek.vc.fetching import Fetcher, Source
from dorobek.vc.presenting import Asked, verify_presentation
from dorobek.vc.reading import Carrier, Kind, Reading, read
from dorobek.vc.report import FORM, SIGNATURE, Check, Fault, Report
from dorobek.vc.verifying import verify
from dorobek.vc.words import Words, words

MOST_INSIDE = 20  # credentials of one presentation that are looked at


@dataclass(frozen=True)
class Own:
    """What this installation itself knows of a credential it issued: why it is off, and what replaced it."""

    state: CredentialState
    reason: str
    replaced_by: uuid.UUID | None
    issuer_slug: str
    person_id: int | None = None  # to whom it was issued


@dataclass(frozen=True)
class Verified:
    """`text` is what was checked, as it came out of a picture or token; `document` its unverified JSON."""

    kind: Kind | None
    carrier: Carrier
    text: str
    report: Report
    words: Words
    at: dt.datetime
    document: dict[str, Any] | None = None
    own: Own | None = None
    inside: tuple["Verified", ...] = field(default=())  # credentials of a presentation


def verify_given(
    raw: bytes | str, *, language: str = "pl", at: dt.datetime | None = None, source: Source | None = None
) -> Verified:
    """Recognise and check. Never raises for what was given.

    `source` replaces where issuers' documents and status lists are looked up; by default our own come from the database
    and others from the web, if the installation may look outside.
    """
    now, looked_up = at or timezone.now(), source or OwnFirst(_outside())
    try:
        reading = _followed(read(raw), looked_up)
    except VcError as error:
        check = Check(FORM, "failed", (Fault(error.code, error.path, error.message),))
        return Verified(None, "text", "", Report((check,)), Words(), now)
    return _verified(reading, language, now, looked_up)


def _verified(reading: Reading, language: str, now: dt.datetime, source: Source) -> Verified:
    document = reading.document
    if reading.kind in ("badge2", "badge2-jws", "address"):
        badge = v2.read(reading.text, now=now, fetcher=source)
        whole = dict(badge.assertion)
        return Verified(reading.kind, reading.carrier, reading.text, badge.report, words(whole, language), now, whole)
    if reading.kind == "presentation" and document is not None:
        return _presentation(reading, document, language, now, source)
    report = verify(reading.text, now=now, fetcher=source)
    # A document that only borrows the identifier of one of ours is told nothing about it.
    own = _own(document) if report.outcome(SIGNATURE) == "passed" else None
    return Verified(reading.kind, reading.carrier, reading.text, report, words(document, language), now, document, own)


def _presentation(
    reading: Reading, document: dict[str, Any], language: str, now: dt.datetime, source: Source
) -> Verified:
    """The presentation's own proof, if it has one, and each credential in it."""
    shown = verify_presentation(reading.text, now=now, asked=Asked(unsigned=True), fetcher=source)
    held = document.get("verifiableCredential")
    given = held if isinstance(held, list) else [held] if held else []
    inside = tuple(_one_inside(one, language, now, source) for one in given[:MOST_INSIDE])
    return Verified(
        "presentation",
        reading.carrier,
        reading.text,
        shown.report,
        words(document, language),
        now,
        document,
        None,
        inside,
    )


def _followed(reading: Reading, source: Source) -> Reading:
    """Behind an address: what lies there. A hosted badge of 2.0 is checked by its address, so that stays as it is."""
    if reading.kind != "address":
        return reading
    found = read(source.fetch(reading.text))
    return reading if found.kind in ("badge2", "address") else found


def _one_inside(given: Any, language: str, now: dt.datetime, source: Source) -> Verified:
    return verify_given(
        given if isinstance(given, str) else json.dumps(given), language=language, at=now, source=source
    )


def _own(document: dict[str, Any] | None) -> Own | None:
    """The row of a credential that carries an identifier of ours."""
    named = str((document or {}).get("id", "")).removeprefix("urn:uuid:")
    try:
        uid = uuid.UUID(named)
    except ValueError:
        return None
    found = Credential.objects.select_related("issuer", "replaced_by").filter(uid=uid).first()
    if found is None:
        return None
    newer = getattr(found, "replaced_by", None)
    return Own(
        CredentialState(found.state), found.reason, newer.uid if newer else None, found.issuer.slug, found.person_id
    )


@cache
def _outside() -> Source | None:
    """One for the process, so that what was fetched is remembered."""
    return Fetcher() if settings.LOOK_OUTSIDE else None
