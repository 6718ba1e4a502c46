"""Addresses of competences on the adviser's side."""

from django.urls import path

from dorobek.web.audits import competences, evidence, results, synthesis

CASE = "sprawy/<uuid:uid>/kompetencje/"
RESULTS = "sprawy/<uuid:uid>/wyniki/"
EVIDENCE = "sprawy/<uuid:uid>/dowody/"
ONE = CASE + "<uuid:competence_uid>/"

urlpatterns = [
    path(CASE, competences.competence_list, name="case-competences"),
    path(CASE + "nowa/", competences.edit_competence, name="case-competence-new"),
    path(CASE + "z-podpowiedzi/", competences.add_suggestion, name="case-suggestion"),
    path(CASE + "do-potwierdzenia/", competences.ask_participant, name="case-competences-ask"),
    path(ONE, competences.edit_competence, name="case-competence"),
    path(ONE + "uzgodnij/", competences.settle_dispute, name="case-competence-settle"),
    path(ONE + "usun/", competences.withdraw, name="case-competence-withdraw"),
    path(ONE + "przesun/", competences.move, name="case-competence-move"),
    path(EVIDENCE, evidence.evidence_list, name="case-evidence"),
    path(EVIDENCE + "nowy/", evidence.add, name="case-evidence-new"),
    path(EVIDENCE + "<uuid:evidence_uid>/ocena/", evidence.rate, name="case-evidence-rate"),
    path(EVIDENCE + "<uuid:evidence_uid>/usun/", evidence.remove, name="case-evidence-remove"),
    path(EVIDENCE + "<uuid:evidence_uid>/plik/", evidence.open_file, name="case-evidence-file"),
    path(RESULTS, results.result_list, name="case-results"),
    path(RESULTS + "nowy/", results.add, name="case-result-new"),
    path(RESULTS + "<uuid:result_uid>/skan/", results.open_scan, name="case-result-scan"),
    path(RESULTS + "<uuid:result_uid>/usun/", results.remove, name="case-result-remove"),
    path("sprawy/<uuid:uid>/synteza/", synthesis.synthesis, name="case-synthesis"),
]
