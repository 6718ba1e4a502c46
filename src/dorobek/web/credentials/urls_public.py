"""Addresses that stand in signed documents, and the page where anyone checks one. None of them ever changes."""

from django.urls import path

from dorobek.web.credentials import checking, public

urlpatterns = [
    path("sprawdz/", checking.check, name="credential-check"),
    path("sprawdz/strona/", checking.static_page, name="credential-static-page"),
    path("sprawdz/<uuid:uid>/", checking.check_own, name="credential-check-own"),
    path("wystawcy/<slug:slug>/", public.issuer, name="credential-issuer"),
    path("wystawcy/<slug:slug>/did.json", public.did, name="credential-did"),
    path("wystawcy/<slug:slug>/statusy/<uuid:uid>", public.status_list, name="credential-status-list"),
    path("mikroposwiadczenia/<slug:issuer>/<slug:slug>/<int:number>/", public.template, name="credential-template"),
    path(
        "mikroposwiadczenia/<slug:issuer>/<slug:slug>/<int:number>/odznaka.svg", public.badge, name="credential-badge"
    ),
]
