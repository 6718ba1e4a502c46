"""Addresses of documents and reports on the adviser's side."""

from django.urls import path

from dorobek.web.audits import documents, reports

CASE = "sprawy/<uuid:uid>/dokumenty/"
ONE = CASE + "wersja/<uuid:document_uid>/"

urlpatterns = [
    path(CASE, documents.document_list, name="case-documents"),
    path(CASE + "przekaz/", documents.hand_over_everything, name="case-documents-hand-over"),
    path(CASE + "postep/", documents.progress, name="case-documents-progress"),
    path(CASE + "sprawdz/", documents.check, name="case-documents-check"),
    path(CASE + "szkic/<slug:kind>/", documents.preview, name="case-document-preview"),
    path(CASE + "przekaz/<slug:kind>/", documents.hand_over_one, name="case-document-hand-over"),
    path(ONE, documents.document, name="case-document"),
    path(ONE + "<slug:ending>/", documents.download, name="case-document-file"),
    path(CASE + "raport/<slug:kind>/", reports.report, name="case-report"),
    path(CASE + "raport/<slug:kind>/<slug:code>/", reports.section, name="case-report-section"),
]
