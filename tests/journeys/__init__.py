"""Whole audits in a real browser: an adviser at a desk and a participant on a phone, from the first form to the end."""
