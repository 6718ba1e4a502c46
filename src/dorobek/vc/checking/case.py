"""What the checks of one verification share."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dorobek.vc.controllers import ASSERTION, Controller, resolve
from dorobek.vc.errors import TooMuch, VcError
from dorobek.vc.fetching import Source
from dorobek.vc.jsonld.store import ContextStore
from dorobek.vc.keys import PublicKey
from dorobek.vc.limits import Limits
from dorobek.vc.proofs.unsigned import Unsigned
from dorobek.vc.report import Check, Fault, Outcome

# Faults that say nothing about the document, only that a check could not be made.
_NOT_CHECKED = (
    "fetch-",
    "not-resolvable",
    "not-readable",
    "controller-document",
    "unknown-context",
    "unsupported-context",
    "status-list-untrusted",
)


@dataclass(frozen=True)
class UsedKey:
    """The key that a proof names. `method` is "" where a token names none; `key` None where it could not be found."""

    method: str
    key: PublicKey | None
    path: str


@dataclass
class Case:
    """One document under verification. `purpose` is what its proofs must have been made for."""

    document: dict[str, Any]
    now: datetime
    source: Source | None
    store: ContextStore
    limits: Limits
    unsigned: Unsigned
    purpose: str = ASSERTION
    used: list[UsedKey] = field(default_factory=list)
    _controllers: dict[str, Controller | VcError] = field(default_factory=dict)

    @property
    def issuer(self) -> str | None:
        """The issuer's id, when there is one that is text."""
        issuer = self.document.get("issuer")
        found = issuer.get("id") if isinstance(issuer, dict) else issuer
        return found if isinstance(found, str) else None

    def controller(self, identifier: str) -> Controller:
        """As `controllers.resolve`, asked once per verification; every failure is a VcError."""
        if identifier not in self._controllers:
            try:
                self._controllers[identifier] = resolve(identifier, self.source, self.limits)
            except VcError as error:
                self._controllers[identifier] = error
        found = self._controllers[identifier]
        if isinstance(found, VcError):
            raise found
        return found


def fault(error: VcError, path: str | None = None) -> Fault:
    return Fault(error.code, error.path if path is None else path, error.message)


def outcome_of(error: VcError) -> Outcome:
    """Whether an error says that something is wrong, or only that it could not be looked at."""
    return "unknown" if isinstance(error, TooMuch) or error.code.startswith(_NOT_CHECKED) else "failed"


def outcome_of_all(errors: Iterable[VcError]) -> Outcome:
    """Passed when there are none."""
    outcomes = {outcome_of(error) for error in errors}
    if "failed" in outcomes:
        return "failed"
    return "unknown" if outcomes else "passed"


def check(name: str, outcome: Outcome, faults: Iterable[Fault] = (), detail: str = "") -> Check:
    return Check(name, outcome, tuple(faults), detail)
