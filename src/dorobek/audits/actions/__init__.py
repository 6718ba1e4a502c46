"""Writes of the audits room, by subject. Every one ends with `refresh`, so that the next move is never stale."""
