"""Badges of Open Badges 2.0 from others: hosted (the assertion lies at its own address) and signed (a JWS).

Read and checked, never written. What a badge claims is put together from three documents: assertion, badge class and
issuer profile, each embedded or fetched.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from dorobek.vc import jcs, jsonstrict
from dorobek.vc.badges.v2_signed import signature_check
from dorobek.vc.errors import TooMuch, VcError
from dorobek.vc.fetching import Source
from dorobek.vc.limits import DEFAULT, Limits
from dorobek.vc.moments import CLOCK_SKEW, moment
from dorobek.vc.proofs import jwt
from dorobek.vc.report import CHECKS, FORM, ISSUER, SCHEMA, SIGNATURE, STATUS, TIME, Check, Fault, Outcome, Report

_NEEDED = {
    "": ("recipient", "badge", "issuedOn"),
    "badge": ("name", "description", "criteria", "issuer"),
    "badge.issuer": ("id", "name", "url"),
}


@dataclass(frozen=True)
class Badge2:
    """An assertion with its badge class and issuer put in place of their addresses, as far as they could be read."""

    assertion: Mapping[str, Any] = field(default_factory=dict)
    report: Report = field(default_factory=lambda: Report(()))

    @property
    def badge(self) -> Mapping[str, Any]:
        return _object(self.assertion.get("badge"))

    @property
    def issuer(self) -> Mapping[str, Any]:
        return _object(self.badge.get("issuer"))


def read(raw: bytes | str, *, now: datetime, fetcher: Source | None = None, limits: Limits = DEFAULT) -> Badge2:
    """Reads and checks an assertion given as JSON, as a JWS, or by its address. Never raises for what it was given."""
    try:
        given, token = _given(raw, fetcher, limits)
    except VcError as error:
        rest = tuple(Check(name, "unknown") for name in CHECKS if name != FORM)
        return Badge2({}, Report((Check(FORM, _outcome(error), (_fault(error),)), *rest)))
    case = _Case(given, token, fetcher, limits)
    whole = case.whole()
    made = (
        Check(FORM, "passed"),
        _schema(whole, case),
        signature_check(token, whole, case) if token else _hosted(case),
        _issuer(case, whole),
        _time(given, now),
        _status(case, whole),
    )
    return Badge2(whole, Report(made))


def _given(raw: bytes | str, fetcher: Source | None, limits: Limits) -> tuple[dict[str, Any], jwt.Token | None]:
    text = raw.decode("utf-8", "replace").strip() if isinstance(raw, bytes) else raw.strip()
    token = None
    if jwt.is_compact(text) and not text.startswith("{"):
        token = jwt.read(text, limits)
        found: Any = dict(token.claims)
    elif text.startswith(("http://", "https://")):
        found = jsonstrict.parse(_needs(fetcher, text).fetch(text), limits)
    else:
        found = jsonstrict.parse(text, limits)
    if not isinstance(found, dict):
        raise VcError("json-type", "an assertion must be a JSON object")
    return found, token


class _Case:
    """One assertion under verification; every document is fetched at most once."""

    def __init__(self, given: dict[str, Any], token: jwt.Token | None, source: Source | None, limits: Limits) -> None:
        self.given = given
        self.token = token
        self.source = source
        self.limits = limits
        self.errors: list[VcError] = []
        self._issuer_named: str | None = None
        self._seen: dict[str, Any] = {}

    def document(self, url: str, path: str) -> dict[str, Any]:
        """The JSON object at an address. Raises VcError."""
        if url not in self._seen:
            try:
                self._seen[url] = jsonstrict.parse(_needs(self.source, url).fetch(url), self.limits)
            except VcError as error:
                self._seen[url] = error.at(path)
        found = self._seen[url]
        if isinstance(found, VcError):
            raise found.at(path)
        if not isinstance(found, dict):
            raise VcError("json-type", "what lies at this address is not a JSON object", path)
        return found

    def whole(self) -> dict[str, Any]:
        """The assertion with its badge and issuer in it."""
        badge = self._placed(self.given.get("badge"), "badge")
        if isinstance(badge, dict):
            self._issuer_named = badge.get("issuer") if isinstance(badge.get("issuer"), str) else None
            badge = {**badge, "issuer": self._placed(badge.get("issuer"), "badge.issuer")}
        return {**self.given, "badge": badge}

    def authority(self, whole: Mapping[str, Any]) -> dict[str, Any]:
        """The issuer's profile from the issuer's own address: one inside the badge could say anything. Raises VcError."""
        issuer = _at(whole, "badge.issuer")
        name = self._issuer_named or (issuer.get("id") if isinstance(issuer, dict) else issuer)
        if not isinstance(name, str) or not name.startswith(("http://", "https://")):
            raise VcError("not-resolvable", "the issuer has no address where it could be asked", "badge.issuer.id")
        found = self.document(name, "badge.issuer")
        if found.get("id") != name:
            raise VcError(
                "issuer", "the profile at the issuer's address says it is of somebody else", "badge.issuer.id"
            )
        return found

    def _placed(self, value: Any, path: str) -> Any:
        if not isinstance(value, str) or not value.startswith(("http://", "https://")):
            return value
        try:
            return self.document(value, path)
        except VcError as error:
            self.errors.append(error)
            return value


def _schema(whole: dict[str, Any], case: _Case) -> Check:
    faults, unread = [], {error.path for error in case.errors}
    for path, names in _NEEDED.items():
        value = _at(whole, path)
        if path in unread or (isinstance(value, str) and path):
            break  # not read, so neither is what lies in it
        if not isinstance(value, dict):
            faults.append(Fault("json-type", path, "must be an object or its address"))
            break
        faults += [Fault("missing", _join(path, name), f"{name} is missing") for name in names if name not in value]
    recipient = whole.get("recipient")
    if "recipient" in whole and not isinstance(_object(recipient).get("identity"), str):
        faults.append(Fault("missing", "recipient.identity", "the holder is not named"))
    if faults:
        return Check(SCHEMA, "failed", tuple(faults))
    return Check(SCHEMA, "unknown" if case.errors else "passed", tuple(_fault(error) for error in case.errors))


def _hosted(case: _Case) -> Check:
    """Open Badges 2.0, "Hosted verification": what lies at the assertion's address is what was given."""
    address = _address(case.given)
    if address is None:
        return Check(
            SIGNATURE, "failed", (Fault("missing", "id", "a hosted badge must name its own address"),), "hosted"
        )
    try:
        found = case.document(address, "id")
    except VcError as error:
        return Check(SIGNATURE, "unknown", (_fault(error),), "hosted")
    # Revoked assertions are told by the check of status.
    if found.get("revoked") is True or jcs.canonical(found) == jcs.canonical(case.given):
        return Check(SIGNATURE, "passed", (), "hosted")
    names = [name for name in sorted({*found, *case.given}) if found.get(name) != case.given.get(name)]
    faults = tuple(
        Fault("hosted-differs", name, "is not what the issuer shows at the badge's address") for name in names
    )
    return Check(SIGNATURE, "failed", faults, "hosted")


