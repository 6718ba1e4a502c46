"""Durable work of the register: the analysis of all entries, the matcher's indexes, reminders of applications."""

from typing import Any

from dorobek.kernel.jobs import Report, daily, job
from dorobek.kernel.models import Job
from dorobek.register.actions.analysis import JOB, analyse
from dorobek.register.applications.reminding import run_day
from dorobek.register.queries import indexes


@job(JOB)
def make_analysis(_row: Job, report: Report) -> dict[str, Any]:
    """Analyse the register. A killed run starts again; the findings of the last whole one stay until then."""
    run = analyse(report)
    return {"entries": run.entries, "seconds": run.seconds}


@job(indexes.JOB)
def build_index(row: Job, report: Report) -> dict[str, Any]:
    """Learn one of the matcher's indexes and write its file. Run twice it writes the same file again."""
    report(0, 1)
    return {"concepts": indexes.build(row.arguments["index"], row.arguments["language"])}


@daily("register-applications-day")
def applications_day(_row: Job, _report: Report) -> dict[str, Any]:
    """Reminders of deadlines of applications. Safe to run twice."""
    return run_day()
