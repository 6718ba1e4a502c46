"""Mistyped words: the nearest known words by shared letter triples, then by edit distance."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

LEAST_LETTERS = 5
_CANDIDATES = 12
_BEGINNING = 0.5  # weight of a longer word that only begins so


def distance(a: str, b: str, most: int) -> int:
    """Edits between two words, a swap of neighbours counting one; `most + 1` if beyond `most`."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _triples(word: str) -> set[str]:
    padded = f"^^{word}$"
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


class Typos:
    """Finds known words near an unknown one. Built once over the vocabulary; read only."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = [w for w in words if len(w) >= LEAST_LETTERS - 1]
        postings: dict[str, list[int]] = {}
        for number, word in enumerate(self._words):
            for triple in _triples(word):
                postings.setdefault(triple, []).append(number)
        self._postings = {t: np.array(numbers, dtype=np.int32) for t, numbers in postings.items()}
        self._sizes = np.array([len(_triples(w)) for w in self._words], dtype=np.float32)

    def near(self, word: str) -> list[tuple[str, float]]:
        """Known words one edit away (two from eight letters), nearest first, each with a weight below 1.

        Where there is none, words that begin like this one.
        """
        if len(word) < LEAST_LETTERS or len(word) > 40 or not self._words:
            return []
        triples = _triples(word)
        lists = [self._postings[t] for t in triples if t in self._postings]
        if not lists:
            return []
        shared = np.bincount(np.concatenate(lists), minlength=len(self._words))
        alike = 2 * shared / (self._sizes + len(triples))
        best = np.argsort(-alike, kind="stable")[:_CANDIDATES]
        found = self._within(word, best, alike)
        return sorted(found or self._beginning(word, best), key=lambda pair: (-pair[1], pair[0]))

    def _beginning(self, word: str, best: NDArray[np.int64]) -> list[tuple[str, float]]:
        """Longer words whose beginning is one edit away: "kasjr" for "kasjerka"."""
        found = []
        for known in (self._words[number] for number in best):
            if known[:2] == word[:2] and len(known) <= len(word) + 4:
                starts = (known[: len(word) + more] for more in (0, 1))
                if any(distance(word, start, 1) <= 1 for start in starts):
                    found.append((known, _BEGINNING))
        return found

    def _within(self, word: str, best: NDArray[np.int64], alike: NDArray[np.floating[Any]]) -> list[tuple[str, float]]:
        most = 2 if len(word) >= 8 else 1
        found = []
        for number in best:
            if alike[number] < 0.3:
                break
            known = self._words[number]
            if len(word) < 8 and known[0] != word[0]:
                continue
            edits = distance(word, known, most)
            if edits <= most:
                found.append((known, 0.85 if edits <= 1 and len(word) > LEAST_LETTERS else 0.6))
        return found
