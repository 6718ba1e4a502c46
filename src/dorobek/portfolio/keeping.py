"""Who else needs a piece of evidence as it is: later rooms say so, and it is not removed under their hands.

A room registers one function with `needed`, in a module that its `AppConfig.ready` imports.
"""

from collections.abc import Callable

from dorobek.portfolio.models import Evidence, HeldCredential

Needs = Callable[[Evidence], str]
_needs: list[Needs] = []
NeedsCredential = Callable[[HeldCredential], str]
_needs_credential: list[NeedsCredential] = []


def needed(function: Needs) -> Needs:
    """Decorator: ask this function before a piece is removed; it says, in words, why it must stay, or ""."""
    _needs.append(function)
    return function


def why_kept(evidence: Evidence) -> str:
    """Why the piece must stay now, and what to do; "" when nobody needs it."""
    return " ".join(said for said in (one(evidence) for one in _needs) if said)


def needed_credential(function: NeedsCredential) -> NeedsCredential:
    """The same for a credential of a wallet."""
    _needs_credential.append(function)
    return function


def why_credential_kept(held: HeldCredential) -> str:
    """Why the credential must stay in the wallet now; "" when nobody needs it."""
    return " ".join(said for said in (one(held) for one in _needs_credential) if said)
