"""Applications to include a qualification and for the right to award one, from draft to entry (RG-5)."""
