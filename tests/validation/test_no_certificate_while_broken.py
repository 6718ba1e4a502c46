"""No sequence of actions reaches a certificate while any rule is broken, and every refused step says why.

Sequences are the straight way with steps left out, swapped and doubled, and others slipped in. Whether a certificate
was due is asked of the tables directly, not through the rules that the actions use.
"""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.validation.actions import applying, assessing, commissions, openings
from dorobek.validation.models import Appeal, Application, Certificate, LedTraining
from dorobek.validation.rules import Verdict
from tests.factories import acting
from tests.validation.world import METHODS, SIX, World

pytestmark = pytest.mark.django_db

STRAIGHT = (
    "begin", "submit", "document", "compose 0", "declare 0", "declare 1", "appoint",
    "method knowledge_test", "method work_sample", "mark 0", "mark 1", "close 0", "close 1", "decide", "certify",
)  # fmt: skip
AGAIN = ("compose 2", "declare 2", "declare 3", "appoint", "method knowledge_test", "method work_sample",
         "mark 2", "mark 3", "close 2", "close 3", "decide", "certify")  # fmt: skip
SABOTAGE = (
    "compose 1", "compose 2", "compose 3", "small 0", "declare-trained 0", "declare-trained 1", "training 0",
    "training 1", "level 0", "level 1", "papers 0", "papers 1", "part knowledge_test", "part work_sample",
    "method presentation", "fail 0", "fail 1", "unseen 0", "agree met", "agree not-met", "appeal", "reject", "uphold",
    "withdraw", "early 0", "compose 0", "restore",
)  # fmt: skip


class Walk:
    """One application and whatever is tried on it."""

    def __init__(self):
        self.world = World()
        self.opening = self.world.open()
        self.application = None
        self.made = None

    def step(self, name):
        kind, _, what = name.partition(" ")
        if self.application is not None:
            self.application = self.world.fresh(self.application)
        elif kind != "begin":
            return
        getattr(self, kind.replace("-", "_"))(*([int(what)] if what.isdigit() else [what] if what else []))

    def begin(self):
        me = acting(self.world.me)
        self.application = applying.begin_application(person=self.world.person, opening=self.opening, acting_user=me)

    def submit(self):
        applying.submit_application(application=self.application, acting_user=acting(self.world.me))

    def document(self):
        adviser = acting(self.world.adviser)
        applying.close_documentation(application=self.application, conditions_met=True, acting_user=adviser)

    def withdraw(self):
        applying.withdraw_application(application=self.application, acting_user=acting(self.world.me))

    def compose(self, first):
        self._compose((self.world.records * 2)[first : first + 2])

    def small(self, first):
        self._compose(self.world.records[first : first + 1])

    def _compose(self, records):
        officer = acting(self.world.officer)
        self.made = commissions.compose_commission(opening=self.opening, records=records, acting_user=officer)

    def declare(self, who, **said):
        for member in self.made.members.filter(record=self.world.records[who]) if self.made else ():
            account = acting(self.world.assessors[who])
            commissions.declare(application=self.application, member=member, acting_user=account, **said)

    def declare_trained(self, who):
        self.declare(who, trained=True)

    def appoint(self):
        if self.made:
            officer = acting(self.world.officer)
            commissions.appoint(application=self.application, commission=self.made, acting_user=officer)

    def training(self, who):
        openings.note_training(
            institution=self.world.institution, trainer=self.world.assessors[who], person=self.world.person,
            title="Kurs", ended_on=timezone.localdate(), acting_user=acting(self.world.officer),
        )  # fmt: skip

    def level(self, who):
        self.world.staff(self.world.assessors[who], "k1" if who % 2 == 0 else "k2", level=5)

    def papers(self, who):
        self.world.staff(self.world.assessors[who], periods=())

    def restore(self):
        for who, account in enumerate(self.world.assessors):
            self.world.staff(account, "k1" if who % 2 == 0 else "k2")

    def method(self, code, criteria=None):
        judge = self._sheets().first()
        if judge:
            values = {"method": code, "criteria": criteria or METHODS.get(code, SIX)}
            assessing.record_method(application=self.application, acting_user=acting(judge.assessor), **values)

    def part(self, code):
        self.method(code, METHODS[code][1:])

    def mark(self, who, verdict=Verdict.MET, codes=SIX):
        for sheet in self._sheets().filter(assessor=self.world.assessors[who]):
            for code in codes:
                assessing.mark_criterion(
                    assessment=sheet, criterion=code, verdict=verdict, method="work_sample", reason="widać",
                    acting_user=acting(sheet.assessor),
                )  # fmt: skip

    def fail(self, who):
        self.mark(who, Verdict.NOT_MET, ["1.1.b"])

    def unseen(self, who):
        self.mark(who, Verdict.NOT_SHOWN, ["2.2.a"])

    def early(self, who):
        self.mark(who, Verdict.MET, ["1.1.a"])
        self.close(who)

    def close(self, who):
        for sheet in self._sheets().filter(assessor=self.world.assessors[who]):
            assessing.close_sheet(assessment=sheet, acting_user=acting(sheet.assessor))

    def agree(self, verdict):
        for sheet in self._sheets()[:1]:
            assessing.agree_mark(
                application=self.application, criterion="1.1.b", verdict=Verdict(verdict), reason="po rozmowie",
                acting_user=acting(sheet.assessor),
            )  # fmt: skip

    def decide(self):
        self.world.decide(self.application)

    def certify(self):
        self.world.certify(self.application)

    def appeal(self):
        self.world.appeal(self.application)

    def reject(self):
        self._answer(False)

    def uphold(self):
        self._answer(True)

    def _answer(self, uphold):
        for appeal in Appeal.objects.filter(application=self.application):
            self.world.answer(appeal, uphold)

    def _sheets(self):
        return self.application.assessments.filter(round=self.application.round).order_by("pk")


