"""Addresses of applications to the register. They stand before the entries', whose codes are words too."""

from django.urls import path

from dorobek.web.register.applications import applying, handling, public

urlpatterns = [
    path("rejestr/wnioski/", public.listing, name="register-applications"),
    path("rejestr/wnioski/moje/", applying.mine, name="register-applications-mine"),
    path("rejestr/wnioski/nowy/", applying.new, name="register-application-new"),
    path("rejestr/wnioski/biurko/", handling.desk, name="register-applications-desk"),
    path("rejestr/wnioski/<uuid:application_uid>/", public.show, name="register-application"),
    path("rejestr/wnioski/<uuid:application_uid>/tresc/", applying.write, name="register-application-write"),
    path("rejestr/wnioski/<uuid:application_uid>/wycofaj/", applying.withdraw, name="register-application-withdraw"),
    path("rejestr/wnioski/<uuid:application_uid>/krok/", handling.work, name="register-application-work"),
    path(
        "rejestr/wnioski/<uuid:application_uid>/uwagi/<uuid:comment_uid>/",
        handling.comment,
        name="register-application-comment",
    ),
]
