"""13477 (four methods, three members, level 7) and a second qualification (two methods, two members, modules) side by side.

One way through, which reads nothing but the rules of the entry: no line here or in the code is about either of them.
"""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone

from dorobek.kernel.errors import RuleBroken
from dorobek.people.enums import Role
from dorobek.register.actions import import_entries
from dorobek.register.entry import Body, Read
from dorobek.register.enums import Source
from dorobek.register.models import Qualification
from dorobek.validation.actions import applying, assessing, commissions, deciding, openings, sittings
from dorobek.validation.actions import sheets as fill
from dorobek.validation.actions.body import keep_body_record
from dorobek.validation.models import Application, Sitting
from dorobek.validation.queries.planning import open_sittings, planned
from dorobek.validation.rules import Period, Verdict
from dorobek.validation.rules.proposing import Proposal
from tests.factories import acting, make_person, make_staff
from tests.register.conftest import real
from tests.validation import doing
from tests.validation.conftest import first
from tests.validation.world import NAME, World

pytestmark = pytest.mark.django_db
__all__ = ["first", "real"]


def long_ago(*codes):
    return Period(timezone.localdate() - dt.timedelta(365 * 8), None, "świadectwo pracy", frozenset(codes))


class Way:
    """One qualification from the opening to the certificate, by its entry alone."""

    def __init__(self, world, code):
        self.world, self.officer = world, acting(world.officer)
        self.qualification = Qualification.objects.get(code=code)
        self.rules = openings.entry_rules(self.qualification)

    def people(self):
        """As many assessors as the entry asks for, and one more; each criterion is met by somebody. And an adviser."""
        level = self.rules.member_level or 7
        criteria = [one.code for one in self.rules.criteria]
        for number in range(self.rules.members_min + 1):
            account = make_staff(Role.ASSESSOR, self.world.unit, f"{self.qualification.code} asesor {number}")
            self._keep(account, level, [criteria[number % len(criteria)]])
        self._keep(self.world.adviser, level, [one.code for one in self.rules.adviser])

    def _keep(self, account, level, codes):
        openings.keep_staff_record(
            institution=self.world.institution, qualification=self.qualification, account=account, level=level,
            level_document="dyplom", shown=codes, periods=[long_ago(*codes)], principles_on=timezone.localdate(),
            acting_user=self.officer,
        )  # fmt: skip

    def opened(self):
        today = timezone.localdate()
        codes = [one.code for one in self.rules.body]
        keep_body_record(
            institution=self.world.institution, qualification=self.qualification, shown=codes,
            periods=[long_ago(*codes)], acting_user=self.officer,
        )  # fmt: skip
        return openings.open_validation(
            institution=self.world.institution, qualification=self.qualification, applications_until=today,
            begins_on=today, ends_on=today + dt.timedelta(9), place="Tymowice", places=3, acting_user=self.officer,
            provided=["w sali 2" for _one in self.rules.provided],
        )  # fmt: skip

    def documented(self, opening, name):
        person = make_person(name)
        me = acting(person.account)
        made = applying.begin_application(person=person, opening=opening, acting_user=me)
        made = applying.submit_application(application=made, acting_user=me)
        return applying.close_documentation(
            application=made, conditions_met=True, acting_user=acting(self.world.adviser),
            basis={0: "dyplom pokazany na spotkaniu", 1: "dyplom pokazany na spotkaniu"},
        )  # fmt: skip

    def placed(self, application, hour):
        day = timezone.localdate() + dt.timedelta(1)
        begins = timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))
        sitting = sittings.plan_sitting(
            opening=application.opening, begins=begins, ends=begins + dt.timedelta(hours=2), acting_user=self.officer
        )
        return sittings.place_candidates(sitting=sitting, applications=[application], acting_user=self.officer)

    def judged(self, application, methods=None):
        commission = Sitting.objects.get(candidates__application=application).commission
        for one in commission.members.select_related("record__account"):
            commissions.declare(application=application, member=one, acting_user=acting(one.record.account))
        commissions.appoint(application=application, commission=commission, acting_user=self.officer)
        sheets = list(application.assessments.select_related("assessor"))
        for method in methods or self.rules.methods:
            criteria = [
                code
                for group in self.rules.sets
                for outcome in group.outcomes
                if method.may_verify(outcome.code)
                for code in outcome.criteria
            ]
            doing.use(self.world, application, method.code, criteria, sheet=sheets[0])
        first = (methods or self.rules.methods)[0].code
        for sheet in sheets:
            rows = [
                fill.Filled(code, Verdict.MET, "widać", first, checks=doing.ALL_YES)
                for code in self.rules.criterion_codes
            ]
            fill.fill_sheet(assessment=sheet, rows=rows, acting_user=acting(sheet.assessor))
            assessing.close_sheet(assessment=sheet, acting_user=acting(sheet.assessor))
        return Application.objects.get(pk=application.pk)

    def certified(self, application):
        """On the day of the sitting."""
        Sitting.objects.filter(candidates__application=application).update(begins=timezone.now())
        deciding.publish_decision(application=application, acting_user=self.officer)
        application = Application.objects.get(pk=application.pk)
        return deciding.issue_certificate(application=application, acting_user=self.officer)


@pytest.fixture
def ways(real):
    world = World()
    import_entries(reads=[Read(replace(real.entry, bodies=(Body(NAME, "awarding"),)))], source=Source.TABLE)
    return [Way(world, real.entry.code), Way(world, "90002")]


def test_both_reach_their_certificates_from_one_plan_of_commissions(ways):
    cases, held = [], []
    for hour, way in zip((9, 12), ways, strict=True):
        way.people()
        cases.append(way.documented(way.opened(), f"Osoba {way.qualification.code}"))
        held.append(way.placed(cases[-1], hour))
    world = ways[0].world
    rows = open_sittings(world.institution, acting(world.officer).account)
    assert rows == held
    found = planned(sittings=rows, institution=world.institution, user=acting(world.officer).account)
    assert isinstance(found.answer, Proposal)
    assert [len(found.members(one)) for one in rows] == [3, 2]
    chosen = [(one, found.members(one), one.version) for one in rows]
    sittings.accept_proposal(rows=chosen, acting_user=acting(world.officer))
    numbers = [way.certified(way.judged(case)).number for way, case in zip(ways, cases, strict=True)]
    assert [one.split("/")[0] for one in numbers] == [way.qualification.code for way in ways]


@pytest.mark.parametrize("which", [0, 1])
def test_each_keeps_its_own_number_of_members_and_its_own_methods(ways, which):
    way = ways[which]
    way.people()
    case = way.documented(way.opened(), "Osoba")
    sitting = way.placed(case, 9)
    rows = planned(
        sittings=[sitting], institution=way.world.institution, user=acting(way.world.officer).account
    ).members(sitting)  # fmt: skip
    with pytest.raises(RuleBroken, match="Za mało członków"):
        sittings.choose_commission(
            sitting=sitting, records=rows[:-1], base_version=sitting.version, acting_user=way.officer
        )
    sittings.choose_commission(sitting=sitting, records=rows, base_version=sitting.version, acting_user=way.officer)
    with pytest.raises(RuleBroken, match="Nie użyto wymaganej metody"):
        way.judged(case, methods=way.rules.methods[:-1])
    with pytest.raises(RuleBroken, match="Czekamy na"):
        deciding.publish_decision(application=case, acting_user=way.officer)
