"""The full document set of a rich, finished audit: PDF and DOCX of every document in one language.

    .venv/bin/python tests/load/bench_documents.py

Prints the seconds of the first (cold) run and of the best of three warm ones; exits 1 when the best takes 1.5 s or more.
"""

import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LIMIT = 1.5
RUNS = 3


def main() -> int:
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    os.environ["DJANGO_SETTINGS_MODULE"] = "dorobek.config.settings_test"
    import django

    django.setup()
    from django.db import connection

    connection.creation.create_test_db(verbosity=0)
    from tests.audits.documents_samples import rich_case

    audit = rich_case()
    seconds = [_one_set(audit) for _run in range(RUNS + 1)]
    cold, warm = seconds[0], min(seconds[1:])
    print(f"full document set ({_count(audit)} documents, PDF and DOCX): {warm:.2f} s warm, {cold:.2f} s cold")
    print(f"  limit {LIMIT} s warm: {'held' if warm < LIMIT else 'MISSED'}")
    return 0 if warm < LIMIT else 1


def _count(audit) -> int:  # type: ignore[no-untyped-def]
    from dorobek.audits.rules.sections import required_documents

    return len(required_documents(audit.rules, audit.variant))


def _one_set(audit) -> float:  # type: ignore[no-untyped-def]
    """Seconds for reading the case and making every document, as the hand-over does."""
    from dorobek.audits.documents import render_set

    begun = time.perf_counter()
    made = render_set(audit, "pl")
    assert all(files["pdf"] and files["docx"] for files in made.values())
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
