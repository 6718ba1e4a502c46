from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    name = "dorobek.portfolio"
    label = "portfolio"
