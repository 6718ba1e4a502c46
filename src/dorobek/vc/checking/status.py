"""Whether the issuer has taken a credential back: every status entry is asked, none is passed over."""

from collections.abc import Callable, Mapping
from typing import Any

from dorobek.vc import jsonstrict, status
from dorobek.vc.checking.case import Case, check, fault, outcome_of
from dorobek.vc.errors import VcError
from dorobek.vc.fetching import Source
from dorobek.vc.report import STATUS, Check, Fault, Report

# Verifies a list's own credential: its bytes in, its report and document out.
ListVerifier = Callable[[bytes], tuple[Report, dict[str, Any] | None]]
_SAYS = {
    status.REVOCATION: ("revoked", "the issuer has revoked it"),
    status.SUSPENSION: ("suspended", "the issuer has suspended it for now"),
}
_BROKEN_ENTRY = ("status-entry", "status-range", "status-purpose")


def statuses(case: Case, verify_list: ListVerifier) -> list[Check]:
    """One check per entry of `credentialStatus`; a credential without any cannot be taken back and passes."""
    given = case.document.get("credentialStatus")
    if given is None:
        return [check(STATUS, "passed", detail="none")]
    if not isinstance(given, list):
        return [_one(case, given, "credentialStatus", verify_list)]
    found = [_one(case, entry, f"credentialStatus[{place}]", verify_list) for place, entry in enumerate(given[:20])]
    if len(given) > 20:
        found.append(
            check(STATUS, "unknown", [Fault("too-many-entries", "credentialStatus", "more than 20 status entries")])
        )
    return found or [check(STATUS, "passed", detail="none")]


def _one(case: Case, entry: Any, path: str, verify_list: ListVerifier) -> Check:
    if not isinstance(entry, dict):
        return check(STATUS, "failed", [Fault("status-entry", path, "a status entry must be an object")])
    kinds = entry.get("type")
    kind = kinds[0] if isinstance(kinds, list) and len(kinds) == 1 else kinds
    try:
        if kind == status.ENTRY:
            return _bitstring(case, entry, path, verify_list)
        if kind == status.ONE_EDTECH:
            return _one_edtech(case, entry, path)
    except VcError as error:
        broken = error.code in _BROKEN_ENTRY and outcome_of(error) == "failed"
        return check(STATUS, "failed" if broken else "unknown", [fault(error, error.path or path)], str(kind))
    unknown = Fault("status-type-unknown", f"{path}.type", f"what a status of the type {kind!r} says is not known here")
    return check(STATUS, "unknown", [unknown], str(kind))


def _bitstring(case: Case, entry: Mapping[str, Any], path: str, verify_list: ListVerifier) -> Check:
    asked = status.read_entry(entry, path)
    source = _source(case, path)
    where = f"{path}.statusListCredential"
    report, document = verify_list(source.fetch(asked.list_url))
    if document is None or not report.valid:
        first = next(iter(report.faults), None)
        reason = f": {first.path} {first.message}" if first else ""
        raise VcError("status-list-untrusted", f"the list could not be confirmed{reason}", where)
    subject = _list_subject(case, document, where)
    source.keep_at_most(asked.list_url, status.seconds_to_keep(subject))
    value = status.value_in(asked, subject, path)
    if value and asked.purpose in _SAYS:
        code, message = _SAYS[asked.purpose]
        return check(STATUS, "failed", [Fault(code, path, message)], asked.purpose)
    said = asked.messages.get(value, "set" if value else "")
    return check(STATUS, "passed", detail=f"{asked.purpose}: {said}" if said else asked.purpose)


def _list_subject(case: Case, document: Mapping[str, Any], path: str) -> Mapping[str, Any]:
    kinds = document.get("type")
    if status.LIST_CREDENTIAL not in (kinds if isinstance(kinds, list) else [kinds]):
        raise VcError("status-list", "what lies at the list's address is not a status list", path)
    issuer = document.get("issuer")
    # Anybody can sign a list of their own; only the issuer's says something about this credential.
    if (issuer.get("id") if isinstance(issuer, dict) else issuer) != case.issuer:
        raise VcError("status-list-issuer", "the list was signed by another issuer", path)
    subject = document.get("credentialSubject")
    if not isinstance(subject, dict):
        raise VcError("status-list", "a status list has one subject", path)
    return subject


def _one_edtech(case: Case, entry: Mapping[str, Any], path: str) -> Check:
    url, name = entry.get("id"), case.document.get("id")
    if not isinstance(url, str):
        raise VcError("status-entry", "the entry names no address of its list", f"{path}.id")
    if not isinstance(name, str) or case.issuer is None:
        raise VcError("status-list", "a credential without an id or issuer cannot be looked up in a list", path)
    document = jsonstrict.parse(_source(case, path).fetch(url), case.limits)
    reason = status.one_edtech_reason(document, url, case.issuer, name, path)
    if reason is None:
        return check(STATUS, "passed", detail=status.ONE_EDTECH)
    message = "the issuer has revoked it" + (f": {reason}" if reason else "")
    return check(STATUS, "failed", [Fault("revoked", path, message)], status.ONE_EDTECH)


def _source(case: Case, path: str) -> Source:
    if case.source is None:
        raise VcError("not-resolvable", "reading the list needs the network, which was not allowed", path)
    return case.source
