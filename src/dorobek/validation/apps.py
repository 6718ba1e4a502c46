"""The room of validation."""

from django.apps import AppConfig


class ValidationConfig(AppConfig):
    name = "dorobek.validation"
    label = "validation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dorobek.validation import (
            gaps,  # noqa: F401  tells confirmed outcomes to the gap picture
            holding,  # noqa: F401  keeps evidence that a commission judges by
            options,  # noqa: F401  offers dates of validation to plans
            telling,  # noqa: F401  hears of steps and writes letters
        )
