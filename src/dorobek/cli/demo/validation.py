"""Validation played to its end: a certificate, an appeal that is won, a partial result that later counts, a case that runs.

By the ordinary actions, with the people of the invented awarding body; its rules are those of the entries in
`qualifications`: the first with four methods and three members, the second with two methods, two members and modules.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from dorobek.cli.demo.clock import days_back
from dorobek.cli.demo.office import Offices
from dorobek.people.acting import ActingUser
from dorobek.people.models import Account, Person
from dorobek.register.enums import ValidationMethod as M
from dorobek.register.models import Qualification
from dorobek.validation.actions import appeals, assessing, commissions, deciding, openings
from dorobek.validation.actions.applying import close_documentation
from dorobek.validation.actions.candidate import apply_with_evidence, send_application
from dorobek.validation.actions.sheets import Filled, declare_impartiality, fill_sheet
from dorobek.validation.models import Application, StaffRecord, ValidationOpening
from dorobek.validation.rules import OwnRule, Period, Verdict

TILL, EVENTS = "90001", "90011"
SEEN = {
    M.KNOWLEDGE_TEST: "Odpowiedzi w teście były poprawne.",
    M.EVIDENCE_ANALYSIS: "Pokazują to dowody z portfolio.",
    M.SIMULATED_OBSERVATION: "Tak było przy próbnej kasie.",
    M.CONVERSATION: "W rozmowie podane są własne przykłady.",
}
# Which method shows which criterion of the first entry; of the second, evidence and the conversation show all.
TILL_METHODS = {
    M.KNOWLEDGE_TEST: ("1.1.a", "1.1.b", "1.2.a", "2.1.a"),
    M.EVIDENCE_ANALYSIS: ("1.2.a", "1.2.b", "1.2.c", "2.2.a"),
    M.SIMULATED_OBSERVATION: ("1.1.a", "1.1.b", "1.1.c", "2.1.b"),
    M.CONVERSATION: ("1.2.b", "2.1.b", "2.2.a", "2.2.b"),
}
NOT_MET = {
    "2.1.a": "Przy zwrocie bez paragonu nie było pytania o wyciąg z karty, a protokół został niepodpisany.",
    "2.1.b": "Odegrany klient musiał dwa razy prosić, żeby go wysłuchać do końca.",
}
APPEAL = (
    "W scence byłam ustawiona tyłem do klienta, bo kasa stała odwrotnie niż w sklepie, i przez to nie słyszałam połowy "
    "tego, co mówił. O protokół nikt mnie nie poprosił. Proszę o sprawdzenie jeszcze raz."
)
ANSWER = (
    "Stanowisko ustawiono inaczej niż w scenariuszu, co potwierdza osoba, która grała klienta. To mogło wpłynąć na wynik. "
    "Inna komisja sprawdzi wszystko jeszcze raz, na stanowisku ustawionym zgodnie ze scenariuszem."
)


PREPARED = 60  # how many days ago the body noted what its people can show, and opened the dates
# name, entry, and days from today: last day to apply, first and last day
DATES = (
    ("till", TILL, -30, -28, -20), ("till now", TILL, 0, 0, 10), ("till later", TILL, 21, 35, 42),
    ("events", EVENTS, -32, -30, -25), ("events again", EVENTS, -12, -10, -5), ("events now", EVENTS, 0, 0, 10),
    ("events later", EVENTS, 28, 40, 45),
)  # fmt: skip


@dataclass
class House:
    """The awarding body at work: who acts, what is open."""

    offices: Offices
    staff: Mapping[str, Account]
    openings: dict[str, ValidationOpening] = field(default_factory=dict)

    def acts(self, name: str) -> ActingUser:
        """Somebody of the body by the beginning of their address, with roles read anew."""
        return ActingUser(Account.objects.get(pk=self.staff[name].pk))

    def seats(self, opening: ValidationOpening, *names: str) -> list[StaffRecord]:
        own = StaffRecord.objects.filter(institution=opening.institution, qualification=opening.qualification)
        return [own.get(account=self.staff[name]) for name in names]


FIRST, SECOND = ("asesorka", "asesor", "asesorka2"), ("asesor2", "asesorka3", "asesor3")


def validate(offices: Offices, people: Sequence[Person]) -> list[str]:
    """Play the four cases of four people with accounts; returns a line for each, with what became of it."""
    first, second, third, fourth = people
    house = House(offices, {one.email.split("@")[0]: one for one in offices.staff if "@izba." in one.email})
    with transaction.atomic():
        with days_back(PREPARED):
            _prepare(house)
        certified = _to_a_certificate(house, first)
        later = _partial_that_counts(house, third)
        won = _appeal_won(house, second)
        running = _still_running(house, fourth)
    told = (
        (certified, "certyfikat po czterech metodach, z poświadczeniem"),
        (won, "odwołanie uwzględnione, inna komisja, certyfikat"),
        (later, "wynik częściowy z pierwszego terminu policzony w drugim"),
        (running, "komisja ocenia"),
    )
    return [f"  {case.uid}  {case.person.name}: {words}" for case, words in told]


def _prepare(house: House) -> None:
    """What the people can show, and the dates."""
    today, officer = timezone.localdate() + dt.timedelta(PREPARED), house.acts("walidacja")
    begun = today.replace(year=today.year - 8, day=1)
    institution = house.offices.units["izba"].institution
    for code, judges in ((TILL, (*FIRST, *SECOND)), (EVENTS, FIRST)):
        qualification = Qualification.objects.get(code=code)
        for name in (*judges, "doradca"):
            shows = "d1" if name == "doradca" else "k1"
            period = Period(begun, None, "świadectwa pracy", frozenset({shows}))
            openings.keep_staff_record(
                institution=institution, qualification=qualification, account=house.staff[name], level=7,
                level_document="dyplom magistra", shown=() if name == "doradca" else ("k2",), periods=[period],
                principles_on=begun, acting_user=officer,
            )  # fmt: skip
    for name, code, until, begins, ends in DATES:
        house.openings[name] = openings.open_validation(
            institution=institution, qualification=Qualification.objects.get(code=code), place="Tymowice, Rynek 4",
            applications_until=today + dt.timedelta(until), begins_on=today + dt.timedelta(begins),
            ends_on=today + dt.timedelta(ends), places=12, fee_grosze=35_000 if code == TILL else 0,
            own_rules=[OwnRule.NO_RELATIVES, OwnRule.NO_SUBORDINATES], acting_user=officer,
        )  # fmt: skip


def _applied(house: House, person: Person, opening: ValidationOpening, wishes: str = "") -> Application:
    """From readiness to documentation closed: nothing is typed again."""
    assert person.account is not None
    me = ActingUser(Account.objects.get(pk=person.account.pk))
    made = apply_with_evidence(person=person, opening=opening, acting_user=me)
    kinds = ("extra-time",) if wishes else ()
    send_application(application=made, kinds=kinds, words=wishes, agreed=True, acting_user=me)
    return close_documentation(application=made, conditions_met=True, acting_user=house.acts("doradca"))


def _appointed(house: House, case: Application, *names: str) -> Application:
    """Composed, everybody's word, appointed."""
    officer = house.acts("walidacja")
    records = house.seats(case.opening, *names)
    commission = commissions.compose_commission(opening=case.opening, records=records, acting_user=officer)
    for name in names:
        declare_impartiality(application=case, acting_user=house.acts(name))
    return commissions.appoint(application=case, commission=commission, acting_user=officer)


