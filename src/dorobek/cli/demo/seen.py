"""What the validation adviser of the demonstration saw at the meeting, for each condition of the entry (VA-7)."""

from dorobek.validation.actions.conditions import conditions_of
from dorobek.validation.models import Application

SEEN = "Dokument tożsamości, a gdzie warunek mówi o kwalifikacji: dyplom. Oryginały pokazane na spotkaniu."


def seen(application: Application) -> dict[int, str]:
    """By place of the condition."""
    return dict.fromkeys(range(len(conditions_of(application.opening.entry_version.entry))), SEEN)
