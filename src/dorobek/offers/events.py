"""Events of the offer room."""

from dataclasses import dataclass

from dorobek.kernel.events import event


@event
@dataclass(frozen=True)
class OfferMoved:
    """Editions (uids) that were withdrawn, and those whose dates, place or price changed; one event for a batch.

    `reason`: the words of whoever withdrew them, "" where a newer file of the source leaves them out.
    """

    withdrawn: list[str]
    changed: list[str]
    reason: str
