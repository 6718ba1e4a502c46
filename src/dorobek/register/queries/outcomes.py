"""Reads of the register: the catalogue as an index that answers to people's own words."""

import threading

from dorobek.matching import Index
from dorobek.matching.types import Language
from dorobek.register.queries import indexes

_lock = threading.Lock()
_held: dict[Language, tuple[str, Index]] = {}


def outcome_index(language: Language) -> Index:
    """The index of the catalogue's outcomes in a language; concept codes are the outcomes' keys as text.

    The one that has learned, when its file is ready and true; until then the plain one, built once per process and
    again when the catalogue grew. One statement when it stands, two when it is built.
    """
    state = indexes.catalogue_state()
    best = indexes.learned("catalogue", language, state)
    if best is not None and indexes.is_true("catalogue", language, state):
        return best
    with _lock:
        if language not in _held or _held[language][0] != state:
            concepts = list(indexes.SOURCES["catalogue"].concepts(language))
            _held[language] = (state, Index.build(concepts, language))
        return _held[language][1]
