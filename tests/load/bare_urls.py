"""The addresses of Dorobek and one bare page: the same frame, one query, the same fifty rows."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from dorobek.audits.models import SkillsAudit
from dorobek.portfolio.models import Competence
from dorobek.register.models import Criterion
from dorobek.web.doors import signed_in

BARE = """{% extends "base.html" %}{% block content %}<h1>bare</h1><table class="table">{% for row in rows %}
<tr><th scope="row">{{ row.person.name }}</th><td>{{ row.number }}</td><td>{{ row.get_stage_display }}</td>
<td>{{ row.due_on|date }}</td></tr>{% endfor %}</table>{% endblock %}"""


@signed_in
def bare(request: HttpRequest) -> HttpResponse:
    """Fifty rows of one indexed query in the frame of every page."""
    own = SkillsAudit.objects.filter(adviser=request.user)
    if request.user.supervised_units:  # type: ignore[union-attr]
        own = SkillsAudit.objects.filter(unit__in=request.user.supervised_units)  # type: ignore[union-attr]
    rows = own.select_related("person").order_by("sort_key", "id")[:50]
    return HttpResponse(engines["django"].from_string(BARE).render({"rows": rows}, request))


BARE_GAPS = """{% extends "base.html" %}{% block content %}<h1>bare</h1><table class="table">{% for row in rows %}
<tr><th scope="row">{{ row.text_pl }}</th><td>{{ row.letter }}</td><td>{{ row.outcome.title_pl }}</td>
<td>{{ row.outcome.code }}</td></tr>{% endfor %}</table><table class="table">{% for row in held %}
<tr><th scope="row">{{ row.wording }}</th><td>{{ row.get_state_display }}</td><td>{{ row.created_at|date }}</td></tr>
{% endfor %}</table>{% endblock %}"""


@signed_in
def bare_gaps(request: HttpRequest) -> HttpResponse:
    """All criteria of a large qualification and the user's own competences, one query each, in the frame of every page."""
    rows = Criterion.objects.select_related("outcome").order_by("id")[:300]
    held = Competence.objects.filter(person__account=request.user).order_by("id")[:200]  # type: ignore[misc]
    return HttpResponse(engines["django"].from_string(BARE_GAPS).render({"rows": rows, "held": held}, request))


urlpatterns = [path("bare/", bare), path("bare/gaps/", bare_gaps), path("", include("dorobek.config.urls"))]
