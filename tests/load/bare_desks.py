"""The same rows as the desks of validation, as bare pages: the frame of every page, one query, a table, nothing else."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from dorobek.validation.models import Appeal, Application
from dorobek.web.doors import signed_in

ROWS = {"office": 25, "assessing": 25, "appeals": 50}
BARE = """{% extends "base.html" %}{% block content %}<h1>bare</h1><table class="table">{% for row in rows %}
<tr><th scope="row">{{ row.person.name }}</th><td>{{ row.get_state_display }}</td><td>{{ row.opening.begins_on|date }}</td>
<td>{{ row.opening.qualification.title_pl }}</td></tr>{% endfor %}</table>{% endblock %}"""


@signed_in
def bare(request: HttpRequest, desk: str) -> HttpResponse:
    """One page of rows with the person's name, the state, the first day and the qualification."""
    if desk == "appeals":
        filed = Appeal.objects.filter(state="filed").select_related(
            "application__person", "application__opening__qualification"
        )
        rows = [one.application for one in filed.order_by("due_on", "pk")[: ROWS[desk]]]
    else:
        found = Application.objects.filter(state="appointed" if desk == "assessing" else "documented")
        found = found.select_related("person", "opening__qualification").order_by("opening__begins_on", "pk")
        rows = list(found[: ROWS[desk]])
    return HttpResponse(engines["django"].from_string(BARE).render({"rows": rows}, request))


urlpatterns = [path("bare/<str:desk>/", bare), path("", include("dorobek.config.urls"))]
