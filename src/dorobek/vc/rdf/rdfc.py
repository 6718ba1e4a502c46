"""RDF Dataset Canonicalization 1.0 (RDFC-1.0, W3C Recommendation). Section numbers below are its own."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from itertools import permutations
from typing import Literal

from dorobek.vc.errors import TooMuch
from dorobek.vc.limits import DEFAULT, Limits
from dorobek.vc.rdf.nquads import Quad

Algorithm = Literal["sha256", "sha384"]
Ids = dict[str, str]


def canonicalise(quads: Iterable[Quad], limits: Limits = DEFAULT, algorithm: Algorithm = "sha256") -> str:
    """The dataset as canonical N-Quads, sorted by code point. TooMuch: `quads`, `blank-nodes`, `hash-work`."""
    return _Canon(quads, limits, algorithm).text()


def canonical_ids(quads: Iterable[Quad], limits: Limits = DEFAULT, algorithm: Algorithm = "sha256") -> Ids:
    """Which canonical label each blank node gets, both with their `_:` (the issued identifiers map, 4.4.3 step 7)."""
    return _Canon(quads, limits, algorithm).ids


class _Canon:
    """One dataset on its way: `ids` is filled when the constructor returns.

    A statement whose only blank node is its subject is kept as what follows the subject, so it is put together once.
    """

    def __init__(self, quads: Iterable[Quad], limits: Limits, algorithm: Algorithm) -> None:
        self._hash: Callable[..., hashlib._Hash] = getattr(hashlib, algorithm)
        quads = list(dict.fromkeys(quads))
        if len(quads) > limits.quads:
            raise TooMuch("quads", f"more than {limits.quads} statements")
        self._ground: list[str] = []
        self._linked: list[Quad] = []
        self._tails: dict[str, list[str]] = {}
        around = self._sorted_out(quads)
        if len(around) > limits.blank_nodes:
            raise TooMuch("blank-nodes", f"more than {limits.blank_nodes} blank nodes")
        self.ids: Ids = {}
        self._name_all(around, limits)

    def text(self) -> str:
        ids, lines = self.ids, self._ground.copy()
        for node, tails in self._tails.items():
            name = ids[node]
            lines += [name + tail for tail in tails]
        for s, p, o, g in self._linked:
            if s[0] == "_":
                s = ids[s]
            if o[0] == "_":
                o = ids[o]
            lines.append(f"{s} {p} {o} {ids.get(g, g)} .\n" if g else f"{s} {p} {o} .\n")
        lines.sort()
        return "".join(lines)

    def _sorted_out(self, quads: list[Quad]) -> dict[str, list[str]]:
        """Fills the three kinds of statements. Returns, per blank node, its lines other than tails, as 4.6 hashes them
        (_:a itself, _:z other blank nodes)."""
        ground, linked, tails = self._ground, self._linked, self._tails
        around: dict[str, list[str]] = {}
        for quad in quads:
            s, p, o, g = quad
            if s[0] != "_":
                if o[0] != "_" and g[:1] != "_":
                    ground.append(f"{s} {p} {o} {g} .\n" if g else f"{s} {p} {o} .\n")
                    continue
            elif o[0] != "_" and g[:1] != "_":
                tail = f" {p} {o} {g} .\n" if g else f" {p} {o} .\n"
                if s in tails:
                    tails[s].append(tail)
                else:
                    tails[s] = [tail]
                    around.setdefault(s, [])
                continue
            linked.append(quad)
            for node in {term for term in (s, o, g) if term[:1] == "_"}:
                around.setdefault(node, []).append(_seen_from(node, s, p, o, g))
        return around

    def _name_all(self, around: dict[str, list[str]], limits: Limits) -> None:
        """4.4.3 steps 3 to 5: by the hash of first degree, and where that is shared by the hash of N degrees."""
        make, tails = self._hash, self._tails
        first: Ids = {}
        by_hash: dict[str, list[str]] = {}
        for node, lines in around.items():
            if node in tails:
                lines += ["_:a" + tail for tail in tails[node]]
            lines.sort()
            first[node] = digest = make("".join(lines).encode()).hexdigest()
            by_hash.setdefault(digest, []).append(node)
        shared = []
        for digest in sorted(by_hash):
            nodes = by_hash[digest]
            if len(nodes) == 1:
                self.ids[nodes[0]] = f"_:c14n{len(self.ids)}"
            else:
                shared.append(nodes)
        if shared:
            _NDegree(self._linked, first, self.ids, make, limits).name(shared)


def _seen_from(node: str, s: str, p: str, o: str, g: str) -> str:
    if s[0] == "_":
        s = "_:a" if s == node else "_:z"
    if o[0] == "_":
        o = "_:a" if o == node else "_:z"
    if not g:
        return f"{s} {p} {o} .\n"
    if g[0] == "_":
        g = "_:a" if g == node else "_:z"
    return f"{s} {p} {o} {g} .\n"


def _orders(nodes: list[str]) -> Iterator[tuple[str, ...]]:
    """Every different order once: a node met twice (each statement of a graph names the graph) doubles no work."""
    distinct = list(dict.fromkeys(nodes))
    if len(distinct) == len(nodes):
        yield from permutations(nodes)
        return
    ranks = sorted(distinct.index(node) for node in nodes)
    while True:
        yield tuple(distinct[rank] for rank in ranks)
        turn = next((place for place in range(len(ranks) - 2, -1, -1) if ranks[place] < ranks[place + 1]), None)
        if turn is None:
            return
        least = next(place for place in range(len(ranks) - 1, turn, -1) if ranks[place] > ranks[turn])
        ranks[turn], ranks[least] = ranks[least], ranks[turn]
        ranks[turn + 1 :] = reversed(ranks[turn + 1 :])


class _NDegree:
    """Hash N-Degree Quads (4.8), with its work counted."""

    def __init__(
        self, linked: list[Quad], first: Ids, ids: Ids, make: "Callable[..., hashlib._Hash]", limits: Limits
    ) -> None:
        self._first, self._ids, self._make, self._limits = first, ids, make, limits
        self._calls = self._steps = 0
        self._digests: dict[str, str] = {}
        self._related: dict[str, list[tuple[str, str, str]]] = {}
        for s, p, o, g in linked:
            nodes = [(term, place) for term, place in ((s, "s"), (o, "o"), (g, "g")) if term[:1] == "_"]
            for node in {term for term, _ in nodes}:
                near = self._related.setdefault(node, [])
                near += [(term, place, p if place != "g" else "") for term, place in nodes if term != node]

    def name(self, shared: list[list[str]]) -> None:
        """4.4.3 step 5: `shared` are lists of nodes with one first-degree hash, in the order of those hashes."""
        for nodes in shared:
            paths = []
            for node in nodes:
                if node not in self._ids:
                    paths.append(self._hash(node, {node: "_:b0"}))
            for _, issued in sorted(paths, key=lambda path: path[0]):
                for node in issued:
                    if node not in self._ids:
                        self._ids[node] = f"_:c14n{len(self._ids)}"

    def _hash(self, node: str, issued: Ids) -> tuple[str, Ids]:
        """The node's hash and the temporary labels given on the way, in their order."""
        self._calls += 1
        self._spend(1)
        if self._calls > self._limits.hash_work:
            raise TooMuch("hash-work", "the blank nodes are too much alike to be told apart in reasonable time")
        data = ""
        for digest, near in sorted(self._neighbours(node, issued).items()):
            path, issued = self._best(near, issued)
            data += digest + path
        return self._make(data.encode()).hexdigest(), issued

    def _neighbours(self, node: str, issued: Ids) -> dict[str, list[str]]:
        """Related blank nodes under their hash (4.7: place, predicate, what is known of the node)."""
        found: dict[str, list[str]] = {}
        near = self._related.get(node, [])
        self._spend(len(near))
        for term, place, predicate in near:
            known = self._ids.get(term) or issued.get(term) or self._first[term]
            said = f"{place}{predicate}{known}"
            digest = self._digests.get(said)
            if digest is None:
                digest = self._digests[said] = self._make(said.encode()).hexdigest()
            found.setdefault(digest, []).append(term)
        return found

    def _best(self, near: list[str], issued: Ids) -> tuple[str, Ids]:
        """4.8 step 5: of all orders of `near` the one with the least path, and the labels given along it."""
        chosen, labels = "", issued
        for order in _orders(near):
            path, given = self._walk(order, dict(issued), chosen)
            if path is not None and (not chosen or path < chosen):
                chosen, labels = path, given
        return chosen, labels

    def _walk(self, order: tuple[str, ...], given: Ids, chosen: str) -> tuple[str | None, Ids]:
        self._spend(len(order))
        path, deeper = "", []
        for term in order:
            label = self._ids.get(term)
            if label is None:
                if term not in given:
                    deeper.append(term)
                    given[term] = f"_:b{len(given)}"
                label = given[term]
            path += label
            if chosen and len(path) >= len(chosen) and path > chosen:
                return None, given
        for term in deeper:
            digest, below = self._hash(term, given)
            path += f"{given[term]}<{digest}>"
            given = below
            if chosen and len(path) >= len(chosen) and path > chosen:
                return None, given
        return path, given

    def _spend(self, steps: int) -> None:
        self._steps += steps
        if self._steps > self._limits.hash_paths:
            raise TooMuch("hash-work", "the blank nodes are too much alike to be told apart in reasonable time")
