"""Screens of an administrator: people and roles, units, programmes."""
