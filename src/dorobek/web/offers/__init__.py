"""Screens of the training offer."""
