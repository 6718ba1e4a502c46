"""Addresses of a person's own data."""

from django.urls import path

from dorobek.web.participant import data

urlpatterns = [
    path("bilans/<uuid:uid>/moje-dane/", data.own_data, name="own-data"),
    path("bilans/<uuid:uid>/moje-dane/kontakt/", data.own_contact, name="own-contact"),
    path("bilans/<uuid:uid>/moje-dane/zgoda/<uuid:consent_uid>/", data.change_consent, name="own-consent"),
    path("bilans/<uuid:uid>/moje-dane/kod/", data.own_link_code, name="own-link-code"),
    path("bilans/<uuid:uid>/moje-dane/historia/", data.own_history, name="own-history"),
    path("bilans/<uuid:uid>/moje-dane/zabierz/", data.take_away, name="own-data-export"),
]
