"""One part of a programme on a page: its fields, the lists below it, adding, taking out, putting in order (SA-1)."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dorobek.kernel.merging import MISSING
from dorobek.people.enums import Role
from dorobek.programmes import actions
from dorobek.programmes.actions.drafts import PartFaults, base_of, newest
from dorobek.programmes.drafting.labels import LISTS, NODE_NAMES, PARTS
from dorobek.programmes.drafting.spots import NODE, Kind, below, class_of, empty, shape_at
from dorobek.programmes.drafting.tree import Place, find, key_of
from dorobek.programmes.drafting.words import title_of, trail
from dorobek.programmes.models import Programme
from dorobek.programmes.rules.nodes import NODE_KINDS
from dorobek.programmes.schema.shapes import Eligibility
from dorobek.web.administration.programme_forms import PartForm, initial_of
from dorobek.web.administration.programmes import rules_of
from dorobek.web.administration.views import find_programme
from dorobek.web.doors import CaseRequest, attempt, staff
from dorobek.web.drafts import finish, form_for

PART = "administration-programme-part"


def _place(where: str) -> Place:
    return tuple(step for step in where.split("/") if step)


def _kind(rules: Any, place: Place) -> Kind:
    kind = shape_at(rules, place)
    if kind is None or not kind.is_object or place[0] not in PARTS:
        raise Http404
    return kind


def _page(request: CaseRequest, programme: Programme, rules: Any, place: Place, **more: Any) -> HttpResponse:
    names = trail(rules, place)
    context = {
        "programme": programme,
        "institution": programme.institution,
        "draft": actions.draft_of(programme),
        "where": "/".join(place),
        "crumbs": _crumbs(programme, rules, place),
        "title": names[-1] if names else "",
        "hint": PARTS[place[0]][1] if len(place) == 1 else "",
        "base_version": base_of(programme),
        **more,
    }
    return render(request, "administration/programme_part.html", context)


def _crumbs(programme: Programme, rules: Any, place: Place) -> list[tuple[str, str]]:
    """The way down; lists inside an object are shown on the object's own page."""
    found = [(programme.name, reverse("administration-programme", args=[programme.uid]))]
    for length in range(1, len(place)):
        item = find(rules, place[:length])
        if isinstance(item, dict) or length == 1:
            names = trail(rules, place[:length])
            found.append((names[-1] if names else place[length - 1], _url(programme, place[:length])))
    names = trail(rules, place)
    return [*found, (names[-1] if names else place[-1], "")]


def _url(programme: Programme, place: Place) -> str:
    return reverse(PART, args=[programme.uid, "/".join(place)])


def _up(programme: Programme, rules: Any, place: Place) -> str:
    """The page above: of the object or the list of the whole part that holds this one, or the overview."""
    for length in range(len(place) - 1, 0, -1):
        if isinstance(find(rules, place[:length]), dict) or length == 1:
            return _url(programme, place[:length])
    return reverse("administration-programme", args=[programme.uid])


def _lists(rules: Any, place: Place, shape: Any) -> list[dict[str, Any]]:
    """What hangs below an object, ready to show."""
    return [_list(rules, (*place, one.name), one.kind, f"{one.owner}.{one.name}") for one in below(shape)]


def _list(rules: Any, place: Place, kind: Kind, name: str) -> dict[str, Any]:
    held = find(rules, place)
    heading, one = LISTS[name]
    items: list[dict[str, Any]] = []
    for number, item in enumerate(held if isinstance(held, list) else []):
        items.append({"where": "/".join((*place, key_of(item, number))), "title": title_of(item), "item": item})
    if isinstance(held, dict):
        items = [{"where": "/".join(place), "title": title_of(held), "item": held}]
    for one_item in items:
        one_item["kind"] = NODE_NAMES.get(one_item["item"].get("rule"), "")
    return {
        "heading": heading, "one": one, "items": items, "where": "/".join(place), "many": kind.many,
        "may_add": kind.many or not items, "may_replace": not kind.many and kind.base == NODE and isinstance(held, dict) and not held.get("of"),
        "may_remove": kind.many or kind.optional,
    }  # fmt: skip


@staff(Role.ADMINISTRATOR)
def part(request: CaseRequest, uid: uuid.UUID, where: str) -> HttpResponse:
    """A part's fields, or a list of them; saving writes the draft."""
    programme, place = find_programme(request, uid), _place(where)
    rules = rules_of(programme)
    kind, item = _kind(rules, place), find(rules, place)
    if kind.many:
        if request.method == "POST" or len(place) > 1:
            raise Http404
        return _page(request, programme, rules, place, lists=[_list(rules, place, kind, f"Rules.{place[0]}")])
    if not isinstance(item, dict):
        return _missing(request, programme, rules, place, kind)
    shape = class_of(kind, item)
    form = _form(request, programme, rules, place, shape, item)
    if request.method == "POST" and form.is_valid() and _saved(request, programme, place, form):
        finish(request)
        messages.success(request, _("Zapisano w szkicu."))
        return redirect(_up(programme, rules, place))
    lists = _lists(rules, place, shape)
    may_remove = len(place) == 1 and kind.optional
    kind_name = NODE_NAMES.get(item.get("rule", ""), "") if kind.base == NODE else ""
    more = {"may_remove": may_remove, "kind_name": kind_name, "lists_first": shape is Eligibility}
    return _page(request, programme, rules, place, form=form, lists=lists, **more)


