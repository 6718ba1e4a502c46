"""Writes of the register: the catalogue of competences that ships with Dorobek."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from dorobek.register.models import LearningOutcome

CATALOGUE = "dorobek"
SHIPPED = Path(__file__).parent.parent / "data" / "competences.json"
COLUMNS = (
    "area",
    "kind",
    "title_pl",
    "title_en",
    "hint_pl",
    "hint_en",
    "words_pl",
    "words_en",
    "evidence_pl",
    "evidence_en",
)


@transaction.atomic
def import_catalogue(file: Path = SHIPPED) -> int:
    """Bring the shipped competences into the register; safe to repeat. Returns how many entries the file holds.

    An entry that left the file stays in the register: somebody's competence may rest on it.
    """
    entries: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["competences"]
    rows = [
        LearningOutcome(framework=CATALOGUE, code=entry["code"], **{name: entry[name] for name in COLUMNS})
        for entry in entries
    ]
    LearningOutcome.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["framework", "code"], update_fields=COLUMNS
    )
    return len(rows)
