"""Durable work of plans: letters, once a day."""

from typing import Any

from dorobek.kernel.jobs import Report, daily
from dorobek.kernel.models import Job
from dorobek.plans.actions import expiring, reminding


@daily("plans-day")
def plans_day(_row: Job, _report: Report) -> dict[str, Any]:
    """Reminders of steps, and after a year the adviser's; gaps that a credential opens again by ending. Safe to run twice."""
    return {**reminding.run_day(), "expired": expiring.run_day()}
