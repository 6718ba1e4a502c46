"""Screens of the knowledge test: the bank, a test being sat, marking (VA-4)."""
