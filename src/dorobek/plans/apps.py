from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "dorobek.plans"
    label = "plans"

    def ready(self) -> None:
        from dorobek.plans.actions import closing, covering, following, vanished  # noqa: F401  registers its event handlers
        from dorobek.plans.gaps import bought  # noqa: F401  the gap picture asks it
        from dorobek.plans.planning import awarding  # noqa: F401  plans ask it how a micro-credential stands
