"""Every part of a case that a reading may name can be said in another language."""

import re
from pathlib import Path

import dorobek.web
from dorobek.web.reading_parts import PARTS

NAMED = re.compile(r'case_page\("([^"]+)"\)|^PART = "([^"]+)"$|log_reading\([^)]*part="([^"]+)"', re.MULTILINE)


def test_every_part_that_a_page_logs_is_listed_for_translation() -> None:
    logged = set()
    for path in Path(dorobek.web.__file__).parent.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if "case_page" in source or "log_reading" in source:
            logged |= {next(filter(None, found.groups())) for found in NAMED.finditer(source)}
    assert logged >= {"kompetencje", "dokumenty", "tryb wspólny"}
    assert logged <= set(PARTS)
