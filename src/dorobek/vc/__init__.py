"""Verifiable credentials: canonicalise, sign, verify, status lists. Pure Python, no Django, no network unless asked."""
