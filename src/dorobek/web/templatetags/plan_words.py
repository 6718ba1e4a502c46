"""Values of a closed version of the plan, which are plain JSON: `{{ step.due_on|plan_day }}`."""

import datetime as dt
from typing import Any

from django import template

from dorobek.web.typography import short_day

register = template.Library()


@register.filter
def plan_day(value: Any) -> str:
    """A day stored as 2026-11-27, as people read it; what is no day is shown as it is."""
    try:
        return short_day(dt.date.fromisoformat(str(value)))
    except ValueError:
        return str(value or "")