def _judged(
    house: House, case: Application, methods: Mapping[M, Sequence[str]], apart: str = "", not_met: Mapping[str, str] | None = None
) -> Application:  # fmt: skip
    """Methods used, sheets filled and closed; `apart`: a criterion that the last assessor sees otherwise at first."""
    sheets = list(case.assessments.filter(round=case.round).select_related("assessor").order_by("pk"))
    chair = ActingUser(Account.objects.get(pk=sheets[0].assessor_id))
    for method, criteria in methods.items():
        assessing.record_method(application=case, method=method, criteria=criteria, acting_user=chair)
    refused = dict(not_met or {})
    for sheet in sheets:
        judge = ActingUser(Account.objects.get(pk=sheet.assessor_id))
        words = refused | ({apart: "Nie widać było, skąd wzięła się różnica."} if apart and sheet == sheets[-1] else {})
        rows = [_filled(code, methods, words) for code in assessing.to_mark(case)]
        fill_sheet(assessment=sheet, rows=rows, acting_user=judge)
        assessing.close_sheet(assessment=sheet, acting_user=judge)
    if apart:
        assessing.agree_mark(
            application=case, criterion=apart, verdict=Verdict.MET, acting_user=chair,
            reason="Raport dobowy z próby pokazuje, że różnicę wyjaśniono; nie powiedziano tego na głos.",
            dissent=f"{sheets[-1].assessor}: wolałabym to usłyszeć, ale nie upieram się przy ocenie.",
        )  # fmt: skip
    return Application.objects.get(pk=case.pk)


