"""Addresses of the training offer."""

from django.urls import path

from dorobek.web.offers import importing, views

urlpatterns = [
    path("oferta/", views.search, name="offer"),
    path("oferta/wczytaj/", importing.bring, name="offer-import"),
    path("oferta/dostawcy/<uuid:uid>/", views.provider, name="offer-provider"),
    path("oferta/<uuid:uid>/", views.edition, name="offer-edition"),
]
