"""Decisions about a skills audit, as pure functions on plain data."""
