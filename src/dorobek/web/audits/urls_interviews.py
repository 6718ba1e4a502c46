"""Addresses of the two interviews, on the adviser's side."""

from django.urls import path

from dorobek.web.audits import episodes, life

LIFE = "sprawy/<uuid:uid>/droga/"
EPISODES = "sprawy/<uuid:uid>/epizody/"

urlpatterns = [
    path(LIFE, life.life, name="case-life"),
    path(LIFE + "pytania/<slug:area>/", life.life, name="case-life-area"),
    path(LIFE + "pytania/<slug:area>/wlasne/", life.own_question, name="case-life-own-question"),
    path(LIFE + "pytania/<slug:area>/<slug:code>/", life.question, name="case-life-question"),
    path(LIFE + "odpowiedzi/<uuid:answer_uid>/<uuid:event_uid>/odepnij/", life.untie, name="case-life-untie"),
    path(LIFE + "dobrowolne/", life.personal, name="case-life-personal"),
    path(LIFE + "dobrowolne/przerwij/", life.stop, name="case-life-stop"),
    path(LIFE + "dobrowolne/wycofaj/", life.withdraw, name="case-life-withdraw"),
    path(LIFE + "wydarzenia/nowe/<slug:area>/", life.event, name="case-life-event-new"),
    path(LIFE + "wydarzenia/<uuid:event_uid>/", life.event, name="case-life-event"),
    path(LIFE + "wydarzenia/<uuid:event_uid>/usun/", life.remove_event, name="case-life-event-remove"),
    path(EPISODES, episodes.episode_list, name="case-episodes"),
    path(EPISODES + "nowy/<slug:part>/", episodes.begin, name="case-episode-new"),
    path(EPISODES + "<uuid:episode_uid>/", episodes.episode, name="case-episode"),
    path(EPISODES + "<uuid:episode_uid>/usun/", episodes.remove, name="case-episode-remove"),
]
