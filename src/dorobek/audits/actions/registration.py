"""Registering a participant: identity, eligibility rule by rule, consents, the case itself (SA-2, SA-17)."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dorobek.audits import perms
from dorobek.audits.actions.case import leading, refresh
from dorobek.audits.actions.exceptions import let_in
from dorobek.audits.actions.numbers import next_number, next_support_number
from dorobek.audits.actions.sharing import employer_of
from dorobek.audits.models import Registration, SkillsAudit
from dorobek.audits.queries.cases import (
    advisers_of,
    assess,
    known_already,
    units_to_register_in,
)
from dorobek.audits.rules.registration import asked_fields, by_field, checked_answers
from dorobek.kernel.errors import Conflict, NotAllowed, RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.people.actions.access import grant_access
from dorobek.people.actions.consents import Decided, record_consents
from dorobek.people.actions.persons import change_person, create_person, open_account
from dorobek.people.enums import Scope
from dorobek.people.identity import FIELDS, checked_identity
from dorobek.people.linking import person_with_code
from dorobek.people.models import Account, Consent, Institution, Person, Unit
from dorobek.programmes.enums import AuditEvent
from dorobek.programmes.models import Programme, ProgrammeVersion
from dorobek.programmes.rules.deadlines import deadline_states
from dorobek.programmes.rules.facts import Decision

CONSENT_ON_HEALTH = "health-data"
REQUIRED_IDENTITY = {"email": "email", "phone": "phone", "pesel": "identifier", "address": "street"}
REQUIRED_ANSWERS = {"education": "education", "labour-status": "statuses", "residence": "residence"}


@dataclass(frozen=True)
class Application:
    """What is put down at a registration. `identity`: columns of Person; `answers`: see rules.registration;
    `consents`: code -> yes or no. `another`: there is somebody like that already, and this is somebody else. `slip`: the code of an employer's referral.
    `link_code`: what the person brought from their account at another institution (people.linking)."""

    identity: Mapping[str, Any]
    answers: Mapping[str, Any]
    consents: Mapping[str, bool] = field(default_factory=dict)
    person: Person | None = None
    another: bool = False
    exception_reason: str = ""
    support_number: str = ""
    slip: str = ""
    link_code: str = ""
    invite: bool = True


@transaction.atomic
def register(
    *,
    version: ProgrammeVersion,
    unit: Unit,
    application: Application,
    acting_user: ActingUser,
    adviser: Account | None = None,
    on: dt.date | None = None,
    uid: uuid.UUID | None = None,
) -> SkillsAudit:
    """Open a case: person, decision, number, deadline, grants, consents. `on`: the day of the application.

    The same `uid` sent twice opens one case. Raises NotAllowed; RuleBroken with the field: nobody is let in against
    the rules without a reason from somebody the programme names, and nobody under 18 at all.
    """
    institution = unit.institution
    acting_user.require(perms.may_register(acting_user.account, institution))
    acting_user.require(version.programme.institution_id == institution.pk and version.published_at is not None)
    adviser = _adviser(acting_user, institution, unit, adviser)
    # one registration of an institution at a time: numbers, intakes and doubles are counted under this lock
    institution = Institution.objects.select_for_update().get(pk=institution.pk)
    if uid and (sent := SkillsAudit.objects.visible_to(acting_user.account).filter(uid=uid).first()):
        return sent
    if not Programme.objects.get(pk=version.programme_id).open:
        raise RuleBroken(_("Nabór do tego programu jest zamknięty."))
    on = _day(on)
    answers = _checked(application, version)
    person = _person(application, institution, acting_user)
    decision = assess(version, answers, birth_date=person.birth_date, person=person, on=on)
    reason = let_in(version, institution, decision, application.exception_reason, acting_user)
    audit = _opened(version, unit, person, adviser, application, on, uid)
    _decided(audit, answers, decision, reason, acting_user, employer_of(application.slip))
    _grants(audit, acting_user)
    record_consents(
        person=person, case_uid=audit.uid, consents=_consents(version, application.consents), acting_user=acting_user
    )
    if application.invite and person.email and person.account_id is None:
        open_account(person=person, acting_user=acting_user)
    return refresh(audit)


@transaction.atomic
def correct_registration(
    *,
    audit: SkillsAudit,
    identity: Mapping[str, Any],
    answers: Mapping[str, Any],
    acting_user: ActingUser,
    base_version: int | None = None,
) -> Registration:
    """Correct what is known and decide anew, for the day of the registration and under the case's own version.

    A decision that turns against the person closes nothing: the case asks its adviser to look at it.
    `base_version` is `version_of(registration)`: that of the answers and of the person together. Raises NotAllowed, RuleBroken, Conflict.
    """
    leading(audit, acting_user)
    Institution.objects.select_for_update().get(pk=audit.institution_id)
    consents = dict(Consent.objects.filter(case_uid=audit.uid).values_list("code", "given"))
    kept = _checked(Application(identity, answers, consents), audit.programme_version)
    registration, _made = Registration.objects.get_or_create(audit=audit, defaults=_blank(audit))
    registration = registration.locked()
    if base_version not in (None, version_of(registration)):
        _refuse_stale(registration, identity, kept)
    corrected = change_person(person=registration.person, identity=identity, acting_user=acting_user)
    person = Person.objects.get(pk=audit.person_id)
    decision = assess(
        audit.programme_version, kept, birth_date=person.birth_date, person=person, on=audit.registered_on, but=audit
    )
    values = {
        "facts": kept,
        "decision": decision.to_dict(),
        "eligible": decision.eligible,
        "decided_on": timezone.localdate(),
    }
    if not _needs_deciding(registration, values):
        values = {}
    changes = registration.write(values, base_version=None)
    if corrected:
        _renamed(audit, person)
    if changes or corrected:
        acting_user.record(
            "registration.corrected", stream=audit.uid, subject=registration.uid, person=corrected, **changes
        )
        refresh(audit)
    return registration


def _adviser(acting_user: ActingUser, institution: Institution, unit: Unit, adviser: Account | None) -> Account:
    units = units_to_register_in(acting_user.account, institution)
    acting_user.require(unit.pk in {one.pk for one in units})
    if adviser is None or adviser.pk == acting_user.account.pk:
        return acting_user.account
    if adviser.pk not in {one.pk for one in advisers_of([unit])}:
        raise RuleBroken(_("Ta osoba nie prowadzi spraw w tej jednostce. Proszę wybrać kogoś z listy."), "adviser")
    return adviser


def _day(on: dt.date | None) -> dt.date:
    today = timezone.localdate()
    if on is not None and on > today:
        raise RuleBroken(_("Dzień zgłoszenia nie może być w przyszłości."), "on")
    if on is not None and on < today - dt.timedelta(days=365):
        raise RuleBroken(_("Dzień zgłoszenia jest sprzed ponad roku. Proszę sprawdzić rok."), "on")
    return on or today


def _checked(application: Application, version: ProgrammeVersion) -> dict[str, Any]:
    """The answers, with what the programme requires in place."""
    answers = checked_answers(application.answers, version.parsed)
    asked = asked_fields(version.parsed)
    required = {code for code, needed in asked.items() if needed}
    for code, name in REQUIRED_IDENTITY.items():
        if code in required and not application.identity.get(name):
            raise RuleBroken(_("Ten program prosi o to pole. Proszę je wypełnić."), name)
    for code, name in REQUIRED_ANSWERS.items():
        if code in required and not answers.get(name):
            raise RuleBroken(_("Ten program prosi o to pole. Proszę je wypełnić."), name)
    if "lives-in" in required and not answers["places"].get("lives"):
        raise RuleBroken(_("Proszę podać, gdzie ta osoba mieszka."), "lives_in")
    health = any(one.code == CONSENT_ON_HEALTH for one in version.parsed.consents)
    if health and answers.get("disability") and not application.consents.get(CONSENT_ON_HEALTH):
        raise RuleBroken(
            _(
                "Żeby zapisać niepełnosprawność, potrzebna jest zgoda na dane o zdrowiu. Bez niej to pole zostaje puste."
            ),
            "disability",
        )
    return answers


def _person(application: Application, institution: Institution, acting_user: ActingUser) -> Person:
    identity = dict(application.identity)
    if application.person is not None:
        person = application.person
        known = {name: getattr(person, name) for name in FIELDS}
        checked = checked_identity(identity, held=known, today=timezone.localdate())
        found = known_already(acting_user.account, institution, {**known, **checked})
        if person.pk not in {one.person.pk for one in found}:
            raise NotAllowed
        return _completed(person, checked, acting_user)
    checked = checked_identity(identity, held={}, today=timezone.localdate())
    found = known_already(acting_user.account, institution, checked)
    if any(one.certain for one in found):
        raise RuleBroken(_("Osoba z tym numerem już jest w bazie. Proszę wybrać ją z listy."), "person")
    if found and not application.another:
        raise RuleBroken(
            _("Jest już osoba o tym nazwisku i dacie urodzenia. Proszę wskazać, czy to ta sama osoba."), "person"
        )
    if application.link_code:
        return _linked(application.link_code, checked, acting_user)
    return create_person(identity=identity, acting_user=acting_user)


def _completed(person: Person, checked: Mapping[str, Any], acting_user: ActingUser) -> Person:
    """What is left empty now does not wipe what is known."""
    change_person(person=person, identity={name: v for name, v in checked.items() if v != ""}, acting_user=acting_user)
    return Person.objects.get(pk=person.pk)


def _linked(code: str, checked: Mapping[str, Any], acting_user: ActingUser) -> Person:
    """The person another institution knows, who agreed by bringing the code; only the person's own row is opened."""
    person = person_with_code(checked, code, timezone.now())
    if person is None:
        raise RuleBroken(
            _(
                "Ten kod nie pasuje do numeru i daty urodzenia albo stracił ważność. "
                "Proszę sprawdzić wpisane dane albo poprosić tę osobę o nowy kod."
            ),
            "link_code",
        )
    acting_user.record("person.linked", stream=person.uid, subject=person.uid)
    return _completed(person, checked, acting_user)


