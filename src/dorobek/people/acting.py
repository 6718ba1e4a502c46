"""Who acts: the signed-in account and, in assisted mode, the person it acts for (SA-13)."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from dorobek.kernel import history
from dorobek.kernel.errors import NotAllowed
from dorobek.people.models import Account, Person


@dataclass(frozen=True)
class ActingUser:
    """`account` did it; `on_behalf_of` is the participant whose words these are, when typed by an adviser."""

    account: Account
    on_behalf_of: Person | None = None

    def record(self, kind: str, /, *, stream: uuid.UUID, subject: uuid.UUID | None = None, **data: Any) -> None:
        """Write the history entry of a change made by this user."""
        history.record(
            stream=stream,
            kind=kind,
            actor_id=self.account.pk,
            on_behalf_of=self.on_behalf_of.uid if self.on_behalf_of else None,
            subject=subject,
            data=data,
        )

    def require(self, allowed: bool) -> None:
        """Raise NotAllowed unless allowed."""
        if not allowed:
            raise NotAllowed

    def record_now(self, kind: str, /, *, stream: uuid.UUID, **data: Any) -> None:
        """Write a history entry in a transaction of its own: for what happens without a change of a row."""
        with transaction.atomic():
            self.record(kind, stream=stream, **data)
