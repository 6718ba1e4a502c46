"""Addresses of the plan in the frame the page stands in: `{% plan_url "edit" "cel" goal.uid %}`."""

import uuid
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

register = template.Library()
ARGUMENT = {"add-to": "parent_uid", "edit": "part_uid", "decide": "part_uid"}


@register.simple_tag(takes_context=True)
def plan_url(context: Context, action: str, what: Any, uid: uuid.UUID | None = None) -> str:
    """The address of an action on a part; `questions` takes the scenario's uid alone."""
    kwargs: dict[str, Any] = {"uid": context["audit"].uid}
    if action == "questions":
        kwargs["scenario_uid"] = what
    else:
        kwargs["part_kind"] = what
        if uid is not None:
            kwargs[ARGUMENT[action]] = uid
    return reverse(f"{context['side']}-plan-{action}", kwargs=kwargs)
