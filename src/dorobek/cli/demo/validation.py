"""Validation in the demonstration: entry 13477 in `validation_13477`, and two invented qualifications beside it.

By the ordinary actions, with the people of the invented awarding body; its rules are those of the entries in
`qualifications`: the till with four methods and three members, events with two methods, two members and modules. The
first was judged on paper, its cards brought in by the office; the second runs.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from dorobek.cli.demo.clock import days_back
from dorobek.cli.demo.house import ADVISER, House, speaks
from dorobek.cli.demo.office import Offices
from dorobek.cli.demo.seen import seen
from dorobek.cli.demo.story import picture
from dorobek.cli.demo.validation_13477 import validate_counsellors
from dorobek.people.acting import ActingUser
from dorobek.people.models import Account, Person
from dorobek.register.enums import ValidationMethod as M
from dorobek.register.models import Qualification
from dorobek.validation.actions import agreeing, assessing, commissions, deciding, methods, openings
from dorobek.validation.actions.applying import close_documentation
from dorobek.validation.actions.candidate import apply_with_evidence, send_application
from dorobek.validation.actions.sheets import Filled, declare_impartiality, fill_sheet
from dorobek.validation.models import Application, ValidationOpening
from dorobek.validation.rules import OwnRule, Verdict

TILL, EVENTS = "90001", "90011"
SEEN = {
    M.KNOWLEDGE_TEST: "Odpowiedzi w teście były poprawne.",
    M.EVIDENCE_ANALYSIS: "Pokazują to dowody z portfolio.",
    M.SIMULATED_OBSERVATION: "Tak było przy próbnej kasie.",
    M.CONVERSATION: "W rozmowie podane są własne przykłady.",
}
# Which method shows which criterion of the till.
TILL_METHODS = {
    M.KNOWLEDGE_TEST: ("1.1.a", "1.1.b", "1.2.a", "2.1.a"),
    M.EVIDENCE_ANALYSIS: ("1.2.a", "1.2.b", "1.2.c", "2.2.a"),
    M.SIMULATED_OBSERVATION: ("1.1.a", "1.1.b", "1.1.c", "2.1.b"),
    M.CONVERSATION: ("1.2.b", "2.1.b", "2.2.a", "2.2.b"),
}
PREPARED = 60  # how many days ago the body noted what its people can show, and opened the dates
# name, entry, and days from today: last day to apply, first and last day
DATES = (
    ("till", TILL, -30, -28, -20), ("till later", TILL, 21, 35, 42), ("events now", EVENTS, 0, 0, 10),
    ("events later", EVENTS, 28, 40, 45),
)  # fmt: skip


FIRST = ("asesorka", "asesor", "asesorka2")


def validate(offices: Offices, people: Sequence[Person], counsellors: Sequence[Person] = ()) -> list[str]:
    """Play the cases of people with accounts; returns a line for each, with what became of it.

    `people`: who is certified for the till, whose events run; `counsellors`: the three of `validation_13477`, if any.
    """
    first, last = people
    house = House.of(offices)
    with transaction.atomic():
        told = validate_counsellors(house, counsellors) if counsellors else []
        with days_back(PREPARED):
            _prepare(house)
        told.append((_to_a_certificate(house, first), "90001, certyfikat z poświadczeniem"))
        told.append((_still_running(house, last), "90011, komisja ocenia"))
    return [f"  {case.uid}  {case.person.name}: {words}" for case, words in told]


def _prepare(house: House) -> None:
    """What the people can show, and the dates."""
    today = timezone.localdate() + dt.timedelta(PREPARED)
    begun = today.replace(year=today.year - 8, day=1)
    for code in (TILL, EVENTS):
        qualification = Qualification.objects.get(code=code)
        for name in FIRST:
            house.keep_staff(qualification, name, begun=begun, worked="k1", shown=("k2",))
        house.keep_staff(qualification, ADVISER, begun=begun, worked="d1", shown=())
    for name, code, until, begins, ends in DATES:
        house.openings[name] = openings.open_validation(
            institution=house.institution, qualification=Qualification.objects.get(code=code), place="Tymowice, Rynek 4",
            teryt="1210", applications_until=today + dt.timedelta(until), begins_on=today + dt.timedelta(begins),
            ends_on=today + dt.timedelta(ends), places=12, fee_grosze=35_000 if code == TILL else 0,
            own_rules=[OwnRule.NO_RELATIVES, OwnRule.NO_SUBORDINATES, OwnRule.MAJORITY], acting_user=house.officer,
        )  # fmt: skip


def _applied(house: House, person: Person, opening: ValidationOpening) -> Application:
    """From readiness to documentation closed: nothing is typed again."""
    me = speaks(person)
    made = apply_with_evidence(person=person, opening=opening, acting_user=me)
    send_application(application=made, kinds=(), words="", agreed=True, acting_user=me)
    return close_documentation(application=made, conditions_met=True, basis=seen(made), acting_user=house.acts(ADVISER))


def _appointed(house: House, case: Application, *names: str) -> Application:
    """Composed, everybody's word, appointed."""
    officer = house.officer
    records = house.seats(case.opening, *names)
    commission = commissions.compose_commission(opening=case.opening, records=records, acting_user=officer)
    for name in names:
        declare_impartiality(application=case, acting_user=house.acts(name))
    return commissions.appoint(application=case, commission=commission, acting_user=officer)


