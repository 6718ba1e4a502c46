"""Addresses of the screens; one line for each folder."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("dorobek.web.public.urls")),
    path("", include("dorobek.web.register.urls")),
    path("", include("dorobek.web.info.urls")),
    path("", include("dorobek.web.audits.urls_competences")),
    path("", include("dorobek.web.audits.urls_card")),
    path("", include("dorobek.web.audits.urls_registration")),
    path("", include("dorobek.web.audits.urls_interviews")),
    path("", include("dorobek.web.participant.urls_card")),
    path("", include("dorobek.web.participant.urls_life")),
    path("", include("dorobek.web.participant.urls")),
    path("", include("dorobek.web.plans.urls")),
    path("", include("dorobek.web.desk.urls")),
    path("", include("dorobek.web.audits.urls_case")),
    path("", include("dorobek.web.participant.urls_agreement")),
    path("", include("dorobek.web.audits.urls_documents")),
    path("", include("dorobek.web.participant.urls_documents")),
    path("", include("dorobek.web.participant.urls_data")),
    path("", include("dorobek.web.participant.urls_sharing")),
    path("", include("dorobek.web.readiness.urls")),
    path("", include("dorobek.web.consultations.urls")),
    path("", include("dorobek.web.employer.urls")),
    path("", include("dorobek.web.administration.urls")),
    path("", include("dorobek.web.offers.urls")),
    path("", include("dorobek.web.vouchers.urls")),
    path("", include("dorobek.web.credentials.urls_public")),
    path("", include("dorobek.web.credentials.urls_issuing")),
    path("", include("dorobek.web.wallet.urls")),
]
