"""What a verification says: one answer per check, each fault with the exact field."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["passed", "failed", "unknown"]
Decision = Literal["valid", "not valid", "could not check"]

FORM = "form"
SCHEMA = "schema"
SIGNATURE = "signature"
ISSUER = "issuer"
TIME = "time"
STATUS = "status"
CHECKS = (FORM, SCHEMA, SIGNATURE, ISSUER, TIME, STATUS)


@dataclass(frozen=True)
class Fault:
    """One thing found. `code` is stable and kebab-case, `path` a JSON path such as `credentialSubject.name` or ""."""

    code: str
    path: str
    message: str


@dataclass(frozen=True)
class Check:
    """The answer of one check. `name` is one of CHECKS; `detail` tells apart several of one name (one per proof).

    `matters` is false only for what the decision does not wait for: a proof of a kind not known here that stands beside
    one that was checked and passed.
    """

    name: str
    outcome: Outcome
    faults: tuple[Fault, ...] = ()
    detail: str = ""
    matters: bool = True


@dataclass(frozen=True)
class Report:
    """Every check made of one credential, in the order of CHECKS."""

    checks: tuple[Check, ...]

    @property
    def decided(self) -> Decision:
        """Valid only when nothing failed and nothing that matters could not be checked."""
        outcomes = {check.outcome for check in self.checks if check.matters}
        if "failed" in outcomes:
            return "not valid"
        return "could not check" if "unknown" in outcomes or not outcomes else "valid"

    @property
    def valid(self) -> bool:
        return self.decided == "valid"

    @property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(fault for check in self.checks for fault in check.faults)

    def outcome(self, name: str) -> Outcome:
        """The worst answer that matters among the checks of one name; a check not made is unknown."""
        return worst(check.outcome for check in self.checks if check.name == name and check.matters)


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """Failed beats unknown beats passed; of nothing: unknown."""
    found = set(outcomes)
    if "failed" in found:
        return "failed"
    return "unknown" if "unknown" in found or not found else "passed"
