"""ESCO's official export as concepts, and 20,000 invented register entries, for what is measured on a full index."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

from dorobek.matching.types import Concept

TABLES = ("occupations_en.csv", "skills_en.csv", "occupationSkillRelations.csv")
ENTRIES = 20_000
OUTCOMES = 11  # of an entry, as in a real one
USEFUL = 0.4  # how much a skill belongs to an occupation that needs it only sometimes


def has_esco(folder: Path) -> bool:
    """Whether the export is in the folder."""
    return all((folder / name).is_file() for name in TABLES)


def all_concepts(folder: Path) -> list[Concept]:
    """Every skill and occupation, in English."""
    return [*_read(folder / "skills_en.csv"), *_read(folder / "occupations_en.csv")]


def entries(concepts: list[Concept], seed: int = 1) -> list[Concept]:
    """Register entries made of ESCO's own titles: as many words as real ones have, no meaning."""
    dice = random.Random(seed)
    titles = [concept.title for concept in concepts]
    return [
        Concept(f"entry-{n}", " ".join(dice.choices(titles, k=2)), tuple(dice.choices(titles, k=OUTCOMES)))
        for n in range(ENTRIES)
    ]


def needs(folder: Path) -> dict[str, dict[str, float]]:
    """For each occupation the skills it needs: 1 when essential, USEFUL when optional."""
    found: dict[str, dict[str, float]] = {}
    for row in _rows(folder / "occupationSkillRelations.csv"):
        belongs = 1.0 if row["relationType"] == "essential" else USEFUL
        found.setdefault(row["occupationUri"], {})[row["skillUri"]] = belongs
    return found


def _read(path: Path) -> Iterator[Concept]:
    for row in _rows(path):
        others = tuple(label for label in row["altLabels"].split("\n") if label)
        yield Concept(row["conceptUri"], row["preferredLabel"], others, row["description"])


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
