"""The register's list columns held in memory: filters and their counts without a statement for each (RG-6).

A register has some 20,000 entries. Their columns for filters are a few arrays, so that a page with seven groups of
filters, each with counts, costs one statement for the rows shown and one that asks whether the register has changed.
"""

import datetime as dt
import re
import threading
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import Q
from django.utils import timezone
from numpy.typing import NDArray

from dorobek.kernel.text import normalised
from dorobek.matching import Concept, Index
from dorobek.register.enums import BodyRole
from dorobek.register.models import (
    Entitlement,
    LearningOutcome,
    OutcomeSet,
    Qualification,
    QualificationMethod,
    QualificationVersion,
    RegisterBody,
)

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]
HOURS = ((1, 60), (61, 180), (181, 100_000))  # the bands of effort on the filter
TOKEN = re.compile(r"[a-z0-9]+")
_lock = threading.Lock()
_held: dict[str, "Snapshot"] = {}


@dataclass
class Column:
    """One filter: for each of its values, the rows that have it, ascending."""

    rows: dict[str, Rows] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    def mask(self, values: Iterable[str], size: int) -> Mask:
        """Rows that have any of the values."""
        allowed = np.zeros(size, dtype=bool)
        for value in values:
            allowed[self.rows.get(value, np.empty(0, dtype=np.int64))] = True
        return allowed


@dataclass
class Snapshot:
    """Rows in the order of titles; `keys` are the entries' primary keys. Never changes once built."""

    state: tuple[Any, ...]
    keys: Rows
    codes: dict[str, int]
    hours: Rows
    titles: list[str]
    columns: dict[str, Column]
    tokens: list[str] = field(default_factory=list)
    holders: list[Rows] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.keys)

    @cached_property
    def position(self) -> dict[int, int]:
        """Row of each primary key."""
        return {int(key): row for row, key in enumerate(self.keys)}

    @cached_property
    def index(self) -> Index:
        """The matcher over titles, sets and outcomes; concept codes are rows. Two statements, built when first asked."""
        return Index.build(_concepts(self), "pl")

    def beginning(self, word: str) -> Rows:
        """Rows whose title has a word that begins so (normalised)."""
        at, found = bisect_left(self.tokens, word), []
        while at < len(self.tokens) and self.tokens[at].startswith(word):
            found.append(self.holders[at])
            at += 1
        return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)

    def literal(self, text: str) -> Rows:
        """Rows whose title has every word of the text, each at least as a beginning. In the order of titles."""
        words = TOKEN.findall(normalised(text))
        if not words:
            return np.empty(0, dtype=np.int64)
        rows = self.beginning(words[0])
        for word in words[1:]:
            rows = np.intersect1d(rows, self.beginning(word), assume_unique=True)
        return rows


def snapshot() -> Snapshot:
    """The snapshot of today's register. One statement when it stands, some seven when it must be built again."""
    newest = QualificationVersion.objects.order_by("-pk").values_list("pk", "digest").first()
    state = (newest, timezone.localdate())
    with _lock:
        held = _held.get("one")
        if held is None or held.state != state:
            held = _held["one"] = _build(state)
        return held


def _build(state: tuple[Any, ...]) -> Snapshot:
    names = ("pk", "code", "title_pl", "level", "kind", "category", "status", "field_code", "field_label", "hours")
    rows = list(Qualification.objects.order_by("sort_key", "pk").values_list(*names))
    position = {row[0]: at for at, row in enumerate(rows)}
    columns = {
        "level": _column((at, str(row[3])) for at, row in enumerate(rows) if row[3]),
        "kind": _column((at, row[4]) for at, row in enumerate(rows) if row[4]),
        "category": _column((at, row[5]) for at, row in enumerate(rows) if row[5]),
        "status": _column((at, row[6]) for at, row in enumerate(rows) if row[6]),
        "field": _column((at, row[7]) for at, row in enumerate(rows) if row[7]),
        "method": _column((position[q], m) for q, m in _methods() if q in position),
        "body": _column((position[q], str(b)) for q, b in _awarding(state[1]) if q in position),
        "effort": _column((at, _band(row[9])) for at, row in enumerate(rows) if row[9]),
    }
    columns["field"].labels = {row[7]: row[8] or row[7] for row in rows if row[7]}
    columns["body"].labels = {str(pk): name for pk, name in RegisterBody.objects.values_list("pk", "name")}
    tokens, holders = _tokens([row[2] for row in rows])
    return Snapshot(
        state=state,
        keys=np.array([row[0] for row in rows], dtype=np.int64),
        codes={row[1]: at for at, row in enumerate(rows)},
        hours=np.array([row[9] or 0 for row in rows], dtype=np.int64),
        titles=[row[2] for row in rows],
        columns=columns,
        tokens=tokens,
        holders=holders,
    )


def _column(pairs: Iterable[tuple[int, str]]) -> Column:
    gathered: dict[str, list[int]] = defaultdict(list)
    for row, value in pairs:
        gathered[value].append(row)
    return Column({value: np.unique(np.array(rows, dtype=np.int64)) for value, rows in gathered.items()})


def _band(hours: int) -> str:
    return next(str(low) for low, high in HOURS if low <= hours <= high)


def _methods() -> Sequence[tuple[int, str]]:
    return list(QualificationMethod.objects.values_list("qualification_id", "method"))


def _awarding(day: dt.date) -> Sequence[tuple[int, int]]:
    """(qualification, body) of every right to award that lasts on the day."""
    began = Q(since=None) | Q(since__lte=day)
    lasts = Q(until=None) | Q(until__gt=day)
    held = Entitlement.objects.filter(began, lasts, role=BodyRole.AWARDING)
    return list(held.values_list("qualification_id", "body_id"))


def _tokens(titles: list[str]) -> tuple[list[str], list[Rows]]:
    gathered: dict[str, list[int]] = defaultdict(list)
    for row, title in enumerate(titles):
        for token in set(TOKEN.findall(normalised(title))):
            gathered[token].append(row)
    ordered = sorted(gathered)
    return ordered, [np.array(gathered[token], dtype=np.int64) for token in ordered]


def _concepts(held: Snapshot) -> Iterator[Concept]:
    words: dict[int, list[str]] = defaultdict(list)
    for key, title in OutcomeSet.objects.filter(withdrawn=False).values_list("qualification_id", "title_pl"):
        words[key].append(title)
    outcomes = LearningOutcome.objects.filter(outcome_set__isnull=False, withdrawn=False)
    for key, title in outcomes.values_list("outcome_set__qualification_id", "title_pl"):
        words[key].append(title)
    hints = dict(Qualification.objects.exclude(summary_pl="").values_list("pk", "summary_pl"))
    for row, key in enumerate(held.keys):
        pk = int(key)
        yield Concept(str(row), held.titles[row], tuple(words.get(pk, ())), hints.get(pk, ""))
