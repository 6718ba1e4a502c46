"""Jobs on the real queue, in real processes: started once, finished after kill -9, taken over, swept, tidied."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.xdist_group("durable-jobs")
PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from dorobek.kernel.worker import queue; queue.migrate()
"""
HEAD = (
    "import json, sys, tests.jobs.sample_worker\nfrom dorobek.kernel import jobs\nfrom dorobek.kernel.models import *\n"
)


class Installation:
    """A data folder with its own database and queue, and the processes started on it."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "DOROBEK_DATA_DIR": str(folder / "data"),
            "DATABASE_URL": database,
            "DOROBEK_JOBS": "durable",
            "DJANGO_SETTINGS_MODULE": "dorobek.config.settings",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }
        self.processes: list[subprocess.Popen[bytes]] = []
        self.python(PREPARE)

    def python(self, code: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code], env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self, kind: str, key: str, **arguments: Any) -> str:
        call = f"print(jobs.start({kind!r}, {arguments!r}, key={key!r}).uid)"
        return self.python(HEAD + call).splitlines()[-1]

    def job(self, uid: str) -> dict[str, Any]:
        """The row as it is now, read past Django: this process knows another database."""
        names = ("state", "done", "total", "result", "problem")
        query = f"SELECT {', '.join(names)} FROM kernel_job WHERE uid = "
        if self.environment["DATABASE_URL"]:
            with psycopg.connect(self.environment["DATABASE_URL"]) as session:
                row = session.execute(query + "%s", [uid]).fetchone()
        else:
            session = sqlite3.connect(self.folder / "data" / "dorobek.sqlite3", timeout=20)
            row = session.execute(query + "?", [uid.replace("-", "")]).fetchone()
            session.close()
        assert row is not None
        found = dict(zip(names, row, strict=True))
        if isinstance(found["result"], str):
            found["result"] = json.loads(found["result"])
        return found

    def worker(self, name: str = "w") -> subprocess.Popen[bytes]:
        log = (self.folder / f"worker-{len(self.processes)}.log").open("wb")
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.jobs.sample_worker"],
            env={**self.environment, "DOROBEK_WORKER_NAME": name},
            cwd=ROOT,
            stdout=log,
            stderr=log,
        )
        self.processes.append(process)
        return process

    def stop_all(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()

    def logs(self) -> str:
        return "".join(path.read_text() for path in sorted(self.folder.glob("worker-*.log")))


@pytest.fixture(scope="module")
def shared_installation(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Installation]:
    """On SQLite a fresh folder; on PostgreSQL a fresh database beside the tests' own. Made once: it is slow."""
    url = ""
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        request.getfixturevalue("django_db_blocker").unblock()
        name = f"dorobek_jobs_{os.getpid()}"
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {name}")
        params = connection.settings_dict
        url = f"postgresql://{params['USER']}:{params['PASSWORD']}@{params['HOST']}:{params['PORT']}/{name}"
        connection.close()
    yield Installation(tmp_path_factory.mktemp("installation"), url)
    if url:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.close()
        request.getfixturevalue("django_db_blocker").block()


@pytest.fixture
def installation(shared_installation: Installation) -> Iterator[Installation]:
    """The installation, without workers at the beginning and at the end of a test."""
    yield shared_installation
    shared_installation.stop_all()
    shared_installation.processes.clear()
    for log in shared_installation.folder.glob("worker-*.log"):
        log.unlink()


def wait_for(condition: Callable[[], bool], what: str, seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.1)


def steps(folder: Path) -> int:
    return len(list(folder.glob("step-*")))


def test_a_job_started_twice_runs_once_and_reports_its_result(installation, tmp_path):
    first = installation.start("slow-steps", "one", folder=str(tmp_path), steps=3)
    second = installation.start("slow-steps", "one", folder=str(tmp_path), steps=3)
    assert first.replace("-", "") == second.replace("-", "")
    worker = installation.worker()
    wait_for(lambda: installation.job(first)["state"] == "done", "the job")
    assert installation.job(first) == {
        "state": "done", "done": 3, "total": 3, "result": {"steps": 3}, "problem": "",
    }  # fmt: skip
    assert len((tmp_path / "journal").read_text().splitlines()) == 3
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=30) == 0


def test_a_job_whose_worker_is_killed_is_finished_after_the_restart(installation, tmp_path):
    uid = installation.start("slow-steps", "killed", folder=str(tmp_path), steps=20)
    worker = installation.worker()
    wait_for(lambda: steps(tmp_path) >= 3, "the first steps")
    worker.kill()
    worker.wait()
    assert steps(tmp_path) < 20
    installation.worker()
    wait_for(lambda: steps(tmp_path) == 20, "all steps after the restart")
    wait_for(lambda: installation.job(uid)["state"] == "done", "the end of the job")


def test_another_worker_takes_over_what_a_killed_one_was_running(installation, tmp_path):
    uid = installation.start("slow-steps", "adopted", folder=str(tmp_path), steps=80)
    worker = installation.worker("first-machine")
    wait_for(lambda: steps(tmp_path) >= 2, "the first steps")
    installation.worker("second-machine")
    wait_for(lambda: "second-machine-1" in installation.logs(), "the second worker")
    worker.kill()
    worker.wait()
    wait_for(lambda: installation.job(uid)["state"] == "done", "the end of the job")
    assert "work_taken_over" in installation.logs()


def test_a_failed_job_says_so_in_words_and_keeps_peoples_texts_out_of_the_log(installation, tmp_path):
    uid = installation.start("always-fails", "fails")
    installation.worker()
    wait_for(lambda: installation.job(uid)["state"] == "failed", "the failure")
    assert "Nie udało się" in installation.job(uid)["problem"]
    assert "job_failed" in installation.logs()
    assert "must not reach a log" not in installation.logs()


def test_the_sweep_queues_a_job_whose_start_was_lost(installation, tmp_path):
    uid = installation.python(
        HEAD
        + "import datetime as dt; from django.utils import timezone\n"
        + f"row = Job.objects.create(kind='slow-steps', arguments={{'folder': {str(tmp_path)!r}, 'steps': 2}})\n"
        + "Job.objects.filter(pk=row.pk).update(created_at=timezone.now() - dt.timedelta(minutes=5))\nprint(row.uid)"
    ).splitlines()[-1]
    installation.worker()
    wait_for(lambda: installation.job(uid)["state"] == "done", "the swept job")


def test_housekeeping_deletes_ended_workflows(installation, tmp_path):
    uid = installation.start("slow-steps", "tidy", folder=str(tmp_path), steps=1)
    installation.worker()
    wait_for(lambda: installation.job(uid)["state"] == "done", "the job")
    count = (
        HEAD
        + "from dorobek.kernel.worker import upkeep, queue; import datetime as dt\n"
        + "upkeep.KEEP_WORKFLOWS = dt.timedelta(seconds=-60)\n"
        + "ended = lambda: len(queue.client().list_workflows(status='SUCCESS'))\n"
        + "before = ended(); upkeep.housekeeping(None, lambda done, total: None); print(before, ended())"
    )
    before, after = map(int, installation.python(count).splitlines()[-1].split())
    assert before >= 1
    assert after == 0
