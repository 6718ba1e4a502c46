"""Addresses of administration."""

from django.urls import path

from dorobek.web.administration import programme_parts, programmes, rights, tokens, views

HOME = "administracja/"
PROGRAMME = HOME + "program/<uuid:uid>/"

urlpatterns = [
    path(HOME, views.administration, name="administration"),
    path(HOME + "referat/", views.new_unit, name="administration-unit"),
    path(HOME + "rola/", views.new_role, name="administration-role"),
    path(HOME + "rola/<int:key>/zakoncz/", views.finish_role, name="administration-role-end"),
    path(HOME + "wnioski/", rights.requests, name="administration-requests"),
    path(HOME + "wnioski/<uuid:request_uid>/", rights.answer, name="administration-request"),
    path(HOME + "klucze/", tokens.token_list, name="administration-tokens"),
    path(HOME + "klucze/nowy/", tokens.new_token, name="administration-token-new"),
    path(HOME + "klucze/<uuid:token_uid>/wylacz/", tokens.revoke, name="administration-token-revoke"),
    path(HOME + "program/", programmes.begin, name="administration-programme-new"),
    path(HOME + "program/plik/", programmes.bring_in, name="administration-programme-file"),
    path(PROGRAMME, programmes.overview, name="administration-programme"),
    path(PROGRAMME + "nabor/", views.switch_programme, name="administration-programme-switch"),
    path(PROGRAMME + "json/", programmes.as_json, name="administration-programme-json"),
    path(PROGRAMME + "roznice/", programmes.compare, name="administration-programme-publish"),
    path(PROGRAMME + "porzuc/", programmes.discard, name="administration-programme-discard"),
    path(PROGRAMME + "znak/", programmes.logo, name="administration-programme-logo"),
    path(PROGRAMME + "znak/obraz/", programmes.logo_picture, name="administration-programme-picture"),
    path(PROGRAMME + "czesc/<path:where>/", programme_parts.part, name="administration-programme-part"),
    path(PROGRAMME + "dodaj/<path:where>/", programme_parts.add, name="administration-programme-add"),
    path(PROGRAMME + "usun/<path:where>/", programme_parts.remove, name="administration-programme-remove"),
    path(PROGRAMME + "przesun/<path:where>/", programme_parts.move, name="administration-programme-move"),
]
