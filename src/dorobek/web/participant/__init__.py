"""Screens of the participant: a phone, plain language, one thing per page."""
