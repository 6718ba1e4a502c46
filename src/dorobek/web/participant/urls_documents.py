"""Addresses of the participant's documents."""

from django.urls import path

from dorobek.web.participant import documents

CASE = "bilans/<uuid:uid>/dokumenty/"

urlpatterns = [
    path(CASE, documents.document_list, name="own-documents"),
    path(CASE + "sprawdz/", documents.check, name="own-documents-check"),
    path(CASE + "<uuid:document_uid>/", documents.document, name="own-document"),
    path(CASE + "<uuid:document_uid>/<slug:ending>/", documents.download, name="own-document-file"),
]
