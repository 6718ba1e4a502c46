"""Screens of validation, one folder for each who works there."""
