"""A register with the invented qualifications, and a person who has worked at a till."""

import pytest

from dorobek.audits.models import SkillsAudit
from dorobek.cli.demo.qualifications import entries
from dorobek.portfolio.models import Competence, Evidence, EvidenceLink, EvidenceRating
from dorobek.register.actions import import_entries
from dorobek.register.entry import Entry, Read
from dorobek.register.enums import Source
from tests.factories import make_case, make_competence, make_episode
from tests.register.conftest import real

__all__ = ["real"]

TILL = "90001"


def prove(competence: Competence, title: str = "Raport kasowy", mark: str = "yes") -> Evidence:
    """Evidence of the competence, rated; no rating when the mark is empty."""
    evidence = Evidence.objects.create(
        person=competence.person, case_uid=competence.case_uid, kind="statement", title=title
    )
    EvidenceLink.objects.create(evidence=evidence, competence=competence)
    if mark:
        marks = dict.fromkeys(("validity", "currency", "sufficiency", "authenticity"), mark)
        EvidenceRating.objects.create(evidence=evidence, reason="Oryginał okazany.", **marks)
    return evidence


@pytest.fixture
def register() -> list[Entry]:
    held = list(entries())
    import_entries(reads=[Read(entry) for entry in held], source=Source.TABLE)
    return held


@pytest.fixture
def cashier(register: list[Entry]) -> SkillsAudit:
    """Proved: settling the till. Confirmed: operating it. Told: returns. Never mentioned: teaching others."""
    audit = make_case()
    prove(make_competence(audit, "Rozlicza kasę na koniec zmiany i wyjaśnia różnice", state="supported"))
    make_competence(audit, "Obsługuje kasę fiskalną i terminal płatniczy", state="confirmed")
    make_competence(audit, "Prowadzi pasiekę i sprzedaje miód", state="disputed")
    make_episode(audit, "Klient bez paragonu", situation="Był spór. Przyjmowałam zwroty i reklamacje przy ladzie.")
    return audit
