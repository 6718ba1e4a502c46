"""A small dense space for words: hashed stems and letter n-grams, projected to 192 numbers.

Untrained, the projection is random and keeps the likeness of letters. `learn` moves the projection so that names
of one concept lie close together and names of others apart (contrastive loss within a batch), from the index's own
names and nothing else. With a fixed seed the same names give the same projection.
"""

import random
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dorobek.matching.analysis import Analyser
from dorobek.matching.segments import Floats, Ints, Segments, sums_by

SIZE = 1 << 15  # buckets that features are hashed to
WIDTH = 192  # numbers in a vector
GRAMS = (3, 4)
MOST_STEPS = 400  # of learning, however large the index
MOST_NAMES = 120_000  # that teach
EXACT = 40_000  # names up to which rarity is counted name by name
CHUNK = 8192  # names handled at a time
ROUNDS, BATCH, RATE, SHARPNESS = 16, 512, 0.35, 1 / 0.07
SLIPS, DROPPED = 0.3, 0.6  # shares of names mistyped, and of features left out, while learning


def features(analyser: Analyser, form: str) -> list[int]:
    """Buckets of a folded word: the word, its stem, key and root, and its runs of three and four letters."""
    stem = analyser.stem(form)
    key = analyser.key(stem)
    named = [f"w{form}", f"s{stem}", f"k{key}", f"r{analyser.root(stem)}"]
    padded = f"^{form}$"
    named += [padded[i : i + n] for n in GRAMS for i in range(len(padded) - n + 1)]
    return sorted({zlib.crc32(name.encode()) % SIZE for name in named})


@dataclass(frozen=True, slots=True)
class Names:
    """Names as numbers of folded words: `vocabulary[rows.values[...]]` are the words of each name."""

    vocabulary: list[str]
    rows: Segments

    def __len__(self) -> int:
        return len(self.rows.starts) - 1

    def forms(self, name: int) -> list[str]:
        """The folded words of one name."""
        return [self.vocabulary[number] for number in self.rows.row(name)]


@dataclass
class Projection:
    """`weights`: SIZE x WIDTH, in half precision when only read; a text is the sum of its words' features, brought to length one."""

    analyser: Analyser
    weights: NDArray[Any]
    known: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def random(cls, analyser: Analyser, seed: int = 0) -> "Projection":
        """A projection that has learned nothing."""
        dice = np.random.default_rng(seed)
        return cls(analyser, dice.standard_normal((SIZE, WIDTH), dtype=np.float32) / np.float32(np.sqrt(WIDTH)))

    def word(self, form: str) -> list[int]:
        """Buckets of a folded word, remembered."""
        if form not in self.known:
            if len(self.known) > 20_000:
                self.known.clear()
            self.known[form] = features(self.analyser, form)
        return self.known[form]

    def encode(self, forms: Sequence[Sequence[str]]) -> Floats:
        """Vectors of texts given as folded words, one row each; zeros for a text without words."""
        rows = Segments.of([[b for form in words for b in self.word(form)] for words in forms])
        return _unit(rows.sums(self.weights[rows.values].astype(np.float32, copy=False)))[0]

    def words(self, vocabulary: Sequence[str]) -> Floats:
        """What each folded word adds to the vector of a text, one row each."""
        result = np.zeros((len(vocabulary), WIDTH), dtype=np.float32)
        for first in range(0, len(vocabulary), CHUNK):
            part = vocabulary[first : first + CHUNK]
            rows = Segments.of([features(self.analyser, form) for form in part])
            result[first : first + len(part)] = rows.sums(self.weights[rows.values].astype(np.float32, copy=False))
        return result

    def encoded(self, names: Names) -> Iterator[tuple[int, Floats]]:
        """Vectors of names a chunk at a time, with the number of the first, so that many need little memory."""
        words = self.words(names.vocabulary)
        for first in range(0, len(names), CHUNK):
            rows = names.rows.part(first, min(first + CHUNK, len(names)))
            yield first, _unit(rows.sums(words[rows.values]))[0]


def _unit(vectors: Floats) -> tuple[Floats, Floats]:
    """Vectors of length one, and the lengths they had."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.maximum(lengths, np.float32(1e-6)), lengths


def weighted_by_rarity(projection: Projection, names: Names) -> None:
    """Make rare features count for more: each bucket's row times its idf over the names."""
    words = Segments.of([features(projection.analyser, form) for form in names.vocabulary])
    held = np.zeros(SIZE, dtype=np.int64)
    if len(names) > EXACT:  # two words of a name that share letters count twice, which among so many changes nothing
        said = np.bincount(names.rows.values, minlength=len(names.vocabulary))
        sums = np.bincount(words.values, weights=said[words.owners()], minlength=SIZE)
        held = np.minimum(sums.astype(np.int64), len(names))
    for first in range(0, len(names) if len(names) <= EXACT else 0, CHUNK):
        rows = names.rows.part(first, min(first + CHUNK, len(names)))
        buckets = words.take(rows.values)
        pairs = np.unique(rows.owners()[buckets.owners()] * SIZE + buckets.values)
        held += np.bincount(pairs % SIZE, minlength=SIZE)
    idf = np.log(1 + (len(names) - held + 0.5) / (held + 0.5)).astype(np.float32)
    projection.weights *= np.where(held > 0, idf, 0)[:, None].astype(np.float32)