def _opened(
    version: ProgrammeVersion,
    unit: Unit,
    person: Person,
    adviser: Account,
    application: Application,
    on: dt.date,
    uid: uuid.UUID | None,
) -> SkillsAudit:
    number = next_number(unit.institution, on.year)
    support = next_support_number(version, person, application.support_number, on)
    named = {"uid": uid} if uid else {}
    return SkillsAudit.objects.create(
        person=person,
        institution=unit.institution,
        unit=unit,
        programme_version=version,
        adviser=adviser,
        number=number,
        support_number=support,
        registered_on=on,
        deadline_on=deadline_states(version.parsed, {AuditEvent.AUDIT_STARTED: on}, on)[-1].due,
        sort_key=person.sort_key,
        search_text=f"{person.search_text} {number.lower()}"[:360],
        **named,
    )


def _decided(
    audit: SkillsAudit,
    answers: dict[str, Any],
    decision: Decision,
    reason: str,
    acting_user: ActingUser,
    referred_by: Institution | None,
) -> None:
    Registration.objects.create(
        audit=audit,
        person=audit.person,
        case_uid=audit.uid,
        facts=answers,
        decision=decision.to_dict(),
        eligible=decision.eligible,
        decided_on=audit.registered_on,
        exception_reason=reason,
        exception_by=acting_user.account if reason else None,
        referred_by=referred_by,
    )
    acting_user.record(
        "case.registered",
        stream=audit.uid,
        subject=audit.uid,
        number=audit.number,
        person=audit.person,
        programme=audit.programme_version,
        adviser=audit.adviser,
        unit=audit.unit,
        registered_on=audit.registered_on,
        facts=answers,
        verdict=decision.verdict.value,
        exception_reason=reason,
        support_number=audit.support_number,
    )


