"""A candidate with a finished audit: a confirmed outcome of the register with evidence, a story, and a foreign piece."""

from django.utils import timezone

from dorobek.portfolio.models import Evidence, EvidenceLink, EvidenceRating
from dorobek.register.models import LearningOutcome
from dorobek.validation.actions import candidate
from tests.factories import acting, make_case, make_competence
from tests.validation.world import World

TERMS = {"kinds": ["extra-time"], "words": "", "agreed": True}


class CandidateWorld(World):
    """`World`, whose candidate comes with a portfolio: outcome 1.1 confirmed and supported, 1.2 confirmed and bare."""

    def __init__(self, **rules):
        super().__init__(**rules)
        self.audit = make_case(person=self.person)
        self.first = self._competence("1", "supported")
        self._competence("2", "confirmed")
        self.book = self.piece("Księga przychodów", competence=self.first)
        self.refused = self.piece("Stare zaświadczenie", competence=self.first, mark="no")
        self.loose = self.piece("List od szefa")

    def _competence(self, number, state):
        outcome = LearningOutcome.objects.get(code=f"90002-1-{number}")
        return make_competence(self.audit, f"Uproszczona księgowość w firmie {number}", outcome=outcome, state=state)

    def piece(self, title, competence=None, mark="yes", **fields):
        made = Evidence.objects.create(
            person=self.person, case_uid=self.audit.uid, kind="statement", title=title, **fields
        )
        if competence is not None:
            EvidenceLink.objects.create(evidence=made, competence=competence)
            marks = dict.fromkeys(("validity", "currency", "sufficiency", "authenticity"), mark)
            EvidenceRating.objects.create(evidence=made, reason="Obejrzane.", rated_at=timezone.now(), **marks)
        return made

    def applied(self, opening=None):
        return candidate.apply_with_evidence(
            person=self.person, opening=opening or self.open(), acting_user=acting(self.me)
        )

    def sent(self, opening=None, **terms):
        made = self.applied(opening)
        return candidate.send_application(application=made, acting_user=acting(self.me), **{**TERMS, **terms})
