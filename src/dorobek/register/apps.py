from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "dorobek.register"
    label = "register"

    def ready(self) -> None:
        from dorobek.register.applications import entering  # noqa: F401  it follows decisions about changes
