"""From a person's own words to labelled concepts: build an index, ask it, show why. Pure Python and numpy.

    index = Index.build(load_catalogue(path, "pl"), "pl")
    for suggestion in index.suggest("siedziałam na kasie i przyjmowałam zwroty"):
        suggestion.code, suggestion.strength, suggestion.matches

Requirements MT-1, MT-3 and the suggestions of SA-9. Nothing leaves the process.
"""

from dorobek.matching.bridge import Bridge
from dorobek.matching.catalogue import load_catalogue
from dorobek.matching.embedding import Embedder, EmbedderError, open_embedder
from dorobek.matching.index import Index
from dorobek.matching.storing import IndexFileError, load, load_or_build, save
from dorobek.matching.through import Led, merged
from dorobek.matching.types import Concept, Field, Match, Strength, Suggestion

__all__ = [
    "Bridge",
    "Concept",
    "Embedder",
    "EmbedderError",
    "Field",
    "Index",
    "IndexFileError",
    "Led",
    "Match",
    "Strength",
    "Suggestion",
    "load",
    "load_catalogue",
    "load_or_build",
    "merged",
    "open_embedder",
    "save",
]
