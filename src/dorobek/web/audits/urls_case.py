"""Addresses of running a case."""

from django.urls import path

from dorobek.web.audits import agreement, meetings, overview

CASE = "sprawy/<uuid:uid>/"
MEETINGS = CASE + "spotkania/"
ONE = MEETINGS + "<uuid:meeting_uid>/"

urlpatterns = [
    path(CASE, overview.overview, name="case"),
    path(CASE + "wspolnie/", overview.assist, name="case-assist"),
    path(CASE + "kontakty/", overview.contacts, name="case-contacts"),
    path(CASE + "skierowanie/", overview.add_referral, name="case-referral"),
    path(CASE + "przekaz/", overview.hand_over, name="case-hand-over"),
    path(CASE + "historia/", overview.history, name="case-history"),
    path(CASE + "kontrakt/", agreement.agreement, name="case-agreement"),
    *(
        path(CASE + f"{how}/", overview.end, {"how": how}, name=f"case-{name}")
        for how, name in (
            ("zakoncz", "finish"),
            ("przerwij", "interrupt"),
            ("otworz", "reopen"),
            ("spoznienie", "explain"),
        )
    ),
    path(MEETINGS, meetings.meeting_list, name="case-meetings"),
    path(MEETINGS + "harmonogram.csv", meetings.table, {"kind": "schedule"}, name="case-meetings-schedule"),
    path(MEETINGS + "lista-obecnosci.csv", meetings.table, {"kind": "attendance"}, name="case-meetings-attendance"),
    path(MEETINGS + "przebieg-udzialu.csv", meetings.table, {"kind": "participation"}, name="case-meetings-record"),
    path(MEETINGS + "nowe/", meetings.plan, name="case-meeting-new"),
    path(ONE, meetings.plan, name="case-meeting"),
    path(ONE + "odbyte/", meetings.hold, name="case-meeting-hold"),
    path(ONE + "nieodbyte/", meetings.cancel, name="case-meeting-cancel"),
    path(ONE + "arkusz/", meetings.scan, name="case-meeting-scan"),
]
