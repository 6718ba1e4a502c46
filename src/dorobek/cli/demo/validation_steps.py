"""One case before its commission, step by step as on the screens: sitting, test, evidence, scene, talk, sheets, marks."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from dorobek.cli.demo import bank_13477 as bank
from dorobek.cli.demo.house import House, at, moment, speaks
from dorobek.cli.demo.talks_13477 import ALIKE, APART_DISSENT, APART_OWN, APART_REASON, APART_TALK, Told
from dorobek.people.acting import ActingUser
from dorobek.people.models import Account
from dorobek.register.enums import ValidationMethod as M
from dorobek.validation.actions import (
    agreeing,
    assessing,
    commissions,
    knowledge_marking,
    knowledge_tests,
    methods,
    observing,
    sheets,
    sittings,
)
from dorobek.validation.actions.observing import Tap
from dorobek.validation.actions.sheets import Filled
from dorobek.validation.actions.talking import note_talk
from dorobek.validation.models import (
    Application,
    Assessment,
    Blueprint,
    KnowledgeAnswer,
    KnowledgeTest,
    ObservationScenario,
    Sitting,
    ValidationOpening,
)
from dorobek.validation.queries.assessing import conversation_guide, evidence_of
from dorobek.validation.queries.planning import planned
from dorobek.validation.rules import Verdict
from dorobek.validation.rules.testing.answers import to_places
from dorobek.validation.rules.testing.questions import Form

# Criteria that papers show best; what neither test, scene nor papers show is talked about.
IN_PAPERS = (
    "1.2.f", "2.1.d", "2.2.f", "2.3.a", "2.4.a", "2.4.b", "2.4.c", "2.4.e", "2.4.f", "3.1.e", "3.2.c", "3.3.a", "3.3.b", "3.3.c",
)  # fmt: skip
GENUINE = dict.fromkeys(sheets.QUESTIONS, "yes")
WORDS = {  # by method: how three assessors say it
    M.KNOWLEDGE_TEST: ("Test: {}.", "W teście {}.", "Wystarcza wynik testu: {}."),
    M.EVIDENCE_ANALYSIS: ("Dowód: {}.", "Widać to w dowodzie: {}.", "Sprawdzony dowód: {}."),
    M.SIMULATED_OBSERVATION: ("O {}.", "Scenka, {}.", "Było to widać o {}."),
    M.CONVERSATION: ("W rozmowie: {}", "{}", "Z notatek z rozmowy: {}"),
}
Found = dict[str, tuple[M, str]]  # criterion -> what showed it, and the words about it


def fresh(case: Application) -> Application:
    return Application.objects.get(pk=case.pk)


def sheets_of(case: Application) -> list[Assessment]:
    """The sheets of this round."""
    return list(case.assessments.filter(round=case.round).select_related("assessor").order_by("pk"))


def judge(sheet: Assessment) -> ActingUser:
    return ActingUser(Account.objects.get(pk=sheet.assessor_id))


def sitting_with_commission(house: House, opening: ValidationOpening, seats: int, ago: int, sits: int) -> Sitting:
    """A sitting planned `ago` days ago for `sits` days ago; who waits is placed, and the commission proposed is taken."""
    with at(ago, "9:20"):
        made = sittings.plan_sitting(
            opening=opening,
            begins=moment(sits, "8:30"),
            ends=moment(sits, "16:30"),
            seats=seats,
            acting_user=house.officer,
        )
        sittings.spread_candidates(opening=opening, acting_user=house.officer)
    with at(ago, "10:05"):
        made.refresh_from_db()
        found = planned(sittings=[made], institution=house.institution, user=house.officer.account)
        assert found is not None
        rows = [(made, found.members(made), made.version)]
        return sittings.accept_proposal(rows=rows, acting_user=house.officer)[0]


def appointed(house: House, sitting: Sitting, cases: Sequence[Application], declared: int, ago: int) -> None:
    """Each member's word on each candidate `declared` days ago, and the appointment `ago` days ago."""
    assert sitting.commission is not None
    members = list(sitting.commission.members.select_related("record__account").order_by("pk"))
    for hour, member in zip((8, 11, 18), members, strict=True):
        for number, case in enumerate(cases):
            with at(declared, f"{hour}:{12 + 3 * number:02}"):
                who = ActingUser(Account.objects.get(pk=member.record.account_id))
                sheets.declare_impartiality(application=case, acting_user=who)
    for number, case in enumerate(cases):
        with at(ago, f"9:{10 + number:02}"):
            commissions.appoint(application=fresh(case), commission=sitting.commission, acting_user=house.officer)


