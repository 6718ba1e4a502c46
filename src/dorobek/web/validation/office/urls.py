"""Addresses of the awarding body's office and of those who answer appeals."""

from django.urls import URLPattern, path

from dorobek.web.validation.office import cases, desk, judging, openings, pool, sittings

HERE = "walidacja/biuro/"
OPENING = f"{HERE}terminy/<uuid:uid>/"
SITTING = f"{HERE}posiedzenia/<uuid:uid>/"
CASE = f"{HERE}zgloszenia/<uuid:uid>/"

urlpatterns: list[URLPattern] = [
    path(HERE, desk.show, name="office"),
    path(f"{HERE}terminy/nowy/", openings.new, name="office-opening-new"),
    path(OPENING, openings.show, name="office-opening"),
    path(f"{OPENING}zmien/", openings.change, name="office-opening-change"),
    path(f"{OPENING}zamknij/", openings.close, name="office-opening-close"),
    path(f"{OPENING}oplata/", openings.fee, name="office-opening-fee"),
    path(f"{OPENING}posiedzenie/", openings.sitting, name="office-sitting-new"),
    path(f"{OPENING}rozdziel/", openings.spread, name="office-spread"),
    path(f"{HERE}instytucja/<str:code>/", openings.body_record, name="office-body"),
    path(f"{HERE}komisje/", sittings.planning, name="office-planning"),
    path(SITTING, sittings.show, name="office-sitting"),
    path(f"{SITTING}przenies/", sittings.move, name="office-sitting-move"),
    path(f"{SITTING}kandydaci/", sittings.candidates, name="office-sitting-candidates"),
    path(f"{HERE}osoby/", pool.show, name="office-pool"),
    path(f"{HERE}osoby/nowa/", pool.new, name="office-staff-new"),
    path(f"{HERE}osoby/<uuid:uid>/", pool.staff, name="office-staff"),
    path(f"{HERE}osoby/<uuid:uid>/dostepnosc/", pool.availability, name="office-availability"),
    path(f"{HERE}szkolenia/", pool.trainings, name="office-trainings"),
    path(f"{HERE}szkolenia/wczytaj/", pool.trainings_import, name="office-trainings-import"),
    path(CASE, cases.show, name="office-case"),
    path(f"{CASE}oplata/", cases.fee, name="office-case-fee"),
    path(f"{CASE}oplata/odpowiedz/", cases.fee_answer, name="office-case-fee-answer"),
    path(f"{CASE}dostosowanie/", cases.adjustments, name="office-case-adjustments"),
    path(f"{CASE}przekazanie/", cases.hand_over, name="office-case-hand-over"),
    path(f"{CASE}zmiana-w-komisji/", judging.replace, name="office-case-replace"),
    path(f"{CASE}na-papierze/", judging.paper, name="office-case-paper"),
    path(f"{CASE}na-papierze/<int:record>/", judging.paper_file, name="office-case-paper-file"),
    path(f"{CASE}na-papierze/<int:record>/wycofanie/", judging.paper_void, name="office-case-paper-void"),
    path(f"{CASE}<slug:what>/", cases.press, name="office-case-press"),
    path(f"{HERE}certyfikaty/", desk.register, name="office-certificates"),
    path(f"{HERE}certyfikaty.csv", desk.register_table, name="office-certificates-table"),
    path(f"{HERE}raport.<slug:kind>", desk.report, name="office-report"),
    path(f"{HERE}zgodnosc/", desk.likeness, name="office-agreement"),
    path(f"{HERE}odwolania/", cases.appeals, name="office-appeals"),
    path(f"{HERE}odwolania/<uuid:uid>/", cases.appeal, name="office-appeal"),
]