def _form(
    request: CaseRequest, programme: Programme, rules: Any, place: Place, shape: Any, item: dict[str, Any]
) -> PartForm:
    published = newest(programme)
    frozen = published is not None and isinstance(find(published.rules, place), dict)
    return form_for(
        request, PartForm, initial=initial_of(shape, item), base_version=base_of(programme),
        shape=shape, item=item, rules=rules, place=place, frozen=frozen,
    )  # fmt: skip


def _saved(request: CaseRequest, programme: Programme, place: Place, form: PartForm) -> Any:
    def call() -> Any:
        return actions.edit_part(
            programme=programme, place=place, values=form.values(),
            base_version=form.cleaned_data["base_version"], acting_user=request.acting,
        )  # fmt: skip

    return _tried(form, call)


def _tried(form: PartForm, call: Callable[[], Any]) -> Any:
    """The action's result, or None with each fault beside its field."""

    def named() -> Any:
        try:
            return call()
        except PartFaults as faults:
            form.refuse(faults.errors)
            return None

    return attempt(form, named)


def _missing(request: CaseRequest, programme: Programme, rules: Any, place: Place, kind: Kind) -> HttpResponse:
    """A part that the programme does not have; or one that somebody took out while it was being written."""
    above = find(rules, place[:-1])
    in_list = isinstance(above, list)
    if request.method == "GET" and in_list:
        raise Http404
    if kind.base == NODE and request.method == "GET":
        return redirect("administration-programme-add", programme.uid, "/".join(place))
    shape = class_of(kind, {})
    if shape is None:
        raise Http404
    return _adding(request, programme, rules, place[:-1] if in_list else place, shape, "", gone=in_list, key=place[-1])


@staff(Role.ADMINISTRATOR)
def add(request: CaseRequest, uid: uuid.UUID, where: str) -> HttpResponse:
    """A new item of a list, or a part that was missing; for a condition, its kind is chosen first."""
    programme, place = find_programme(request, uid), _place(where)
    rules = rules_of(programme)
    kind = _kind(rules, place)
    if find(rules, place[:-1]) is MISSING:
        raise Http404
    rule = request.GET.get("rodzaj", "")
    if kind.base == NODE and rule not in NODE_KINDS:
        names = list(NODE_NAMES.items())
        return _page(request, programme, rules, place, kinds=names, title=_("Jaki to warunek?"))
    shape = NODE_KINDS[rule] if kind.base == NODE else kind.base
    return _adding(request, programme, rules, place, shape, rule)


def _adding(
    request: CaseRequest, programme: Programme, rules: Any, place: Place, shape: Any, rule: str,
    *, gone: bool = False, key: str = "",
) -> HttpResponse:  # fmt: skip
    item = empty(shape, rule)
    if gone and "code" in {one.name for one in shape.__dataclass_fields__.values()}:
        item["code"] = key
    form = form_for(
        request, PartForm, initial=initial_of(shape, item), shape=shape, item=item, rules=rules,
        place=(*place, ""), frozen=gone and "code" in item,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        if gone and "mimo-to" not in request.POST:
            form.add_error(None, _("Ktoś usunął to w międzyczasie. Zapisanie jeszcze raz doda tę pozycję na nowo."))
        elif _tried(form, lambda: _added(request, programme, place, form)):
            finish(request)
            messages.success(request, _("Dodano do szkicu."))
            return redirect(_up(programme, rules, (*place, "")))
    kind_name = NODE_NAMES.get(rule, "")
    title = LISTS[_list_name(rules, place)][1] if _list_name(rules, place) in LISTS else None
    more = {"title": title} if title else {}
    return _page(request, programme, rules, place, form=form, adding=True, gone=gone, kind_name=kind_name, **more)


def _added(request: CaseRequest, programme: Programme, place: Place, form: PartForm) -> Any:
    replace = "zamiast" in request.GET
    return actions.add_part(
        programme=programme, place=place, item=form.whole(), acting_user=request.acting, replace=replace
    )


def _list_name(rules: Any, place: Place) -> str:
    above = shape_at(rules, place[:-1])
    shape = class_of(above, find(rules, place[:-1])) if above else None
    return f"{shape.__name__}.{place[-1]}" if shape else ""


@staff(Role.ADMINISTRATOR)
def remove(request: CaseRequest, uid: uuid.UUID, where: str) -> HttpResponse:
    """Take it out of the draft, after a question."""
    programme, place = find_programme(request, uid), _place(where)
    rules = rules_of(programme)
    _kind(rules, place)
    if find(rules, place) in (MISSING, None):
        raise Http404
    if request.method == "POST":
        base = request.POST.get("base_version", "")
        actions.remove_part(
            programme=programme, place=place, base_version=int(base) if base.isdigit() else 0,
            acting_user=request.acting,
        )  # fmt: skip
        messages.success(request, _("Usunięto ze szkicu. Opublikowana wersja się nie zmieniła."))
        return redirect(_up(programme, rules, place))
    return _page(request, programme, rules, place, removing=True, back=_up(programme, rules, place))


@require_POST
@staff(Role.ADMINISTRATOR)
def move(request: CaseRequest, uid: uuid.UUID, where: str) -> HttpResponse:
    """One place earlier or later in its list."""
    programme, place = find_programme(request, uid), _place(where)
    rules = rules_of(programme)
    _kind(rules, place)
    by = -1 if "wyzej" in request.POST else 1
    actions.move_part(programme=programme, place=place, by=by, acting_user=request.acting)
    return redirect(_up(programme, rules, place))
