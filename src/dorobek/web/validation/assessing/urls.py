"""Addresses of those who judge, and of the scenarios that the body's officer keeps for them."""

from django.urls import URLPattern, path

from dorobek.web.validation.assessing import (
    agreement,
    conversation,
    declaration,
    desk,
    evidence,
    methods,
    observation,
    scenarios,
    sheet,
    test,
)

HERE = "walidacja/ocena/"
CASE = f"{HERE}<uuid:uid>/"
SCENARIOS = f"{HERE}scenariusze/"
SEEN = f"{CASE}obserwacja/<uuid:observation_uid>/"

urlpatterns: list[URLPattern] = [
    path(HERE, desk.show, name="assessing"),
    path(SCENARIOS, scenarios.listed, name="assessing-scenarios"),
    path(f"{SCENARIOS}nowy/", scenarios.begin, name="assessing-scenario-new"),
    path(f"{SCENARIOS}<uuid:uid>/", scenarios.show, name="assessing-scenario"),
    path(f"{SCENARIOS}<uuid:uid>/zmien/", scenarios.edit, name="assessing-scenario-edit"),
    path(f"{SCENARIOS}<uuid:uid>/<slug:what>/", scenarios.step, name="assessing-scenario-step"),
    path(CASE, desk.case, name="assessing-case"),
    path(f"{CASE}oswiadczenie/", declaration.declare, name="assessing-declaration"),
    path(f"{CASE}arkusz/zamknij/", sheet.close, name="assessing-close"),
    path(f"{CASE}arkusz/<str:outcome>/", sheet.fill, name="assessing-sheet"),
    path(f"{CASE}dowody/", evidence.listed, name="assessing-evidence"),
    path(f"{CASE}dowody/<uuid:evidence_uid>/", evidence.show, name="assessing-evidence-one"),
    path(f"{CASE}dowody/<uuid:evidence_uid>/plik/", evidence.file, name="assessing-evidence-file"),
    path(f"{CASE}dowody/<uuid:evidence_uid>/sprawdzenie/", evidence.check, name="assessing-evidence-check"),
    path(f"{CASE}metody/", methods.show, name="assessing-methods"),
    path(f"{CASE}metody/<int:record>/plik/", methods.paper_file, name="assessing-method-file"),
    path(f"{CASE}obserwacja/", observation.listed, name="assessing-observations"),
    path(SEEN, observation.show, name="assessing-observation"),
    path(f"{SEEN}znaczniki/", observation.taps, name="assessing-taps"),
    path(f"{SEEN}znaczniki/<uuid:mark_uid>/usun/", observation.remove, name="assessing-tap-remove"),
    path(f"{SEEN}koniec/", observation.end, name="assessing-observation-end"),
    path(f"{CASE}test/", test.show, name="assessing-test"),
    path(f"{CASE}rozmowa/", conversation.show, name="assessing-conversation"),
    path(f"{CASE}uzgodnienie/", agreement.show, name="assessing-agreement"),
    path(f"{CASE}uzgodnienie/<str:criterion>/", agreement.one, name="assessing-difference"),
]
