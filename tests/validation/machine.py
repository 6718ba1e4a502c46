"""One candidate, one opening, four assessors, and whatever anybody tries: a state machine over every action."""

import itertools

from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.validation.actions import (
    agreeing,
    appeals,
    applying,
    assessing,
    commissions,
    deciding,
    fees,
    methods,
    office,
    openings,
    refusing,
)
from dorobek.validation.actions.documents import revoke_certificate
from dorobek.validation.enums import AppealAbout, FeeWaits, RefusalGround
from dorobek.validation.models import (
    Appeal,
    Application,
    Assessment,
    CaseDocument,
    Certificate,
    Fee,
)
from dorobek.validation.rules import Verdict
from tests.factories import acting
from tests.validation import doing
from tests.validation.oracle import Oracle
from tests.validation.world import METHODS, SIX, World

FORBIDDEN_ROLES = {"adviser", "me"}
PEOPLE = st.sampled_from(["officer", "adviser", "appeals", "me", "stranger", "0", "1", "2", "3"])
JUDGES = st.integers(0, 3)
CODES = st.sets(st.sampled_from(SIX), min_size=1).map(sorted)
VERDICTS = st.sampled_from([*["met"] * 6, "not-met", "not-shown"])


class Validation(RuleBasedStateMachine):
    """One candidate, one opening, four assessors; whatever anybody tries."""

    def __init__(self):
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.refused, self.certified, self.rounds = 0, False, 1
        self.application = self.commission = None

    def teardown(self):
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    @initialize(
        unfit=st.sets(JUDGES, max_size=1),
        own_trainee=st.none() | JUDGES,
        waits=st.sampled_from(FeeWaits.values),
    )
    def a_world(self, unfit, own_trainee, waits):
        self.world = World()
        self.opening = self.world.open(fee_grosze=20_000, fee_waits=waits, fee_to="kasa")
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
        self._go_on(times)

    @rule(times=st.integers(6, 12))
    def go_on_to_the_end(self, times):
        self._go_on(times)

    def _go_on(self, times):
        for _time in range(times):
            getattr(self, f"_after_{self._case().state if self.application else 'nothing'}", lambda: None)()

    def _after_nothing(self):
        self.begin("me")

    def _after_draft(self):
        self.submit("me")

    def _after_submitted(self):
        self.note_fee("officer", "paid")
        self.document("adviser", True)

    def _after_refused(self):
        self.file_appeal("me", "Mam ten dokument.", "refusal")
        self.answer_appeal("appeals", True)

    def _after_documented(self):
        self.note_fee("officer", "paid")
        self.compose("officer", 0 if self._case().round == 1 else 2, 2)
        self.declare(False, ())
        self.appoint("officer")

    def _after_appointed(self):
        self.answer_appeal("appeals", False)
        for method in METHODS:
            self.use_method(method, True, "judge", True)
        for number in range(2):
            self.mark(number, "met", SIX, "0")
        self.close("own")
        self.agree("met", SIX, False)
        self.decide("officer")

    def _after_decided(self):
        self.certify("officer")
        if self._case().state == "decided":
            self.file_appeal("me", "Nie zgadzam się.", "")
            self.answer_appeal("appeals", True)

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
        done = self._try(
            commissions.appoint, application=self._case(), commission=self.commission, acting_user=self._who(who)
        )
        if done is not None and done.round == 1:
            self._paid("commission")

    @precondition(lambda self: self._state("appointed", "decided"))
    @rule(method=st.sampled_from([*METHODS, *METHODS, "presentation"]), whole=st.sampled_from([True, True, True, False]),
          who=st.sampled_from(["judge", "judge", "judge", "officer", "me"]),
          well=st.sampled_from([True, True, True, False]))  # fmt: skip
    def use_method(self, method, whole, who, well):
        sheets = self._sheets()
        criteria = METHODS.get(method, SIX)
        user = (
            acting(sheets[0].assessor) if who == "judge" and sheets else self._who("officer" if who == "judge" else who)
        )
        chosen = criteria if whole else criteria[1:]
        if method == "knowledge_test" and who == "judge":
            self._try(doing.sit, world=self.world, case=self._case(), criteria=chosen, right=chosen if well else ())
            return
        self._try(methods.record_method, application=self._case(), method=method, criteria=chosen, acting_user=user)

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
                    method="knowledge_test" if code in METHODS["knowledge_test"] else "work_sample", reason="Tak było widać.", acting_user=user,
                )  # fmt: skip

    @precondition(lambda self: self._state("appointed", "decided"))
    @rule(who=st.sampled_from(["own", "own", "officer"]))
    def close(self, who):
        for sheet in self._sheets():
            user = acting(sheet.assessor) if who == "own" else self._who(who)
            self._try(assessing.close_sheet, assessment=sheet, acting_user=user)

    @precondition(lambda self: self._state("appointed"))
    @rule(verdict=VERDICTS, codes=st.one_of(st.just(list(SIX)), CODES), alone=st.sampled_from([False, False, True]))
    def agree(self, verdict, codes, alone):
        for number, (code, sheet) in enumerate(itertools.product(codes, self._sheets())):
            given = {"application": self._case(), "criterion": code, "acting_user": acting(sheet.assessor)}
            self._try(agreeing.propose_mark, verdict=Verdict(verdict), reason="Po rozmowie.", **given)
            if number % len(self._sheets()) or alone:
                self._try(agreeing.answer_proposal, confirms=not alone, reason="Za mało było widać.", **given)

    @precondition(lambda self: self.application is not None)
    @rule(who=st.sampled_from(["officer", "officer", "officer", "appeals", "0", "me"]))
    def decide(self, who):
        done = self._try(deciding.publish_decision, application=self._case(), acting_user=self._who(who))
        if done is not None and done.round == 1:
            self._paid("result")

    def _paid(self, step):
        """The step was taken: nothing was to pay for it, or the money is the matter of an open appeal."""
        disputed = Appeal.objects.filter(application=self.application, about="fee", state="filed").exists()
        due = Fee.objects.filter(application=self.application, waits=step, state="due", grosze__gt=0).exists()
        assert disputed or not due, "a step that waits for the fee was taken before it was settled"

    @precondition(lambda self: self.application is not None)
    @rule(who=st.sampled_from(["officer", "officer", "officer", "adviser", "1", "me"]))
    def certify(self, who):
        self._try(deciding.issue_certificate, application=self._case(), acting_user=self._who(who))

    # -- what comes in between --

    @precondition(lambda self: self.application is not None)
    @rule(
        who=st.sampled_from(["me", "me", "officer"]),
        reason=st.sampled_from(["Nie zgadzam się.", "Nie zgadzam się.", " "]),
        about=st.sampled_from(["", "", *AppealAbout.values]),
    )
    def file_appeal(self, who, reason, about):
        self._try(
            appeals.file_appeal, application=self._case(), reason=reason, acting_user=self._who(who),
            about=AppealAbout(about) if about else None,
        )  # fmt: skip

    @precondition(lambda self: self._state("submitted", "documented"))
    @rule(
        who=st.sampled_from(["adviser", "officer", "me"]), reason=st.sampled_from(["Brakuje dyplomu z wpisu.", "nie"])
    )
    def refuse(self, who, reason):
        self._try(
            refusing.refuse_application, application=self._case(), ground=RefusalGround.CONDITIONS, reason=reason,
            acting_user=self._who(who),
        )  # fmt: skip

    @precondition(lambda self: self._state("submitted", "documented", "appointed", "decided"))
    @rule(who=st.sampled_from(["officer", "me"]), state=st.sampled_from(["paid", "waived", "due"]))
    def note_fee(self, who, state):
        self._try(
            office.note_fee, application=self._case(), state=state, document="przelew 1", reason="trudna sytuacja",
            acting_user=self._who(who),
        )  # fmt: skip

    @precondition(lambda self: self._state("submitted", "documented", "appointed"))
    @rule(asks=st.booleans(), granted=st.booleans())
    def a_wish_to_pay_less(self, asks, granted):
        me, officer = self._who("me"), self._who("officer")
        if asks:
            self._try(fees.ask_fee, application=self._case(), words="Nie mam pracy.", acting_user=me)
        else:
            self._try(
                fees.answer_fee, application=self._case(), granted=granted, reason="Tak mówi regulamin.",
                acting_user=officer,
            )  # fmt: skip

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
        self.certified, self.rounds = True, self._case().round
        oracle = Oracle(self.world, self.application)
        assert oracle.objections() == []
        assert CaseDocument.objects.filter(kind="certificate").count() == 1

    @invariant()
    def nothing_closed_ever_opens(self):
        if self.application is not None and self._case().state == "certified":
            assert not Assessment.objects.filter(round=self.application.round, closed_at=None).exists()