def learn(projection: Projection, names: Names, concepts: Ints, seed: int = 0) -> None:
    """Move the projection, in place; name i is of concept `concepts[i]` (ascending). Of very many names some teach."""
    if len(names) < 2:
        return
    if len(names) > MOST_NAMES:
        chosen = np.sort(np.random.default_rng(seed).permutation(len(names))[:MOST_NAMES])
        names, concepts = Names(names.vocabulary, names.rows.take(chosen)), concepts[chosen]
    lesson = _Lesson(projection, names, seed)
    first = np.searchsorted(concepts, concepts, side="left")
    count = np.searchsorted(concepts, concepts, side="right") - first
    batch = min(BATCH, len(names))
    steps = min(MOST_STEPS, ROUNDS * (len(names) // batch))
    queue = np.empty(0, dtype=np.int64)
    for step in range(steps):
        if len(queue) < batch:
            queue = lesson.dice.permutation(len(names))
        chosen, queue = queue[:batch], queue[batch:]
        others = first[chosen] + (lesson.dice.random(batch) * count[chosen]).astype(np.int64)
        same = concepts[chosen][:, None] == concepts[others][None, :]
        lesson.step(chosen, others, same, np.float32(RATE * (1 - step / steps)))


class _Lesson:
    """The names as buckets, clean and mistyped, and one step of learning."""

    def __init__(self, projection: Projection, names: Names, seed: int) -> None:
        self.dice = np.random.default_rng(seed)
        self.weights = projection.weights
        self.moved = np.full(SIZE, 1e-8, dtype=np.float32)  # Adagrad, one number a bucket
        slips = random.Random(seed)
        numbers = {form: number for number, form in enumerate(names.vocabulary)}
        said = (names.vocabulary[number] for number in names.rows.values)
        wrong = [numbers.setdefault(form, len(numbers)) for form in (_slipped(form, slips) for form in said)]
        starts = names.rows.starts
        both = np.concatenate((names.rows.values, np.array(wrong, dtype=np.int64)))
        self.names = Segments(np.concatenate((starts, starts[1:] + starts[-1])), both)
        self.words = Segments.of([features(projection.analyser, form) for form in numbers])
        self.size = len(names)

    def step(self, names: Ints, others: Ints, same: np.ndarray, rate: np.float32) -> None:
        """Pull each name towards its other name and away from the rest of the batch; `same` pairs are left alone."""
        both = np.concatenate((names, others))
        both = both + self.size * (self.dice.random(len(both)) < SLIPS)
        rows = self.names.take(both)
        words, place = np.unique(rows.values, return_inverse=True)
        buckets = self.words.take(words)
        kept = self.dice.random(len(buckets.values)) >= DROPPED
        used, owner = buckets.values[kept], buckets.owners()[kept]
        if not len(used):
            return
        inner = Segments(np.searchsorted(owner, np.arange(len(words) + 1)), used)
        vectors, lengths = _unit(rows.sums(inner.sums(self.weights[used])[place]))
        pull = (_pull(vectors, len(names), same) / np.maximum(lengths, 1e-3)).astype(np.float32)
        _, by_word = sums_by(place, pull[rows.owners()])
        touched, slope = sums_by(used, by_word[owner])
        self.moved[touched] += (slope**2).mean(axis=1)
        self.weights[touched] -= rate * slope / np.sqrt(self.moved[touched])[:, None]


def _pull(vectors: Floats, half: int, same: np.ndarray) -> Floats:
    """The slope of the loss at each vector: cross-entropy of likeness, both ways, on the sphere."""
    left, right = vectors[:half], vectors[half:]
    likeness = np.exp((left @ right.T - 1) * np.float32(SHARPNESS))
    likeness[same & ~np.eye(half, dtype=bool)] = 0
    share = likeness / likeness.sum(axis=1, keepdims=True) + likeness / likeness.sum(axis=0, keepdims=True)
    share = (share / 2 - np.eye(half, dtype=np.float32)) * np.float32(SHARPNESS / half)
    slope = np.concatenate((share @ right, share.T @ left))
    return slope - vectors * (slope * vectors).sum(axis=1, keepdims=True)


def _slipped(form: str, dice: random.Random) -> str:
    """A word with a letter swapped, dropped or doubled; short words as they are."""
    if len(form) < 4 or dice.random() < 0.5:
        return form
    at = dice.randrange(1, len(form) - 1)
    put = dice.choice((form[at + 1] + form[at], form[at + 1], form[at] * 2 + form[at + 1]))
    return form[:at] + put + form[at + 2 :]
