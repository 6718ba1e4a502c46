"""Addresses of the participant card and the basic direction, on the adviser's side."""

from django.urls import path

from dorobek.web.audits import card, direction

CARD = "sprawy/<uuid:uid>/karta/"

urlpatterns = [
    path(CARD, card.card, name="case-card"),
    path(CARD + "wpis/<uuid:event_uid>/", card.entry, name="case-card-entry"),
    path(CARD + "wpis/<uuid:event_uid>/usun/", card.remove, name="case-card-remove"),
    path(CARD + "<slug:section>/nowy/", card.entry, name="case-card-new"),
    path(CARD + "<slug:section>/slowa/", card.note, name="case-card-note"),
    path("sprawy/<uuid:uid>/kierunek/", direction.direction, name="case-direction"),
    path("sprawy/<uuid:uid>/wariant/", direction.variant, name="case-variant"),
]
