"""What eligibility is decided on (SA-2, SA-17): answers checked, kept as JSON, read back as facts."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from dorobek.kernel import teryt
from dorobek.kernel.errors import RuleBroken
from dorobek.programmes.enums import (
    EducationLevel,
    Labelled,
    LabourStatus,
    PlaceTie,
    Residence,
    RuleStatus,
    ServiceMembership,
    Verdict,
)
from dorobek.programmes.rules.facts import ApplicantFacts
from dorobek.programmes.rules.nodes import HasDisability, ParticipationsAtMost, Quota, walk
from dorobek.programmes.schema import Rules

# Field code of the programme -> name of the answer.
FIELD_OF_TIE = {
    PlaceTie.LIVES: "lives-in",
    PlaceTie.WORKS: "works-in",
    PlaceTie.LEARNS: "learns-in",
    PlaceTie.SERVES: "serves-in",
}
TEXTS = {
    "sex": 20,
    "employer_name": 250,
    "occupation": 250,
    "contact_preference": 60,
    "language_of_service": 60,
    "accessibility_needs": 1000,
}
CHOICES: dict[str, type[Labelled]] = {"education": EducationLevel, "residence": Residence}
MANY: dict[str, type[Labelled]] = {"statuses": LabourStatus, "services": ServiceMembership}
ANSWERS = (*TEXTS, *CHOICES, *MANY, "places", "disability")


def asked_fields(rules: Rules) -> dict[str, bool]:
    """Field codes asked at registration, with whether they are required. Disability only where a rule needs it."""
    asked = {one.code: one.required for one in rules.card.registration_fields}
    if not needs_disability(rules):
        asked.pop("disability", None)
    return asked


def needs_disability(rules: Rules) -> bool:
    return any(isinstance(node, HasDisability) for node in walk(rules.eligibility.rule))


def quotas(rules: Rules) -> dict[str, int]:
    """Places by name of the limited intakes."""
    return {node.name: node.places for node in walk(rules.eligibility.rule) if isinstance(node, Quota)}


def counts_participations(rules: Rules) -> bool:
    return any(isinstance(node, ParticipationsAtMost) for node in walk(rules.eligibility.rule))


def checked_answers(given: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """The answers as JSON holds them, only those the programme asks for. Raises RuleBroken with the field.

    `places`: TERYT code by tie; an empty one, where it is asked, means that there is no such tie.
    """
    if unknown := set(given) - set(ANSWERS):
        raise RuleBroken(_("Nie ma takiego pola: %(names)s.") % {"names": ", ".join(sorted(unknown))})
    asked = asked_fields(rules)
    found: dict[str, Any] = {}
    for name, limit in TEXTS.items():
        if name.replace("_", "-") in asked:
            found[name] = _text(name, given.get(name), limit)
    for name, kind in CHOICES.items():
        if name in asked:
            found[name] = _one(name, given.get(name), kind)
    for name, code in (("statuses", "labour-status"), ("services", "service")):
        if code in asked:
            found[name] = _many(name, given.get(name), MANY[name])
    if "disability" in asked:
        found["disability"] = None if given.get("disability") is None else bool(given["disability"])
    found["places"] = _places(given.get("places") or {}, asked)
    return found


def _text(name: str, value: Any, limit: int) -> str:
    text = " ".join(str(value or "").replace("\x00", "").split())
    if len(text) > limit:
        raise RuleBroken(
            _("To za długie: najwyżej %(limit)d znaków, a jest %(length)d. Proszę skrócić.")
            % {"limit": limit, "length": len(text)},
            name,
        )
    return text


def _one(name: str, value: Any, kind: type[Labelled]) -> str | None:
    if not value:
        return None
    if str(value) not in set(kind):
        raise RuleBroken(_("Tej odpowiedzi nie ma na liście. Proszę wybrać jedną z podanych."), name)
    return str(value)


def _many(name: str, value: Any, kind: type[Labelled]) -> list[str] | None:
    if value is None:
        return None
    return sorted(found for one in value if (found := _one(name, one, kind)))


def _places(given: Mapping[Any, Any], asked: Mapping[str, bool]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for tie, code in FIELD_OF_TIE.items():
        if code not in asked:
            continue
        value = str(given.get(str(tie)) or "").strip()
        if not value and tie is PlaceTie.LIVES:
            continue
        try:
            found[str(tie)] = teryt.check_code(value) if value else None
        except teryt.PlaceError as refusal:
            raise RuleBroken(refusal.message, code.replace("-", "_")) from refusal
    return found


def by_field(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Kept answers by the name of their field on a form: `places` spread out."""
    found = {name: value for name, value in answers.items() if name != "places"}
    for tie, code in FIELD_OF_TIE.items():
        if str(tie) in (answers.get("places") or {}):
            found[code.replace("-", "_")] = answers["places"][str(tie)] or ""
    return found


def applicant(
    answers: Mapping[str, Any],
    *,
    birth_date: dt.date | None,
    earlier: int,
    quota_left: Mapping[str, int],
) -> ApplicantFacts:
    """The facts the rules are judged on."""
    statuses, services = answers.get("statuses"), answers.get("services")
    return ApplicantFacts(
        birth_date=birth_date,
        education=EducationLevel(answers["education"]) if answers.get("education") else None,
        statuses=frozenset(LabourStatus(one) for one in statuses) if statuses else None,
        places={PlaceTie(tie): code for tie, code in (answers.get("places") or {}).items()},
        disability=answers.get("disability"),
        residence=Residence(answers["residence"]) if answers.get("residence") else None,
        services=None if services is None else frozenset(ServiceMembership(one) for one in services),
        earlier_participations=earlier,
        quota_left=dict(quota_left),
    )


@dataclass(frozen=True)
class Line:
    """A rule of a kept decision, ready to be shown: its title, what it says, what would change it, and its depth."""

    status: str
    title: str
    reason: str
    would_change: str
    depth: int
    choice: bool
    nearest: bool
    children: "list[Line]" = field(default_factory=list)

    @property
    def look(self) -> tuple[str, str, str]:
        """Tone, icon and word of its state."""
        return {
            RuleStatus.PASSED: ("ok", "ok", _("spełniony")),
            RuleStatus.FAILED: ("bad", "no", _("niespełniony")),
        }.get(RuleStatus(self.status), ("wait", "wait", _("brak danych")))


def lines(decision: Mapping[str, Any], language: str) -> list[Line]:
    """The rules of a decision (`Decision.to_dict()`), in the language of the reader; both ways of reading agree."""
    return [_line(one, language, 0) for one in decision.get("outcomes", [])]


def _line(outcome: Mapping[str, Any], language: str, depth: int) -> Line:
    def said(name: str) -> str:
        pair = outcome.get(name)
        return str(pair["pl" if language.startswith("pl") else "en"]) if pair else ""

    return Line(
        status=outcome["status"],
        title=said("title"),
        reason=said("reason"),
        would_change=said("would_change"),
        depth=depth,
        choice=bool(outcome.get("choice")),
        nearest=bool(outcome.get("nearest")),
        children=[_line(child, language, depth + 1) for child in outcome.get("children", [])],
    )


def verdict_look(verdict: str) -> tuple[str, str, str]:
    """Tone, icon and word of a verdict."""
    return {
        Verdict.ELIGIBLE: ("ok", "ok", _("może wziąć udział")),
        Verdict.NOT_ELIGIBLE: ("bad", "no", _("nie może teraz wziąć udziału")),
    }.get(Verdict(verdict), ("wait", "wait", _("trzeba uzupełnić dane")))