def reasons_against(application: Application) -> list[str]:
    """Why no certificate is due, read from the tables."""
    members = [one.record for one in application.commission.members.all()]
    this_round = {"round": application.round}
    found = []
    if len(members) < 2 or any((one.level or 0) < 6 for one in members):
        found.append("members")
    two_years = timezone.localdate() - dt.timedelta(730)
    first = {one.pk for one in members if "k1" in one.shown}
    second = {
        one.pk for one in members if any("k2" in p.shows and p.since <= two_years for p in one.periods.all())
    }  # fmt: skip
    if not first or not second or first | second != {one.pk for one in members}:
        found.append("criteria")
    trainers = [one.account_id for one in members]
    if LedTraining.objects.filter(person=application.person, trainer__in=trainers).exists():
        found.append("training")
    said = application.declarations.filter(member__commission=application.commission)
    if said.count() != len(members) or any(one.trained for one in said):
        found.append("declarations")
    used = list(application.methods.filter(**this_round))
    if {one.method for one in used} != set(METHODS):
        found.append("methods")
    if {code for one in used for code in one.criteria} != set(SIX):
        found.append("unverified")
    sheets = list(application.assessments.filter(**this_round))
    if len(sheets) != len(members) or any(one.closed_at is None for one in sheets):
        found.append("sheets")
    agreed = dict(application.agreed.filter(**this_round).values_list("criterion", "verdict"))
    for code in SIX:
        given = {mark.verdict for one in sheets for mark in one.marks.filter(criterion=code)}
        if given != {"met"} and agreed.get(code) != "met":
            found.append(code)
    if Appeal.objects.filter(application=application, state="filed").exists():
        found.append("appeal")
    return found if application.documented_by_id else [*found, "documentation"]


@st.composite
def walks(draw):
    """The straight way, perhaps with an appeal and the way again, then bent a little."""
    steps = list(STRAIGHT)
    if draw(st.booleans()):
        steps = [*STRAIGHT[:-1], "appeal", draw(st.sampled_from(["uphold", "reject"])), *AGAIN]
    for _bend in range(draw(st.integers(0, 5))):
        place = draw(st.integers(0, len(steps) - 1))
        match draw(st.sampled_from(["slip in", "leave out", "swap", "double"])):
            case "slip in":
                steps.insert(place, draw(st.sampled_from(SABOTAGE)))
            case "leave out":
                del steps[place]
            case "swap":
                other = draw(st.integers(0, len(steps) - 1))
                steps[place], steps[other] = steps[other], steps[place]
            case "double":
                steps.insert(place, steps[place])
    return steps


def walked(steps) -> bool:
    """Try every step; check at the moment of a certificate. True when there was one."""
    walk = Walk()
    said: list[str] = []
    for name in steps:
        had = Certificate.objects.exists()
        try:
            with transaction.atomic():
                walk.step(name)
        except NotAllowed:
            pass  # doors answer 404
        except RuleBroken as refused:
            said.append(refused.message)
        if not had and Certificate.objects.exists():
            assert reasons_against(walk.world.fresh(walk.application)) == [], steps
    assert all(len(words) > 10 for words in said)
    return Certificate.objects.exists()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(walks())
def test_no_sequence_reaches_a_certificate_while_a_rule_is_broken(steps):
    with transaction.atomic():
        walked(steps)
        transaction.set_rollback(True)


@pytest.mark.parametrize("steps", [STRAIGHT, (*STRAIGHT[:-1], "appeal", "uphold", *AGAIN)])
def test_the_straight_ways_do_reach_one(steps):
    assert walked(steps)


@pytest.mark.parametrize(
    "wrong",
    [
        "small 0", "declare-trained 0", "training 0", "training 1", "level 0", "level 1", "papers 1",
        "fail 0", "unseen 1", "appeal", "withdraw",
    ],
)  # fmt: skip
def test_one_thing_wrong_anywhere_before_the_decision_is_enough_to_stop_it(wrong):
    kind = wrong.split()[0]
    before = {"small": "declare 0", "declare-trained": "declare 0", "fail": "close 0", "unseen": "close 0"}
    place = STRAIGHT.index(before.get(kind, "decide"))
    assert not walked([*STRAIGHT[:place], wrong, *STRAIGHT[place:]])


@pytest.mark.parametrize("left_out", STRAIGHT)
def test_no_step_of_the_straight_way_can_be_left_out(left_out):
    assert not walked([one for one in STRAIGHT if one != left_out])
