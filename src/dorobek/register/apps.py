from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "dorobek.register"
    label = "register"
