"""One entry of the register: for a reader, by version, with what is near it."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dorobek.register.entry import TEXTS, Entry
from dorobek.register.enums import BodyRole, ValidationMethod
from dorobek.register.models import OutcomeLink, Qualification, QualificationVersion
from dorobek.register.perms import may_edit_register
from dorobek.register.queries.analysis import accepted_links
from dorobek.register.queries.search import nearest_to


def titles() -> dict[str, str]:
    """What each running text of an entry is called for a reader."""
    return {
        "characteristics": _("Kim jest osoba z tą kwalifikacją"),
        "target_groups": _("Dla kogo"),
        "entry_conditions": _("Kto może przystąpić"),
        "uses": _("Co można z nią robić"),
        "validity": _("Na jak długo"),
        "demand": _("Zapotrzebowanie"),
        "similar": _("Podobne kwalifikacje"),
        "validation": _("Wymagania walidacji, w całości"),
        "legal_base": _("Podstawa prawna"),
        "review_rule": _("Jak często jest przeglądana"),
        "consultation": _("Co mówiono w konsultacjach"),
        "synopsis": _("Efekty uczenia się w skrócie"),
    }


def find(code: str) -> Qualification:
    """The qualification with its newest version; 404 otherwise. One statement."""
    found = Qualification.objects.select_related("current").filter(code=code).first()
    if found is None or found.current is None:
        raise Http404
    return found


def entry(request: HttpRequest, code: str) -> HttpResponse:
    """The newest version, for a reader. Three statements."""
    qualification = find(code)
    assert qualification.current is not None
    return shown(request, qualification, qualification.current)


def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The entry as it stood; its address is permanent."""
    qualification = find(code)
    stood = qualification.versions.filter(number=number).first()
    if stood is None:
        raise Http404
    return shown(request, qualification, stood)


def shown(request: HttpRequest, qualification: Qualification, stood: QualificationVersion) -> HttpResponse:
    """A version of an entry on the page."""
    whole = stood.entry
    named = titles()
    context = {
        **frame(request, qualification, "entry"),
        "version": stood,
        "newest": stood.pk == qualification.current_id,
        "entry": whole,
        "sets": sets(whole),
        "methods": [str(ValidationMethod(one.code).label) for one in whole.rules.methods] if whole.rules else [],
        "awarding": bodies(whole, BodyRole.AWARDING),
        "others": [
            (BodyRole(role).label, names)
            for role in BodyRole
            if role != BodyRole.AWARDING and (names := bodies(whole, role))
        ],
        "rest": [(named[name], whole.text(name)) for name in TEXTS if name in LATER and whole.text(name)],
        "rules": rules(whole),
    }
    if stood.pk == qualification.current_id:
        with_skills(context["sets"], accepted_links(qualification))
    return render(request, "register/entry.html", context)


LATER = ("target_groups", "demand", "similar", "synopsis", "legal_base", "review_rule", "consultation", "validation")


def frame(request: HttpRequest, qualification: Qualification, tab: str) -> dict[str, Any]:
    """What every page of an entry shows around it."""
    return {
        "qualification": qualification,
        "tab": tab,
        "edits_register": request.user.is_authenticated and may_edit_register(request.user),
        "version_count": qualification.current.number if qualification.current else 0,
    }


def sets(whole: Entry) -> list[dict[str, Any]]:
    """Sets, outcomes and criteria with their numbers, ready to print."""
    return [
        {
            "number": group.number,
            "title": group.pl,
            "outcomes": [
                {"number": f"{group.number}.{one.number}", "title": one.pl, "criteria": one.criteria}
                for one in group.outcomes
            ],
        }
        for group in whole.sets
    ]


def with_skills(groups: list[dict[str, Any]], links: Sequence[OutcomeLink]) -> None:
    """Put skills of ESCO that an editor accepted beside their outcomes, with the notice that their licence asks for."""
    for group in groups:
        for outcome in group["outcomes"]:
            outcome["skills"] = [link.concept for link in links if place(link) == outcome["number"]]


def place(link: OutcomeLink) -> str:
    """Where the outcome stands in its entry: "2.1"."""
    group = link.outcome.outcome_set
    return f"{group.number if group else 0}.{link.outcome.number}"


def bodies(whole: Entry, role: str) -> list[str]:
    return [f"{body.name}, {body.place}" if body.place else body.name for body in whole.bodies if body.role == role]


def rules(whole: Entry) -> list[str]:
    """The rules of validation in plain sentences, from data."""
    found = whole.rules
    if found is None:
        return []
    said: list[str] = []
    if found.methods and found.all_methods_used:
        said.append(_("Trzeba przejść wszystkie te metody."))
    if found.only_these_methods:
        said.append(_("Innych metod się nie stosuje."))
    if found.every_outcome:
        said.append(_("Sprawdza się każdy efekt uczenia się."))
    if found.members_min:
        said.append(_("W komisji zasiadają co najmniej %(count)d osoby.") % {"count": found.members_min})
    if found.not_own_trainees:
        said.append(_("Nikt z komisji nie sprawdza osoby, którą wcześniej szkolił."))
    if found.adviser_needed:
        said.append(_("Instytucja daje doradcę, który pomaga zebrać dowody."))
    if found.appeal_each_stage:
        said.append(_("Od wyniku można odwołać się na każdym etapie."))
    return said


def versions(request: HttpRequest, code: str) -> HttpResponse:
    """Every version and what changed in it."""
    qualification = find(code)
    rows = [(one, [change(path, pair) for path, pair in one.changes.items()]) for one in qualification.versions.all()]
    return render(request, "register/versions.html", {**frame(request, qualification, "versions"), "rows": rows})


def change(path: str, pair: list[Any]) -> dict[str, str]:
    """One change in words: where, before, after."""
    return {"where": where(path), "before": in_words(pair[0]), "after": in_words(pair[1])}


def where(path: str) -> str:
    """`sets/2/outcomes/1/criteria/a/pl` as a reader would say it."""
    parts = path.split("/")
    if parts[0] == "sets" and len(parts) > 1:
        place = _("zestaw %(number)s") % {"number": parts[1]}
        if len(parts) > 3:
            place += ", " + _("efekt %(number)s") % {"number": parts[3]}
        if len(parts) > 5:
            place += ", " + _("kryterium %(letter)s") % {"letter": parts[5]}
        return place
    if parts[0] == "texts" and len(parts) > 1:
        return titles().get(parts[1], parts[1])
    names = {
        "title_pl": _("nazwa"), "title_en": _("nazwa po angielsku"), "level": _("poziom PRK"), "status": _("stan"),
        "category": _("skąd pochodzi"), "kind": _("pełna czy cząstkowa"), "hours": _("nakład pracy"),
        "bodies": _("instytucje"), "rules": _("zasady walidacji"), "next_review": _("następny przegląd"),
        "effective_from": _("funkcjonuje od"), "preceding": _("kwalifikacje poprzedzające"),
    }  # fmt: skip
    return names.get(parts[0], parts[0])


def in_words(value: Any) -> str:
    """A value of a change, as text; lists and objects by their names."""
    if isinstance(value, dict):
        return "; ".join(text for item in value.values() if (text := in_words(item)))
    if isinstance(value, list):
        return "; ".join(text for item in value if (text := in_words(item)))
    return "" if value in (None, False) else str(value)


def similar(request: HttpRequest, code: str) -> HttpResponse:
    """Entries whose words are nearest, and which sets and outcomes they share."""
    qualification = find(code)
    return render(
        request,
        "register/similar.html",
        {**frame(request, qualification, "similar"), "hits": nearest_to(qualification)},
    )
