"""The room of the training offer."""

from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "dorobek.offers"
    label = "offers"
    default_auto_field = "django.db.models.BigAutoField"
