"""Addresses of the info centre. A page's address never changes: other offices link to it."""

from django.urls import path

from dorobek.web.info import editing, views

urlpatterns = [
    path("informacje/", views.contents, name="info"),
    path("informacje/druk/<slug:section>/", views.printed, name="info-print"),
    path("informacje/redakcja/", editing.all_pages, name="info-editing"),
    path("informacje/redakcja/nowa/", editing.new_page, name="info-new"),
    path("informacje/redakcja/<uuid:page_uid>/", editing.edit, name="info-edit"),
    path("informacje/redakcja/<uuid:page_uid>/publikacja/", editing.publish, name="info-publish"),
    path("informacje/redakcja/<uuid:page_uid>/wersje/", editing.versions, name="info-versions"),
    path("informacje/redakcja/<uuid:page_uid>/wersje/<int:number>/", editing.version, name="info-version"),
    path("informacje/<slug:section>/", views.section, name="info-section"),
    path("informacje/<slug:section>/<slug:slug>/", views.page, name="info-page"),
]
