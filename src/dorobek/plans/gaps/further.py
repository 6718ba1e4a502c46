"""What rooms below this one know of a person: stories told in an audit, results of tests, decisions of commissions.

Each registers one function with `also`, in a module its `AppConfig.ready` imports; the gap picture asks all of them.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from dorobek.matching.types import Language
from dorobek.people.models import Account
from dorobek.plans.gaps.shapes import Support
from dorobek.portfolio.readiness import Piece


@dataclass(frozen=True)
class About:
    """Whose holdings are asked for. `user` None: the case's own rows, for work that nobody watches.

    `owner`: the user is the person. `codes`: of the lines that the target asks for.
    """

    person_id: int
    case_uid: uuid.UUID
    user: Account | None = None
    owner: bool = False
    codes: frozenset[str] = frozenset()

    @property
    def opens_wallet(self) -> bool:
        """May the titles of what lies in the person's wallet be told?"""
        return self.user is None or self.owner


@dataclass(frozen=True)
class Known:
    """Pieces of a person, and what speaks for or against a piece, by the piece's uid (of a competence: its own).

    `english`: how a piece reads in English, by its uid, where anybody knows.
    """

    pieces: tuple[Piece, ...] = ()
    supports: Mapping[uuid.UUID, tuple[Support, ...]] = field(default_factory=dict)
    english: Mapping[uuid.UUID, tuple[str, ...]] = field(default_factory=dict)

    def pieces_in(self, language: Language) -> list[Piece]:
        """The pieces with their words in a language; codes hold in any."""
        if language == "pl":
            return list(self.pieces)
        return [replace(one, texts=self.english.get(one.uid, ())) for one in self.pieces]


Source = Callable[[About], Known]
_sources: list[Source] = []


def also(source: Source) -> Source:
    """Decorator: ask this function too. It makes one statement, or two, whatever the number of rows."""
    if source not in _sources:
        _sources.append(source)
    return source


def known_elsewhere(about: About) -> Known:
    """What all the rooms below know."""
    return joined(source(about) for source in _sources)


def joined(parts: Iterable[Known]) -> Known:
    """Several answers as one."""
    pieces: list[Piece] = []
    supports: dict[uuid.UUID, tuple[Support, ...]] = defaultdict(tuple)
    english: dict[uuid.UUID, tuple[str, ...]] = {}
    for part in parts:
        pieces += part.pieces
        english |= part.english
        for uid, found in part.supports.items():
            supports[uid] += found
    return Known(tuple(pieces), dict(supports), english)
