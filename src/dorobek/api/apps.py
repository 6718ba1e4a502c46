from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "dorobek.api"
    label = "api"
