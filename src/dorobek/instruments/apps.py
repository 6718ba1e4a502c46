from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "dorobek.instruments"
    label = "instruments"

    def ready(self) -> None:
        from dorobek.instruments import gaps  # noqa: F401  tells results to the gap picture
