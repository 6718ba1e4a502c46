from django.apps import AppConfig


class AuditsConfig(AppConfig):
    name = "dorobek.audits"
    label = "audits"

    def ready(self) -> None:
        from dorobek.audits import gaps  # noqa: F401  tells stories to the gap picture
        from dorobek.audits.actions import case  # noqa: F401  registers its event handler
