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
from dorobek.validation.actions import agreeing, applying, assessing, commissions, openings
from dorobek.validation.models import Appeal, Application, Certificate, LedTraining
from dorobek.validation.rules import Verdict
from tests.factories import acting
from tests.validation import doing
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
    "method presentation", "fail 0", "fail 1", "unseen 0", "agree met", "agree not-met", "alone met", "blank knowledge_test", "appeal", "reject", "uphold",
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

    def method(self, code, criteria=None, right=None):
        judge = self._sheets().first()
        if judge:
            wanted = criteria or METHODS.get(code, SIX)
            left = [one for one in wanted if one in assessing.to_mark(self.application)]
            doing.use(self.world, self.application, code, left or wanted, right=right)

    def part(self, code):
        self.method(code, METHODS[code][1:])

    def blank(self, code):
        self.method(code, right=())

    def mark(self, who, verdict=Verdict.MET, codes=SIX):
        for sheet in self._sheets().filter(assessor=self.world.assessors[who]):
            for code in codes if codes != SIX else assessing.to_mark(self.application):
                assessing.mark_criterion(
                    assessment=sheet, criterion=code, verdict=verdict, reason="widać",
                    method="knowledge_test" if code in METHODS["knowledge_test"] else "work_sample",
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
        if self._sheets():
            doing.agree(self.application, "1.1.b", Verdict(verdict))

    def alone(self, verdict):
        """One proposes for all."""
        for sheet in self._sheets()[:1]:
            agreeing.propose_mark(
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
    """Why no certificate is due, read from the tables: of this round, and of each earlier one that it builds on."""
    past = [one for one in application.decisions.order_by("round") if one.round < application.round]
    own = {one.round: {code for code, met in one.outcomes.items() if met == "met"} - set(one.carried) for one in past}
    built_on = [one for one in past if own[one.round] & set(application.carried)]
    found = of_round(application, application.commission, application.round, application.carried)
    rounds = [application.round, *(one.round for one in built_on)]
    used = set().union(*(really_done(application, one) for one in rounds))
    if used != set(METHODS):
        found.append("methods")
    for one in built_on:
        found += [f"round {one.round}: {why}" for why in of_round(application, one.commission, one.round, one.carried)
                  if why not in SIX or outcome(why) in application.carried]  # fmt: skip
    if set(application.carried) - set().union(*own.values()):
        found.append("carried from nowhere")
    if Appeal.objects.filter(application=application, state="filed").exists():
        found.append("appeal")
    return found if application.documented_by_id else [*found, "documentation"]


def really_done(application: Application, number: int) -> dict[str, set[str]]:
    """Method -> criteria, from the test as it was answered and marked, not from what says that it took place."""
    found: dict[str, set[str]] = {}
    for test in application.knowledge_tests.filter(round=number, cancelled_at=None, finished_at__isnull=False):
        asked = {row.item_version.criterion for row in test.answers.all()}
        if all(row.points is not None for row in test.answers.all()):
            found["knowledge_test"] = asked
    for one in application.methods.filter(round=number, method="work_sample"):  # it has no form of its own
        found.setdefault("work_sample", set()).update(one.criteria)
    return found


def by_failed_test(application: Application, number: int, code: str, sheets) -> bool:
    """Whether somebody rests "met" on the test though less than half of the outcome's points were got."""
    if not any(one.marks.filter(criterion=code, verdict="met", method="knowledge_test").exists() for one in sheets):
        return False
    rows = [
        row
        for test in application.knowledge_tests.filter(round=number, cancelled_at=None)
        for row in test.answers.select_related("item_version")
        if outcome(row.item_version.criterion) == outcome(code)
    ]
    return not rows or sum(row.points or 0 for row in rows) * 2 < sum(row.item_version.points for row in rows)


def agreed_by_all(application: Application, number: int, members: int) -> dict[str, str]:
    """Criterion -> verdict that every member confirmed by their own answer."""
    found = {}
    for one in application.agreed.filter(round=number):
        said = list(one.answers.values_list("assessor_id", "confirms"))
        if len({who for who, _confirms in said}) == members and all(confirms for _who, confirms in said):
            found[one.criterion] = one.verdict
    return found


def outcome(code: str) -> str:
    return code.rpartition(".")[0]


def of_round(application: Application, commission, number: int, carried) -> list[str]:
    """What is wrong with one round: its people, its methods over what was open, its sheets, its marks."""
    members = [one.record for one in commission.members.all()]
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
    said = application.declarations.filter(member__commission=commission)
    if said.count() != len(members) or any(one.trained for one in said):
        found.append("declarations")
    used = really_done(application, number)
    still = [code for code in SIX if outcome(code) not in carried]
    if not {code for criteria in used.values() for code in criteria} >= set(still):
        found.append("unverified")
    sheets = list(application.assessments.filter(round=number))
    if len(sheets) != len(members) or any(one.closed_at is None for one in sheets):
        found.append("sheets")
    agreed = agreed_by_all(application, number, len(members))
    for code in still:
        given = {mark.verdict for one in sheets for mark in one.marks.filter(criterion=code)}
        if by_failed_test(application, number, code, sheets):
            found.append(f"{code} by a test that was not passed")
        if given != {"met"} and agreed.get(code) != "met":
            found.append(code)
    return found


@st.composite
def walks(draw):
    """The straight way, perhaps with an appeal and the way again, then bent a little."""
    steps = list(STRAIGHT)
    if draw(st.booleans()):
        steps = [*STRAIGHT[:-1], "appeal", draw(st.sampled_from(["uphold", "uphold", "reject"])), *AGAIN]
        if draw(st.booleans()):  # something is not confirmed, so that the second commission judges just that
            place = steps.index("close 0")
            steps[place:place] = [
                draw(st.sampled_from(["fail 0", "unseen 0"])),
                draw(st.sampled_from(["fail 1", "unseen 1"])),
            ]
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


PARTLY = (*STRAIGHT[:11], "fail 0", "fail 1", *STRAIGHT[11:-1])


@pytest.mark.parametrize(
    "steps",
    [
        STRAIGHT,
        (*STRAIGHT[:-1], "appeal", "uphold", *AGAIN),
        (*PARTLY, "appeal", "uphold", *AGAIN),
        (*PARTLY, "training 0", "appeal", "uphold", *AGAIN),
    ],
)
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


def test_a_blank_test_gives_no_certificate():
    assert not walked(["blank knowledge_test" if one == "method knowledge_test" else one for one in STRAIGHT])


def test_one_assessor_does_not_agree_for_all():
    place = STRAIGHT.index("close 0")
    differing = [*STRAIGHT[:place], "fail 0", *STRAIGHT[place:]]
    assert not walked([*differing[:-2], "alone met", *differing[-2:]])
    assert walked([*differing[:-2], "agree met", *differing[-2:]])


@pytest.mark.parametrize("left_out", STRAIGHT)
def test_no_step_of_the_straight_way_can_be_left_out(left_out):
    assert not walked([one for one in STRAIGHT if one != left_out])
