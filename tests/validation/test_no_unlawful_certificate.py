"""No sequence of actions, by whomever, in whatever order, reaches a certificate while any rule is broken.

A state machine tries every action with right and wrong people. `Oracle` judges each certificate slowly and apart: it
reads the tables by itself and uses nothing of `validation.rules`, `validation.facts` or the actions. Every refused step
says why, and leaves nothing behind.
"""

import datetime as dt
import itertools

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.validation.actions import appeals, applying, assessing, commissions, deciding, openings
from dorobek.validation.actions.documents import revoke_certificate
from dorobek.validation.models import (
    Appeal,
    Application,
    Assessment,
    CaseDocument,
    Certificate,
    CommissionMember,
    Declaration,
    LedTraining,
    StaffRecord,
)
from dorobek.validation.rules import Verdict
from tests.factories import acting
from tests.validation.world import METHODS, SIX, World

pytestmark = pytest.mark.django_db

OUTCOME_OF = {code: code.rpartition(".")[0] for code in SIX}
MAY = {"knowledge_test": {"1"}, "work_sample": {"2"}}  # the set that each method of the entry must cover
FORBIDDEN_ROLES = {"adviser", "me"}
PEOPLE = st.sampled_from(["officer", "adviser", "appeals", "me", "stranger", "0", "1", "2", "3"])
JUDGES = st.integers(0, 3)
CODES = st.sets(st.sampled_from(SIX), min_size=1).map(sorted)
VERDICTS = st.sampled_from([*["met"] * 6, "not-met", "not-shown"])


class Oracle:
    """Why a certificate is not due, by the words of the entry of `World`, read from the tables alone."""

    def __init__(self, world, application):
        self.world, self.case = world, Application.objects.get(pk=application.pk)
        sitting = CommissionMember.objects.filter(commission_id=self.case.commission_id)
        self.people = [one.record for one in sitting.select_related("record")]
        self.open_codes = [code for code in SIX if OUTCOME_OF[code] not in self.case.carried]

    def objections(self):
        return [
            name
            for name in ("adviser", "members", "criteria", "impartial", "round", "methods", "sheets", "marks", "appeal", "decision")
            if not getattr(self, name)()
        ]  # fmt: skip

    def adviser(self):
        """Documentation closed by somebody with five documented years in the last ten, who does not judge."""
        held = StaffRecord.objects.filter(account_id=self.case.documented_by_id).first()
        if held is None or held.account_id in {one.account_id for one in self.people}:
            return False
        return self._days(held, "d1", 10) >= 5 * 365

    def members(self):
        """At least two different people, each on level 6 with a document of it."""
        accounts = {one.account_id for one in self.people}
        papers = all((one.level or 0) >= 6 and one.level_document.strip() for one in self.people)
        return len(accounts) >= 2 and len(accounts) == len(self.people) and papers

    def criteria(self):
        """k1 by a document, k2 by two documented years; each member meets one, each is met by somebody."""
        met = [
            {"k1"} & set(one.shown) | ({"k2"} if self._days(one, "k2", None) >= 2 * 365 else set())
            for one in self.people
        ]
        return all(met) and set().union(*met) == {"k1", "k2"}

    def _days(self, record, code, within):
        """Days of documented work before today, counted one by one."""
        today, days = timezone.localdate(), set()
        for one in record.periods.all():
            if code in one.shows and one.document.strip():
                end = min(one.until or today, today - dt.timedelta(1))
                days |= {one.since + dt.timedelta(n) for n in range((end - one.since).days + 1)}
        first = today.replace(year=today.year - within, day=min(today.day, 28)) if within else dt.date.min
        return sum(one >= first for one in days)

    def impartial(self):
        """Nobody trained the candidate, by the records or by their own word; everybody gave their word."""
        people = [one.account_id for one in self.people]
        if LedTraining.objects.filter(person=self.case.person, trainer__in=people).exists():
            return False
        said = Declaration.objects.filter(application=self.case, member__commission_id=self.case.commission_id)
        return {one.member.record_id for one in said if not one.trained} == {one.pk for one in self.people}

    def round(self):
        """Nobody of an earlier round judges again, nor the candidate themselves."""
        earlier = {
            one.assessor_id for one in Assessment.objects.filter(application=self.case, round__lt=self.case.round)
        }
        now = {one.account_id for one in self.people}
        return not now & (earlier | {self.world.me.pk})

    def methods(self):
        """Both of the entry and no other, each over its set, every open criterion seen."""
        used = list(self.case.methods.filter(round=self.case.round))
        if {one.method for one in used} != set(MAY):
            return False
        open_sets = {code[0] for code in self.open_codes}
        for method, wanted in MAY.items():
            seen = {code[0] for one in used if one.method == method for code in one.criteria}
            if wanted & open_sets - seen:
                return False
        return {code for one in used for code in one.criteria} >= set(self.open_codes)

    def _sheets(self):
        return list(Assessment.objects.filter(application=self.case, round=self.case.round))

    def sheets(self):
        """Each member has one closed sheet, and only members."""
        found = self._sheets()
        people = sorted(one.account_id for one in self.people)
        return sorted(one.assessor_id for one in found) == people and all(one.closed_at for one in found)

    def marks(self):
        """Each open criterion is met by all, or agreed to be met where they differed."""
        agreed = dict(self.case.agreed.filter(round=self.case.round).values_list("criterion", "verdict"))
        for code in self.open_codes:
            given = [mark.verdict for sheet in self._sheets() for mark in sheet.marks.filter(criterion=code)]
            if len(given) != len(self.people):
                return False
            if set(given) != {"met"} and (len(set(given)) == 1 or agreed.get(code) != "met"):
                return False
        return True

    def appeal(self):
        return not Appeal.objects.filter(application=self.case, answered_at=None).exists()

    def decision(self):
        """Of this round, by an officer who did not judge."""
        found = self.case.decisions.filter(round=self.case.round).first()
        judged = {one.assessor_id for one in self._sheets()}
        return found is not None and found.whole == "met" and found.decided_by_id not in judged


