"""The room of training vouchers."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class VouchersConfig(AppConfig):
    name = "dorobek.vouchers"
    label = "vouchers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dorobek.vouchers.guard import put_in_place

        post_migrate.connect(put_in_place, sender=self)
