"""Addresses of vouchers: in a case, for the participant, for those who settle."""

from django.urls import path

from dorobek.web.vouchers import case, desk, own

urlpatterns = [
    path("sprawy/<uuid:uid>/bon/", case.show, name="case-voucher"),
    path("sprawy/<uuid:uid>/bon/przyznaj/", case.grant, name="case-voucher-grant"),
    path("sprawy/<uuid:uid>/bon/<uuid:voucher_uid>/<slug:what>/", case.step, name="case-voucher-step"),
    path("bilans/<uuid:uid>/bon/", own.show, name="own-voucher"),
    path("bony/", desk.show, name="vouchers"),
    path("bony/rozliczenie.<slug:kind>", desk.settlement, name="vouchers-settlement"),
    path("bony/<uuid:voucher_uid>/rozlicz/", desk.settle, name="vouchers-settle"),
]
