"""Entry 13477 before a commission, by all four methods: a certificate; an appeal that is won; a partial result that counts.

Three people with finished audits sit on one day before one commission, each plays the client for the next. The days of
the story are days before today; nothing here is recorded that was not done by the action of its screen.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from dorobek.cli.demo import bank_13477 as questions
from dorobek.cli.demo import talks_13477 as talks
from dorobek.cli.demo import validation_steps as steps
from dorobek.cli.demo.counsellors import ADDED_PIECES, OWN_PIECES
from dorobek.cli.demo.entry_13477 import CODE
from dorobek.cli.demo.house import ADVISER, APPEALS, SITS, House, at, moment, speaks
from dorobek.cli.demo.scenes_13477 import SCENARIOS
from dorobek.cli.demo.seen import seen
from dorobek.cli.demo.story import picture
from dorobek.people.models import Person
from dorobek.portfolio.actions.evidence import add_evidence
from dorobek.portfolio.models import Evidence
from dorobek.register.models import Qualification
from dorobek.validation.actions import appeals, applying, body, deciding, knowledge_bank, openings
from dorobek.validation.actions.advising import write_note
from dorobek.validation.actions.candidate import apply_with_evidence, send_application
from dorobek.validation.actions.office import answer_adjustments, note_fee, note_hand_over
from dorobek.validation.enums import FeeState, HandedHow, HandedWhat
from dorobek.validation.models import Application, Blueprint, ItemVersion, ObservationScenario, ValidationOpening
from dorobek.validation.rules import OwnRule, Period
from dorobek.validation.rules.testing.drawing import Row
from dorobek.validation.rules.testing.questions import from_json

PREPARED = 66  # how many days ago the body noted what its people can show, wrote the bank and opened the dates
AUTUMN, AGAIN, COMING = "13477 autumn", "13477 again", "13477 coming"
# name -> days ago, below nothing days to come: last day to apply, first and last day
DATES = {AUTUMN: (49, 44, 12), AGAIN: (29, 26, 12), COMING: (-20, -30, -40)}
# Each requirement of a member is met by two people, so that another commission can be found after an appeal.
SHOWN = {"asesorka": "k1", "asesor": "k2", "asesorka2": "k3", "asesor2": "k1", "asesorka3": "k2", "asesor3": "k3"}
TRAINER, TRAINING = "asesorka3", "Warsztat: rozmowa, która pomaga"
WISHES = "Mam dysleksję i czytam wolniej. Proszę o więcej czasu w teście i o większe litery."
EXTRA = "Tymon Okoń, statysta z teatru amatorskiego"
FEE = 60_000


@dataclass
class Stage:
    """What the stories share once the body has prepared."""

    house: House
    blueprint: Blueprint
    scenes: dict[str, ObservationScenario]


def validate_counsellors(house: House, people: Sequence[Person]) -> list[tuple[Application, str]]:
    """Play the three; returns each case with what became of it."""
    stage = _prepared(house, people[0])
    cases = _applied_in_autumn(stage, people)
    _judged_together(stage, cases)
    certified, appealed, partial = (steps.fresh(one) for one in cases)
    _certified(house, certified, 35)
    won = _appeal_won(stage, appealed)
    later = _partial_that_counts(stage, partial)
    return [
        (certified, "13477 po czterech metodach, certyfikat i poświadczenie"),
        (won, "13477, jeden efekt niepotwierdzony, odwołanie uwzględnione, inna komisja, certyfikat"),
        (partial, "13477, wynik częściowy: siedem efektów z jedenastu"),
        (later, "13477, drugie podejście: oceniono tylko resztę, certyfikat"),
    ]


# ---- what the body prepares ----


def _prepared(house: House, trained: Person) -> Stage:
    qualification = Qualification.objects.get(code=CODE)
    today = timezone.localdate()
    begun = today.replace(year=today.year - 8, day=1)
    with at(PREPARED, "10:00"):
        for name, shows in SHOWN.items():
            papers = ("k1",) if shows == "k1" else ()
            house.keep_staff(qualification, name, begun=begun, worked="" if papers else shows, shown=papers)
        house.keep_staff(qualification, ADVISER, begun=begun, worked="d1", shown=("d2", "d3", "d4"))
        body.keep_body_record(
            institution=house.institution, qualification=qualification, acting_user=house.officer,
            periods=[Period(begun, None, "programy i listy obecności kursów dla doradców", frozenset({"p1"}))],
        )  # fmt: skip
        openings.note_training(
            institution=house.institution, trainer=house.staff[TRAINER], person=trained, title=TRAINING,
            ended_on=today - dt.timedelta(400), acting_user=house.officer,
        )  # fmt: skip
        for name, days in DATES.items():
            house.openings[name] = _opened(house, qualification, days)
        scenes = steps.scenarios_published(house, SCENARIOS, qualification)
        blueprint = _bank(house, qualification)
    return Stage(house, blueprint, scenes)


def _opened(house: House, qualification: Qualification, days: tuple[int, int, int]) -> ValidationOpening:
    until, begins, ends = (timezone.localdate(moment(one, "12:00")) for one in days)
    return openings.open_validation(
        institution=house.institution, qualification=qualification, place="Tymowice, Rynek 4", teryt="1210",
        applications_until=until, begins_on=begins, ends_on=ends, places=8, fee_grosze=FEE, own_rules=[OwnRule.NO_RELATIVES, OwnRule.NO_SUBORDINATES, OwnRule.MAJORITY],
        provided=["sala 2 i sala komputerowa", "inny kandydat z tego samego dnia albo statysta z listy"],
        acting_user=house.officer,
    )  # fmt: skip


def _bank(house: House, qualification: Qualification) -> Blueprint:
    bank = knowledge_bank.open_bank(
        institution=house.institution, qualification=qualification, acting_user=house.officer
    )
    for criterion, difficulty, question in questions.QUESTIONS:
        knowledge_bank.add_item(
            bank=bank, question=question, criterion=criterion, difficulty=difficulty, acting_user=house.officer
        )
    return knowledge_bank.save_blueprint(
        bank=bank, title=questions.TITLE, rows=[Row(code, points) for code, points in questions.rows()],
        minutes=questions.MINUTES, pass_percent=questions.PASS, acting_user=house.officer,
    )  # fmt: skip


def _clearer(house: House, blueprint: Blueprint) -> None:
    """A question that the commission found unclear reads otherwise since: a new version where somebody had the old one."""
    old = ItemVersion.objects.get(item__bank=blueprint.bank, prompt=questions.UNCLEAR)
    better = from_json(old.form, questions.CLEARER, old.points, old.content)
    knowledge_bank.change_item(
        item=old.item, question=better, criterion=old.criterion, difficulty=old.difficulty, acting_user=house.officer
    )


# ---- from the application to documentation closed ----


def _applied_in_autumn(stage: Stage, people: Sequence[Person]) -> list[Application]:
    """The first two come with what readiness found in their audits; the third puts his own papers beside criteria."""
    house, opening = stage.house, stage.house.openings[AUTUMN]
    certified, appealing, partial = people
    with at(52, "18:20"):
        first = _sent(certified, opening)
    with at(51, "7:45"):
        second = _sent(appealing, opening, WISHES)
    with at(51, "11:05"):
        third = _own_papers(partial, opening, OWN_PIECES)
    _advised(house, first, 50)
    with at(50, "13:00"):
        answer_adjustments(
            application=second, granted=True, reason="Test na większym druku i dłuższy o jedną czwartą.", extra_percent=25,
            acting_user=house.officer,
        )  # fmt: skip
    for number, case in enumerate((first, second, third)):
        with at(49, f"10:{10 + 5 * number}"):
            applying.close_documentation(
                application=steps.fresh(case), conditions_met=True, basis=seen(case), acting_user=house.acts(ADVISER)
            )
        _paid(house, case, 48, number)
    return [steps.fresh(one) for one in (first, second, third)]


def _sent(person: Person, opening: ValidationOpening, wishes: str = "") -> Application:
    """From readiness: nothing is typed again."""
    me = speaks(person)
    made = apply_with_evidence(person=person, opening=opening, acting_user=me)
    kinds = ("extra-time", "other-format") if wishes else ()
    return send_application(application=made, kinds=kinds, words=wishes, agreed=True, acting_user=me)


def _own_papers(
    person: Person, opening: ValidationOpening, pieces: Sequence[tuple[str, tuple[str, ...]]]
) -> Application:
    """Papers put into the portfolio and beside the criteria by hand; what is confirmed already needs none."""
    me, case_uid = speaks(person), person.audits.order_by("-pk")[0].uid
    made = apply_with_evidence(person=person, opening=opening, acting_user=me)
    mapped: dict[str, list[Evidence]] = {}
    for title, criteria in pieces:
        piece = add_evidence(
            person=person, case_uid=case_uid, kind="file", title=title, upload=picture(title), acting_user=me
        )
        for code in criteria:
            mapped.setdefault(code, []).append(piece)
    applying.map_evidence(application=made, mapped=mapped, acting_user=me)
    return send_application(application=made, kinds=(), words="", agreed=True, acting_user=me)


def _advised(house: House, case: Application, day: int) -> None:
    """The adviser says what is missing and puts a piece beside a criterion; the candidate adds what was asked for."""
    adviser, me = house.acts(ADVISER), speaks(case.person)
    with at(day, "9:30"):
        words = "Z raportu nie widać, czego zabrakło w materiale. Proszę dołączyć stronę z listą braków."
        write_note(application=case, criterion="2.4.c", text=words, acting_user=adviser)
        plan = next(one.evidence for one in case.mapped.filter(criterion="3.3.a").select_related("evidence"))
        applying.map_evidence(application=case, mapped={"3.2.c": [plan]}, acting_user=adviser)
    with at(day, "20:10"):
        report = next(one.evidence for one in case.mapped.filter(criterion="2.4.c").select_related("evidence"))
        title = "Lista braków w materiale, strona z akt, dane zakryte"
        added = add_evidence(
            person=case.person,
            case_uid=report.case_uid,
            kind="file",
            title=title,
            upload=picture(title),
            acting_user=me,
        )
        applying.map_evidence(application=case, mapped={"2.4.c": [report, added]}, acting_user=me)


def _paid(house: House, case: Application, day: int, number: int) -> None:
    with at(day, "8:10"):
        note_fee(
            application=steps.fresh(case),
            state=FeeState.PAID,
            document=f"przelew {3100 + number}",
            acting_user=house.officer,
        )


# ---- before the commission ----


def _judged_together(stage: Stage, cases: Sequence[Application]) -> None:
    """One sitting for the three; each plays the client of the next one."""
    house = stage.house
    sitting = steps.sitting_with_commission(house, house.openings[AUTUMN], len(cases), 48, SITS)
    steps.appointed(house, sitting, cases, 47, 44)
    told = (talks.HONORATA, talks.KORNELIA, talks.WLADYSLAW)
    for one, case in zip(told, cases, strict=True):
        steps.sat_test(house, case, stage.blueprint, one, 43)
        steps.looked_at_papers(case, one, 42)
    for place, (one, case) in enumerate(zip(told, cases, strict=True)):
        client = steps.fresh(cases[(place + 1) % len(cases)])
        steps.scene_played(case, stage.scenes[one.scenario], one, SITS, 9 + place, client=client)
    for place, (one, case) in enumerate(zip(told, cases, strict=True)):
        steps.judged(case, one, (SITS, f"{13 + place}:20"), 40)
    for minute, case in enumerate(cases):
        with at(36, f"12:{5 + minute:02}"):
            deciding.publish_decision(application=steps.fresh(case), acting_user=house.officer)
    with at(35, "8:40"):
        _clearer(house, stage.blueprint)


def _judged_alone(
    stage: Stage, case: Application, told: talks.Told, opening: ValidationOpening, *, planned: int, sits: int
) -> None:
    """Another sitting for one candidate, with an extra as the client; decided in the week after it."""
    house = stage.house
    sitting = steps.sitting_with_commission(house, opening, 1, planned, sits)
    steps.appointed(house, sitting, [case], planned - 1, sits + 2)
    steps.sat_test(house, case, stage.blueprint, told, sits + 1)
    steps.looked_at_papers(case, told, sits + 1)
    steps.scene_played(case, stage.scenes[told.scenario], told, sits, 9, extra=EXTRA)
    steps.judged(case, told, (sits, "13:20"), sits - 1)
    with at(sits - 5, "12:05"):
        deciding.publish_decision(application=steps.fresh(case), acting_user=house.officer)


def _certified(house: House, case: Application, day: int) -> None:
    with at(day, "10:30"):
        deciding.issue_certificate(application=steps.fresh(case), acting_user=house.officer)
    with at(day - 1, "11:15"):
        note_hand_over(
            application=steps.fresh(case), what=HandedWhat.CERTIFICATE, how=HandedHow.PERSON, handed_on=timezone.localdate(),
            acting_user=house.officer,
        )  # fmt: skip


def _appeal_won(stage: Stage, case: Application) -> Application:
    """What was confirmed stays; other people judge the rest again."""
    house = stage.house
    with at(34, "21:40"):
        appeal = appeals.file_appeal(application=case, reason=talks.APPEAL, acting_user=speaks(case.person))
    with at(30, "14:15"):
        appeals.answer_appeal(appeal=appeal, uphold=True, answer=talks.ANSWER, acting_user=house.acts(APPEALS))
    again = steps.fresh(case)
    _judged_alone(stage, again, talks.KORNELIA_AGAIN, house.openings[AUTUMN], planned=20, sits=13)
    _certified(house, again, 7)
    return steps.fresh(case)


def _partial_that_counts(stage: Stage, case: Application) -> Application:
    """Seven outcomes stay confirmed; on the next date only the other four are asked, and the whole is certified."""
    house, opening = stage.house, stage.house.openings[AGAIN]
    with at(30, "17:30"):
        again = _own_papers(case.person, opening, ADDED_PIECES)
    with at(28, "9:40"):
        applying.close_documentation(
            application=again, conditions_met=True, basis=seen(again), acting_user=house.acts(ADVISER)
        )
    _paid(house, again, 27, 9)
    _judged_alone(stage, again, talks.WLADYSLAW_AGAIN, opening, planned=27, sits=20)
    _certified(house, again, 14)
    return steps.fresh(again)
