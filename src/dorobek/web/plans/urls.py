"""Addresses of the plan, for the adviser and for the participant."""

from django.urls import path

from dorobek.web.plans import views

urlpatterns = []
for prefix, side in (("sprawy/<uuid:uid>/plan/", 0), ("bilans/<uuid:uid>/cele/", 1)):
    name = ("case-plan", "own-goals")[side]
    stem = ("case", "own")[side]
    edit, decide = views.both(views.edit)[side], views.both(views.decide)[side]
    urlpatterns += [
        path(prefix, views.both(views.overview)[side], name=name),
        path(prefix + "<slug:part_kind>/", edit, name=f"{stem}-plan-add"),
        path(prefix + "<slug:part_kind>/do/<uuid:parent_uid>/", edit, name=f"{stem}-plan-add-to"),
        path(prefix + "<slug:part_kind>/<uuid:part_uid>/", edit, name=f"{stem}-plan-edit"),
        path(prefix + "<slug:part_kind>/<uuid:part_uid>/decyzja/", decide, name=f"{stem}-plan-decide"),
        path(
            prefix + "pytania/<uuid:scenario_uid>/odpowiedzi/",
            views.both(views.questions)[side],
            name=f"{stem}-plan-questions",
        ),
    ]
