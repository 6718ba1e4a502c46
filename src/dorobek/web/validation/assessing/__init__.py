"""Screens of an assessor: sheets, observation, conversation, differences (VA-4, VA-5)."""
