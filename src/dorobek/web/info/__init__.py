"""The info centre: reading it without an account, and the editors' pages behind it (RG-9)."""