def _filled(code: str, methods: Mapping[M, Sequence[str]], words: Mapping[str, str]) -> Filled:
    method = next(one for one, criteria in methods.items() if code in criteria)
    if code in words:
        return Filled(code, Verdict.NOT_MET, words[code], str(method))
    return Filled(code, Verdict.MET, SEEN[method], str(method))


def _decided(house: House, case: Application, *, certify: bool = True) -> Application:
    officer = house.acts("walidacja")
    deciding.publish_decision(application=case, acting_user=officer)
    if certify:
        deciding.issue_certificate(application=case, acting_user=officer)
    return Application.objects.get(pk=case.pk)


def _to_a_certificate(house: House, person: Person) -> Application:
    """All four methods; the assessors differ once and agree, with a dissent on record."""
    with days_back(31):
        case = _applied(house, person, house.openings["till"])
    with days_back(29):
        case = _appointed(house, case, *FIRST)
    with days_back(27):
        case = _judged(house, case, TILL_METHODS, apart="1.2.b")
    with days_back(25):
        return _decided(house, case)


def _appeal_won(house: House, person: Person) -> Application:
    """One outcome is not met; the appeal is upheld, and other people judge anew."""
    applied = _applied(house, person, house.openings["till now"], "Nie dosłyszę na prawe ucho, proszę mówić z lewej.")
    case = _judged(house, _appointed(house, applied, *FIRST), TILL_METHODS, not_met=NOT_MET)
    case = _decided(house, case, certify=False)
    assert person.account is not None
    me = ActingUser(Account.objects.get(pk=person.account.pk))
    appeal = appeals.file_appeal(application=case, reason=APPEAL, acting_user=me)
    appeals.answer_appeal(appeal=appeal, uphold=True, answer=ANSWER, acting_user=house.acts("odwolania"))
    case = _appointed(house, Application.objects.get(pk=case.pk), *SECOND)
    return _decided(house, _judged(house, case, TILL_METHODS))


def _partial_that_counts(house: House, person: Person) -> Application:
    """The first date confirms one set; on the second only the rest is asked, and the whole is certified."""
    with days_back(33):
        case = _appointed(house, _applied(house, person, house.openings["events"]), *FIRST[:2])
    failing = {
        "1.2.a": "Wniosek o dotację nie miał harmonogramu.",
        "1.2.b": "Nie było ani faktur, ani sprawozdania; mowa była tylko o tym, jak powinny wyglądać.",
    }
    with days_back(28):
        _decided(house, _judged(house, case, _events_methods(case), not_met=failing), certify=False)
    with days_back(13):
        again = _appointed(house, _applied(house, person, house.openings["events again"]), *FIRST[1:])
    with days_back(9):
        return _decided(house, _judged(house, again, _events_methods(again)))


def _events_methods(case: Application) -> Mapping[M, Sequence[str]]:
    left = assessing.to_mark(case)
    return {M.EVIDENCE_ANALYSIS: left, M.CONVERSATION: left}


def _still_running(house: House, person: Person) -> Application:
    """A commission is at work, so that assessors and the office find something to do."""
    return _appointed(house, _applied(house, person, house.openings["events now"]), *FIRST[:2])
