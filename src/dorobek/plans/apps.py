from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "dorobek.plans"
    label = "plans"
