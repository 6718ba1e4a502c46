from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "dorobek.kernel"
    label = "kernel"

    def ready(self) -> None:
        from dorobek.kernel import sweeping  # noqa: F401  its daily job makes itself known
