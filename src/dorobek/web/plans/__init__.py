"""Screens of the development plan: the same for the adviser and the participant, each in their own frame."""
