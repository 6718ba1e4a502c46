"""Addresses of the public pages, of the drafts and of the language switch."""

from django.urls import path
from django.views.i18n import set_language

from dorobek.web import drafts
from dorobek.web.public import shared, specimen, views

urlpatterns = [
    path("", views.home, name="home"),
    path("pomoc/", views.help_page, name="help"),
    path("prywatnosc/", views.privacy, name="privacy"),
    path("deklaracja-dostepnosci/", views.accessibility, name="accessibility"),
    path("u/<slug:token>/", shared.shared, name="shared"),
    path("u/<slug:token>/plik/<uuid:thing>/", shared.shared_file, name="shared-file"),
    path("jezyk/", set_language, name="set_language"),
    path("szkice/", drafts.save, name="draft-save"),
    path("szkice/porzuc/", drafts.discard, name="draft-discard"),
    path("wzornik/", specimen.show, name="specimen"),
]