# ---- the knowledge test ----


def sat_test(house: House, case: Application, blueprint: Blueprint, told: Told, day: int) -> KnowledgeTest:
    """Let the day before, sat from nine, handed in; open questions marked by two in the afternoon."""
    with at(day + 1, "14:00"):
        test = knowledge_tests.let_sit(
            application=fresh(case), blueprint=blueprint, opens_at=moment(day, "8:45"), closes_at=moment(day, "10:00"),
            acting_user=house.officer,
        )  # fmt: skip
    me = speaks(case.person)
    with at(day, "9:02"):
        test = knowledge_tests.start_test(test=test, acting_user=me)
    rows = list(test.answers.select_related("item_version").order_by("place"))
    for row in rows:
        with at(day, f"9:{3 + 2 * row.place:02}"):
            knowledge_tests.keep_answer(
                test_uid=test.uid,
                place=row.place,
                number=1,
                device="komputer w sali",
                given=answer_to(row, told),
                acting_user=me,
            )
    with at(day, f"9:{6 + 2 * len(rows):02}"):
        test = knowledge_tests.finish_test(test=test, acting_user=me)
    _marked_by_two(house, test, told, day)
    return KnowledgeTest.objects.get(pk=test.pk)


def answer_to(row: KnowledgeAnswer, told: Told) -> Any:
    """The right answer in places of the candidate's screen; to an open question, in the person's own words."""
    one = row.item_version.question
    if one.form is Form.OPEN:
        return next(said[told.voice] for start, said in bank.ANSWERS.items() if one.prompt.startswith(start))
    right: dict[Form, Any] = {
        Form.SINGLE: one.right[:1], Form.MULTIPLE: list(one.right), Form.ORDERING: [c.key for c in one.choices],
        Form.MATCHING: dict(one.pairs), Form.NUMBER: str(one.value),
    }  # fmt: skip
    said = right[one.form]
    return to_places(one, row.shown, said[0] if one.form is Form.SINGLE else said)


def _marked_by_two(house: House, test: KnowledgeTest, told: Told, day: int) -> None:
    """Both markers apart from each other; where they differ, one writes what they agreed and the other confirms."""
    if test.settled_at is not None:
        return
    judges, markers = [judge(one) for one in sheets_of(fresh(test.application))[:2]], []
    for place, who in enumerate(judges, 1):
        with at(day, f"12:{10 * place}"):
            markers.append(
                knowledge_marking.appoint_marker(test=test, account=who.account, place=place, acting_user=house.officer)
            )
    for marker, who in zip(markers, judges, strict=True):
        with at(day, f"{13 + marker.place}:05"):
            for row in knowledge_marking.to_mark(test, marker):
                points, why = _points(row, told, stern=marker.place == 2 and bool(told.apart))
                knowledge_marking.mark_open(test=test, answer=row, points=points, reason=why, acting_user=who)
            knowledge_marking.close_marks(test=test, acting_user=who)
    for row in test.answers.filter(agreement=None, points=None) if told.apart else ():
        with at(day, "16:40"):
            knowledge_marking.propose_agreement(
                test=test,
                answer=row,
                points=Decimal(3),
                reason="Źródło jest podane, uzasadnienie krótkie.",
                acting_user=judges[0],
            )
        with at(day, "16:52"):
            knowledge_marking.confirm_agreement(test=test, answer=row, acting_user=judges[1])


def _points(row: KnowledgeAnswer, told: Told, *, stern: bool) -> tuple[Decimal, str]:
    """Everything, but a point for what was answered badly; the stern marker misses a reason beside a source."""
    if row.item_version.criterion in told.wrong:
        return Decimal(1), "Padły zalety, nie ma wad ani porównania."
    if stern and row.item_version.criterion == "3.2.a":
        return Decimal(2), "Przy jednym źródle brakuje powodu, żeby mu wierzyć."
    return Decimal(row.item_version.points), ""


