"""How much work one document may ask for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one document; passing one raises `TooMuch`.

    `bytes` of JSON text; `depth` of nesting; `array` items in one list; `quads` and `blank_nodes` of the graph;
    `hash_work`: calls of Hash N-Degree Quads in one canonicalisation (RDFC-1.0, 4.8); `hash_paths`: orders of
    blank nodes tried and neighbours walked in them, over all those calls; `context_work`: terms read while contexts are
    put together, where they were not met before.
    """

    bytes: int = 1_048_576
    depth: int = 64
    array: int = 10_000
    quads: int = 20_000
    blank_nodes: int = 5_000
    hash_work: int = 4_000
    hash_paths: int = 8_000
    context_work: int = 4_000


DEFAULT = Limits()
