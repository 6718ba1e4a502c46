"""Which outcomes confirmed earlier count by another version of an entry: told by their words, never by numbers (VA-8)."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dorobek.kernel.text import normalised
from dorobek.register.entry import Entry

Now = tuple[str, frozenset[str]]  # words of an outcome, and the digests by which it is known


class WhyNot(StrEnum):
    """Why a confirmed outcome does not count by this version of the entry."""

    REWORDED = "reworded"  # the outcome is there, but it or its criteria ask for something else now
    GONE = "gone"  # the entry has no such outcome any more


@dataclass(frozen=True, slots=True)
class Held:
    """An outcome confirmed earlier: its number then, its words, and the digest of it with its criteria."""

    code: str
    title: str
    digest: str


@dataclass(frozen=True, slots=True)
class Carried:
    """A held outcome with its number now; `code` is "" where it does not count, and `why_not` says why."""

    held: Held
    code: str
    why_not: WhyNot | None = None


def plain(text: str) -> str:
    """Words without what does not change their meaning: case, spaces, marks at the end."""
    return normalised(text).strip(" .,;:")


def digest_of(title: str, criteria: Sequence[str]) -> str:
    """An outcome with its criteria as one sum: the order of criteria and their letters do not matter."""
    said = json.dumps([plain(title), sorted(map(plain, criteria))], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def outcomes_told(entry: Entry) -> dict[str, tuple[str, str]]:
    """Number -> (words, digest to keep) of every outcome; those that read alike are told apart by their set's words."""
    rows = list(_rows(entry))
    counted = Counter(plain_digest for _code, _title, plain_digest, _whole in rows)
    return {code: (title, alone if counted[alone] == 1 else whole) for code, title, alone, whole in rows}


def outcomes_now(entry: Entry) -> dict[str, Now]:
    """Number -> what a digest that was kept may be matched with."""
    return {code: (title, frozenset((alone, whole))) for code, title, alone, whole in _rows(entry)}


def _rows(entry: Entry) -> Iterator[tuple[str, str, str, str]]:
    """(number, words, digest of the outcome alone, digest of it with its set's words)."""
    for group in entry.sets:
        for one in group.outcomes:
            criteria = [each.pl for each in one.criteria]
            alone, whole = digest_of(one.pl, criteria), digest_of(f"{group.pl}: {one.pl}", criteria)
            yield f"{group.number}.{one.number}", one.pl, alone, whole


def carried(held: Iterable[Held], now: Mapping[str, Now]) -> list[Carried]:
    """What becomes of each held outcome. `now`: `outcomes_now` of the entry.

    Each held outcome counts for one of the entry. Where several of them read alike in every word, the number that it had
    tells which, then their order.
    """
    listed = list(held)
    free = {code: digests for code, (_title, digests) in now.items()}
    titles = {plain(title) for title, _digests in now.values()}
    where: dict[int, str] = {}
    for place, one in enumerate(listed):
        if one.digest in free.get(one.code, ()):
            where[place] = one.code
            del free[one.code]
    found: list[Carried] = []
    for place, one in enumerate(listed):
        code = where.get(place) or next((code for code, digests in free.items() if one.digest in digests), "")
        free.pop(code, None)
        near = plain(one.title) in titles or one.code in now
        why = None if code else WhyNot.REWORDED if near else WhyNot.GONE
        found.append(Carried(one, code, why))
    return found
