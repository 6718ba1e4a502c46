"""Verification: every check is made, each answers for itself, and each fault names its field."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dorobek.vc import jsonstrict, schema
from dorobek.vc.checking.case import Case, check, fault, outcome_of
from dorobek.vc.checking.issuer import issuers
from dorobek.vc.checking.signature import signatures
from dorobek.vc.checking.status import statuses
from dorobek.vc.checking.token import token_signature
from dorobek.vc.checking.validity import validity
from dorobek.vc.errors import VcError
from dorobek.vc.fetching import Source
from dorobek.vc.jsonld.store import SHIPPED, ContextStore
from dorobek.vc.limits import DEFAULT, Limits
from dorobek.vc.proofs import jwt
from dorobek.vc.proofs.unsigned import Unsigned
from dorobek.vc.report import CHECKS, FORM, SCHEMA, Check, Report

_WITH_STATUS, _LIST_ITSELF = True, False


def verify(
    raw: bytes | str,
    *,
    now: datetime,
    fetcher: Source | None = None,
    store: ContextStore = SHIPPED,
    limits: Limits = DEFAULT,
) -> Report:
    """What can be said of a credential, given as JSON or as a compact JWT. Never raises for what it was given.

    `now` with a zone. Without a `fetcher` nothing is looked up: what needs an issuer's document or a status list
    answers `unknown`. A token's signature covers its own text; the credential inside is then checked alike.
    """
    if now.tzinfo is None:
        raise VcError("time", "the time of a verification needs a zone")
    return _verified(raw, now, fetcher, store, limits, _WITH_STATUS)[0]


def _verified(
    raw: bytes | str, now: datetime, source: Source | None, store: ContextStore, limits: Limits, with_status: bool
) -> tuple[Report, dict[str, Any] | None]:
    """The report, and the document when there is one to speak of."""
    try:
        token = _token(raw, limits)
        document = jwt.credential(token)[0] if token else jsonstrict.parse(raw, limits)
    except VcError as error:
        return _unreadable(error), None
    if not isinstance(document, dict):
        return _unreadable(VcError("json-type", "a credential must be a JSON object")), None
    case = Case(document, now, source, store, limits, Unsigned(document, store, limits))
    checks = [_form(case), _schema(document)]
    checks += token_signature(case, token) if token else signatures(case)
    checks += issuers(case)
    checks.append(validity(case))
    if with_status:
        checks += statuses(case, lambda found: _verified(found, now, source, store, limits, _LIST_ITSELF))
    return Report(tuple(checks)), document


def _token(raw: bytes | str, limits: Limits) -> jwt.Token | None:
    """The token, when what was given is no JSON but looks like one."""
    start = raw[:1]
    if start in (b"{", "{", b"[", "[", b"", ""):
        return None
    try:
        text = raw.decode("ascii") if isinstance(raw, bytes) else raw
    except UnicodeDecodeError:
        return None
    text = text.strip()
    return jwt.read(text, limits) if jwt.is_compact(text) else None


def _unreadable(error: VcError) -> Report:
    """Form has an answer; of the rest nothing can be said."""
    rest = tuple(check(name, "unknown") for name in CHECKS if name != FORM)
    return Report((check(FORM, outcome_of(error), [fault(error)]), *rest))


def _form(case: Case) -> Check:
    """Whether every field means something, by the contexts, and the whole can be brought into one canonical form."""
    try:
        case.unsigned.rdfc_hash()
    except VcError as error:
        return check(FORM, outcome_of(error), [fault(error)])
    return check(FORM, "passed")


def _schema(document: Mapping[str, Any]) -> Check:
    faults = schema.check(dict(document))
    return check(SCHEMA, "failed" if faults else "passed", faults)
