"""Writes of the development plan, by subject."""

from dorobek.plans.actions.goals import note_progress, settle_goal, write_goal
from dorobek.plans.actions.plan import remove_part, write_plan, write_source
from dorobek.plans.actions.scenarios import (
    answer_question,
    choose_scenario,
    set_action_state,
    write_risk,
    write_scenario,
    write_step,
)

__all__ = [
    "answer_question",
    "choose_scenario",
    "note_progress",
    "remove_part",
    "set_action_state",
    "settle_goal",
    "write_goal",
    "write_plan",
    "write_risk",
    "write_scenario",
    "write_source",
    "write_step",
]
