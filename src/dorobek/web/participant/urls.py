"""Addresses of the participant's screens."""

from django.urls import path

from dorobek.web.participant import competences, evidence, home

CASE = "bilans/<uuid:uid>/"

urlpatterns = [
    path(CASE, home.home, name="own-home"),
    path(CASE + "umiem/", competences.competence_list, name="own-competences"),
    path(CASE + "umiem/<uuid:competence_uid>/", competences.answer_competence, name="own-competence"),
    path(CASE + "dowody/", evidence.evidence_list, name="own-evidence"),
    path(CASE + "dowody/nowy/", evidence.add, name="own-evidence-new"),
    path(CASE + "dowody/<uuid:evidence_uid>/usun/", evidence.remove, name="own-evidence-remove"),
    path(CASE + "dowody/<uuid:evidence_uid>/plik/", evidence.open_file, name="own-evidence-file"),
]
