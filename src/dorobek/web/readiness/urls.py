"""Addresses of readiness: the participant's pages and the adviser's sheets."""

from django.urls import path

from dorobek.web.readiness import box, views

OWN = "bilans/<uuid:uid>/najblizej/"
CASE = "sprawy/<uuid:uid>/najblizej/"

urlpatterns = [
    path("rejestr/<slug:code>/gotowosc/", box.readiness_box, name="register-readiness"),
    path(OWN, views.own_list, name="own-readiness"),
    path(OWN + "<slug:code>/", views.own_one, name="own-readiness-one"),
    path(CASE, views.case_list, name="case-readiness"),
    path(CASE + "<slug:code>/", views.case_one, name="case-readiness-one"),
]
