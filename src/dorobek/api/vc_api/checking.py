"""POST credentials/verify and presentations/verify (VC-API, sections "Verify Credential", "Verify Presentation")."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse

from dorobek.api.vc_api.doors import Body, door, options_of
from dorobek.api.vc_api.errors import problem
from dorobek.api.vc_api.lists import PURPOSES, list_address, signed_list
from dorobek.credentials.fetching import OwnFirst
from dorobek.vc import reading
from dorobek.vc.errors import VcError
from dorobek.vc.fetching import Fetcher, Source
from dorobek.vc.jsonld.store import SHIPPED
from dorobek.vc.plain import report_data
from dorobek.vc.presenting import Asked, answered, verify_presentation
from dorobek.vc.report import STATUS, Check, Report
from dorobek.vc.verifying import verify as verify_credential

# Known here only: conformance tests write credentials with it, and it gives every word a meaning.
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
STORE = SHIPPED.with_extra({EXAMPLES: {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}})
_STATUS_CHECKS = {"status", "credentialStatus"}


class OwnLists(OwnFirst):
    """The lists of this interface besides what the installation publishes."""

    def fetch(self, url: str) -> bytes:
        for purpose in PURPOSES:
            if url == list_address(purpose):
                return signed_list(purpose)
        return super().fetch(url)


@door
def verify(body: Body) -> HttpResponse:
    """200 when valid, 400 when not or when something that matters could not be checked.

    `options.checks` without `credentialStatus` leaves the status out of the answer; `challenge` and `domain` are compared.
    """
    options, given = options_of(body), body.get("verifiableCredential")
    if not isinstance(given, str | dict):
        raise VcError("missing", "a credential is needed here", "verifiableCredential")
    read = reading.read(given if isinstance(given, str) else json.dumps(given, ensure_ascii=False))
    report = verify_credential(read.text, now=datetime.now(UTC), fetcher=_source(), store=STORE)
    asked = answered(_asked(options), read.document or {}) if read.kind == "credential" else None
    return _answer([Report((*report.checks, asked)) if asked else report], options)


@door
def verify_shown(body: Body) -> HttpResponse:
    """As `verify`, for a presentation and every credential in it. One without a proof is given as `presentation`, or
    without asking for a challenge or domain."""
    options = options_of(body)
    given = body.get("verifiablePresentation", body.get("presentation"))
    if not isinstance(given, str | dict):
        raise VcError("missing", "a presentation is needed here", "verifiablePresentation")
    asked = _asked(options, unsigned="presentation" in body)
    text = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
    shown = verify_presentation(text, now=datetime.now(UTC), asked=asked, fetcher=_source(), store=STORE)
    return _answer([shown.report, *shown.held], options)


def _asked(options: Body, *, unsigned: bool = False) -> Asked:
    texts = {}
    for name in ("challenge", "domain"):
        texts[name] = options.get(name)
        if texts[name] is not None and not isinstance(texts[name], str):
            raise VcError("json-type", "must be text", f"options.{name}")
    return Asked(**texts, unsigned=unsigned or texts == {"challenge": None, "domain": None})


def _answer(reports: Sequence[Report], options: Body) -> HttpResponse:
    wanted = options.get("checks") or []
    if not isinstance(wanted, list) or not all(isinstance(one, str) for one in wanted):
        raise VcError("json-type", "checks must be a list of names", "options.checks")
    with_status = not wanted or bool(_STATUS_CHECKS & set(wanted))
    counted = [Report(tuple(one for one in report.checks if with_status or one.name != STATUS)) for report in reports]
    verified = all(report.valid for report in counted)
    errors = [one for report in counted for one in _errors(report.checks)]
    warnings = [one for report in counted for one in _errors(report.checks, matters=False)]
    body: dict[str, Any] = {"verified": verified, "checks": wanted or ["proof", "credentialStatus"]}
    body |= {"warnings": warnings, "errors": errors, "reports": [report_data(report) for report in counted]}
    return JsonResponse(body, status=200 if verified else 400)


def _errors(checks: Sequence[Check], matters: bool = True) -> Iterator[dict[str, Any]]:
    for one in checks:
        if one.outcome != "passed" and one.matters is matters:
            found = [problem(fault.code, fault.path, fault.message) for fault in one.faults]
            yield from found or [problem(f"{one.name}-{one.outcome}", "", f"{one.name} could not be checked")]


def _source() -> Source:
    return OwnLists(_outside())


@cache
def _outside() -> Source | None:
    """One for the process, so that what was fetched is remembered."""
    return Fetcher() if settings.LOOK_OUTSIDE else None
