"""Addresses of documents. Those below /certyfikat/ stand on papers and never change."""

from django.urls import path

from dorobek.web.validation.documents import checking, papers

CASE = "walidacja/dokumenty/<uuid:uid>/"

urlpatterns = [
    path(CASE, papers.case, name="papers"),
    path(CASE + "archiwum/", papers.archive, name="papers-archive"),
    path(CASE + "poswiadczenia/", papers.credentials, name="papers-credentials"),
    path(CASE + "uniewaznij/", papers.revoke, name="papers-revoke"),
    path("walidacja/dokument/<uuid:uid>.<slug:ending>", papers.file, name="papers-file"),
    path("certyfikat/", checking.check, name="certificate-check"),
    path("certyfikat/<path:number>/<slug:code>/", checking.scanned, name="certificate-scanned"),
]
