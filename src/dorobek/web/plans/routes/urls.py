"""Addresses of routes and of a plan on its way, for the adviser and for the participant."""

from typing import Any

from django.urls import path

from dorobek.web.plans.routes import by_hand, life, limits, views
from dorobek.web.plans.views import both

PAGES: tuple[tuple[str, str, Any], ...] = (
    ("cel/<uuid:goal_uid>/drogi/", "routes", views.page),
    ("cel/<uuid:goal_uid>/drogi/pewne/", "routes-proof", views.proven),
    ("cel/<uuid:goal_uid>/drogi/wybierz/", "routes-choose", views.choose),
    ("cel/<uuid:goal_uid>/drogi/wlasna/", "routes-by-hand", by_hand.page),
    ("warunki-drog/", "plan-limits", limits.page),
    ("plan-wersje/", "plan-versions", life.versions),
    ("plan-wersje/<int:number>/", "plan-version", life.version),
    ("plan-po-roku/", "plan-year-later", life.year_later),
)
urlpatterns = [
    path("bilans/<uuid:uid>/plan-kalendarz/", life.calendar, name="own-plan-calendar"),
    path("bilans/<uuid:uid>/plan/kalendarz/<str:token>.ics", life.calendar_file, name="plan-calendar"),
]
for _where, _name, _view in PAGES:
    _on_case, _on_own = both(_view)
    urlpatterns += [
        path(f"sprawy/<uuid:uid>/{_where}", _on_case, name=f"case-{_name}"),
        path(f"bilans/<uuid:uid>/{_where}", _on_own, name=f"own-{_name}"),
    ]
