"""Reads of the audits room, by subject."""
