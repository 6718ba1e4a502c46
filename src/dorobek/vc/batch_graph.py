"""The canonical N-Quads of a template, prepared so that a row costs a few substitutions and one sort.

Sound for datasets whose blank nodes all differ in their first-degree hash (RDFC-1.0, section 4.6): then labels follow
from the order of those hashes alone. A row for which that does not hold is answered with None.
"""

from collections.abc import Sequence
from hashlib import sha256

from dorobek.vc.batch_slots import Filled
from dorobek.vc.rdf.nquads import Quad

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
MAX_ORDERS = 64


class Unsuited(Exception):
    """This template cannot be prepared; its rows are signed the plain way."""


class Graph:
    """`addresses` are the slots that stand for names of nodes, not for texts."""

    def __init__(self, quads: Sequence[Quad], marks: Sequence[str]) -> None:
        self._quads = list(dict.fromkeys(quads))
        self._marks = marks
        self.addresses = _addresses(self._quads, marks)
        self._nodes = list(dict.fromkeys(term for quad in self._quads for term in quad if term.startswith("_:")))
        self._around = [Filled("\n".join(self._seen_from(node)), marks) for node in self._nodes]
        self._fixed = [None if one.slots else _first_degree(one.fill(())) for one in self._around]
        self._ready: dict[tuple[int, ...], tuple[list[str], Filled]] = {}

    def canonical(self, values: Sequence[str]) -> str | None:
        """The canonical N-Quads with these values, escaped as literals; None when they must be worked out in full."""
        hashes = [
            fixed or _first_degree(one.fill(values)) for fixed, one in zip(self._fixed, self._around, strict=True)
        ]
        if len(set(hashes)) < len(hashes):
            return None
        still, moving = self._lines(tuple(sorted(range(len(hashes)), key=hashes.__getitem__)))
        lines = still + moving.fill(values).split("\n") if moving.slots else still.copy()
        # Two statements that say the same are one: that changes hashes, so it is left to the plain way.
        if len(set(lines)) < len(lines):
            return None
        lines.sort()
        return "\n".join(lines) + "\n"

    def _lines(self, order: tuple[int, ...]) -> tuple[list[str], Filled]:
        """Lines with labels in this order of nodes: those that stay, and those that hold slots."""
        if order not in self._ready:
            if len(self._ready) >= MAX_ORDERS:
                self._ready.clear()
            labels = {self._nodes[node]: f"_:c14n{place}" for place, node in enumerate(order)}
            lines = [_line([labels.get(term, term) for term in quad]) for quad in self._quads]
            moving = [line for line in lines if self._is_moving(line)]
            still = sorted(line for line in lines if not self._is_moving(line))
            self._ready[order] = still, Filled("\n".join(moving), self._marks)
        return self._ready[order]

    def _is_moving(self, line: str) -> bool:
        return any(mark in line for mark in self._marks)

    def _seen_from(self, node: str) -> list[str]:
        def seen(term: str) -> str:
            return ("_:a" if term == node else "_:z") if term.startswith("_:") else term

        return [_line([seen(term) for term in quad]) for quad in self._quads if node in quad]


def _line(terms: Sequence[str]) -> str:
    s, p, o, g = terms
    return f"{s} {p} {o} {g} ." if g else f"{s} {p} {o} ."


def _first_degree(lines: str) -> str:
    return sha256(("\n".join(sorted(lines.split("\n"))) + "\n").encode("utf-8")).hexdigest()


def _addresses(quads: Sequence[Quad], marks: Sequence[str]) -> tuple[int, ...]:
    """Raises Unsuited for a slot that no statement shows, or shows where another value could mean another graph."""
    found: list[int] = []
    for slot, mark in enumerate(marks):
        terms = [(place, term) for quad in quads for place, term in enumerate(quad) if mark in term]
        texts = [term for _, term in terms if term.startswith(f'"{mark}"')]
        names = [term for _, term in terms if term == f"<{mark}>"]
        is_kind = any(quad[1] == f"<{_RDF}type>" and quad[2] == f"<{mark}>" for quad in quads)
        is_json = any(term.endswith(f"<{_RDF}JSON>") for term in texts)
        if not terms or len(texts) + len(names) < len(terms) or is_kind or is_json:
            raise Unsuited
        if names:
            found.append(slot)
    return tuple(found)
