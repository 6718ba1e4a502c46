"""The methods of a validation really done, quickly: a test sat, evidence checked, a scene played, a conversation noted.

Every test that needs a method used goes through here, so that none of them can assert one that did not take place.
"""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from dorobek.portfolio.models import Evidence
from dorobek.validation.actions import (
    agreeing,
    knowledge_bank,
    knowledge_tests,
    methods,
    observing,
    scenarios,
    sheets,
)
from dorobek.validation.models import (
    Application,
    Blueprint,
    ItemVersion,
    KnowledgeTest,
    MappedEvidence,
    ObservationScenario,
    QuestionBank,
)
from dorobek.validation.rules.observing import Anchor
from dorobek.validation.rules.testing.answers import to_places
from dorobek.validation.rules.testing.drawing import Row
from dorobek.validation.rules.testing.questions import Choice, Form, Question
from tests.factories import acting

AB = (Choice("a", "tak"), Choice("b", "nie"))
ALL_YES = dict.fromkeys(sheets.QUESTIONS, "yes")
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def use(world, application, method, criteria, sheet=None, right=None):
    """The method takes place for these criteria; `sheet`: whose conversation, checks or record it is."""
    case = Application.objects.get(pk=application.pk)
    held = case.assessments.counting().filter(round=case.round).order_by("pk")
    sheet = sheet or held.filter(closed_at=None).first() or held.first()
    if method == "knowledge_test":
        return sit(world, case, criteria, right)
    if method == "simulated_observation":
        return observe(world, case, criteria, sheet)
    if method == "conversation":
        return talk(case, criteria, sheet)
    if method == "evidence_analysis":
        return analyse(case, criteria, sheet)
    return methods.record_method(
        application=case, method=method, criteria=criteria, acting_user=acting(sheet.assessor)
    )  # fmt: skip


def sit(world, case, criteria, right=None, pass_percent=50):
    """A test of one question a criterion; `right`: criteria answered well, all by default. Settled at once."""
    officer, me = acting(world.officer), acting(case.person.account)
    blueprint = _blueprint(world, case, criteria, pass_percent)
    now = timezone.now()
    test = knowledge_tests.let_sit(
        application=case, blueprint=blueprint, opens_at=now - dt.timedelta(hours=1),
        closes_at=now + dt.timedelta(days=1), acting_user=officer,
    )  # fmt: skip
    knowledge_tests.start_test(test=test, acting_user=me)
    for row in test.answers.select_related("item_version"):
        if right is None or row.item_version.criterion in right:
            given = to_places(row.item_version.question, row.shown, "a")
            knowledge_tests.keep_answer(
                test_uid=test.uid, place=row.place, number=1, device="komputer", given=given, acting_user=me
            )
    knowledge_tests.finish_test(test=test, acting_user=me)
    return KnowledgeTest.objects.get(pk=test.pk)


def _blueprint(world, case, criteria, pass_percent):
    opening, officer = case.opening, acting(world.officer)
    held = {"institution": opening.institution, "qualification": opening.qualification}
    bank = QuestionBank.objects.filter(**held).first() or knowledge_bank.open_bank(**held, acting_user=officer)
    known = set(ItemVersion.objects.filter(item__bank=bank, form=Form.SINGLE).values_list("criterion", flat=True))
    for code in sorted(set(criteria) - known):
        question = Question(Form.SINGLE, f"Czy tak się robi {code}?", 1, choices=AB, right=("a",))
        knowledge_bank.add_item(bank=bank, question=question, criterion=code, difficulty=3, acting_user=officer)
    title = f"Test {' '.join(sorted(criteria))} {pass_percent}"[:200]
    return Blueprint.objects.filter(bank=bank, title=title).first() or knowledge_bank.save_blueprint(
        bank=bank, rows=[Row(code, 1) for code in sorted(criteria)], title=title, minutes=30, pass_percent=pass_percent,
        acting_user=officer,
    )  # fmt: skip


def analyse(case, criteria, sheet):
    """A piece beside each criterion, where there is none yet; the four questions answered; the analysis written down."""
    for code in set(criteria) - set(case.mapped.values_list("criterion", flat=True)):
        piece = Evidence.objects.filter(person=case.person).first() or Evidence.objects.create(
            person=case.person, case_uid=case.person.uid, kind="file", title="Księga"
        )
        MappedEvidence.objects.create(application=case, criterion=code, evidence=piece)
    who = acting(sheet.assessor)
    rows = [sheets.Filled(code, checks=ALL_YES) for code in criteria]
    sheets.fill_sheet(assessment=sheet, rows=rows, acting_user=who)
    return methods.record_method(application=case, method="evidence_analysis", criteria=criteria, acting_user=who)


def observe(world, case, criteria, sheet):
    """A scene with an anchor for each criterion, begun and ended."""
    scenario = _scenario(world, case, criteria)
    who = acting((sheet or case.assessments.counting().filter(round=case.round).first()).assessor)
    seen = observing.begin_observation(
        application=case, scenario=scenario, place="sala 2", equipment_ready=True, client_name="Ewa Statystka",
        acting_user=who,
    )  # fmt: skip
    return observing.end_observation(observation=seen, acting_user=who)


def _scenario(world, case, criteria):
    opening, officer = case.opening, acting(world.officer)
    title = f"Scenka {' '.join(sorted(criteria))}"[:200]
    held = ObservationScenario.objects.filter(institution=opening.institution, title=title, published_at__isnull=False)
    if held.exists():
        return held.first()
    made = scenarios.begin_scenario(
        institution=opening.institution, qualification=opening.qualification, title=title, acting_user=officer
    )
    texts = dict.fromkeys(("situation", "task", "client_role", "place", "equipment"), "Jak w opisie.")
    anchors = {code: Anchor("widać", "nie widać", ("zrobił",)) for code in criteria}
    scenarios.write_scenario(
        scenario=made, texts={**texts, "title": title}, minutes=20, anchors=anchors, acting_user=officer
    )
    made.refresh_from_db()
    return scenarios.publish_scenario(scenario=made, acting_user=officer)


def talk(case, criteria, sheet):
    """A note on each criterion, and the conversation finished."""
    notes = dict.fromkeys(criteria, "Opowiada na przykładzie.")
    return sheets.finish_conversation(
        assessment=sheet, notes=notes, questions={}, acting_user=acting(sheet.assessor)
    )  # fmt: skip


def on_paper(world, case, method, criteria, **more):
    """The same brought in on paper by the officer."""
    values = {"used_on": timezone.localdate(), "led_by": "Wanda Prowadząca", **more}
    upload = SimpleUploadedFile("arkusz.pdf", PDF, "application/pdf")
    return methods.import_paper(
        application=case, method=method, criteria=criteria, upload=upload, acting_user=acting(world.officer), **values
    )


def agree(case, criterion, verdict, *, reason="Po rozmowie.", dissent=None):
    """The first member proposes, all others confirm; `dissent`: {place of the sheet: reason} of who does not."""
    held = list(case.assessments.counting().filter(round=case.round).select_related("assessor").order_by("pk"))
    given = {"application": case, "criterion": criterion}
    made = agreeing.propose_mark(verdict=verdict, reason=reason, acting_user=acting(held[0].assessor), **given)
    for number, sheet in enumerate(held[1:], 1):
        against = (dissent or {}).get(number, "")
        agreeing.answer_proposal(
            confirms=not against, reason=against, acting_user=acting(sheet.assessor), **given
        )  # fmt: skip
    made.refresh_from_db()
    return made
