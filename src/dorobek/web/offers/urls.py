"""Addresses of the training offer: for everybody, for providers, for the offices that keep them."""

from django.urls import path

from dorobek.web.offers import importing, office, own, views

OWN, KEPT = "dostawca/", "dostawcy/"

urlpatterns = [
    path("oferta/", views.search, name="offer"),
    path("oferta/wczytaj/", importing.bring, name="offer-import"),
    path("oferta/dostawcy/<uuid:uid>/", views.provider, name="offer-provider"),
    path("oferta/<uuid:uid>/", views.edition, name="offer-edition"),
    path(OWN, own.home, name="provider-home"),
    path(OWN + "bon/<uuid:voucher_uid>/", own.report, name="provider-report"),
    path(OWN + "<uuid:provider_uid>/szkolenie/", own.new_service, name="provider-service-new"),
    path(OWN + "<uuid:provider_uid>/opis/", own.description, name="provider-description"),
    path(OWN + "<uuid:provider_uid>/samoocena/", own.assess, name="provider-assess"),
    path(OWN + "szkolenie/<uuid:service_uid>/", own.service, name="provider-service"),
    path(OWN + "szkolenie/<uuid:service_uid>/termin/", own.new_edition, name="provider-edition-new"),
    path(OWN + "termin/<uuid:edition_uid>/", own.edition, name="provider-edition"),
    path(OWN + "termin/<uuid:edition_uid>/wycofaj/", own.withdraw, name="provider-edition-withdraw"),
    path(KEPT, office.provider_list, name="providers"),
    path(KEPT + "<uuid:provider_uid>/", office.one, name="providers-one"),
    path(KEPT + "<uuid:provider_uid>/dane/", office.change, name="providers-change"),
    path(KEPT + "<uuid:provider_uid>/konto/", office.account, name="providers-account"),
    path(KEPT + "<uuid:provider_uid>/audyt/", office.audit, name="providers-audit"),
    path(KEPT + "<uuid:provider_uid>/znak/", office.mark, name="providers-mark"),
    path(KEPT + "termin/<uuid:edition_uid>/wycofaj/", office.withdraw, name="providers-edition-withdraw"),
    path(KEPT + "znak/<uuid:check_uid>/cofnij/", office.end_mark, name="providers-mark-end"),
]
