"""What the machine's check of a credential says to the checklist of a criterion (VA-4). Pure."""

from collections.abc import Iterable, Sequence

VALID, EXPIRED, UNSURE = "valid", "expired", "unsure"
EXPIRED_ELSEWHERE = "expired-elsewhere"  # past its day, and not one that was issued here to this very person
YES, PARTLY, NO, OPEN = "yes", "partly", "no", ""


def authentic(standing: str) -> str:
    """Genuine and still stood for by its issuer: yes, no, or "" where a person has to judge that: the issuer could not
    be reached or is not known here, or it does not say for certain whose it is.

    One past its day is genuine all the same: that is a matter of currency.
    """
    if standing in (VALID, EXPIRED):
        return YES
    return OPEN if standing in (UNSURE, EXPIRED_ELSEWHERE) else NO


def current(standing: str) -> str:
    """Past its day: no. For the rest a person says whether what it shows is still fresh."""
    return NO if standing in (EXPIRED, EXPIRED_ELSEWHERE) else OPEN


def answers(standings: Sequence[str | None]) -> dict[str, str]:
    """{question: answer} that the machine can give for a criterion; nothing beside a piece that is no credential (None).

    Several that differ: in part. One that could not be checked leaves the question open.
    """
    if not standings or any(one is None for one in standings):
        return {}
    known = [str(one) for one in standings]
    found = {"authenticity": _joined(map(authentic, known)), "currency": _joined(map(current, known))}
    return {name: answer for name, answer in found.items() if answer}


def _joined(given: Iterable[str]) -> str:
    said = set(given)
    if OPEN in said or not said:
        return OPEN
    return said.pop() if len(said) == 1 else PARTLY
