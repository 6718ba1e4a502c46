"""Words of vouchers that several modules write."""


def zlotys(grosze: int) -> str:
    """Grosze as zlotys with a comma: 123457 is 1234,57."""
    return f"{grosze // 100},{grosze % 100:02d}"
