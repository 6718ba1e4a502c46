"""Addresses of the agreement and meetings on the participant's side."""

from django.urls import path

from dorobek.web.participant import agreement

CASE = "bilans/<uuid:uid>/"

urlpatterns = [
    path(CASE + "umowa/", agreement.agreement, name="own-agreement"),
    path(CASE + "terminy/", agreement.meetings, name="own-meetings"),
    path(CASE + "terminy/<uuid:meeting_uid>/zadanie/", agreement.homework, name="own-homework"),
    path(CASE + "terminy/<uuid:meeting_uid>/kalendarz.ics", agreement.calendar_file, name="own-calendar"),
]
