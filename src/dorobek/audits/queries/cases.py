"""Reads around a registration: who may be registered where, who is known already, what eligibility is judged on."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from dorobek.audits.models import Registration, SkillsAudit
from dorobek.audits.rules.registration import applicant, quotas
from dorobek.kernel.text import normalised
from dorobek.people.enums import ADVISING_ROLES, IdentifierKind
from dorobek.people.models import Account, Institution, Person, Unit
from dorobek.programmes.models import Programme, ProgrammeVersion
from dorobek.programmes.rules.eligibility import decide
from dorobek.programmes.rules.facts import Decision


def open_programmes(user: Account) -> list[ProgrammeVersion]:
    """The newest published version of each open programme the user may register for. Two statements."""
    held = [m.institution_id for m in user.active_memberships if m.role in ADVISING_ROLES]
    programmes = Programme.objects.filter(institution_id__in=held, open=True)
    versions = ProgrammeVersion.objects.filter(programme__in=programmes, published_at__isnull=False)
    newest: dict[int, ProgrammeVersion] = {}
    for version in versions.select_related("programme__institution").order_by("programme__name", "number"):
        newest[version.programme_id] = version
    return list(newest.values())


def units_to_register_in(user: Account, institution: Institution) -> list[Unit]:
    """Units the user advises in; all open ones of the institution for a role that is bound to none."""
    held = [m for m in user.active_memberships if m.institution_id == institution.pk and m.role in ADVISING_ROLES]
    if any(m.unit_id is None for m in held):
        return list(Unit.objects.filter(institution=institution, closed_on=None).order_by("path"))
    below = Q(pk__in=[m.unit_id for m in held]) | Q(pk__in=user.supervised_units, institution=institution)
    return list(Unit.objects.filter(below, closed_on=None).order_by("path"))


def advisers_of(units: list[Unit]) -> list[Account]:
    """Advisers who may be put in charge in these units."""
    institutions = {unit.institution_id for unit in units}
    roles = Q(memberships__role__in=ADVISING_ROLES, memberships__until=None)
    where = Q(memberships__unit__in=units) | Q(memberships__unit=None, memberships__institution__in=institutions)
    return list(Account.objects.filter(roles & where, is_active=True).distinct().order_by("name"))


@dataclass(frozen=True)
class Known:
    """A person who may be the one being registered. `certain`: the same identifier."""

    person: Person
    certain: bool


def known_already(user: Account, institution: Institution, identity: Mapping[str, Any]) -> list[Known]:
    """People the user may see or the institution has, with the same identifier, or the same name and birth date.

    One statement. People of other institutions are never told of.
    """
    kind, number = identity.get("identifier_kind"), identity.get("identifier") or ""
    same_number = Q(identifier_kind=kind, identifier=number)
    numbered = bool(number) and kind not in (None, "", IdentifierKind.NONE)
    matching = Q(birth_date=identity.get("birth_date"))
    found = Person.objects.filter(matching | same_number if numbered else matching, erased_at=None)
    own = SkillsAudit.objects.filter(institution=institution).values("person_id")
    within = Person.objects.visible_to(user).values("pk")
    found = found.filter(Q(pk__in=own) | Q(pk__in=within)).order_by("sort_key", "pk")[:200]
    name = normalised(f"{identity.get('given_names', '')} {identity.get('family_name', '')}")
    known = [
        Known(person, numbered and (person.identifier_kind, person.identifier) == (kind, number)) for person in found
    ]
    return [one for one in known if one.certain or normalised(one.person.name) == name]


def earlier_participations(programme: Programme, person: Person | None, *, but: SkillsAudit | None = None) -> int:
    """How often the person took part in this programme, in whatever version."""
    if person is None:
        return 0
    audits = SkillsAudit.objects.filter(person=person, programme_version__programme=programme)
    return audits.exclude(pk=but.pk if but else 0).count()


def quota_left(version: ProgrammeVersion, *, but: SkillsAudit | None = None) -> dict[str, int]:
    """Free places of each limited intake, over all versions of the programme."""
    places = quotas(version.parsed)
    if not places:
        return {}
    used = Registration.objects.filter(
        audit__programme_version__programme=version.programme_id, eligible=True, decision__quota__in=list(places)
    ).exclude(audit=but)
    taken = dict(used.values_list("decision__quota").annotate(n=Count("id")).order_by())
    return {name: max(0, limit - taken.get(name, 0)) for name, limit in places.items()}


def assess(
    version: ProgrammeVersion,
    answers: Mapping[str, Any],
    *,
    birth_date: dt.date | None,
    person: Person | None,
    on: dt.date,
    but: SkillsAudit | None = None,
) -> Decision:
    """The decision for these answers on that day; `but` is the case being decided anew, not counted twice."""
    facts = applicant(
        answers,
        birth_date=birth_date,
        earlier=earlier_participations(version.programme, person, but=but),
        quota_left=quota_left(version, but=but),
    )
    return decide(version.parsed, facts, on)


REPORT_COLUMNS = (
    "case_number", "support_number", "programme", "programme_version", "unit", "registered_on", "finished_on", "stage",
    "variant", "given_names", "family_name", "birth_date", "age", "identifier_kind", "identifier", "citizenship",
    "email", "phone", "street", "postal_code", "place", "teryt", "education", "labour_statuses", "lives_in", "works_in",
    "learns_in", "serves_in", "residence", "services", "disability", "eligible", "exception",
)  # fmt: skip


def report_rows(institutions: QuerySet[Institution], programme: Programme | None = None) -> Iterator[list[str]]:
    """Identity and reporting fields of participants (SA-17), one row a case; nothing of interviews. Streams."""
    audits = SkillsAudit.objects.filter(institution__in=institutions)
    if programme is not None:
        audits = audits.filter(programme_version__programme=programme)
    related = ("person", "unit", "programme_version__programme", "registration")
    for audit in audits.select_related(*related).order_by("pk").iterator(chunk_size=500):
        yield [_cell(value) for value in _report_row(audit)]


def _report_row(audit: SkillsAudit) -> list[Any]:
    person, held = audit.person, getattr(audit, "registration", None)
    facts = held.facts if held else {}
    places = facts.get("places") or {}
    identity = (person.given_names, person.family_name, person.birth_date, person.age_on(audit.registered_on))
    numbers = (person.identifier_kind, person.identifier, person.citizenship)
    contact = (person.email, person.phone, person.street, person.postal_code, person.place, person.teryt)
    ties = [places.get(tie) for tie in ("lives", "works", "learns", "serves")]
    programme = audit.programme_version
    return [
        audit.number, audit.support_number, programme.programme.name, programme.number, audit.unit.name,
        audit.registered_on, audit.finished_on, audit.stage, audit.variant, *identity, *numbers, *contact,
        facts.get("education"), facts.get("statuses"), *ties, facts.get("residence"), facts.get("services"),
        facts.get("disability"), held.eligible if held else None, bool(held and held.exception_reason),
    ]  # fmt: skip


def _cell(value: Any) -> str:
    """A cell of a table: a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text
