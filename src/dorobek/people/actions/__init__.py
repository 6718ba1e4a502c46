"""Writes of the people room, by subject."""

from dorobek.people.actions.access import end_grants, grant_access, log_reading
from dorobek.people.actions.consents import Decided, decide_consent, record_consents
from dorobek.people.actions.persons import change_person, create_person, open_account

__all__ = [
    "Decided",
    "change_person",
    "create_person",
    "decide_consent",
    "end_grants",
    "grant_access",
    "log_reading",
    "open_account",
    "record_consents",
]
