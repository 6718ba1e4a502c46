from django.apps import AppConfig


class CliConfig(AppConfig):
    name = "dorobek.cli"
    label = "cli"