class Validation(RuleBasedStateMachine):
    """One candidate, one opening, four assessors; whatever anybody tries."""

    def __init__(self):
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.refused, self.certified = 0, False
        self.application = self.commission = None

    def teardown(self):
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    @initialize(unfit=st.sets(JUDGES, max_size=1), own_trainee=st.none() | JUDGES)
    def a_world(self, unfit, own_trainee):
        self.world = World()
        self.opening = self.world.open()
        for one in unfit:
            self.world.staff(self.world.assessors[one], "k1", level=5)
        if own_trainee is not None:
            self._train(own_trainee)

    def _who(self, name):
        if name.isdigit():
            return acting(self.world.assessors[int(name)])
        known = {"me": self.world.me, "officer": self.world.officer, "adviser": self.world.adviser,
                 "appeals": self.world.appeals}  # fmt: skip
        return acting(known.get(name, self.world.assessors[3]))

    def _try(self, action, **values):
        """The action, or its refusal: a Polish sentence, and nothing written."""
        before, said = HistoryEntry.objects.count(), None
        try:
            with transaction.atomic():
                return action(**values)
        except NotAllowed:
            pass
        except RuleBroken as refusal:
            said = refusal.message
        if said is not None:
            self.refused += 1
            assert len(said.split()) >= 3, said
            assert said.strip()[-1] in ".!?:)", said
            assert "None" not in said, said
            assert "%(" not in said, said
        assert HistoryEntry.objects.count() == before, "a refused step leaves nothing behind"
        return None

    def _case(self):
        self.application = Application.objects.get(pk=self.application.pk)
        return self.application

    def _state(self, *states):
        return self.application is not None and self._case().state in states

    def _sheets(self):
        return list(Assessment.objects.filter(application=self.application, round=self._case().round).order_by("pk"))

    @rule(times=st.integers(2, 9))
    def go_on_lawfully(self, times):
        """The next steps as they should be, so that walks get far enough for something to go wrong."""
        for _time in range(times):
            getattr(self, f"_after_{self._case().state if self.application else 'nothing'}", lambda: None)()

    def _after_nothing(self):
        self.begin("me")

    def _after_draft(self):
        self.submit("me")

    def _after_submitted(self):
        self.document("adviser", True)

    def _after_documented(self):
        self.compose("officer", 0 if self._case().round == 1 else 2, 2)
        self.declare(False, ())
        self.appoint("officer")

    def _after_appointed(self):
        for method in METHODS:
            self.use_method(method, True, "judge")
        for number in range(2):
            self.mark(number, "met", SIX, "0")
        self.close("own")
        self.agree("met", SIX)
        self.decide("officer")

    def _after_decided(self):
        self.certify("officer")

    # -- each step by itself, by whomever --

    @precondition(lambda self: self.application is None)
    @rule(who=st.sampled_from(["me", "me", "officer"]))
    def begin(self, who):
        made = self._try(
            applying.begin_application, person=self.world.person, opening=self.opening, acting_user=self._who(who)
        )
        self.application = made or self.application

    @precondition(lambda self: self.application is not None)
    @rule(who=PEOPLE, code=st.sampled_from([*SIX, "9.9.z"]))
    def map(self, who, code):
        mapped = {code: [self.world.evidence()]}
        self._try(applying.map_evidence, application=self._case(), mapped=mapped, acting_user=self._who(who))

    @precondition(lambda self: self._state("draft", "decided"))
    @rule(who=st.sampled_from(["me", "me", "me", "adviser"]))
    def submit(self, who):
        self._try(applying.submit_application, application=self._case(), acting_user=self._who(who))

    @precondition(lambda self: self._state("submitted", "appointed"))
    @rule(
        who=st.sampled_from(["adviser", "adviser", "adviser", "officer", "me", "0"]),
        met=st.sampled_from([True, True, False]),
    )
    def document(self, who, met):
        self._try(
            applying.close_documentation, application=self._case(), conditions_met=met, acting_user=self._who(who)
        )

    @precondition(lambda self: self.application is not None)
    @rule(
        who=st.sampled_from(["officer", "officer", "officer", "adviser", "0"]),
        first=JUDGES,
        count=st.sampled_from([2, 2, 2, 1, 3]),
    )
    def compose(self, who, first, count):
        records = list(itertools.islice(itertools.cycle(self.world.records), first, first + count))
        made = self._try(
            commissions.compose_commission, opening=self.opening, records=records, acting_user=self._who(who)
        )
        self.commission = made or self.commission

    @precondition(lambda self: self.commission is not None)
    @rule(trained=st.sampled_from([False, False, False, True]), silent=st.sets(JUDGES, max_size=1))
    def declare(self, trained, silent):
        for number, member in enumerate(self.commission.members.order_by("pk")):
            if number not in silent:
                self._try(
                    commissions.declare, application=self._case(), member=member, trained=trained and number == 0,
                    acting_user=acting(member.record.account),
                )  # fmt: skip

    @precondition(lambda self: self.commission is not None)
    @rule(who=st.sampled_from(["officer", "officer", "officer", "appeals", "me"]))
    def appoint(self, who):
        self._try(commissions.appoint, application=self._case(), commission=self.commission, acting_user=self._who(who))

    @precondition(lambda self: self._state("appointed", "decided"))
    @rule(method=st.sampled_from([*METHODS, *METHODS, "presentation"]), whole=st.sampled_from([True, True, True, False]),
          who=st.sampled_from(["judge", "judge", "judge", "officer", "me"]))  # fmt: skip
    def use_method(self, method, whole, who):
        sheets = self._sheets()
        criteria = METHODS.get(method, SIX)
        user = (
            acting(sheets[0].assessor) if who == "judge" and sheets else self._who("officer" if who == "judge" else who)
        )
        self._try(
            assessing.record_method, application=self._case(), method=method,
            criteria=criteria if whole else criteria[1:], acting_user=user,
        )  # fmt: skip

    @precondition(lambda self: self._state("appointed", "decided"))
    @rule(
        number=st.integers(0, 2),
        verdict=VERDICTS,
        codes=st.one_of(st.just(list(SIX)), st.just(list(SIX)), CODES),
        foreign=PEOPLE,
    )
    def mark(self, number, verdict, codes, foreign):
        for sheet in self._sheets()[number : number + 1]:
            user = acting(sheet.assessor) if foreign not in FORBIDDEN_ROLES else self._who(foreign)
            for code in codes:
                self._try(
                    assessing.mark_criterion, assessment=sheet, criterion=code, verdict=Verdict(verdict),
                    method="work_sample", reason="Tak było widać.", acting_user=user,
                )  # fmt: skip

    @precondition(lambda self: self._state("appointed", "decided"))
    @rule(who=st.sampled_from(["own", "own", "officer"]))
    def close(self, who):
        for sheet in self._sheets():
            user = acting(sheet.assessor) if who == "own" else self._who(who)
            self._try(assessing.close_sheet, assessment=sheet, acting_user=user)

    @precondition(lambda self: self._state("appointed"))
    @rule(verdict=VERDICTS, codes=st.one_of(st.just(list(SIX)), CODES))
    def agree(self, verdict, codes):
        for sheet, code in itertools.product(self._sheets()[:1], codes):
            self._try(
                assessing.agree_mark, application=self._case(), criterion=code, verdict=Verdict(verdict),
                reason="Po rozmowie.", acting_user=acting(sheet.assessor),
            )  # fmt: skip

    @precondition(lambda self: self.application is not None)
    @rule(who=st.sampled_from(["officer", "officer", "officer", "appeals", "0", "me"]))
    def decide(self, who):
        self._try(deciding.publish_decision, application=self._case(), acting_user=self._who(who))

    @precondition(lambda self: self.application is not None)
    @rule(who=st.sampled_from(["officer", "officer", "officer", "adviser", "1", "me"]))
    def certify(self, who):
        self._try(deciding.issue_certificate, application=self._case(), acting_user=self._who(who))

    # -- what comes in between --

    @precondition(lambda self: self._state("submitted", "documented", "appointed", "decided"))
    @rule(who=st.sampled_from(["me", "officer"]), reason=st.sampled_from(["Nie zgadzam się.", " "]))
    def file_appeal(self, who, reason):
        self._try(appeals.file_appeal, application=self._case(), reason=reason, acting_user=self._who(who))

    @precondition(lambda self: self.application is not None and Appeal.objects.exists())
    @rule(who=st.sampled_from(["appeals", "appeals", "officer", "0"]), uphold=st.booleans())
    def answer_appeal(self, who, uphold):
        for one in Appeal.objects.order_by("pk"):
            self._try(
                appeals.answer_appeal, appeal=one, uphold=uphold, answer="Zabrakło czasu.", acting_user=self._who(who)
            )

    @rule(number=JUDGES)
    def a_training_comes_to_light(self, number):
        if self.application is not None and self._state("appointed", "decided"):
            self._train(number)

    def _train(self, number):
        openings.note_training(
            institution=self.world.institution, trainer=self.world.assessors[number], person=self.world.person,
            title="Kurs", ended_on=timezone.localdate(), acting_user=acting(self.world.officer),
        )  # fmt: skip

    @precondition(lambda self: self._state("documented", "appointed", "decided"))
    @rule(number=JUDGES, what=st.sampled_from([{"level": 5}, {"periods": ()}, {"level_document": " "}]))
    def papers_turn_out_wrong(self, number, what):
        self.world.staff(self.world.assessors[number], "k1" if number % 2 == 0 else "k2", **what)

    @precondition(lambda self: self._state("submitted", "documented", "appointed"))
    @rule(who=st.sampled_from(["officer", "officer", "me"]))
    def withdraw(self, who):
        self._try(applying.withdraw_application, application=self._case(), acting_user=self._who(who))

    @precondition(lambda self: Certificate.objects.exists())
    @rule(who=PEOPLE, reason=st.sampled_from(["Dokument był cudzy.", " "]))
    def revoke(self, who, reason):
        self._try(revoke_certificate, certificate=Certificate.objects.get(), reason=reason, acting_user=self._who(who))

    # -- what must hold after each step --

    @invariant()
    def a_certificate_comes_only_when_nothing_is_broken(self):
        if self.application is None or self.certified or not Certificate.objects.exists():
            return
        self.certified = True
        oracle = Oracle(self.world, self.application)
        assert oracle.objections() == []
        assert CaseDocument.objects.filter(kind="certificate").count() == 1

    @invariant()
    def nothing_closed_ever_opens(self):
        if self.application is not None and self._case().state == "certified":
            assert not Assessment.objects.filter(round=self.application.round, closed_at=None).exists()


