"""Reads of the register, each with a known number of statements."""

from dorobek.register.queries.outcomes import outcome_index

__all__ = ["outcome_index"]
