"""Reading a catalogue of competences (JSON, two languages) as concepts in one language."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from dorobek.matching.types import Concept, Language


def concepts_from(entries: Iterable[Mapping[str, Any]], language: Language) -> list[Concept]:
    """Concepts from entries with `code`, `title_pl`, `words_pl`, `hint_pl` (or `_en`); KeyError on a lack."""
    return [
        Concept(
            code=entry["code"],
            title=entry[f"title_{language}"],
            words=tuple(entry[f"words_{language}"]),
            hint=entry[f"hint_{language}"],
        )
        for entry in entries
    ]


def load_catalogue(path: Path, language: Language) -> list[Concept]:
    """The concepts of a catalogue file: `{"areas": [...], "competences": [...]}`, UTF-8."""
    return concepts_from(json.loads(path.read_text(encoding="utf-8"))["competences"], language)