def _issuer(case: _Case, whole: dict[str, Any]) -> Check:
    """The assertion lies where its issuer may put it ("VerificationObject": startsWith, allowedOrigins)."""
    try:
        issuer = case.authority(whole)
    except VcError as error:
        return Check(ISSUER, _outcome(error), (_fault(error),))
    name, address = str(issuer["id"]), _address(case.given)
    if case.token is not None:
        return Check(ISSUER, "passed", (), name)  # tied to its issuer by the key, see `v2_signed`
    if address is None:
        return Check(ISSUER, "failed", (Fault("missing", "id", "a hosted badge must name its own address"),), name)
    rule = _object(issuer.get("verification"))
    starts, origins = _texts(rule.get("startsWith")), _texts(rule.get("allowedOrigins"))
    allowed = _host(address) in (origins or [_host(name)])
    if starts:
        allowed = any(address.startswith(start) for start in starts)
    if allowed:
        return Check(ISSUER, "passed", (), name)
    return Check(
        ISSUER, "failed", (Fault("issuer-scope", "id", f"{name} does not issue badges at this address"),), name
    )


def _time(given: Mapping[str, Any], now: datetime) -> Check:
    faults = []
    for name, ends in (("issuedOn", False), ("expires", True)):
        if name not in given:
            continue
        try:
            when = _moment(given[name], name)
        except VcError as error:
            faults.append(_fault(error))
            continue
        if ends and when <= now:
            faults.append(Fault("expired", name, f"it ended on {given[name]}"))
        if not ends and when > now + CLOCK_SKEW:
            faults.append(Fault("not-yet-valid", name, f"it begins on {given[name]}"))
    return Check(TIME, "failed" if faults else "passed", tuple(faults))


