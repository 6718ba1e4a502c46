"""Addresses of the desk."""

from django.urls import path

from dorobek.web.desk import views

urlpatterns = [
    path("biurko/", views.desk, name="desk"),
    path("sprawy/", views.cases, name="cases"),
    path("terminarz/", views.calendar, name="calendar"),
    path("terminarz/karta-czasu/", views.timesheet, name="timesheet"),
    path("terminarz/karta-czasu.csv", views.timesheet_table, name="timesheet-table"),
    path("nadzor/", views.team, name="team"),
    path("sprawozdania/", views.figures, name="figures"),
]
