"""Micro-credentials: designed, issued, revoked; the keys they are signed with (MC-1 to MC-5)."""
