"""Validation before a commission: from an application to a certificate or an appeal (VA-1 to VA-8)."""
