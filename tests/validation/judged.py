"""A commission of three and one candidate before it, by the four methods of an entry like 13477."""

from dorobek.people.enums import Role
from dorobek.register.entry.validation import Method
from dorobek.validation import grounds
from dorobek.validation.actions import assessing, observing, scenarios
from dorobek.validation.rules import Verdict
from dorobek.validation.rules.observing import Anchor
from tests.factories import acting, make_staff
from tests.validation import doing
from tests.validation.world import SIX, World

FOUR = (
    Method("knowledge_test", "test"),
    Method("evidence_analysis", "analiza dowodów"),
    Method("simulated_observation", "obserwacja"),
    Method("conversation", "rozmowa", all_sets=True),
)
ANCHORS = {
    "1.1.a": Anchor("pyta otwarcie", "pyta tylko o tak i nie", ("zadał pytanie otwarte", "powtórzył własnymi słowami")),
    "2.1.a": Anchor("liczy dwa razy", "zgaduje", ("policzył",)),
}


class Judged(World):
    """`case`: an application that three assessors judge. `first`, `second`, `third`: their sheets."""

    def __init__(self, *, appointed=True, own_rules=(), **rules):
        wanted = {"methods": FOUR, "members_min": 3, "extra_may_be_candidate": True, **rules}
        super().__init__(**wanted)
        self.piece = self.evidence()
        self.opening = self.open(own_rules=own_rules)
        self.case = self.documented(self.opening)
        if appointed:
            self.case = self.appointed(self.case, *self.records[:3])
            self.case = self.fresh(self.case)

    def documented(self, opening=None):
        from dorobek.validation.actions import applying

        made = applying.begin_application(
            person=self.person, opening=opening or self.open(), acting_user=acting(self.me)
        )
        applying.map_evidence(application=made, mapped={"1.1.a": [self.piece]}, acting_user=acting(self.me))
        applying.submit_application(application=made, acting_user=acting(self.me))
        return applying.close_documentation(
            application=self.fresh(made), conditions_met=True, acting_user=acting(self.adviser)
        )

    @property
    def sheets(self):
        return list(self.case.assessments.filter(round=self.case.round).order_by("assessor"))

    def mark_all(self, sheet, close=True, method="knowledge_test", **verdicts):
        """Every criterion by the test, which is sat when it was not yet; the last sheet waits for the other methods."""
        if method == "knowledge_test" and not self.case.knowledge_tests.exists():
            doing.sit(self, self.case, SIX)
        for code in SIX:
            verdict = Verdict(verdicts.get("c" + code.replace(".", ""), "met"))
            assessing.mark_criterion(
                assessment=sheet, criterion=code, verdict=verdict, method=method, reason="tak było widać",
                acting_user=acting(sheet.assessor),
            )  # fmt: skip
        if close and not self.case.assessments.filter(closed_at=None).exclude(pk=sheet.pk).exists():
            self.all_methods(sheet)
        if close:
            assessing.close_sheet(assessment=sheet, acting_user=acting(sheet.assessor))

    def all_methods(self, sheet):
        """What of the four methods has not taken place yet."""
        wanted = {"knowledge_test": SIX, "evidence_analysis": ["1.1.a"], "conversation": SIX}
        done = grounds.covered(self.case)
        for method, criteria in wanted.items():
            if method not in done:
                doing.use(self, self.case, method, criteria, sheet=sheet)
        if "simulated_observation" not in done:
            seen = self.case.observations.first() or self.observation(sheet)
            observing.end_observation(observation=seen, acting_user=acting(sheet.assessor))

    def scenario(self, publish=True, anchors=ANCHORS):
        who = acting(self.officer)
        made = scenarios.begin_scenario(
            institution=self.institution, qualification=self.qualification, title="Pierwsza rozmowa", acting_user=who
        )
        texts = {
            "title": "Pierwsza rozmowa", "situation": "Klient wchodzi.", "task": "Porozmawiać.",
            "client_role": "Milczy, aż ktoś zapyta.", "place": "sala", "equipment": "stół",
        }  # fmt: skip
        scenarios.write_scenario(scenario=made, texts=texts, minutes=20, anchors=anchors, acting_user=who)
        made.refresh_from_db()
        return scenarios.publish_scenario(scenario=made, acting_user=who) if publish else made

    def observation(self, sheet=None, **more):
        sheet = sheet or self.sheets[0]
        values = {"place": "sala 2", "equipment_ready": True, "client_name": "Ewa Statystka", **more}
        values.setdefault("scenario", None)
        values["scenario"] = values["scenario"] or self.scenario()
        return observing.begin_observation(application=self.case, acting_user=acting(sheet.assessor), **values)

    def stranger(self):
        return make_staff(Role.ASSESSOR, self.unit, "Asesor Obcy")
