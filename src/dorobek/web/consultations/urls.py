"""Addresses of consultations: the adviser's sheet and the specialist's pages."""

from django.urls import path

from dorobek.web.consultations import views

CASE = "sprawy/<uuid:uid>/konsultacje/"

urlpatterns = [
    path(CASE, views.case_consultations, name="case-consultations"),
    path(CASE + "<uuid:consultation_uid>/opinia/", views.enter_opinion, name="case-consultation-opinion"),
    path(CASE + "<uuid:consultation_uid>/wycofaj/", views.withdraw, name="case-consultation-withdraw"),
    path("konsultacje/", views.waiting, name="consultations"),
    path("konsultacje/<uuid:consultation_uid>/", views.opinion, name="consultation"),
]
