"""Reads of validation, by subject. Each says how many statements it makes and who gets an answer."""

from dorobek.validation.queries.agreement import agreement
from dorobek.validation.queries.proposals import proposal

__all__ = ["agreement", "proposal"]
