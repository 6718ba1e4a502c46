"""Addresses of the participant's card and choice of a variant."""

from django.urls import path

from dorobek.web.participant import card, variant

CARD = "bilans/<uuid:uid>/karta/"

urlpatterns = [
    path(CARD, card.card, name="own-card"),
    path(CARD + "wpis/<uuid:event_uid>/", card.entry, name="own-card-entry"),
    path(CARD + "wpis/<uuid:event_uid>/usun/", card.remove, name="own-card-remove"),
    path(CARD + "<slug:section>/", card.section, name="own-card-section"),
    path(CARD + "<slug:section>/nowy/", card.entry, name="own-card-new"),
    path("bilans/<uuid:uid>/wariant/", variant.variant, name="own-variant"),
]
