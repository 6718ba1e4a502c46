"""What the engine is compared with, measured in the same run: SQLite FTS5, BM25 over stems, letter n-grams."""

import math
import re
import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Iterable

import numpy as np
import Stemmer

from dorobek.matching.text import fold
from dorobek.matching.types import Concept

Ranker = Callable[[str, int], list[str]]
"""From a text and a number to at most so many codes, best first."""

_WORD = re.compile(r"\w+")


def _names(concept: Concept) -> list[str]:
    return [n for n in (concept.title, *concept.words, concept.hint) if n]


def full_text(concepts: Iterable[Concept]) -> Ranker:
    """SQLite FTS5: words without diacritics, any of them, its own bm25; every name a row."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE names USING fts5(code UNINDEXED, name, tokenize='unicode61')")
    rows = [(c.code, name) for c in concepts for name in _names(c)]
    database.executemany("INSERT INTO names VALUES (?, ?)", rows)

    def rank(text: str, most: int) -> list[str]:
        words = _WORD.findall(text.lower())
        if not words:
            return []
        question = " OR ".join(f'"{w}"' for w in words)
        found = database.execute(
            "SELECT code FROM names WHERE names MATCH ? ORDER BY rank LIMIT ?", (question, 8 * most)
        )
        return list(dict.fromkeys(code for (code,) in found))[:most]

    return rank


class _Weighted:
    """Names as bags of terms with an inverted index; a concept is as good as its best name."""

    def __init__(self, concepts: Iterable[Concept], terms: Callable[[str], list[str]]) -> None:
        self.terms = terms
        rows = [(c.code, Counter(terms(name))) for c in concepts for name in _names(c)]
        self.codes = [code for code, _ in rows]
        self.bags = [bag for _, bag in rows]
        self.held = Counter(term for bag in self.bags for term in bag)
        self.rows: dict[str, array[int]] = {}
        self.weights: dict[str, array[float]] = {}

    def idf(self, term: str) -> float:
        return math.log(1 + (len(self.bags) - self.held[term] + 0.5) / (self.held[term] + 0.5))

    def put(self, term: str, row: int, weight: float) -> None:
        self.rows.setdefault(term, array("i")).append(row)
        self.weights.setdefault(term, array("f")).append(weight)

    def best(self, weights: dict[str, float], most: int) -> list[str]:
        scores = np.zeros(len(self.codes))
        for term, weight in weights.items():
            if term in self.rows:
                scores[np.frombuffer(self.rows[term], dtype=np.int32)] += weight * np.frombuffer(
                    self.weights[term], dtype=np.float32
                )
        order = np.argsort(-scores, kind="stable")[: 50 * most]
        return list(dict.fromkeys(self.codes[row] for row in order if scores[row] > 0))[:most]


def stemmed(concepts: Iterable[Concept]) -> Ranker:
    """BM25 (k1 1.2, b 0.75) over Snowball's Polish stems."""
    stemmer = Stemmer.Stemmer("polish")
    index = _Weighted(concepts, lambda text: [fold(s) for s in stemmer.stemWords(_WORD.findall(text.lower()))])
    sizes = [sum(bag.values()) for bag in index.bags]
    mean = sum(sizes) / max(1, len(sizes))
    for row, bag in enumerate(index.bags):
        for term, n in bag.items():
            length = 1.2 * (0.25 + 0.75 * sizes[row] / mean)
            index.put(term, row, index.idf(term) * n * 2.2 / (n + length))
    return lambda text, most: index.best(dict.fromkeys(index.terms(text), 1.0), most)


def n_grams(concepts: Iterable[Concept]) -> Ranker:
    """Cosine of TF-IDF over runs of 2 to 4 letters inside the words, without diacritics."""
    index = _Weighted(concepts, _runs)
    for row, bag in enumerate(index.bags):
        norm = math.sqrt(sum((n * index.idf(t)) ** 2 for t, n in bag.items())) or 1.0
        for term, n in bag.items():
            index.put(term, row, n * index.idf(term) / norm)
    return lambda text, most: index.best({t: n * index.idf(t) for t, n in Counter(_runs(text)).items()}, most)


def _runs(text: str) -> list[str]:
    found = []
    for word in _WORD.findall(fold(text)):
        padded = f" {word} "
        found += [padded[i : i + n] for n in (2, 3, 4) for i in range(len(padded) - n + 1)]
    return found


BASELINES: dict[str, Callable[[Iterable[Concept]], Ranker]] = {
    "SQLite FTS5": full_text,
    "BM25 with stems": stemmed,
    "letter n-grams": n_grams,
}
