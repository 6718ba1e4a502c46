"""Whether a certificate is due, judged slowly and apart: read from the tables by itself, with nothing of
`validation.rules`, `validation.facts` or the actions."""

import datetime as dt

from django.utils import timezone

from dorobek.validation.models import (
    Appeal,
    Application,
    Assessment,
    CommissionMember,
    Decision,
    Declaration,
    LedTraining,
    StaffRecord,
)
from tests.validation.world import SIX

OUTCOME_OF = {code: code.rpartition(".")[0] for code in SIX}
MAY = {"knowledge_test": {"1"}, "work_sample": {"2"}}  # the set that each method of the entry must cover


class Oracle:
    """Why a certificate is not due, by the words of the entry of `World`, read from the tables alone."""

    def __init__(self, world, application, earlier=None):
        """`earlier`: a decision of a round before this one, judged as it was: by its own people and sheets."""
        self.world, self.case, self.earlier = world, Application.objects.get(pk=application.pk), earlier
        self.number = earlier.round if earlier else self.case.round
        self.commission = earlier.commission_id if earlier else self.case.commission_id
        sitting = CommissionMember.objects.filter(commission_id=self.commission)
        self.people = [one.record for one in sitting.select_related("record")]
        self.carried_now = earlier.carried if earlier else self.case.carried
        self.open_codes = [code for code in SIX if OUTCOME_OF[code] not in self.carried_now]

    def objections(self):
        return [
            name
            for name in ("adviser", "members", "criteria", "impartial", "round", "methods", "tests", "sheets", "marks", "appeal", "decision", "carried")
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
        said = Declaration.objects.filter(application=self.case, member__commission_id=self.commission)
        return {one.member.record_id for one in said if not one.trained} == {one.pk for one in self.people}

    def round(self):
        """Nobody of an earlier round judges again, nor the candidate themselves."""
        earlier = {one.assessor_id for one in Assessment.objects.filter(application=self.case, round__lt=self.number)}
        now = {one.account_id for one in self.people}
        return not now & (earlier | {self.world.me.pk})

    def methods(self):
        """Both of the entry and no other, in this round or in one that it builds on; each over its set where something
        is open there, and every open criterion seen now."""
        used = self._done(self.number)
        before = {method for one in self.built_on() for method in self._done(one.round)}
        if set(used) | before != set(MAY):
            return False
        open_sets = {code[0] for code in self.open_codes}
        for method, wanted in MAY.items():
            seen = {code[0] for code in used.get(method, ())}
            if wanted & open_sets - seen:
                return False
        return {code for criteria in used.values() for code in criteria} >= set(self.open_codes)

    def _done(self, number):
        """Method -> criteria, from the test as it was answered and marked; no record of a test is believed."""
        found = {}
        for test in self.case.knowledge_tests.filter(round=number, cancelled_at=None, finished_at__isnull=False):
            rows = list(test.answers.select_related("item_version"))
            if rows and all(row.points is not None for row in rows):
                found["knowledge_test"] = {row.item_version.criterion for row in rows}
        for one in self.case.methods.filter(round=number).exclude(method="knowledge_test"):
            found.setdefault(one.method, set()).update(one.criteria)
        return found

    def tests(self):
        """Nobody rests "met" on the test where less than half of the outcome's points were got."""
        by_test = [
            code
            for sheet in self._sheets()
            for code in sheet.marks.filter(verdict="met", method="knowledge_test").values_list("criterion", flat=True)
        ]
        rows = [
            row
            for test in self.case.knowledge_tests.filter(round=self.number, cancelled_at=None)
            for row in test.answers.select_related("item_version")
        ]
        for code in set(by_test):
            asked = [row for row in rows if OUTCOME_OF[row.item_version.criterion] == OUTCOME_OF[code]]
            if not asked or sum(row.points or 0 for row in asked) * 2 < sum(row.item_version.points for row in asked):
                return False
        return True

    def _agreed(self):
        """Criterion -> verdict that every member of the round confirmed by their own answer."""
        found = {}
        for one in self.case.agreed.filter(round=self.number):
            said = dict(one.answers.values_list("assessor_id", "confirms"))
            if set(said) == {each.account_id for each in self.people} and all(said.values()):
                found[one.criterion] = one.verdict
        return found

    def _sheets(self):
        return list(Assessment.objects.filter(application=self.case, round=self.number))

    def sheets(self):
        """Each member has one closed sheet, and only members."""
        found = self._sheets()
        people = sorted(one.account_id for one in self.people)
        return sorted(one.assessor_id for one in found) == people and all(one.closed_at for one in found)

    def marks(self):
        """Each open criterion is met by all, or agreed to be met where they differed."""
        agreed = self._agreed()
        for code in self.open_codes:
            given = [mark.verdict for sheet in self._sheets() for mark in sheet.marks.filter(criterion=code)]
            if len(given) != len(self.people):
                return False
            if set(given) != {"met"} and (len(set(given)) == 1 or agreed.get(code) != "met"):
                return False
        return True

    def appeal(self):
        return not Appeal.objects.filter(application=self.case, answered_at=None).exclude(about="fee").exists()

    def decision(self):
        """Of this round, by an officer who did not judge."""
        found = self.case.decisions.filter(round=self.case.round).first()
        judged = {one.assessor_id for one in self._sheets()}
        return found is not None and found.whole == "met" and found.decided_by_id not in judged

    def built_on(self):
        """Decisions of earlier rounds of the case that confirmed something which was not judged in this one."""
        rows = Decision.objects.filter(application=self.case, round__lt=self.number).order_by("round")
        return [one for one in rows if self._own(one) & set(self.carried_now)]

    def _own(self, decision):
        """What a decision itself confirmed."""
        return {code for code, one in decision.outcomes.items() if one == "met" and code not in decision.carried}

    def carried(self):
        """What was not judged now was met by every sheet of an earlier round whose people might judge, today too."""
        told = set()
        for one in self.built_on():
            past = Oracle(self.world, self.case, one)
            if not (past.members() and past.criteria() and past.impartial() and past.round() and past.sheets()):
                return False
            told |= {code for code in self._own(one) if past.met_by_all(code)}
        return set(self.carried_now) <= told

    def met_by_all(self, outcome):
        """Each criterion of the outcome is met on every sheet of the round, or was agreed to be."""
        agreed = self._agreed()
        for code in (one for one in SIX if OUTCOME_OF[one] == outcome):
            given = [mark.verdict for sheet in self._sheets() for mark in sheet.marks.filter(criterion=code)]
            if len(given) != len(self.people) or (set(given) != {"met"} and agreed.get(code) != "met"):
                return False
        return True
