from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "dorobek.instruments"
    label = "instruments"
