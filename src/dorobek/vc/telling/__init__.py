"""What a credential says, for a person: each form of credential in one module."""
