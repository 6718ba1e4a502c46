"""Dorobek: a person's accumulated achievements, on one record."""
