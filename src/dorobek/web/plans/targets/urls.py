"""Addresses of targets and gaps, for the adviser and for the participant."""

from typing import Any

from django.urls import path

from dorobek.web.plans.targets import figures, gaps, lines, views
from dorobek.web.plans.views import both

CEL = "cel/<uuid:goal_uid>/"
PAGES: tuple[tuple[str, str, Any], ...] = (
    (CEL, "target", views.page),
    (CEL + "wybor/", "target-choose", views.choose),
    (CEL + "pozycje/", "target-lines", lines.lines),
    (CEL + "propozycje/", "target-proposals", lines.proposals),
    (CEL + "luki/", "gaps", gaps.gaps),
    (CEL + "luki/historia/", "gaps-history", gaps.history),
    (CEL + "luki/wydruk/", "gaps-print", gaps.printed),
    (CEL + "rynek/<int:key>/", "target-figure", views.figure),
)
urlpatterns = [path("rynek-pracy/wczytaj/", figures.bring, name="labour-import")]
for _where, _name, _view in PAGES:
    _on_case, _on_own = both(_view)
    urlpatterns += [
        path(f"sprawy/<uuid:uid>/{_where}", _on_case, name=f"case-{_name}"),
        path(f"bilans/<uuid:uid>/{_where}", _on_own, name=f"own-{_name}"),
    ]
