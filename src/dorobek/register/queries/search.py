"""Searching the register: words, filters with counts, order, page (RG-6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from dorobek.kernel.text import normalised
from dorobek.register.models import Qualification
from dorobek.register.queries.snapshot import Mask, Rows, Snapshot, snapshot

FILTERS = ("level", "kind", "category", "method", "effort", "status", "field", "body")
PAGE = 20
MOST = 400  # entries that words may lead to; beyond them nothing near enough is left
LONGEST = 500  # characters of a query that are read
SUGGESTED = 8


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. `exact` takes the words as typed; `order` is "", "title", "effort"."""

    words: str = ""
    exact: bool = False
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = ""
    page: int = 1

    @property
    def chosen(self) -> int:
        """How many filter values are chosen."""
        return sum(len(values) for values in self.filters.values())


@dataclass(frozen=True)
class Value:
    """One value of a filter and how many entries it would give, the other filters as they are."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Hit:
    """An entry found, and the words of it that met the query."""

    qualification: Qualification
    met: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """A page of results. `total` counts all; `facets` by filter, the most frequent value first."""

    hits: Sequence[Hit]
    total: int
    facets: Mapping[str, Sequence[Value]]
    page: int
    pages: int

    @property
    def first(self) -> int:
        return (self.page - 1) * PAGE + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.page * PAGE, self.total)


def search(wanted: Wanted) -> Found:
    """The page asked for. Two statements; one more pair when the index of words must be built first."""
    held = snapshot()
    words = wanted.words.strip()[:LONGEST]
    ranked, met = _ranked(held, words, wanted.exact) if words else (np.arange(held.size), {})
    masks = {name: _mask(held, name, wanted.filters.get(name, ())) for name in FILTERS}
    base = np.zeros(held.size, dtype=bool)
    base[ranked] = True
    facets = {name: _values(held, name, base, masks, wanted.filters.get(name, ())) for name in FILTERS}
    rows = ranked[(base & _all(masks))[ranked]]
    rows = _ordered(held, rows, wanted.order if words or wanted.order else "title")
    pages = max(1, -(-len(rows) // PAGE))
    page = min(max(1, wanted.page), pages)
    return Found(_hits(held, rows[(page - 1) * PAGE : page * PAGE], met), len(rows), facets, page, pages)


def suggested(typed: str) -> list[str]:
    """Titles to offer while somebody types: those whose words begin so, then those near in form or spelling."""
    held = snapshot()
    typed = typed.strip()[:100]
    if len(typed) < 2:
        return []
    rows = [int(row) for row in held.literal(typed)[:SUGGESTED]]
    if len(rows) < SUGGESTED:
        near = (int(one.code) for one in held.index.suggest(typed, limit=SUGGESTED))
        rows += [row for row in near if row not in rows]
    return list(dict.fromkeys(held.titles[row] for row in rows))[:SUGGESTED]


def nearest_to(qualification: Qualification, limit: int = 6) -> list[Hit]:
    """Entries whose words are nearest to this one's. Three statements."""
    held = snapshot()
    row = held.position.get(qualification.pk)
    if row is None:
        return []
    text = f"{qualification.title_pl}. {qualification.summary_pl}"[:LONGEST]
    near = [one for one in held.index.suggest(text, limit=limit + 1) if int(one.code) != row][:limit]
    met = {int(one.code): tuple(match.words_in_concept for match in one.matches) for one in near}
    return _hits(held, np.array(list(met), dtype=np.int64), met)


def _ranked(held: Snapshot, words: str, exact: bool) -> tuple[Rows, dict[int, tuple[str, ...]]]:
    """Rows that the words lead to, nearest first, and what of each they met."""
    if words in held.codes:
        return np.array([held.codes[words]], dtype=np.int64), {}
    literal = held.literal(words)
    if exact:
        return literal, {int(row): tuple(words.split()) for row in literal[:MOST]}
    near = held.index.suggest(words, limit=MOST)
    met = {int(one.code): tuple(dict.fromkeys(match.words_in_concept for match in one.matches)) for one in near}
    rest = [int(row) for row in literal[:MOST] if int(row) not in met]
    return np.array([*met, *rest], dtype=np.int64), met


def _mask(held: Snapshot, name: str, values: tuple[str, ...]) -> Mask | None:
    return held.columns[name].mask(values, held.size) if values else None


def _all(masks: Mapping[str, Mask | None], but: str = "") -> Mask:
    chosen = [mask for name, mask in masks.items() if mask is not None and name != but]
    return np.logical_and.reduce(chosen) if chosen else np.array(True)


def _values(
    held: Snapshot, name: str, base: Mask, masks: Mapping[str, Mask | None], chosen: tuple[str, ...]
) -> list[Value]:
    """Counts of each value, with every other filter applied and this one not."""
    allowed = base & _all(masks, but=name)
    column = held.columns[name]
    values = [
        Value(value, column.labels.get(value, ""), int(allowed[rows].sum()), value in chosen)
        for value, rows in column.rows.items()
    ]
    return sorted((v for v in values if v.count or v.chosen), key=lambda v: (-v.count, normalised(v.label or v.value)))


def _ordered(held: Snapshot, rows: Rows, order: str) -> Rows:
    if order == "title":
        return np.sort(rows)  # rows are numbered in the order of titles
    if order == "effort":
        unknown = held.hours[rows] == 0
        return rows[np.lexsort((rows, held.hours[rows], unknown))]
    return rows


def _hits(held: Snapshot, rows: Rows, met: Mapping[int, tuple[str, ...]]) -> list[Hit]:
    keys = [int(held.keys[row]) for row in rows]
    found = Qualification.objects.in_bulk(keys)
    return [Hit(found[key], met.get(int(row), ())) for row, key in zip(rows, keys, strict=True) if key in found]
