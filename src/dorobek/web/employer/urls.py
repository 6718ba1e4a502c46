"""Addresses of the employer's pages."""

from django.urls import path

from dorobek.web.employer import views

HOME = "pracownicy/"

urlpatterns = [
    path(HOME, views.home, name="employer-home"),
    path(HOME + "skierowanie/", views.new_slip, name="employer-slip"),
    path(HOME + "<uuid:share_uid>/", views.shared, name="employer-share"),
    path(HOME + "<uuid:share_uid>/plik/<uuid:thing>/", views.shared_file, name="employer-share-file"),
]
