"""The programmes that come with the package, as files to import or to start one's own from."""

import json
from pathlib import Path
from typing import Any

from dorobek.programmes.schema.load import load_rules
from dorobek.programmes.schema.shapes import Rules

_FOLDER = Path(__file__).parent.parent / "data"
# The source programme, the 2024 programme with an online audit, an adult-education centre.
SHIPPED = ("moj-kierunek", "bilans-online-2024", "ucze-sie-dalej")


def shipped_rules_json(code: str) -> dict[str, Any]:
    """JSON of a shipped programme. Raises KeyError for any other code."""
    if code not in SHIPPED:
        raise KeyError(code)
    data: dict[str, Any] = json.loads((_FOLDER / f"{code}.json").read_text(encoding="utf-8"))
    return data


def shipped_rules(code: str) -> Rules:
    return load_rules(shipped_rules_json(code))
