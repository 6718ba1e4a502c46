"""One place through which every application changes its stage: rule, change, deadline, history (RG-5)."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.register.applications.enums import Step
from dorobek.register.applications.rules import ENDED, OutOfOrder, after, due_after
from dorobek.register.models.applications import RegisterApplication

KIND = "register-application"


def check_step(held: RegisterApplication, step: Step) -> None:
    """Raise RuleBroken where the step does not follow from the stage."""
    try:
        after(held.stage, step)
    except OutOfOrder as fault:
        told = {"stage": held.get_stage_display()}
        raise RuleBroken(_("Tego kroku nie da się teraz zrobić. Wniosek jest na etapie: %(stage)s.") % told) from fault


def move_on(
    held: RegisterApplication, step: Step, acting_user: ActingUser, *, base_version: int | None = None, **values: Any
) -> RegisterApplication:
    """Take a locked application one step further, with the values of that step. Raises RuleBroken, Conflict."""
    check_step(held, step)
    was, due = held.stage, held.due_on
    stage = after(was, step)
    held.write({"stage": stage, "due_on": due_after(stage, timezone.localdate()), **values}, base_version=base_version)
    if stage in ENDED:
        held.comments.update(name="", email="")  # nobody needs to write back any more
    note(held, acting_user, step.value, was=was, stage=stage.value, due=due, **values)
    return held


def note(held: RegisterApplication, acting_user: ActingUser, kind: str, **told: Any) -> None:
    """An entry in the chain of this application."""
    acting_user.record(f"{KIND}.{kind}", stream=held.uid, subject=held.uid, **told)
