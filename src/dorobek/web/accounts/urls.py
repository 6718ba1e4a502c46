"""Addresses of sign-in under /accounts/: allauth's, with those that make no sense here switched off."""

from django.urls import include, path, re_path

from dorobek.web.accounts import views

urlpatterns = [
    path("second-factor/", views.second_factor, name="second_factor"),
    re_path(r"^(signup|email|confirm-email|3rdparty/signup|social)(/.*)?$", views.switched_off),
    path("", include("allauth.urls")),
]
