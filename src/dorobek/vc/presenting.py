"""Verification of presentations: who shows it, whether for us and now, and every credential in it (VC 2.0, section 4.13)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from dorobek.vc import did, jsonstrict, reading, schema
from dorobek.vc.checking.case import Case, UsedKey, check, fault, outcome_of
from dorobek.vc.checking.signature import proofs_of, signatures
from dorobek.vc.checking.token import token_signature
from dorobek.vc.controllers import AUTHENTICATION
from dorobek.vc.errors import VcError
from dorobek.vc.fetching import Source
from dorobek.vc.jsonld.store import SHIPPED, ContextStore
from dorobek.vc.limits import DEFAULT, Limits
from dorobek.vc.proofs import jwt
from dorobek.vc.proofs.unsigned import Unsigned
from dorobek.vc.report import FORM, ISSUER, SCHEMA, SIGNATURE, Check, Decision, Fault, Report
from dorobek.vc.verifying import verify

HOLDER = "holder"
MAX_HELD = 100


@dataclass(frozen=True)
class Asked:
    """What the verifier asked the holder for. `unsigned`: a presentation without any proof is accepted as well."""

    challenge: str | None = None
    domain: str | None = None
    unsigned: bool = False


@dataclass(frozen=True)
class Shown:
    """`report` is of the presentation itself; `held` of each credential in it, in their order."""

    report: Report
    held: tuple[Report, ...] = ()

    @property
    def decided(self) -> Decision:
        """Valid only when the presentation and all it holds are."""
        answers = {one.decided for one in (self.report, *self.held)}
        worst: tuple[Decision, ...] = ("not valid", "could not check", "valid")
        return next(answer for answer in worst if answer in answers)


def verify_presentation(
    raw: bytes | str,
    *,
    now: datetime,
    asked: Asked = Asked(),
    fetcher: Source | None = None,
    store: ContextStore = SHIPPED,
    limits: Limits = DEFAULT,
) -> Shown:
    """What can be said of a presentation as JSON or compact JWT. Never raises for what it was given.

    `challenge` and `domain` are compared when asked for: without them an old presentation can be shown again by anybody.
    """
    try:
        token, document = _read(raw, limits)
    except VcError as error:
        return Shown(Report((check(FORM, outcome_of(error), [fault(error)]),)))
    case = Case(document, now, fetcher, store, limits, Unsigned(document, store, limits), AUTHENTICATION)
    faults = schema.check(document)
    checks = [_form(case), check(SCHEMA, "failed" if faults else "passed", faults)]
    if asked.unsigned and token is None and not proofs_of(document):
        checks.append(check(SIGNATURE, "passed", detail="unsigned"))
    else:
        checks += token_signature(case, token) if token else signatures(case)
        checks += _holders(case)
        checks.append(answered(asked, document, token))
    try:
        held = _held(document, limits)
    except VcError as error:
        checks.append(check(FORM, outcome_of(error), [fault(error)], "verifiableCredential"))
        return Shown(Report(tuple(checks)))
    by_holder = _holder(document) if case.used else None
    return Shown(Report(tuple(checks)), tuple(_one(one, by_holder, case) for one in held))


def _read(raw: bytes | str, limits: Limits) -> tuple[jwt.Token | None, dict[str, Any]]:
    text = raw.decode("utf-8", "replace").strip() if isinstance(raw, bytes) else raw.strip()
    document: Any = None
    if not jwt.is_compact(text):
        document = jsonstrict.parse(text, limits)
        if "EnvelopedVerifiablePresentation" not in schema.types_of(document):
            if not isinstance(document, dict):
                raise VcError("json-type", "a presentation must be a JSON object")
            return None, document
        text = reading.enveloped(document)
    token = jwt.read(text, limits)
    inner = token.claims.get("vp")
    found = inner if isinstance(inner, dict) else token.claims
    document = {name: value for name, value in found.items() if name not in (*jwt.CLAIMS, "nonce")}
    if "iss" in token.claims:
        document.setdefault("holder", token.claims["iss"])
    # These name the holder here, where in a credential they name issuer, subject and id.
    claims = {name: value for name, value in token.claims.items() if name not in ("iss", "sub", "jti")}
    return replace(token, claims=claims), document


def _form(case: Case) -> Check:
    try:
        case.unsigned.rdfc_hash()
    except VcError as error:
        return check(FORM, outcome_of(error), [fault(error)])
    return check(FORM, "passed")


def _holder(document: Mapping[str, Any]) -> str | None:
    holder = document.get("holder")
    found = holder.get("id") if isinstance(holder, dict) else holder
    return found if isinstance(found, str) else None


def _holders(case: Case) -> list[Check]:
    """One check per key that signed: it must speak for whoever it names, and that must be the holder."""
    if not case.used:
        return [check(HOLDER, "unknown", [Fault("no-key", "proof", "no key is known that the holder could confirm")])]
    return [_holder_of(case, used) for used in case.used]


def _holder_of(case: Case, used: UsedKey) -> Check:
    signer = did.split_method(used.method)[0]
    where = f"{used.path}.verificationMethod"
    holder = _holder(case.document)
    if holder is not None and holder != signer:
        message = f"signed by {signer or 'an unnamed key'}, but the holder is {holder}"
        return check(HOLDER, "failed", [Fault("holder-differs", "holder", message)], used.method)
    try:
        controller = case.controller(signer)
    except VcError as error:
        return check(HOLDER, outcome_of(error), [fault(error, where)], used.method)
    named = used.method if "#" in used.method else f"{signer}#{signer.removeprefix(did.KEY)}"
    found = controller.method(named)
    if found is None or found.key != used.key or not controller.allows(named, AUTHENTICATION):
        message = f"{signer} does not list this key for authentication"
        return check(HOLDER, "failed", [Fault("key-not-holders", where, message)], used.method)
    if found.ends is not None and found.ends <= case.now:
        message = "the holder has withdrawn the key that signed"
        return check(HOLDER, "failed", [Fault("key-withdrawn", where, message)], used.method)
    return check(HOLDER, "passed", detail=used.method)


def answered(asked: Asked, document: Mapping[str, Any], token: jwt.Token | None = None) -> Check:
    """Whether every proof, or the token, was made for what was asked."""
    faults = []
    for path, challenge, domain in _answers(document, token):
        if asked.challenge is not None and challenge != asked.challenge:
            faults.append(Fault("challenge", f"{path}.challenge", "made for another challenge, or for none"))
        domains = domain if isinstance(domain, list) else [domain]
        if asked.domain is not None and asked.domain not in domains:
            faults.append(Fault("domain", f"{path}.domain", "made for another domain, or for none"))
    return check("purpose", "failed" if faults else "passed", faults)


def _answers(document: Mapping[str, Any], token: jwt.Token | None) -> Iterator[tuple[str, Any, Any]]:
    """Path, challenge and domain of each proof."""
    if token is not None:
        yield "payload", token.claims.get("nonce"), token.claims.get("aud")
        return
    for path, proof in proofs_of(document):
        if isinstance(proof, dict):
            yield path, proof.get("challenge"), proof.get("domain")


def _held(document: Mapping[str, Any], limits: Limits) -> list[reading.Reading]:
    given = document.get("verifiableCredential", [])
    # Each is verified in full, so that their number is bounded.
    if isinstance(given, list) and len(given) > MAX_HELD:
        raise VcError("too-many", f"more than {MAX_HELD} credentials in one presentation", "verifiableCredential")
    return reading.held(dict(document), limits)


def _one(read: reading.Reading, holder: str | None, case: Case) -> Report:
    report = verify(read.text, now=case.now, fetcher=case.source, store=case.store, limits=case.limits)
    document = read.document or {}
    if read.kind != "credential" or "proof" in document or holder is None:
        return report
    issuer = document.get("issuer")
    if (issuer.get("id") if isinstance(issuer, dict) else issuer) != holder:
        return report
    # What the holder says of themselves is covered by the proof of the presentation (VC 2.0, section 5.11).
    return Report(tuple(_by_holder(one) for one in report.checks))


def _by_holder(one: Check) -> Check:
    return replace(one, outcome="passed", faults=(), detail="holder") if one.name in (SIGNATURE, ISSUER) else one
