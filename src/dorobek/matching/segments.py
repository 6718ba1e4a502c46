"""Rows of different length laid end to end in one array: `starts[i]:starts[i + 1]` are the values of row i."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Segments:
    """`starts` has one number more than there are rows; `values` are whole numbers of any meaning."""

    starts: Ints
    values: NDArray[np.integer[Any]]

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> "Segments":
        """Rows laid end to end."""
        starts = np.zeros(len(rows) + 1, dtype=np.int64)
        np.cumsum([len(row) for row in rows], out=starts[1:])
        return cls(starts, np.fromiter((v for row in rows for v in row), dtype=np.int64, count=int(starts[-1])))

    def take(self, rows: NDArray[np.integer[Any]]) -> "Segments":
        """Only these rows, in this order; a row may come more than once."""
        sizes = self.starts[rows + 1] - self.starts[rows]
        starts = np.concatenate(([0], np.cumsum(sizes)))
        within = np.arange(starts[-1]) - np.repeat(starts[:-1], sizes)
        return Segments(starts, self.values[np.repeat(self.starts[rows], sizes) + within])

    def row(self, number: int) -> NDArray[np.integer[Any]]:
        """The values of one row."""
        return self.values[self.starts[number] : self.starts[number + 1]]

    def part(self, first: int, last: int) -> "Segments":
        """Rows `first` to `last`, the last one not."""
        starts = self.starts[first : last + 1]
        return Segments(starts - starts[0], self.values[starts[0] : starts[-1]])

    def owners(self) -> Ints:
        """For every value the row it is in."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def sums(self, matrix: Floats) -> Floats:
        """Sums of the matrix's rows (one per value) over each row here; zeros for an empty row."""
        result = np.zeros((len(self.starts) - 1, matrix.shape[1]), dtype=np.float32)
        filled = np.flatnonzero(np.diff(self.starts))
        if len(filled):
            result[filled] = np.add.reduceat(matrix, self.starts[filled], axis=0)
        return result


def sums_by(keys: NDArray[np.integer[Any]], matrix: Floats) -> tuple[NDArray[np.integer[Any]], Floats]:
    """The different keys, ascending, and the sums of the matrix's rows that share each."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    first = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    return ordered[first], np.add.reduceat(matrix[order], first, axis=0)
