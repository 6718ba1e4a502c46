"""What rooms below this one know of a person: stories told in an audit, results of tests, decisions of commissions.

Each registers its rows and one function with `also`, in a module its `AppConfig.ready` imports; the gap picture asks for
all of them in one statement.
"""

import datetime as dt
import json
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.expressions import BaseExpression
from django.db.models.functions import JSONObject

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

    `english`: how a piece reads in English, by its uid, where anybody knows. `lost`: pieces that proved something once and
    no longer do: they count for nothing, and are told.
    """

    pieces: tuple[Piece, ...] = ()
    supports: Mapping[uuid.UUID, tuple[Support, ...]] = field(default_factory=dict)
    english: Mapping[uuid.UUID, tuple[str, ...]] = field(default_factory=dict)
    lost: tuple[Piece, ...] = ()

    def pieces_in(self, language: Language) -> list[Piece]:
        """The pieces with their words in a language; codes hold in any."""
        return self._in(language, self.pieces)

    def lost_in(self, language: Language) -> list[Piece]:
        return self._in(language, self.lost)

    def _in(self, language: Language, pieces: tuple[Piece, ...]) -> list[Piece]:
        if language == "pl":
            return list(pieces)
        return [replace(one, texts=self.english.get(one.uid, ())) for one in pieces]


Told = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """A room below. `rows`: whose rows count; `columns`: what is read of one; `read`: what they come to, oldest first."""

    rows: Callable[[About], QuerySet[Any]]
    columns: Mapping[str, str | BaseExpression]
    read: Callable[[list[Told], About], Known]


_sources: dict[str, Source] = {}


def also(
    rows: Callable[[About], QuerySet[Any]], **columns: str | BaseExpression
) -> Callable[[Callable[[list[Told], About], Known]], Callable[[list[Told], About], Known]]:
    """Decorator: ask for these columns of these rows too, and read them with this function.

    All rooms are asked in one statement, so a row comes as JSON has it: `uid_of`, `day_of` and `list_of` read what JSON
    has no word for. A limit on the rows belongs into a subquery: parts of a union have none of their own.
    """

    def register(read: Callable[[list[Told], About], Known]) -> Callable[[list[Told], About], Known]:
        _sources[f"{read.__module__}.{read.__qualname__}"] = Source(rows, columns, read)
        return read

    return register


def known_elsewhere(about: About) -> Known:
    """What all the rooms below know. One statement, whatever their number."""
    sources = list(_sources.values())
    parts = [
        source.rows(about).order_by().values_list(Value(number), F("pk"), JSONObject(**source.columns))
        for number, source in enumerate(sources)
    ]
    told: list[list[Told]] = [[] for _ in sources]
    if parts:
        for number, _pk, row in sorted(parts[0].union(*parts[1:], all=True), key=lambda one: one[:2]):
            told[number].append(row)
    return joined(source.read(rows, about) for source, rows in zip(sources, told, strict=True) if rows)


def uid_of(text: str) -> uuid.UUID:
    return uuid.UUID(text)


def day_of(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text[:10]) if text else None


def list_of(value: Any) -> list[Any]:
    """A list kept as JSON: one database hands it over as it is, another as text."""
    found = json.loads(value) if isinstance(value, str) else value
    return found if isinstance(found, list) else []


def joined(parts: Iterable[Known]) -> Known:
    """Several answers as one."""
    pieces: list[Piece] = []
    supports: dict[uuid.UUID, tuple[Support, ...]] = defaultdict(tuple)
    english: dict[uuid.UUID, tuple[str, ...]] = {}
    lost: list[Piece] = []
    for part in parts:
        pieces += part.pieces
        lost += part.lost
        english |= part.english
        for uid, found in part.supports.items():
            supports[uid] += found
    return Known(tuple(pieces), dict(supports), english, tuple(lost))
