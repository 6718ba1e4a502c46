"""What the three people before a commission for entry 13477 must have come to, whoever worded the entry."""

import re

from django.utils import timezone

from dorobek.cli.demo.talks_13477 import ALIKE
from dorobek.cli.demo.validation_13477 import SITS, TRAINER
from dorobek.cli.demo.validation_steps import IN_PAPERS
from dorobek.kernel import history
from dorobek.people.models import Account
from dorobek.register.enums import ValidationMethod as M
from dorobek.validation.actions.assessing import to_mark
from dorobek.validation.models import (
    Application,
    AwardedCredential,
    CriterionCheck,
    CriterionNote,
    KnowledgeTest,
    Mark,
    MethodRecord,
    PartialResult,
    TimeMark,
)
from dorobek.validation.queries.candidate import history_of
from dorobek.web.history_words import tell

FOUR = {str(M.KNOWLEDGE_TEST), str(M.EVIDENCE_ANALYSIS), str(M.SIMULATED_OBSERVATION), str(M.CONVERSATION)}
CONFIRMED_FIRST = ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "3.2"]
TECHNICAL = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-|[{}\[\]]|\bNone\b|\bTrue\b|\bFalse\b|validation\.|\d{4}-\d\d-\d\dT")


def cases_of(name):
    """The person's applications for 13477, oldest first."""
    found = Application.objects.filter(person__given_names=name, opening__qualification__code="13477")
    return list(found.select_related("person", "opening__entry_version", "commission").order_by("pk"))


def check_methods_were_real(case, number):
    """Behind each record of a method in a round stands what was done: a sitting, checklists, a scene, notes."""
    used = MethodRecord.objects.filter(application=case, round=number)
    assert {one.method for one in used} == FOUR
    by = {one.method: set(one.criteria) for one in used}
    test = KnowledgeTest.objects.get(application=case, round=number)
    asked = test.answers.exclude(answer=None).values_list("item_version__criterion", flat=True)
    assert set(asked) == by[str(M.KNOWLEDGE_TEST)]
    assert test.settled_at
    assert test.started_at <= test.finished_at <= test.ends_at
    open_ones = test.answers.filter(item_version__form="open")
    assert all(one.open_marks.count() == 2 for one in open_ones)
    scene = case.observations.get(round=number)
    assert set(scene.scenario.anchors) == by[str(M.SIMULATED_OBSERVATION)]
    taps = TimeMark.objects.filter(observation=scene)
    assert taps.count() > 4
    assert all(scene.begun_at < tap.at <= scene.ended_at for tap in taps)
    sheets = case.assessments.filter(round=number)
    assert sheets.count() == 3
    looked = CriterionCheck.objects.filter(assessment__in=sheets, validity="yes", currency="yes", authenticity="yes")
    assert looked.exclude(sufficiency="").count() == looked.count()
    mapped = set(case.mapped.values_list("criterion", flat=True))
    assert {one.criterion for one in looked} == {code for code in by[str(M.EVIDENCE_ANALYSIS)] if code in mapped}
    assert by[str(M.EVIDENCE_ANALYSIS)] <= set(IN_PAPERS)
    assert {one.assessment_id for one in looked} == {one.pk for one in sheets}
    notes = CriterionNote.objects.filter(assessment__in=sheets, method=str(M.CONVERSATION))
    assert {one.criterion for one in notes} == by[str(M.CONVERSATION)]
    assert all(one.question and one.text != ALIKE for one in notes)
    marks = Mark.objects.filter(assessment__in=sheets)
    assert all(one.reason for one in marks)
    assert marks.filter(method=str(M.EVIDENCE_ANALYSIS), verdict="met", evidence=None).count() == 0


def check_certified(case):
    """The whole is met, the certificate stands and the person holds its credential."""
    assert case.state == "certified"
    assert case.certificate.number.startswith("13477/")
    assert AwardedCredential.objects.filter(person=case.person, scope="", certificate=case.certificate).count() == 1


