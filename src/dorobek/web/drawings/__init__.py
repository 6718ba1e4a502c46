"""Drawings made on the server: pure functions that return safe SVG, each with a table made by its template."""

from dorobek.web.drawings.life_line import AREAS, Bar, life_line
from dorobek.web.drawings.progress import Point, progress_chart
from dorobek.web.drawings.squares import squares

__all__ = ["AREAS", "Bar", "Point", "life_line", "progress_chart", "squares"]
