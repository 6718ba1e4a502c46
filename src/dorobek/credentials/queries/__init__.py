"""Reads of micro-credentials."""
