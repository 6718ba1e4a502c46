"""Addresses of the registration, eligibility and the funding body's report."""

from django.urls import path

from dorobek.web.audits import registration

CASE = "sprawy/<uuid:uid>/"

urlpatterns = [
    path("sprawy/nowa/", registration.choose_programme, name="case-new"),
    path("sprawy/nowa/<uuid:programme_uid>/", registration.new_case, name="case-new-form"),
    path(CASE + "warunki/", registration.eligibility, name="case-eligibility"),
    path(CASE + "warunki/wyjatek/", registration.let_in, name="case-exception"),
    path(CASE + "dane/", registration.correct, name="case-registration"),
    path("sprawozdania/uczestnicy.csv", registration.report, name="participants-report"),
]
