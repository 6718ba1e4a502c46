"""A worker with kinds of work made for the tests; started by them as a process of its own."""

import os
import time
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dorobek.config.settings")
django.setup()

from dorobek.kernel import jobs  # noqa: E402
from dorobek.kernel.models import Job  # noqa: E402


@jobs.job("slow-steps")
def slow_steps(job: Job, report: jobs.Report) -> dict[str, Any]:
    """Touches one file per step; each line of the journal is one step that was begun."""
    folder, total = Path(job.arguments["folder"]), int(job.arguments["steps"])
    for number in range(total):
        with (folder / "journal").open("a") as journal:
            journal.write(f"{os.getpid()} {number}\n")
        time.sleep(0.1)
        (folder / f"step-{number}").touch()
        report(number + 1, total)
    return {"steps": total}


@jobs.job("always-fails")
def always_fails(job: Job, report: jobs.Report) -> None:
    raise ValueError("a text that must not reach a log")


if __name__ == "__main__":
    from dorobek.kernel.worker.process import main

    main()
