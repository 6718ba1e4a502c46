"""What the commands `keys`, `credential` and `issuer` do. All but an issuer's own keys and exports needs no database."""
