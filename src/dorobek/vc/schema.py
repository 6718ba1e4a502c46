"""Required fields, kinds and numbers of values of VC 2.0, VC 1.1, Open Badges 3.0 and their status lists.

The tables are in `schema_shapes`. What is not named there is left to the check of terms against the contexts.
"""

import re
from collections.abc import Callable
from typing import Any

from dorobek.vc.errors import VcError, child
from dorobek.vc.moments import moment
from dorobek.vc.report import Fault
from dorobek.vc.schema_shapes import RULES, Rule

V2 = "https://www.w3.org/ns/credentials/v2"
V1 = "https://www.w3.org/2018/credentials/v1"
OPEN_BADGES = re.compile(r"https://(purl\.imsglobal\.org/spec/ob/v3p0/context|imsglobal\.github\.io/openbadges)")
ACHIEVEMENT_TYPES = {"AchievementCredential", "OpenBadgeCredential"}

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`\x00-\x20]+")
_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)
_JWS = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+")
_INDEX = re.compile(r"0|[1-9][0-9]*", re.ASCII)
_LANGUAGE_KEYS = {"@value", "@language", "@direction"}
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def check(document: dict[str, Any]) -> list[Fault]:
    """Everything found wrong; empty when nothing is.

    Codes: `missing`, `json-type` (another kind of value than asked for), `empty`, `uri`, `time`, `date`, `word` (none of
    the standard's list), `context`, `credential-type`, `order` (an end before its beginning), `digest`, `duplicate`.
    """
    faults = _Faults()
    version = _context(document, faults)
    shape = _shape(document, version, faults)
    _object(document, shape, "", faults)
    if shape.startswith(("Presentation", "Enveloped")):
        return faults.found
    _order(document, faults)
    if shape.startswith("AchievementCredential"):
        _who(document.get("credentialSubject"), "credentialSubject", faults)
    _resources(document.get("relatedResource"), faults)
    return faults.found


class _Faults:
    """What was found so far."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, code: str, path: str, message: str) -> None:
        self.found.append(Fault(code, path, message))


def types_of(value: Any) -> list[str]:
    """The types that an object names, as a list; nothing for anything else."""
    types = value.get("type") if isinstance(value, dict) else None
    if isinstance(types, str):
        return [types]
    return [one for one in types if isinstance(one, str)] if isinstance(types, list) else []


def _context(document: dict[str, Any], faults: _Faults) -> int:
    """The data model's version that the first context names, 2 unless it is that of 1.1."""
    if "@context" not in document:
        faults.add("missing", "@context", f"there is no @context; the first must be {V2}")
        return 2
    context = document["@context"]
    entries = context if isinstance(context, list) else [context]
    first = entries[0] if entries else None
    if first not in (V1, V2):
        faults.add("context", "@context[0]" if isinstance(context, list) else "@context", f"the first must be {V2}")
    for place, entry in enumerate(entries[1:], 1):
        if isinstance(entry, str) and not _URI.fullmatch(entry):
            faults.add("uri", f"@context[{place}]", "a context must be an absolute address")
        elif not isinstance(entry, str | dict):
            faults.add("json-type", f"@context[{place}]", "a context must be an address or an object")
        elif entry in (V1, V2):
            faults.add("context", f"@context[{place}]", "a base context may only stand first")
    return 1 if first == V1 else 2


def _shape(document: dict[str, Any], version: int, faults: _Faults) -> str:
    types = set(types_of(document))
    suffix = "1" if version == 1 else ""
    if types & {"EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation"}:
        return "Enveloped"
    if "VerifiablePresentation" in types:
        return f"Presentation{suffix}"
    if types & ACHIEVEMENT_TYPES:
        return f"AchievementCredential{suffix}"
    if "EndorsementCredential" in types:
        if "VerifiableCredential" not in types:
            faults.add("credential-type", "type", "VerifiableCredential must be among the types")
        return f"EndorsementCredential{suffix}"
    if "BitstringStatusListCredential" in types:
        return "BitstringStatusListCredential"
    subjects = document.get("credentialSubject")
    first = subjects[0] if isinstance(subjects, list) and subjects else subjects
    if "AchievementSubject" in types_of(first) and _names_open_badges(document.get("@context")):
        wanted = "AchievementCredential or OpenBadgeCredential"
        faults.add("credential-type", "type", f"a credential about an achievement must be of type {wanted}")
        return f"AchievementCredential{suffix}"
    return f"Credential{suffix}"


def _names_open_badges(context: Any) -> bool:
    return isinstance(context, list) and any(isinstance(one, str) and OPEN_BADGES.match(one) for one in context)


def _object(value: dict[str, Any], shape: str, path: str, faults: _Faults) -> None:
    rules, required = RULES[shape]
    if not required <= value.keys():
        for name in sorted(required - value.keys()):
            faults.add("missing", child(path, name), f"{name} is missing")
    for name, found in value.items():
        if (rule := rules.get(name)) is None:
            continue
        # Most fields are plain texts: those need neither a path nor another call.
        if isinstance(found, str) and (rule.any_text or (rule.kind == "uri" and _URI.fullmatch(found))):
            continue
        _field(found, rule, child(path, name), faults)


def _field(value: Any, rule: Rule, path: str, faults: _Faults) -> None:
    if rule.kind in ("type", "types"):
        _types(value, rule, path, faults)
    elif rule.many and isinstance(value, list):
        if not value and rule.required:
            faults.add("empty", path, "the list is empty")
        for place, item in enumerate(value):
            _value(item, rule, child(path, place), faults)
    else:
        _value(value, rule, path, faults)


def _value(value: Any, rule: Rule, path: str, faults: _Faults) -> None:
    if plain := _PLAIN.get(rule.kind):
        plain(value, rule, path, faults)
    elif rule.or_address and isinstance(value, str):
        _uri(value, rule, path, faults)
    elif not isinstance(value, dict):
        faults.add("json-type", path, "must be an object" + (" or an address" if rule.or_address else ""))
    elif not value:
        faults.add("empty", path, "the object is empty")
    elif rule.kind == "Status" and "BitstringStatusListEntry" in types_of(value):
        _object(value, "BitstringStatusListEntry", path, faults)
    elif rule.kind == "Held" and "EnvelopedVerifiableCredential" in types_of(value):
        _object(value, "Enveloped", path, faults)
    elif rule.kind == "EndorsementCredential" and "validFrom" not in value and "issuanceDate" in value:
        _object(value, "EndorsementCredential1", path, faults)
    else:
        _object(value, rule.kind, path, faults)


def _types(value: Any, rule: Rule, path: str, faults: _Faults) -> None:
    if rule.sufficient is not None and value == rule.sufficient:
        return
    types = [value] if isinstance(value, str) else value
    if not isinstance(types, list) or not all(isinstance(one, str) for one in types):
        faults.add("json-type", path, "types must be texts")
    elif not types or "" in types:
        faults.add("empty", path, "a type is empty" if types else "there is no type")
    elif rule.words and not rule.words <= set(types):
        faults.add("credential-type", path, f"{' and '.join(sorted(rule.words))} must be among the types")


def _text(value: Any, rule: Rule, path: str, faults: _Faults) -> None:
    """A string, or language value objects (VC 2.0, section 11.1)."""
    if isinstance(value, list):
        for place, item in enumerate(value):
            _language_text(item, child(path, place), faults)
    else:
        _language_text(value, path, faults)


def _language_text(value: Any, path: str, faults: _Faults) -> None:
    if isinstance(value, str):
        return
    if not isinstance(value, dict) or not isinstance(value.get("@value"), str):
        _wrong(path, "a text", faults)
        return
    for key in sorted(value.keys() - _LANGUAGE_KEYS):
        faults.add("json-type", child(path, key), "a text in a language has only @value, @language and @direction")
    language = value.get("@language", "und")
    if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
        faults.add("json-type", child(path, "@language"), "must be a language code such as pl")
    if value.get("@direction", "ltr") not in ("ltr", "rtl"):
        faults.add("json-type", child(path, "@direction"), "must be ltr or rtl")


def _wrong(path: str, wanted: str, faults: _Faults) -> None:
    faults.add("json-type", path, f"must be {wanted}")


def _of(kind: type | tuple[type, ...], wanted: str) -> "Callable[[Any, Rule, str, _Faults], None]":
    def looked_at(value: Any, rule: Rule, path: str, faults: _Faults) -> None:
        # In Python True is an integer; in JSON it is no number.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            _wrong(path, wanted, faults)

    return looked_at


def _like(pattern: re.Pattern[str], code: str, wanted: str) -> "Callable[[Any, Rule, str, _Faults], None]":
    def looked_at(value: Any, rule: Rule, path: str, faults: _Faults) -> None:
        if not isinstance(value, str):
            _wrong(path, wanted, faults)
        elif not pattern.fullmatch(value):
            faults.add(code, path, f"must be {wanted}")

    return looked_at


def _time(value: Any, rule: Rule, path: str, faults: _Faults) -> None:
    try:
        moment(value, path)
    except VcError as error:
        faults.add("json-type" if not isinstance(value, str) else "time", path, error.message)


def _one(value: Any, rule: Rule, path: str, faults: _Faults) -> None:
    if not isinstance(value, str):
        _wrong(path, "a word of the standard's list", faults)
    elif value not in rule.words and not value.startswith("ext:"):
        faults.add("word", path, f"{value[:60]} is not in the standard's list; one's own words begin with ext:")


def _any_object(value: Any, rule: Rule, path: str, faults: _Faults) -> None:
    if isinstance(value, str):
        return
    if not isinstance(value, dict):
        _wrong(path, "an object", faults)
    elif not value:
        faults.add("empty", path, "the object is empty")


_uri = _like(_URI, "uri", "an absolute address (URI)")
_PLAIN: dict[str, Callable[[Any, Rule, str, _Faults], None]] = {
    "text": _text,
    "string": _of(str, "a text"),
    "number": _of((int, float), "a number"),
    "boolean": _of(bool, "true or false"),
    "uri": _uri,
    "time": _time,
    "date": _like(_DATE, "date", "a date such as 2026-11-20"),
    "one": _one,
    "credential": _any_object,
    "data": _like(re.compile(r"data:[^,]*,.+", re.DOTALL), "uri", "a data: address with the token"),
    "jws": _like(_JWS, "json-type", "a compact JWS"),
    "index": _like(_INDEX, "json-type", "a whole number written as text"),
    "multibase": _like(re.compile(r"u[A-Za-z0-9_-]+"), "json-type", "base64url with the letter u before it"),
}


def _order(document: dict[str, Any], faults: _Faults) -> None:
    """VC 2.0, section 4.9: an end is not before its beginning."""
    for begin, end in (("validFrom", "validUntil"), ("issuanceDate", "expirationDate")):
        if begin not in document or end not in document:
            continue
        try:
            first, last = moment(document[begin]), moment(document[end])
        except VcError:
            continue  # told already as no time
        if last < first:
            faults.add("order", end, f"{end} is before {begin}")


def _who(subject: Any, path: str, faults: _Faults) -> None:
    """Open Badges 3.0: the subject has an id or at least one identifier."""
    if isinstance(subject, dict) and "id" not in subject and not subject.get("identifier"):
        faults.add("missing", child(path, "id"), "the holder is named neither by id nor by identifier")


def _resources(resources: Any, faults: _Faults) -> None:
    """VC 2.0, section 5.3: each related resource once, with a digest."""
    seen = set()
    for place, one in enumerate(resources if isinstance(resources, list) else [resources]):
        if not isinstance(one, dict):
            continue
        path = f"relatedResource[{place}]" if isinstance(resources, list) else "relatedResource"
        if "digestSRI" not in one and "digestMultibase" not in one:
            faults.add("digest", path, "a related resource needs digestSRI or digestMultibase")
        if isinstance(name := one.get("id"), str):
            if name in seen:
                faults.add("duplicate", f"{path}.id", "the same resource stands twice")
            seen.add(name)
