"""Addresses of the candidate and of the validation adviser."""

from django.urls import path

from dorobek.web.validation.candidate import advising, cases, public, results

ONE = "walidacja/zgloszenie/<uuid:uid>/"
ADVISED = "walidacja/doradca/"

urlpatterns = [
    path("walidacja/", public.openings, name="validation-openings"),
    path("walidacja/termin/<uuid:uid>/", public.opening, name="validation-opening"),
    path("walidacja/termin/<uuid:uid>/zgloszenie/", public.apply, name="validation-apply"),
    path("walidacja/moje/", cases.mine, name="validation-mine"),
    path("walidacja/wyniki/", results.partial, name="validation-partial"),
    path(ONE, cases.case, name="validation-case"),
    path(ONE + "kryterium/<str:code>/", cases.criterion, name="validation-criterion"),
    path(ONE + "dowod/<uuid:evidence_uid>/", cases.evidence, name="validation-evidence"),
    path(ONE + "wyslij/", cases.send, name="validation-send"),
    path(ONE + "wycofaj/", cases.withdraw, name="validation-withdraw"),
    path(ONE + "odwolanie/", results.appeal, name="validation-appeal"),
    path(ONE + "historia/", results.history, name="validation-history"),
    path(ADVISED, advising.desk, name="validation-advising"),
    path(ADVISED + "<uuid:uid>/", advising.case, name="validation-advising-case"),
    path(ADVISED + "<uuid:uid>/kryterium/<str:code>/", advising.criterion, name="validation-advising-criterion"),
    path(ADVISED + "<uuid:uid>/zakoncz/", advising.close, name="validation-advising-close"),
]
