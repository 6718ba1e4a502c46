"""Writes of the programmes room (SA-1)."""

from dorobek.programmes.actions.drafts import (
    PartFaults,
    add_part,
    discard_draft,
    draft_of,
    edit_part,
    move_part,
    publish_draft,
    remove_part,
    start_programme,
    write_draft,
)
from dorobek.programmes.actions.logos import set_logo
from dorobek.programmes.actions.publishing import import_programme, read_rules, set_programme_open

__all__ = [
    "PartFaults",
    "add_part",
    "discard_draft",
    "draft_of",
    "edit_part",
    "import_programme",
    "move_part",
    "publish_draft",
    "read_rules",
    "remove_part",
    "set_logo",
    "set_programme_open",
    "start_programme",
    "write_draft",
]
