"""Hears of steps in cases and has letters written (see `actions.letters`)."""

import uuid

from dorobek.kernel.events import on
from dorobek.validation.actions.letters import RELATED, tell_step
from dorobek.validation.events import CaseStepped
from dorobek.validation.models import Application


@on(CaseStepped)
def tell(happened: CaseStepped) -> None:
    """Letters of the step; the mark of delivery is in their transaction, so that nobody is told twice."""
    rows = Application.objects.select_related(*RELATED).prefetch_related("decisions", "appeals")
    found = rows.filter(uid=uuid.UUID(happened.application)).first()
    if found is not None:
        tell_step(application=found, kind=happened.kind, step=happened.step, by=happened.by)
