"""Nearness of texts to names in the dense space: what exact words miss, a slip of the finger or a kindred word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dorobek.matching.analysis import Analyser
from dorobek.matching.embedding import Embedder, unit_vectors
from dorobek.matching.projection import CHUNK, WIDTH, Names, Projection, learn, weighted_by_rarity
from dorobek.matching.segments import Floats, Ints, sums_by
from dorobek.matching.text import words_of

ALL_NAMES = 0.2  # what the middle of all names of a concept adds to its nearest name
SMALL = 12_000  # names up to which every one is compared with the text
STEP = 0.5 / 127
NEAR_PLAIN, NEAR_LEARNED = 1.0, 20.0  # how much nearness counts in a ranking, untrained and trained
SHORT_TEXT = 4  # content words up to which nearness counts in full
AXES = 48  # numbers of the short vectors
BETWEEN_EQUALS = 0.05
KEPT = 0.7  # how much of the untrained likeness of letters stays: names unlike the index's own need it
MOST_WORDS = 60  # content words of a text that are projected


@dataclass(frozen=True)
class Nearness:
    """Vectors of names and of concepts (the middle of their names), all by number in the index.

    `concepts[i]` is the concept of name i, ascending. `learned` tells whether the projection was trained. When there
    are many names, vectors are kept as whole numbers of `step` and a first choice is made among `short` ones.
    """

    projection: Projection
    names: NDArray[Any]
    middles: NDArray[Any]
    concepts: Ints
    learned: bool
    first: Ints  # for each concept its first name, and one number more
    step: float = 1.0
    short: Floats | None = None  # the middles along `axes`, where they differ most
    axes: Floats | None = None
    embedder: Embedder | None = None  # a model of the operator's own, in place of the projection

    @property
    def trained(self) -> bool:
        """Whether nearness means more than likeness of letters."""
        return self.learned or self.embedder is not None

    def weight(self, words: int) -> float:
        """How much nearness counts for a text of so many content words.

        Of a long text the sum of its words says little, there the phrases that met decide; a model reads whole texts.
        """
        if self.embedder is not None:
            return NEAR_LEARNED * max(0.25, min(1.0, SHORT_TEXT / max(1, words)))
        if self.learned:
            return NEAR_LEARNED * min(1.0, SHORT_TEXT / words) if words <= 2 * SHORT_TEXT else 0.0
        return NEAR_PLAIN if words <= SHORT_TEXT else 0.0

    @classmethod
    def embedded(
        cls, embedder: Embedder, analyser: Analyser, names: Names, texts: Sequence[str], concepts: Ints, size: int
    ) -> "Nearness":
        """Vectors of names from a model of the operator's own; words are still compared by their letters."""
        projection = Projection.random(analyser)
        weighted_by_rarity(projection, names)
        parts = ((at, unit_vectors(embedder, texts[at : at + CHUNK])) for at in range(0, len(texts), CHUNK))
        return cls._of(projection, parts, len(names), concepts, size, learned=False, embedder=embedder)

    @classmethod
    def build(cls, analyser: Analyser, names: Names, concepts: Ints, size: int, learned: bool) -> "Nearness":
        """Project names; with `learned` the projection is trained on them first (seconds, not milliseconds)."""
        projection = Projection.random(analyser)
        weighted_by_rarity(projection, names)
        if learned:
            before = projection.weights.copy()
            learn(projection, names, concepts)
            projection.weights += np.float32(KEPT) * before
        return cls.with_projection(projection, names, concepts, size, learned)

    def with_vectors(self, vectors: NDArray[Any], embedder: Embedder) -> "Nearness":
        """The same names with vectors that a model made earlier, as `names` holds them. ValueError when they do not fit."""
        if len(vectors) != len(self.names):
            raise ValueError("vectors do not fit their names")
        step = np.float32(STEP if vectors.dtype == np.int8 else 1.0)
        parts = ((at, vectors[at : at + CHUNK].astype(np.float32) * step) for at in range(0, len(vectors), CHUNK))
        size = len(self.first) - 1
        return self._of(self.projection, parts, len(vectors), self.concepts, size, learned=False, embedder=embedder)

    @classmethod
    def with_projection(
        cls, projection: Projection, names: Names, concepts: Ints, size: int, learned: bool
    ) -> "Nearness":
        """Project names with a projection that is already there. `size`: how many concepts there are."""
        return cls._of(projection, projection.encoded(names), len(names), concepts, size, learned=learned)

    @classmethod
    def _of(
        cls,
        projection: Projection,
        parts: Iterator[tuple[int, Floats]],
        count: int,
        concepts: Ints,
        size: int,
        *,
        learned: bool,
        embedder: Embedder | None = None,
    ) -> "Nearness":
        """From vectors of names that come a part at a time."""
        many = count > SMALL
        vectors = np.zeros((0, WIDTH), dtype=np.float32)
        middles = np.zeros((size, WIDTH), dtype=np.float32)
        for start, part in parts:
            if not len(vectors):
                vectors = np.zeros((count, part.shape[1]), dtype=np.int8 if many else np.float32)
                middles = np.zeros((size, part.shape[1]), dtype=np.float32)
            owners, sums = sums_by(concepts[start : start + len(part)], part)
            middles[owners] += sums
            vectors[start : start + len(part)] = _whole(part) if many else part
        first = np.searchsorted(concepts, np.arange(size + 1))
        middles /= np.maximum(np.diff(first), 1)[:, None].astype(np.float32)
        if not many:
            return cls(projection, vectors, middles, concepts, learned, first, embedder=embedder)
        axes = _axes(middles)
        short = middles @ axes
        return cls(projection, vectors, _whole(middles), concepts, learned, first, STEP, short, axes, embedder)

    def vector(self, text: str) -> Floats:
        """The vector of a text; zeros when it has no words."""
        if self.embedder is not None:
            return unit_vectors(self.embedder, [text])[0]
        vector: Floats = self.projection.encode([forms_of(self.projection.analyser, text)[:MOST_WORDS]])[0]
        return vector

    def nearest_concepts(self, vector: Floats, most: int) -> list[int]:
        """Concepts whose middle or one of whose names is nearest, in no order; about `most` of them."""
        if self.short is not None and self.axes is not None:  # the middles are a good enough first choice among many
            likely = _largest(_dots(self.short, vector @ self.axes), 4 * most)
            chosen: list[int] = likely[_largest(self.middle_scores(vector, likely), most)].tolist()
            return chosen
        found = set(_largest(_dots(self.middles, vector), most).tolist())
        found.update(self.concepts[_largest(self.name_scores(vector), most)].tolist())
        return sorted(found)

    def middle_scores(self, vector: Floats, concepts: Ints) -> Floats:
        """The nearness of the middles of some concepts."""
        return _dots(self.middles[concepts], vector) * np.float32(self.step)

    def concept_scores(self, vector: Floats, concepts: Ints) -> tuple[Floats, Ints]:
        """How near concepts are, about -1 to 1, and the number of the nearest name of each. All must have names."""
        sizes = self.first[concepts + 1] - self.first[concepts]
        starts = np.concatenate(([0], np.cumsum(sizes)))
        names = np.arange(starts[-1]) + np.repeat(self.first[concepts] - starts[:-1], sizes)
        own = _dots(self.names[names], vector) * np.float32(self.step)
        best = np.maximum.reduceat(own, starts[:-1])
        is_best = np.flatnonzero(own == np.repeat(best, sizes))
        nearest = names[is_best[np.searchsorted(is_best, starts[:-1])]]
        return (best + ALL_NAMES * self.middle_scores(vector, concepts)) / np.float32(1 + ALL_NAMES), nearest

    def name_scores(self, vector: Floats) -> Floats:
        """The nearness of every name by itself."""
        scores = np.empty(len(self.names), dtype=np.float32)
        for first in range(0, len(scores), 4096):  # whole numbers are widened a piece at a time
            scores[first : first + 4096] = _dots(self.names[first : first + 4096], vector)
        return scores * np.float32(self.step)

    def ranked_names(self, text: str) -> Ints:
        """All names by number, nearest first, each by itself; the other names of its concept decide between equals."""
        vector = self.vector(text)
        scores = (
            self.name_scores(vector)
            + BETWEEN_EQUALS * (_dots(self.middles, vector) * np.float32(self.step))[self.concepts]
        )
        return np.argsort(-scores, kind="stable")

    def word_likeness(self, some: Sequence[str], others: Sequence[str]) -> Floats:
        """Nearness of folded words, one by one: a row for each of `some`, a column for each of `others`."""
        return self.projection.encode([[w] for w in some]) @ self.projection.encode([[w] for w in others]).T


def _whole(vectors: Floats) -> NDArray[np.int8]:
    """Vectors of length one at most as whole numbers of STEP; the few numbers beyond half are cut."""
    return np.clip(np.rint(vectors / np.float32(STEP)), -127, 127).astype(np.int8)


def _axes(middles: Floats) -> Floats:
    """The AXES directions along which vectors differ most, as columns."""
    _, axes = np.linalg.eigh((middles.T @ middles).astype(np.float64))
    chosen: Floats = np.ascontiguousarray(axes[:, -AXES:]).astype(np.float32)
    return chosen


def _dots(matrix: NDArray[Any], vector: Floats) -> Floats:
    """Matrix times vector without the threads of BLAS, which on a busy machine wait for one another for long."""
    result: Floats = np.einsum("ij,j->i", matrix.astype(np.float32, copy=False), vector)
    return result


def _largest(values: Floats, most: int) -> Ints:
    if len(values) <= most:
        return np.arange(len(values))
    return np.argpartition(-values, most)[:most]


def forms_of(analyser: Analyser, text: str) -> list[str]:
    """Folded words of a name that carry meaning; all its words when none does."""
    words = [w.form for w in words_of(text)]
    return [form for form in words if analyser.counts(form)] or words
