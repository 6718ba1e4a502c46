"""Public pages: the front page, help, privacy, accessibility, and the pattern book in demonstration mode."""
