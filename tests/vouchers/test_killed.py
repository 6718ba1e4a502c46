"""A process killed with SIGKILL at any statement leaves books that balance: a file of SQLite, and PostgreSQL if present."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.vouchers import killed

# Databases of its own, made by the process itself: once is enough, whatever the other tests run on.
pytestmark = pytest.mark.pure
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty database that is thrown away; "" for a file of SQLite."""
    if request.param == "SQLite":
        yield ""
        return
    asked = [sys.executable, str(ROOT / "scripts/postgres_url.py")]
    server = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    if not server:
        pytest.skip("no PostgreSQL answers on 127.0.0.1:5432")
    name = f"dorobek_killed_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield f"{server.rpartition('/')[0]}/{name}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_killed_at_a_statement_every_action_leaves_the_books_in_order_and_can_be_repeated(
    database: str, tmp_path: Path
) -> None:
    changed = {"DATABASE_URL": database, "DOROBEK_DATA_DIR": str(tmp_path), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    asked = [sys.executable, "-m", "tests.vouchers.killed"]
    ended = subprocess.run(asked, capture_output=True, text=True, cwd=ROOT, env={**os.environ, **changed}, check=False)
    assert ended.stdout, ended.stderr[-2000:]
    told = json.loads(ended.stdout.splitlines()[-1])
    assert told["faults"] == []
    assert {name: told["kills"].get(name, 0) >= 8 for name in killed.NAMES} == dict.fromkeys(killed.NAMES, True)
    assert told["kills"]["delivery"] > 0


def test_of_many_statements_the_first_and_the_last_are_always_among_those_tried() -> None:
    for count in range(1, 120):
        tried = killed.sample(count)
        assert {1, count} <= set(tried) <= set(range(1, count + 1))
        assert len(tried) <= killed.MOST + 4