def _judged(house: House, case: Application, apart: str) -> Application:
    """Methods on paper, sheets filled and closed; `apart`: a criterion that the last assessor sees otherwise at first."""
    sheets = list(case.assessments.filter(round=case.round).select_related("assessor").order_by("pk"))
    chair = ActingUser(Account.objects.get(pk=sheets[0].assessor_id))
    for method, criteria in TILL_METHODS.items():
        methods.import_paper(
            application=case, method=method, criteria=criteria, used_on=timezone.localdate(), led_by=str(chair.account),
            upload=picture(f"Karta: {method.label}"), acting_user=house.officer,
        )  # fmt: skip
    for sheet in sheets:
        judge = ActingUser(Account.objects.get(pk=sheet.assessor_id))
        refused = apart if sheet == sheets[-1] else ""
        rows = [_filled(code, refused) for code in assessing.to_mark(case)]
        fill_sheet(assessment=sheet, rows=rows, acting_user=judge)
        assessing.close_sheet(assessment=sheet, acting_user=judge)
    words = "Raport dobowy z próby pokazuje, że różnicę wyjaśniono; nie powiedziano tego na głos."
    agreeing.propose_mark(application=case, criterion=apart, verdict=Verdict.MET, reason=words, acting_user=chair)
    for sheet in sheets[1:]:
        against = "Wolałabym to usłyszeć." if sheet == sheets[-1] else ""
        agreeing.answer_proposal(
            application=case, criterion=apart, confirms=not against, reason=against,
            acting_user=ActingUser(Account.objects.get(pk=sheet.assessor_id)),
        )  # fmt: skip
    return Application.objects.get(pk=case.pk)


def _filled(code: str, refused: str) -> Filled:
    method = next(one for one, criteria in TILL_METHODS.items() if code in criteria)
    if code == refused:
        return Filled(code, Verdict.NOT_MET, "Nie widać było, skąd wzięła się różnica.", str(method))
    return Filled(code, Verdict.MET, SEEN[method], str(method))


def _decided(house: House, case: Application) -> Application:
    officer = house.officer
    deciding.publish_decision(application=case, acting_user=officer)
    deciding.issue_certificate(application=case, acting_user=officer)
    return Application.objects.get(pk=case.pk)


def _to_a_certificate(house: House, person: Person) -> Application:
    """All four methods; the assessors differ once and agree, with a dissent on record."""
    with days_back(31):
        case = _applied(house, person, house.openings["till"])
    with days_back(29):
        case = _appointed(house, case, *FIRST)
    with days_back(27):
        case = _judged(house, case, "1.2.b")
    with days_back(25):
        return _decided(house, case)


def _still_running(house: House, person: Person) -> Application:
    """A commission is at work, so that assessors and the office find something to do."""
    return _appointed(house, _applied(house, person, house.openings["events now"]), *FIRST[:2])
