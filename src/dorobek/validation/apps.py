"""The room of validation."""

from django.apps import AppConfig


class ValidationConfig(AppConfig):
    name = "dorobek.validation"
    label = "validation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dorobek.validation import gaps  # noqa: F401  tells confirmed outcomes to the gap picture
