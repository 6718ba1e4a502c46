"""The public register: search, entry, comparison, open data. No account is needed (RG-6)."""
