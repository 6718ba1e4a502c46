from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "dorobek.plans"
    label = "plans"

    def ready(self) -> None:
        from dorobek.plans.actions import closing, following, vanished  # noqa: F401  registers its event handlers
