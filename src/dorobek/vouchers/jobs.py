"""Durable work of vouchers: what the calendar does, once a day."""

from typing import Any

from dorobek.kernel.jobs import Report, daily
from dorobek.kernel.models import Job
from dorobek.vouchers.actions.daily import run_day


@daily("vouchers-day")
def vouchers_day(_row: Job, _report: Report) -> dict[str, Any]:
    """Reminders, the provider's seven days, rights that ended. Safe to run twice."""
    return run_day()
