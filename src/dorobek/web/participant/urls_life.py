"""Addresses of the participant's way of life and stories."""

from django.urls import path

from dorobek.web.participant import episodes, life

LIFE = "bilans/<uuid:uid>/droga/"
STORIES = "bilans/<uuid:uid>/historie/"

urlpatterns = [
    path(LIFE, life.life, name="own-life"),
    path(LIFE + "nowe/", life.choose_kind, name="own-event-kind"),
    path(LIFE + "nowe/<slug:kind>/", life.event, name="own-event-new"),
    path(LIFE + "wydarzenia/<uuid:event_uid>/", life.event, name="own-event"),
    path(LIFE + "wydarzenia/<uuid:event_uid>/usun/", life.remove, name="own-event-remove"),
    path(LIFE + "odpowiedzi/", life.answers, name="own-answers"),
    path(LIFE + "odpowiedzi/<uuid:answer_uid>/", life.answer, name="own-answer"),
    path(LIFE + "dobrowolne/", life.personal, name="own-personal"),
    path(LIFE + "dobrowolne/zakoncz/", life.stop, name="own-personal-stop"),
    path(LIFE + "dobrowolne/wycofaj/", life.withdraw, name="own-personal-withdraw"),
    path(STORIES, episodes.episode_list, name="own-episodes"),
    path(STORIES + "nowa/", episodes.choose_part, name="own-episode-part"),
    path(STORIES + "nowa/<slug:part>/", episodes.begin, name="own-episode-new"),
    path(STORIES + "<uuid:episode_uid>/", episodes.episode, name="own-episode"),
    path(STORIES + "<uuid:episode_uid>/tytul/", episodes.rename, name="own-episode-rename"),
    path(STORIES + "<uuid:episode_uid>/usun/", episodes.remove, name="own-episode-remove"),
    path(STORIES + "<uuid:episode_uid>/<slug:name>/", episodes.step, name="own-episode-step"),
]
