"""Screens of what a goal leads to: choosing it, its lines, the gap picture; the same for the adviser and the participant."""
