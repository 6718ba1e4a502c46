"""Ways of signing a credential: each module gives the bytes that are signed."""
