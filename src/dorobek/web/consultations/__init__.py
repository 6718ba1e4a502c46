"""A specialist's pages: questions that wait for an opinion (SA-11)."""