def check_the_first():
    [case] = cases_of("Honorata")
    assert case.person.audits.get().finished_on < timezone.localdate(case.created_at)
    check_methods_were_real(case, 1)
    check_certified(case)
    [agreed] = case.agreed.all()
    assert agreed.dissent
    assert case.talk.count() == 2
    assert KnowledgeTest.objects.get(application=case).agreements.get().confirmed_at
    assert case.observations.get().client.person.given_names == "Kornelia"
    assert Mark.objects.filter(assessment__application=case).count() == 3 * 57
    trainer = Account.objects.get(email__startswith=f"{TRAINER}@")
    assert trainer.pk not in case.assessments.values_list("assessor", flat=True)
    assert case.adviser_notes.get().criterion == "2.4.c"
    sits = timezone.localdate(case.sittings.get().sitting.begins)
    assert (sits.weekday(), (timezone.localdate() - sits).days - SITS in range(7)) == (3, True)


def check_the_second():
    [case] = cases_of("Kornelia")
    for number in (1, 2):
        check_methods_were_real(case, number)
    check_certified(case)
    first, second = case.decisions.order_by("round")
    assert (first.whole, second.whole) == ("not-met", "met")
    assert [code for code, one in first.outcomes.items() if one != "met"] == ["2.2"]
    judged = [set(case.assessments.filter(round=n).values_list("assessor", flat=True)) for n in (1, 2)]
    assert not judged[0] & judged[1]
    again = Mark.objects.filter(assessment__application=case, assessment__round=2)
    assert {one.criterion for one in again} == set(to_mark(case)) == {f"2.2.{letter}" for letter in "abcdef"}
    appeal = case.appeals.get()
    assert appeal.state == "upheld"
    assert appeal.answered_by_id not in judged[0] | judged[1] | {case.documented_by_id, case.appointed_by_id}
    scene = case.observations.get(round=1)
    assert (scene.ended_at - scene.begun_at).seconds // 60 == 18 < scene.scenario.minutes  # what the appeal says
    assert (
        case.adjustment_answer.extra_percent == KnowledgeTest.objects.get(application=case, round=1).extra_percent == 25
    )
    seen = [set(case.knowledge_tests.get(round=n).answers.values_list("item_version__item", flat=True)) for n in (1, 2)]
    assert not seen[0] & seen[1]


def check_the_third():
    first, second = cases_of("Władysław")
    for case in (first, second):
        check_methods_were_real(case, 1)
    assert (first.state, first.decisions.get().whole) == ("decided", "not-met")
    kept = PartialResult.objects.filter(decision__application=first).order_by("outcome")
    assert [one.outcome for one in kept] == second.carried == CONFIRMED_FIRST
    check_certified(second)
    again = {one.criterion for one in Mark.objects.filter(assessment__application=second)}
    assert again == set(to_mark(second))
    assert len(again) == 17
    assert PartialResult.objects.filter(person=first.person, qualification="13477").count() == 11


def check_history_is_told(case, reader, kinds):
    """A stranger follows it: every entry a sentence with its author, in the order of time, and nothing technical."""
    entries = list(history_of(case, reader, whole=True))
    assert kinds <= {one.kind.removeprefix("validation.") for one in entries}
    # Ticks of one sheet lie within the minutes of its closing; everything else stands in the order it happened.
    steps = [one.at for one in history_of(case, reader)]
    assert steps == sorted(steps)
    told = tell(entries, reader=reader, person=case.person)
    general = tell([type(entries[0])(kind="no.such", at=entries[0].at)], reader=reader)[0].sentence
    for one in told:
        assert one.sentence != general
        assert one.who
        for change in one.changes:
            assert change.label
            assert not TECHNICAL.search(change.before + change.after), (one.sentence, change)
    assert list(history.verify(case.person.uid)) == []
    return "\n".join(f"{one.sentence} {one.who} {[(c.label, c.after) for c in one.changes]}" for one in told)