# ---- papers, scene, talk ----


def looked_at_papers(case: Application, told: Told, day: int) -> None:
    """Each assessor answers the four questions where there are papers; the use of the method is written down."""
    case = fresh(case)
    pieces, left = evidence_of(case), set(assessing.to_mark(case))
    asked = [code for code in IN_PAPERS if code in left]
    for number, sheet in enumerate(sheets_of(case)):
        rows = [_checked(code, told, number) for code in asked if code in pieces]
        with at(day, f"{15 + number}:30"):
            sheets.fill_sheet(assessment=sheet, rows=rows, acting_user=judge(sheet))
    with at(day, "18:10"):
        chair, seen = judge(sheets_of(case)[0]), [code for code in asked if code in pieces]
        methods.record_method(application=case, method=str(M.EVIDENCE_ANALYSIS), criteria=seen, acting_user=chair)


def _checked(code: str, told: Told, number: int) -> Filled:
    """The four answers on the papers of a criterion: genuine all of them, but not always enough; the first says more."""
    refused = code in told.refused
    answers = {**GENUINE, "sufficiency": "no"} if refused else GENUINE
    about = told.refused[code][1] if refused else "Oryginał obejrzany, dane klienta zakryte, data i podpis są."
    return Filled(code, checks=answers, note=about if number == 0 else "")


def scene_played(
    case: Application, scenario: ObservationScenario, told: Told, day: int, hour: int, *, client: Application | None = None,
    extra: str = "",
) -> None:  # fmt: skip
    """The scene from the full hour, with another candidate or an extra as the client; taps arrive when the tablet connects."""
    case, sheet = fresh(case), sheets_of(case)[0]
    with at(day, f"{hour}:00"):
        scene = observing.begin_observation(
            application=case, scenario=scenario, place="sala 2", equipment_ready=True, client=client, client_name=extra,
            acting_user=judge(sheet),
        )  # fmt: skip
    with at(day, f"{hour}:{told.minutes:02}"):
        started = moment(day, f"{hour}:00")
        taps = [
            Tap(uuid.uuid4(), code, words, started + dt.timedelta(minutes=minute)) for minute, code, words in told.seen
        ]
        observing.keep_taps(observation=scene, taps=taps, sent_at=timezone.now(), acting_user=judge(sheet))
        observing.end_observation(observation=scene, acting_user=judge(sheet))


def talked_with(case: Application, told: Told, day: int, clock: str) -> None:
    """The guide of whoever leads says what is still open; what was answered is noted beside each question."""
    sheet = sheets_of(fresh(case))[0]
    with at(day, clock):
        questions = {one.criterion: one.text for one in conversation_guide(sheet)}
        notes = {code: told.notes.get(code, ALIKE) for code in questions}
        sheets.finish_conversation(assessment=sheet, notes=notes, questions=questions, acting_user=judge(sheet))


# ---- marks ----


def shown_so_far(case: Application) -> Found:
    """What showed each criterion: test, papers and scene, later the talk; read from what was kept."""
    found: Found = {}
    lead = sheets_of(case)[0]
    for note in lead.notes.filter(method=str(M.CONVERSATION)):
        found[note.criterion] = (M.CONVERSATION, note.text)
    pieces = evidence_of(case)
    for code in IN_PAPERS:
        if code in pieces:
            found[code] = (M.EVIDENCE_ANALYSIS, pieces[code][0].title)
    for tap in lead.time_marks.filter(removed_at=None).order_by("-at"):
        found[tap.criterion] = (M.SIMULATED_OBSERVATION, f"{timezone.localtime(tap.at):%H:%M}: {tap.words}")
    test = case.knowledge_tests.filter(round=case.round, cancelled_at=None).first()
    for code, (got, of) in ((test.result or {}).get("criteria", {}) if test else {}).items():
        found[code] = (M.KNOWLEDGE_TEST, f"{Decimal(got).normalize():f} z {Decimal(of).normalize():f} p.")
    return found


