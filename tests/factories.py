"""Small builders for tests: an institution with its people, a programme, a case with its grants."""

import itertools
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone

from dorobek.audits.enums import Stage, Variant
from dorobek.audits.models import Episode, SkillsAudit
from dorobek.people.acting import ActingUser
from dorobek.people.enums import AddressForm, Role, Scope
from dorobek.people.models import AccessGrant, Account, Institution, Membership, Person, Unit
from dorobek.portfolio.models import Competence
from dorobek.programmes.models import Programme, ProgrammeVersion
from dorobek.programmes.schema import SHIPPED, shipped_rules_json

_numbers = itertools.count(1)


def make_institution(name: str = "Centrum Poradnictwa w Łęgowicach") -> Institution:
    return Institution.objects.create(name=name, short_name=f"CP{next(_numbers)}", case_prefix="NR")


def make_unit(institution: Institution, name: str = "Referat", parent: Unit | None = None) -> Unit:
    unit = Unit.objects.create(institution=institution, name=name, parent=parent)
    unit.path = f"{parent.path if parent else ''}{unit.pk:06d}."
    unit.save()
    return unit


def make_account(name: str = "Anna Próbna", **fields: Any) -> Account:
    return Account.objects.create_user(f"osoba{next(_numbers)}@example.org", "hasło do prób 1", name=name, **fields)


def make_staff(role: Role, unit: Unit, name: str = "Agnieszka Wądołowska", **fields: Any) -> Account:
    account = make_account(name, **fields)
    Membership.objects.create(account=account, institution=unit.institution, unit=unit, role=role)
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": ""})
    return account


def make_programme(institution: Institution, code: str = "") -> ProgrammeVersion:
    """A published version of a shipped programme; the source programme's rules by default."""
    rules = shipped_rules_json(code or SHIPPED[0])
    programme = Programme.objects.create(
        institution=institution, code=f"program-{next(_numbers)}", name=rules["identity"]["name"]["pl"]
    )
    return ProgrammeVersion.objects.create(programme=programme, number=1, rules=rules, published_at=timezone.now())


def make_person(name: str = "Małgorzata Śliż", *, with_account: bool = True, **fields: Any) -> Person:
    given, _, family = name.partition(" ")
    defaults: dict[str, Any] = {"birth_date": "1974-05-12", "teryt": "1206", "address_form": AddressForm.MADAM}
    person = Person(given_names=given, family_name=family, **{**defaults, **fields})
    person.prepare()
    if with_account:
        person.account = make_account(name)
    person.save()
    person.refresh_from_db()
    return person


def make_case(
    adviser: Account | None = None, person: Person | None = None, version: ProgrammeVersion | None = None, **fields: Any
) -> SkillsAudit:
    """A case in the research stage of the in-depth variant, led by the adviser, supervised by the unit."""
    if adviser is None:
        adviser = make_staff(Role.ADVISER, make_unit(make_institution()))
    membership = adviser.memberships.select_related("unit", "institution").get()
    person = person or make_person()
    version = version or make_programme(membership.institution)
    defaults: dict[str, Any] = {"stage": Stage.RESEARCH, "variant": Variant.IN_DEPTH}
    audit = SkillsAudit.objects.create(
        person=person,
        institution=membership.institution,
        unit=membership.unit,
        programme_version=version,
        adviser=adviser,
        number=f"NR/2026/{next(_numbers):04d}",
        sort_key=person.sort_key,
        search_text=person.search_text,
        **{**defaults, **fields},
    )
    opened = {"person": person, "case_uid": audit.uid, "given_by": adviser}
    AccessGrant.objects.create(grantee=adviser, scope=Scope.CASE, reason="prowadzi bilans", **opened)
    AccessGrant.objects.create(unit=membership.unit, scope=Scope.SUPERVISION, reason="nadzór", **opened)
    return audit


def make_competence(audit: SkillsAudit, wording: str = "Rozlicza kasę na koniec zmiany", **fields: Any) -> Competence:
    defaults: dict[str, Any] = {"kind": "skill", "adviser_wording": wording, "asked_at": timezone.now()}
    return Competence.objects.create(person=audit.person, case_uid=audit.uid, wording=wording, **{**defaults, **fields})


def make_episode(audit: SkillsAudit, title: str = "Różnica 340 zł w wigilię", **fields: Any) -> Episode:
    defaults: dict[str, Any] = {"part": "work", "situation": "Siedziałam na kasie i liczyłam utarg."}
    return Episode.objects.create(
        audit=audit, person=audit.person, case_uid=audit.uid, title=title, **{**defaults, **fields}
    )


def acting(account: Account, on_behalf_of: Person | None = None) -> ActingUser:
    """A fresh ActingUser: roles and units are read anew, as in a new request."""
    return ActingUser(Account.objects.get(pk=account.pk), on_behalf_of)
