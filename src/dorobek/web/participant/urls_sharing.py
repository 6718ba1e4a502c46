"""Addresses of sharing, of consultations and of consents, on the participant's side."""

from django.urls import path

from dorobek.web.participant import consultations, sharing

CASE = "bilans/<uuid:uid>/"

urlpatterns = [
    path(CASE + "pokaz/", sharing.share_list, name="own-shares"),
    path(CASE + "pokaz/nowe/", sharing.new_share, name="own-share-new"),
    path(CASE + "pokaz/<uuid:share_uid>/wylacz/", sharing.take_back, name="own-share-end"),
    path(CASE + "konsultacje/", consultations.proposals, name="own-consultations"),
    path(CASE + "konsultacje/<uuid:consultation_uid>/", consultations.answer, name="own-consultation"),
]
