"""Screens of micro-credentials: checked by anyone, issued by awarding bodies, held by their owners."""
