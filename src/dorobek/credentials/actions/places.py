"""Places on status lists given out: each once, inside the transaction that signs (MC-5)."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from dorobek.credentials.models import LIST_BITS, Issuer, StatusList
from dorobek.credentials.places import place


@dataclass(frozen=True)
class Taken:
    """A place on a list."""

    status_list: StatusList
    index: int


def take_places(issuer: Issuer, purpose: str, count: int) -> Sequence[Taken]:
    """The next `count` places, on as many lists as it takes. Runs inside the caller's transaction: what is rolled back
    was never given out, what is committed is never given out again."""
    taken: list[Taken] = []
    while len(taken) < count:
        held = StatusList.objects.select_for_update().open_for(issuer, purpose).first() or _new(issuer, purpose)
        many = min(count - len(taken), LIST_BITS - held.used)
        secret = bytes(held.secret)
        taken += [Taken(held, place(secret, held.used + step, LIST_BITS)) for step in range(many)]
        held.used += many
        held.save(update_fields=["used"])
    return taken


def _new(issuer: Issuer, purpose: str) -> StatusList:
    return StatusList.objects.create(issuer=issuer, purpose=purpose, secret=secrets.token_bytes(32))
