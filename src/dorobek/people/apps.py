from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "dorobek.people"
    label = "people"

    def ready(self) -> None:
        from dorobek.people import drafts  # noqa: F401  its daily job makes itself known