def _grants(audit: SkillsAudit, acting_user: ActingUser) -> None:
    given: dict[str, Any] = {"person": audit.person, "case_uid": audit.uid, "acting_user": acting_user}
    grant_access(grantee=audit.adviser, scope=Scope.CASE, reason=_("prowadzi bilans"), **given)
    grant_access(unit=audit.unit, scope=Scope.SUPERVISION, reason=_("nadzór merytoryczny"), **given)


def _consents(version: ProgrammeVersion, answered: Mapping[str, bool]) -> list[Decided]:
    asked = {one.code: one for one in version.parsed.consents}
    if unknown := set(answered) - set(asked):
        raise RuleBroken(_("Nie ma takiej zgody: %(names)s.") % {"names": ", ".join(sorted(unknown))}, "consents")
    for code, one in asked.items():
        if one.required and not answered.get(code):
            message = _("Bez tej zgody nie można zacząć: %(title)s.") % {"title": one.title.text(_language())}
            raise RuleBroken(message, f"consent_{code}")
    return [
        Decided(code, str(one.version), one.text.text(_language()), bool(answered.get(code)))
        for code, one in asked.items()
    ]


def version_of(registration: Registration) -> int:
    """The version a form of both answers and identity starts from: it grows with a change of either."""
    return registration.version + registration.person.version


def _refuse_stale(registration: Registration, identity: Mapping[str, Any], answers: Mapping[str, Any]) -> None:
    """Raise Conflict when somebody changed in between what would be changed now, with both versions field by field."""
    held = {name: getattr(registration.person, name) for name in FIELDS}
    checked = checked_identity(identity, held=held, today=timezone.localdate())
    theirs = {name: held[name] for name, value in checked.items() if held[name] != value}
    yours = {name: checked[name] for name in theirs}
    before, after = by_field(registration.facts), by_field(answers)
    for name in before.keys() | after.keys():
        if before.get(name) != after.get(name):
            theirs[name], yours[name] = before.get(name), after.get(name)
    if theirs:
        raise Conflict(theirs, yours, version_of(registration))


def _needs_deciding(registration: Registration, values: Mapping[str, Any]) -> bool:
    """False when neither facts nor decision differ: the day of the decision then stays."""
    return any(getattr(registration, name) != values[name] for name in ("facts", "decision", "eligible"))


def _blank(audit: SkillsAudit) -> dict[str, Any]:
    return {
        "person": audit.person,
        "case_uid": audit.uid,
        "facts": {},
        "decision": {},
        "eligible": True,
        "decided_on": audit.registered_on,
    }


def _renamed(audit: SkillsAudit, person: Person) -> None:
    """A corrected name is found and sorted in every case of the person."""
    for one in SkillsAudit.objects.filter(person=person):
        one.write(
            {"sort_key": person.sort_key, "search_text": f"{person.search_text} {one.number.lower()}"[:360]},
            base_version=None,
        )


def _language() -> str:
    return get_language() or "pl"
