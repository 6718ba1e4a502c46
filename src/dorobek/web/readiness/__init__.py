"""What a person is closest to: the nearest qualifications, and one criterion by criterion (PF-5)."""
