"""The room of training vouchers."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class VouchersConfig(AppConfig):
    name = "dorobek.vouchers"
    label = "vouchers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from dorobek.vouchers import telling  # noqa: F401 (hears of dates withdrawn)
        from dorobek.vouchers.guard import know, put_in_place

        connection_created.connect(know, dispatch_uid="vouchers.guard")
        post_migrate.connect(put_in_place, sender=self)
