"""Addresses of vouchers: in a case, for the participant, for those who settle."""

from django.urls import path

from dorobek.web.vouchers import case, desk, figures, own, papers

CASE, OWN = "sprawy/<uuid:uid>/bon/", "bilans/<uuid:uid>/bon/"

urlpatterns = [
    path(CASE, case.show, name="case-voucher"),
    path(CASE + "przyznaj/", case.grant, name="case-voucher-grant"),
    path(CASE + "powod/", case.why, name="case-voucher-why"),
    path(CASE + "dokument/<uuid:paper_uid>/", papers.case_paper, name="case-voucher-paper"),
    path(CASE + "dokument/<uuid:paper_uid>.pdf", papers.case_file, name="case-voucher-file"),
    path(CASE + "<uuid:voucher_uid>/<slug:what>/", case.step, name="case-voucher-step"),
    path(OWN, own.show, name="own-voucher"),
    path(OWN + "dokument/<uuid:paper_uid>/", papers.own_paper, name="own-voucher-paper"),
    path(OWN + "dokument/<uuid:paper_uid>.pdf", papers.own_file, name="own-voucher-file"),
    path("bony/", desk.show, name="vouchers"),
    path("bony/liczby/", figures.show, name="vouchers-figures"),
    path("bony/liczby/<slug:by>.<slug:kind>", figures.table, name="vouchers-table"),
    path("bony/rozliczenie.<slug:kind>", figures.settlement, name="vouchers-settlement"),
    path("bony/dokument/<uuid:paper_uid>/", papers.office_paper, name="vouchers-paper"),
    path("bony/dokument/<uuid:paper_uid>.pdf", papers.office_file, name="vouchers-file"),
    path("bony/prawo/<uuid:right_uid>/uniewaznij/", desk.annul_right, name="vouchers-right-annul"),
    path("bony/<uuid:voucher_uid>/", desk.one, name="vouchers-one"),
    path("bony/<uuid:voucher_uid>/rozlicz/", desk.settle, name="vouchers-settle"),
    path("bony/<uuid:voucher_uid>/zwrot/", desk.take_back, {"whole": True}, name="vouchers-return"),
    path("bony/<uuid:voucher_uid>/zwolnij/", desk.take_back, {"whole": False}, name="vouchers-release"),
    path("bony/<uuid:voucher_uid>/oddaj/", desk.pay_back, name="vouchers-owed"),
    path("bony/<uuid:voucher_uid>/uniewaznij/", desk.annul, name="vouchers-annul"),
]
