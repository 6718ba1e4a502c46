"""REST of validation, one module for each who works there."""
