"""Screens of the awarding body's officer and of the appeals officer (VA-2, VA-3, VA-6)."""
