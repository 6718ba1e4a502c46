"""Whether a proposal of the commission passes: by all, or by most of it where the body says so (VA-5). Pure."""

from collections.abc import Sequence
from enum import StrEnum


class Outcome(StrEnum):
    OPEN = "open"
    AGREED = "agreed"
    FELL = "fell"


def outcome_of(answers: Sequence[bool | None], *, majority: bool) -> Outcome:
    """`answers` of every member, None for whoever has not answered. Nothing is settled before the last one.

    All for it: agreed. Otherwise it falls, unless the body's rule lets more than half decide; half is not enough.
    """
    if not answers or any(one is None for one in answers):
        return Outcome.OPEN
    agree = sum(bool(one) for one in answers)
    if agree == len(answers) or (majority and agree * 2 > len(answers)):
        return Outcome.AGREED
    return Outcome.FELL
