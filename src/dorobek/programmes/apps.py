from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "dorobek.programmes"
    label = "programmes"
