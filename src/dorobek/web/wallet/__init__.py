"""The wallet: a person's credentials, issued here and brought from elsewhere (MC-6)."""
