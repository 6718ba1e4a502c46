from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "dorobek.web"
    label = "web"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from dorobek.web.drafts import give_back

        user_logged_in.connect(give_back, dispatch_uid="dorobek.web.give_back")
