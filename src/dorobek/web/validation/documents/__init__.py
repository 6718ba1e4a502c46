"""Screens of a case's documents, of its archive, of a certificate revoked; the public check of a certificate (VA-8)."""