def _moment(value: Any, path: str) -> datetime:
    """Badges of 1.0 also wrote plain dates and seconds."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**33:
        return datetime.fromtimestamp(value, UTC)
    if isinstance(value, str) and len(value) == 10:
        return moment(f"{value}T00:00:00Z", path)
    return moment(value, path)


def _status(case: _Case, whole: dict[str, Any]) -> Check:
    given = case.given
    try:
        if given.get("revoked") is True:
            return _revoked("revoked", given.get("revocationReason"))
        if case.token is None:
            found = case.document(address, "id") if (address := _address(given)) else given
            return (
                _revoked("id", found.get("revocationReason"))
                if found.get("revoked") is True
                else Check(STATUS, "passed")
            )
        return _listed(case, whole)
    except VcError as error:
        # "410 Gone" is how a hosted badge may be taken back, but a page that fell away looks the same.
        return Check(STATUS, "unknown", (_fault(error),))


def _listed(case: _Case, whole: dict[str, Any]) -> Check:
    """A signed badge is taken back by its issuer's list ("RevocationList")."""
    address = case.authority(whole).get("revocationList")
    if not isinstance(address, str):
        return Check(STATUS, "passed", (), "none")
    revoked = case.document(address, "badge.issuer.revocationList").get("revokedAssertions")
    if not isinstance(revoked, list):
        raise VcError("status-list", "the list of revoked badges holds no list", "badge.issuer.revocationList")
    mine = {case.given.get(name) for name in ("id", "uid")} - {None}
    for entry in revoked:
        names = {entry} if isinstance(entry, str) else {_object(entry).get("id"), _object(entry).get("uid")}
        if mine & {name for name in names if isinstance(name, str)}:
            return _revoked("id", _object(entry).get("revocationReason"))
    return Check(STATUS, "passed")


def _revoked(path: str, reason: Any) -> Check:
    told = f": {reason[:200]}" if isinstance(reason, str) else ""
    return Check(STATUS, "failed", (Fault("revoked", path, f"the issuer has revoked it{told}"),))


def _address(given: Mapping[str, Any]) -> str | None:
    """Where a hosted assertion lies: its id, or what `verify.url` of version 1 says."""
    for value in (
        given.get("id"),
        _object(given.get("verification")).get("url"),
        _object(given.get("verify")).get("url"),
    ):
        if isinstance(value, str) and value.startswith(("http://", "https://")):
            return value
    return None


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def _at(whole: Mapping[str, Any], path: str) -> Any:
    value: Any = whole
    for name in path.split(".") if path else ():
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _texts(value: Any) -> list[str]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def _needs(source: Source | None, url: str) -> Source:
    if source is None:
        raise VcError("not-resolvable", f"reading {url[:200]} needs the network, which was not allowed")
    return source


def _fault(error: VcError) -> Fault:
    return Fault(error.code, error.path, error.message)


def _outcome(error: VcError) -> Outcome:
    return "unknown" if isinstance(error, TooMuch) or error.code.startswith(("fetch-", "not-resolvable")) else "failed"
