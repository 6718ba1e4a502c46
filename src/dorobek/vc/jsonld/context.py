"""Reading a `@context` (JSON-LD 1.1 API, section 4.1): an active context and a local one make a new active one.

Not supported, and said so: `@import`, `@base`, `@nest` and `@reverse` terms.
"""

from typing import Any, Protocol

from dorobek.vc.errors import VcError
from dorobek.vc.jsonld.define import TERM_CONTEXT_KEYS, Definer
from dorobek.vc.jsonld.terms import IRI, LANGUAGE, Active, expand

MOST_REMOTE = 8  # contexts that fetch contexts that fetch contexts


class Source(Protocol):
    """Where remote contexts come from."""

    def context(self, url: str) -> Any:
        """The value of `@context` in the document at `url`; VcError `unknown-context`."""


class Budget(Protocol):
    """Counts the work that contexts ask for."""

    def spend(self, work: int) -> None:
        """TooMuch when it was the last straw."""


def process(
    active: Active, local: Any, source: Source, budget: Budget, *, override: bool = False, propagate: bool = True
) -> Active:
    """`override` lets protected terms change (a property's own context), `propagate` false keeps what was before."""
    items = flat(local, source, MOST_REMOTE)
    if not items:
        return active
    if isinstance(items[0], dict) and isinstance(items[0].get("@propagate"), bool):
        propagate = items[0]["@propagate"]
    result = active
    if not propagate and active.previous is None:
        result = active.copy()
        result.previous = active
    for item in items:
        budget.spend(8 + len(result.terms) // 8 + len(item or ()))
        if item is None:
            if not override and any(term.protected for term in result.terms.values()):
                raise VcError("protected-term", "null cannot undo a context with protected terms")
            result = Active()
        else:
            result = _one(result, item, override)
    return active if result.same_as(active) else result


def flat(local: Any, source: Source, depth: int) -> list[dict[str, Any] | None]:
    """Local contexts in order, remote ones replaced by what they say."""
    if isinstance(local, list):
        return [item for part in local for item in flat(part, source, depth)]
    if isinstance(local, str):
        if not depth:
            raise VcError("invalid-context", f"contexts refer to each other without end, at {local[:200]}")
        return flat(source.context(local), source, depth - 1)
    if local is None or isinstance(local, dict):
        return [local]
    raise VcError("invalid-context", "a context is an address, an object, null or a list of these")


def _one(active: Active, local: dict[str, Any], override: bool) -> Active:
    result = active.copy()
    if "@version" in local and (local["@version"] != 1.1 or local["@version"] is True):
        raise VcError("invalid-context", "@version must be 1.1")
    if "@import" in local:
        raise VcError("unsupported-context", "@import is not supported")
    if local.get("@base") is not None:
        raise VcError("unsupported-context", "@base is not supported; write whole addresses")
    for key in ("@propagate", "@protected"):
        if not isinstance(local.get(key, True), bool):
            raise VcError("invalid-context", f"{key} must be true or false")
    _vocab(result, local)
    _language(result, local)
    definer = Definer(result, local, override)
    for term in local:
        if term not in TERM_CONTEXT_KEYS:
            definer.define(term)
    return result


def _vocab(result: Active, local: dict[str, Any]) -> None:
    if "@vocab" not in local:
        return
    value = local["@vocab"]
    if value is not None:
        value = expand(result, value, vocab=True) if isinstance(value, str) else None
        if value is None or not IRI.fullmatch(value):
            raise VcError("invalid-context", "@vocab must be an absolute IRI or null")
    result.vocab = value


def _language(result: Active, local: dict[str, Any]) -> None:
    if "@language" in local:
        value = local["@language"]
        if value is not None and not (isinstance(value, str) and LANGUAGE.fullmatch(value)):
            raise VcError("language", "@language must be a language tag such as pl or en-GB, or null")
        result.language = value.lower() if value else None
    if "@direction" in local:
        if local["@direction"] not in (None, "ltr", "rtl"):
            raise VcError("invalid-context", "@direction must be ltr, rtl or null")
        result.direction = local["@direction"]
