"""The knowledge test on the sheets of those who judge. `{% load knowledge %}`

{% knowledge_points application user as tested %} ... {{ tested|points_for:"1.2.a" }}
"""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from dorobek.people.models import Account
from dorobek.validation.models import Application
from dorobek.validation.queries.knowledge import outcome_facts, sheet_facts
from dorobek.validation.rules.testing.marking import Got
from dorobek.web.validation.knowledge.words import comma

register = template.Library()


@register.simple_tag
def knowledge_points(application: Application, user: Account) -> dict[str, Got]:
    """Points by criterion of this round's test; empty while there is no result, or for somebody who may not read it."""
    return sheet_facts(application, user)


@register.simple_tag
def knowledge_outcome(application: Application, user: Account, outcome: str) -> dict[str, Any] | None:
    """Whether this round's test passes the outcome; None while there is no result or for somebody who may not read it."""
    return outcome_facts(application, user).get(outcome)


@register.filter
def points_for(points: dict[str, Got], criterion: str) -> str:
    """„3 z 4 p." of one criterion; empty for one that the test did not ask about."""
    one = points.get(criterion)
    return _("%(got)s z %(of)s p.") % {"got": comma(one.got), "of": comma(one.of)} if one else ""
