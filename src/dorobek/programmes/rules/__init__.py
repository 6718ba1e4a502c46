"""What a programme decides, as pure functions on plain data: no database, no clock of its own."""
