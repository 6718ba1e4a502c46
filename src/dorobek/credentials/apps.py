"""The room of micro-credentials."""

from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "dorobek.credentials"
    label = "credentials"
    default_auto_field = "django.db.models.BigAutoField"
