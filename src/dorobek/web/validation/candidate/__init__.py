"""Screens of the candidate and of the validation adviser (VA-1, VA-6, VA-7)."""
