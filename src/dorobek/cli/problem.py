"""What a command cannot do, in a sentence for the operator; and how commands start Django."""


class Problem(Exception):
    """Printed on standard error; the command ends with exit code 1."""


def start_django() -> None:
    """Load the settings and the rooms; every command that touches data calls it first."""
    import django

    django.setup()
