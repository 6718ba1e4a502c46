"""Addresses of the knowledge test: the bank for the officer, tests for the office, markers and candidates."""

from django.urls import path

from dorobek.web.validation.knowledge import bank, exchange, marking, office, sitting

BANK = "walidacja/pytania/<uuid:uid>"
TEST = "walidacja/testy/<uuid:uid>"

urlpatterns = [
    path("walidacja/pytania/", bank.banks, name="knowledge-banks"),
    path("walidacja/pytania/otworz/<uuid:uid>/", bank.open_bank, name="knowledge-bank-open"),
    path(f"{BANK}/", bank.bank, name="knowledge-bank"),
    path(f"{BANK}/nowe/<slug:kind>/", bank.item_new, name="knowledge-item-new"),
    path(f"{BANK}/pytanie/<uuid:item_uid>/", bank.item, name="knowledge-item"),
    path(f"{BANK}/pytanie/<uuid:item_uid>/zmien/", bank.item_change, name="knowledge-item-change"),
    path(f"{BANK}/pytanie/<uuid:item_uid>/wycofaj/", bank.item_retire, name="knowledge-item-retire"),
    path(f"{BANK}/jak-dzialaja/", bank.figures, name="knowledge-figures"),
    path(f"{BANK}/plan/", bank.blueprint, name="knowledge-blueprint-new"),
    path(f"{BANK}/plan/<uuid:plan_uid>/", bank.blueprint, name="knowledge-blueprint"),
    path(f"{BANK}/plan/<uuid:plan_uid>/wycofaj/", bank.retire_plan, name="knowledge-blueprint-retire"),
    path(f"{BANK}/qti.zip", exchange.export, name="knowledge-export"),
    path(f"{BANK}/wczytaj/", exchange.read_in, name="knowledge-import"),
    path("walidacja/testy/", office.home, name="knowledge-tests"),
    path("walidacja/testy/dopusc/<uuid:uid>/", office.let, name="knowledge-let"),
    path(f"{TEST}/", office.show, name="knowledge-test"),
    path(f"{TEST}/zacznij/", sitting.start, name="knowledge-start"),
    path(f"{TEST}/pytanie/<int:place>/", sitting.question, name="knowledge-question"),
    path(f"{TEST}/pytania/", sitting.all_questions, name="knowledge-all"),
    path(f"{TEST}/odpowiedz/", sitting.save, name="knowledge-save"),
    path(f"{TEST}/koniec/", sitting.finish, name="knowledge-finish"),
    path(f"{TEST}/odwolaj/", office.cancel, name="knowledge-cancel"),
    path(f"{TEST}/oceniajacy/", office.marker, name="knowledge-marker"),
    path(f"{TEST}/ocena/", marking.marking, name="knowledge-marking"),
]
