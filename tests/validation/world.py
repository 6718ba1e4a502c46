"""A body entitled to validate an invented qualification, with its people and one candidate."""

import datetime as dt
from dataclasses import replace

from django.utils import timezone

from dorobek.people.enums import Role
from dorobek.portfolio.models import Evidence
from dorobek.register.actions import import_entries
from dorobek.register.entry import Body, Read
from dorobek.register.entry.validation import Requirement
from dorobek.register.enums import Source
from dorobek.register.models import Qualification
from dorobek.validation import grounds
from dorobek.validation.actions import appeals, applying, assessing, commissions, deciding, openings
from dorobek.validation.models import Application
from dorobek.validation.rules import Period, Verdict
from tests.factories import acting, make_institution, make_person, make_staff, make_unit
from tests.validation import doing
from tests.validation.conftest import second_entry

SIX = ("1.1.a", "1.1.b", "1.2.a", "2.1.a", "2.1.b", "2.2.a")
METHODS = {"knowledge_test": SIX[:3], "work_sample": SIX[3:]}
NAME = "Izba Rzemiosła i Handlu w Tymowicach"


class World:
    def __init__(self, **rules):
        stated = second_entry().rules
        wanted = {
            "not_own_trainees": True,
            "adviser_needed": True,
            "adviser": (Requirement("pięć lat", 5, 10),),
            **rules,
        }
        entry = second_entry(rules=replace(stated, **wanted), bodies=(Body(NAME, "awarding"),))
        import_entries(reads=[Read(entry)], source=Source.TABLE)
        self.qualification = Qualification.objects.get(code=entry.code)
        self.unit = make_unit(make_institution(NAME))
        self.institution = self.unit.institution
        self.officer, self.adviser, self.appeals = (
            make_staff(role, self.unit, name)
            for role, name in (
                (Role.AWARDING_OFFICER, "Ofelia Urzędowa"),
                (Role.VALIDATION_ADVISER, "Adam Doradca"),
                (Role.APPEALS_OFFICER, "Olga Odwołanowa"),
            )
        )
        self.assessors = [make_staff(Role.ASSESSOR, self.unit, f"Asesor {name}") for name in "ABCD"]
        self.records = [self.staff(one, "k1" if n % 2 == 0 else "k2") for n, one in enumerate(self.assessors)]
        self.staff(self.adviser, "d1")
        self.person = make_person()
        self.me = self.person.account

    def second(self, **changes):
        """Another qualification of the same body: one method over everything, the same two members."""
        stated = second_entry().rules
        values = {
            "methods": stated.methods[:1], "only_these_methods": False, "every_outcome": False, "adviser_needed": False,
        }  # fmt: skip
        rules = replace(stated, **{**values, **changes})
        entry = second_entry(code="90003", title_pl="Druga kwalifikacja", rules=rules, bodies=(Body(NAME, "awarding"),))
        import_entries(reads=[Read(entry)], source=Source.TABLE)
        self.qualification = Qualification.objects.get(code=entry.code)

    def staff(self, account, *shows, level=6, **more):
        today = timezone.localdate()
        period = Period(today - dt.timedelta(2500), None, "świadectwo pracy", frozenset(shows))
        values = {
            "level": level,
            "level_document": "dyplom",
            "shown": shows,
            "periods": [period],
            "principles_on": today,
        }
        return openings.keep_staff_record(
            institution=self.institution, qualification=self.qualification, account=account,
            acting_user=acting(self.officer), **{**values, **more},
        )  # fmt: skip

    def open(self, **more):
        today = timezone.localdate()
        values = {"applications_until": today, "begins_on": today, "ends_on": today + dt.timedelta(9), "places": 2}
        return openings.open_validation(
            institution=self.institution, qualification=self.qualification, place="Tymowice",
            acting_user=acting(self.officer), **{**values, **more},
        )  # fmt: skip

    def evidence(self, person=None):
        person = person or self.person
        return Evidence.objects.create(person=person, case_uid=person.uid, kind="file", title="Księga")

    def submitted(self, opening=None):
        made = applying.begin_application(
            person=self.person, opening=opening or self.open(), acting_user=acting(self.me)
        )
        return applying.submit_application(application=made, acting_user=acting(self.me))

    def documented(self, opening=None):
        return applying.close_documentation(
            application=self.submitted(opening), conditions_met=True, acting_user=acting(self.adviser)
        )

    def commission(self, application, *records, declare=True):
        made = commissions.compose_commission(
            opening=application.opening, records=records or self.records[:2], acting_user=acting(self.officer)
        )
        for one in made.members.all() if declare else ():
            commissions.declare(application=application, member=one, acting_user=acting(one.record.account))
        return made

    def appointed(self, application=None, *records):
        application = application or self.documented()
        made = self.commission(application, *records)
        return commissions.appoint(application=application, commission=made, acting_user=acting(self.officer))

    def verify(self, application, methods=METHODS):
        """Each method really takes place."""
        for method, criteria in methods.items():
            doing.use(self, application, method, criteria)

    def fill(self, sheet, close=True, **verdicts):
        """All criteria met but those given, as c11a="not-met"; each by a method that took place for it."""
        done = grounds.covered(sheet.application)
        for code in assessing.to_mark(sheet.application):
            verdict = Verdict(verdicts.get("c" + code.replace(".", ""), "met"))
            method = next((one for one in sorted(done, reverse=True) if code in done[one]), "work_sample")
            assessing.mark_criterion(
                assessment=sheet, criterion=code, verdict=verdict, method=method, reason="tak było widać",
                acting_user=acting(sheet.assessor),
            )  # fmt: skip
        if close:
            assessing.close_sheet(assessment=sheet, acting_user=acting(sheet.assessor))

    def judged(self, application=None, **verdicts):
        application = application or self.appointed()
        left = assessing.to_mark(application)
        wanted = {method: [code for code in criteria if code in left] for method, criteria in METHODS.items()}
        self.verify(application, {method: criteria or left[:1] for method, criteria in wanted.items()})
        for sheet in application.assessments.counting().filter(round=application.round):
            self.fill(sheet, **verdicts)
        return self.fresh(application)

    def decide(self, application):
        return deciding.publish_decision(application=application, acting_user=acting(self.officer))

    def certify(self, application):
        return deciding.issue_certificate(application=application, acting_user=acting(self.officer))

    def appeal(self, application):
        return appeals.file_appeal(application=application, reason="Nie zgadzam się.", acting_user=acting(self.me))

    def answer(self, appeal, uphold=True, who=None):
        return appeals.answer_appeal(
            appeal=appeal, uphold=uphold, answer="Zabrakło czasu.", acting_user=acting(who or self.appeals)
        )

    def fresh(self, application):
        return Application.objects.get(pk=application.pk)
