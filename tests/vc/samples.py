"""An invented micro-credential with every element, for the tests of formats."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from dorobek.vc.badges.model import (
    Achievement,
    Assessment,
    Award,
    Evidence,
    Grading,
    Holder,
    Issuer,
    Level,
    Outcome,
    Quality,
)  # fmt: skip

ACHIEVEMENT = Achievement(
    id="https://poswiadczenia.example.org/wzory/arkusz-kasowy",
    title="Prowadzenie arkusza kasowego",
    description="Prowadzi dzienny arkusz kasowy małej firmy i wyjaśnia różnice.",
    outcomes=(
        Outcome("Zapisuje wpłaty i wypłaty w arkuszu", "Arkusz zgadza się z dowodami", code="U1", framework="Zestaw 1"),
        Outcome("Wyjaśnia różnicę między saldem a stanem kasy", url="https://rejestr.example.org/efekty/2"),
    ),
    hours=30,
    level=Level(prk=3, eqf=3, reason="Zadania typowe, pod ogólnym nadzorem"),
    assessment=Assessment(("practical-task", "interview"), "Zadanie na arkuszu, potem rozmowa", "supervised-onsite-identified"),
    participation="blended",
    participation_description="Dwa spotkania i praca własna",
    quality=Quality("Karta oceny, dwoje oceniających", "Rada programowa Akademii Kasowej", "https://akademia.example.org/jakosc"),
    criteria="Wykonanie zadania na arkuszu i rozmowa z oceniającymi.",
    criteria_url="https://poswiadczenia.example.org/wzory/arkusz-kasowy/kryteria",
    ects=Decimal("1.5"),
    version="2",
    image="https://poswiadczenia.example.org/wzory/arkusz-kasowy.svg",
    field_of_study="Rachunkowość",
    tags=("finanse", "arkusze"),
    entry_requirements="Podstawy obsługi komputera",
    stackability="stackable",
    stackability_description="Z dwoma innymi daje Obsługę kasy",
    stacks_into=("https://rejestr.example.org/kwalifikacje/100",),
    further_information="https://akademia.example.org/arkusz",
    grading=Grading("Ocena", ("dostateczna", "dobra", "bardzo dobra"), "dostateczna", "LetterGrade"),
)  # fmt: skip
ISSUER = Issuer(
    id="did:web:akademia.example.org",
    name="Akademia Kasowa",
    country="PL",
    region="małopolskie",
    locality="Tarnów",
    url="https://akademia.example.org",
    email="biuro@akademia.example.org",
)
AWARD = Award(
    id="urn:uuid:0190b9a4-7cd1-7d32-9d06-5b1e9c0e0001",
    achievement=ACHIEVEMENT,
    holder=Holder(email="Maria.Zielna@example.org", salt="s0lSOLs0lSOLs0lSOL", name="Maria Zielna"),
    issuer=ISSUER,
    awarded=datetime(2026, 10, 1, 9, tzinfo=UTC),
    valid_from=datetime(2026, 10, 2, 9, tzinfo=UTC),
    valid_until=datetime(2031, 10, 2, 9, tzinfo=UTC),
    grade="dobra",
    evidence=(Evidence("Arkusz z zadania", "https://akademia.example.org/dowody/1", "Miesiąc pracy kasy"),),
    identity_check="Dowód osobisty okazany przed zadaniem",
    narrative="Zadanie wykonane bez poprawek.",
    began=datetime(2026, 9, 1, tzinfo=UTC),
    ended=datetime(2026, 9, 28, tzinfo=UTC),
    replaces="urn:uuid:0190b9a4-7cd1-7d32-9d06-5b1e9c0e0000",
)
BARE = replace(
    AWARD,
    achievement=replace(
        ACHIEVEMENT, ects=None, version="", image="", field_of_study="", tags=(), entry_requirements="", stackability="",
        stackability_description="", stacks_into=(), further_information="", grading=None, criteria_url="",
        participation_description="", assessment=Assessment(("interview",)), quality=Quality("Karta oceny"),
        level=Level(prk=3),
    ),
    holder=Holder(did="did:key:z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi"),
    issuer=Issuer("did:web:akademia.example.org", "Akademia Kasowa", "PL"),
    valid_until=None, grade="", evidence=(), identity_check="", narrative="", began=None, ended=None, replaces="",
)  # fmt: skip


def document(award: Award = AWARD) -> dict[str, Any]:
    """The unsigned credential of the sample."""
    from dorobek.vc.badges.model import build

    return build(award)
