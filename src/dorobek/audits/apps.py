from django.apps import AppConfig


class AuditsConfig(AppConfig):
    name = "dorobek.audits"
    label = "audits"

    def ready(self) -> None:
        from dorobek.audits.actions import case  # noqa: F401  registers its event handler