def filled(case: Application, told: Told, sheet: Assessment, number: int, found: Found) -> Iterator[Filled]:
    """The rows of one assessor for what was shown, with reasons and pointers; the checklists stay as they are."""
    pieces, checks = evidence_of(case), {one.criterion: one for one in sheet.checks.all()}
    for code in assessing.to_mark(case):
        verdict, said = told.refused.get(code, (Verdict.MET, ""))
        if code == told.apart and number == 2:
            verdict, said = APART_OWN
        if code not in found and not said:
            continue
        method, words = found.get(code, (M.EVIDENCE_ANALYSIS if code in IN_PAPERS else M.SIMULATED_OBSERVATION, ""))
        piece = pieces[code][0] if method is M.EVIDENCE_ANALYSIS and code in pieces else None
        held = checks.get(code)
        marks = {name: getattr(held, name) for name in sheets.QUESTIONS} if held else {}
        reason = said or _reason(method, number, words)
        yield Filled(code, verdict, reason, str(method), piece, marks, held.note if held else "")


def _reason(method: M, number: int, words: str) -> str:
    return WORDS[method][number % 3].format(words.rstrip(".")).rstrip(".") + "."


def judged(case: Application, told: Told, talk: tuple[int, str], closed: int) -> Application:
    """Who leads marks test, papers and scene before the talk (`talk`: day and hour), so that the guide asks about the rest;
    the others mark all at once. Then sheets are closed."""
    case = fresh(case)
    lead, before = sheets_of(case)[0], shown_so_far(case)
    first = list(filled(case, told, lead, 0, before))
    with at(talk[0], "12:05"):
        sheets.fill_sheet(assessment=lead, rows=first, acting_user=judge(lead))
    talked_with(case, told, *talk)
    after, done = shown_so_far(case) | before, {one.criterion for one in first}
    for number, sheet in enumerate(sheets_of(case)):
        with at(closed, f"{9 + number}:15"):
            rows = list(filled(case, told, sheet, number, after))
            rows = [one for one in rows if number or one.criterion not in done]
            sheets.fill_sheet(assessment=sheet, rows=rows, acting_user=judge(sheet))
            assessing.close_sheet(assessment=sheet, acting_user=judge(sheet))
    if told.apart:
        _agreed(case, told.apart, closed - 3)
    return fresh(case)


def _agreed(case: Application, criterion: str, day: int) -> None:
    """They talk about where they differ; one proposes, the others answer, and the body lets most of them decide."""
    first, second, last = sheets_of(case)
    for minute, sheet, words in ((5, last, APART_TALK[0]), (12, first, APART_TALK[1])):
        with at(day, f"10:{minute:02}"):
            note_talk(application=case, criterion=criterion, text=words, acting_user=judge(sheet))
    with at(day, "10:25"):
        agreeing.propose_mark(
            application=case, criterion=criterion, verdict=Verdict.MET, reason=APART_REASON, acting_user=judge(first)
        )
    for minute, sheet, words in ((31, second, ""), (38, last, APART_DISSENT)):
        with at(day, f"10:{minute}"):
            agreeing.answer_proposal(
                application=case, criterion=criterion, confirms=not words, reason=words, acting_user=judge(sheet)
            )


def scenarios_published(house: House, scenes: Mapping[str, Any], qualification: Any) -> dict[str, ObservationScenario]:
    """The body's scenarios, written and published."""
    from dorobek.cli.demo.scenes_13477 import ANCHORS
    from dorobek.validation.actions import scenarios

    made = {}
    for title, (minutes, seen, texts) in scenes.items():
        draft = scenarios.begin_scenario(
            institution=house.institution, qualification=qualification, title=title, acting_user=house.officer
        )
        anchors = {code: ANCHORS[code] for code in seen}
        scenarios.write_scenario(
            scenario=draft, texts={"title": title, **texts}, minutes=minutes, anchors=anchors, acting_user=house.officer
        )
        made[title] = scenarios.publish_scenario(scenario=draft, acting_user=house.officer)
    return made
