"""Durable work of plans: letters, once a day."""

from typing import Any

from dorobek.kernel.jobs import Report, daily
from dorobek.kernel.models import Job
from dorobek.plans.actions.reminding import run_day


@daily("plans-day")
def plans_day(_row: Job, _report: Report) -> dict[str, Any]:
    """Reminders of steps, and after a year the adviser's. Safe to run twice."""
    return run_day()
