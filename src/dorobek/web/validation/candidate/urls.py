"""Addresses of the candidate and of the validation adviser."""

from django.urls import path

from dorobek.web.validation.candidate import (
    advising,
    arriving,
    cases,
    conditions,
    evidence,
    public,
    refusing,
    results,
    wishes,
)

ONE = "walidacja/zgloszenie/<uuid:uid>/"
ADVISED = "walidacja/doradca/"

urlpatterns = [
    path("walidacja/", public.openings, name="validation-openings"),
    path("walidacja/termin/<uuid:uid>/", public.opening, name="validation-opening"),
    path("walidacja/termin/<uuid:uid>/zgloszenie/", public.apply, name="validation-apply"),
    path("walidacja/termin/<uuid:uid>/bez-konta/", arriving.ask, name="validation-arriving"),
    path("walidacja/zacznij/<str:token>/", arriving.arrived, name="validation-arrived"),
    path("walidacja/moje/", cases.mine, name="validation-mine"),
    path("walidacja/wyniki/", results.partial, name="validation-partial"),
    path(ONE, cases.case, name="validation-case"),
    path(ONE + "kryterium/<str:code>/", cases.criterion, name="validation-criterion"),
    path(ONE + "dowod/<uuid:evidence_uid>/", cases.evidence, name="validation-evidence"),
    path(ONE + "krok/<str:code>/", evidence.step, name="validation-step"),
    path(ONE + "dowody/nowy/", evidence.add, name="validation-evidence-new"),
    path(ONE + "dowody/<uuid:evidence_uid>/", evidence.place, name="validation-evidence-place"),
    path(ONE + "dowody/<uuid:evidence_uid>/usun/", evidence.remove, name="validation-evidence-remove"),
    path(ONE + "portfel/<uuid:credential_uid>/", evidence.credential, name="validation-credential"),
    path(ONE + "wyslij/", cases.send, name="validation-send"),
    path(ONE + "warunki/", conditions.conditions, name="validation-conditions"),
    path(ONE + "wycofaj/", cases.withdraw, name="validation-withdraw"),
    path(ONE + "odwolanie/", results.appeal, name="validation-appeal"),
    path(ONE + "oplata/", wishes.fee, name="validation-fee"),
    path(ONE + "listy/", wishes.letters, name="validation-letters"),
    path(ONE + "historia/", results.history, name="validation-history"),
    path(ADVISED, advising.desk, name="validation-advising"),
    path(ADVISED + "<uuid:uid>/", advising.case, name="validation-advising-case"),
    path(ADVISED + "<uuid:uid>/kryterium/<str:code>/", advising.criterion, name="validation-advising-criterion"),
    path(ADVISED + "<uuid:uid>/zakoncz/", advising.close, name="validation-advising-close"),
    path(ADVISED + "<uuid:uid>/odmowa/", refusing.refuse, name="validation-advising-refuse"),
]
