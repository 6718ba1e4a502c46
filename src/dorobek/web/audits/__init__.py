"""Screens of the skills audit on the adviser's side."""