def test_no_sequence_of_actions_reaches_an_unlawful_certificate():
    reached = {"certificates": 0, "refusals": 0}

    class Counted(Validation):
        def teardown(self):
            reached["certificates"] += self.certified
            reached["refusals"] += self.refused
            super().teardown()

    run_state_machine_as_test(
        Counted,
        settings=settings(
            max_examples=22, stateful_step_count=30, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    assert reached["certificates"] >= 3, "a test that never sees a certificate proves nothing"
    assert reached["refusals"] >= 30, reached


@pytest.mark.parametrize(
    ("breaking", "objection"),
    [
        (lambda world, case: world.staff(world.assessors[0], "k1", level=5), "members"),
        (lambda world, case: world.staff(world.assessors[1], periods=()), "criteria"),
        (lambda world, case: world.staff(world.adviser, periods=()), "adviser"),
        (lambda world, case: Declaration.objects.filter(application=case).first().delete(), "impartial"),
        (lambda world, case: case.methods.first().delete(), "methods"),
        (lambda world, case: case.assessments.filter(pk=case.assessments.first().pk).update(closed_at=None), "sheets"),
        (
            lambda world, case: case.assessments.first().marks.filter(criterion="1.1.a").update(verdict="not-met"),
            "marks",
        ),
        (lambda world, case: world.appeal(case), "appeal"),
        (lambda world, case: case.decisions.update(whole="not-met"), "decision"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_the_oracle_sees_each_thing_that_is_wrong(breaking, objection):
    world = World()
    application = world.judged()
    world.decide(application)
    application = world.fresh(application)
    assert Oracle(world, application).objections() == []
    breaking(world, application)
    assert objection in Oracle(world, application).objections()
