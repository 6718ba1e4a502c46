"""A person who has worked at a till, with a goal and a target."""

import pytest
from django.utils import timezone

from dorobek.plans import actions
from dorobek.plans.actions.plan import plan_of
from dorobek.plans.actions.targets import Choice, choose_target
from dorobek.plans.gaps.queries import whole
from dorobek.plans.models import Goal, Target
from dorobek.register.models import Concept, ConceptRelation, Framework, LearningOutcome, Qualification
from tests.credentials.conftest import body
from tests.factories import acting
from tests.readiness.conftest import TILL, cashier, register

__all__ = ["body", "cashier", "register"]


def make_goal(audit, **fields) -> Goal:
    given = {"kind": "main", "subject": "learning", "wording": "Do maja zdam egzamin na kasjera", **fields}
    me = acting(audit.person.account)
    return actions.write_goal(plan=plan_of(audit.person, audit.uid, me), acting_user=me, **given)


def aim(audit, goal=None, **choice) -> Target:
    """A target of a goal of the case; the till's qualification unless something else is chosen."""
    given = choice or {"qualification": Qualification.objects.get(code=TILL)}
    held = goal or make_goal(audit)
    made = choose_target(goal=held, choice=Choice(**given), acting_user=acting(audit.person.account))
    return whole(Target.objects.filter(pk=made.pk)).get()


def fresh(target: Target) -> Target:
    return whole(Target.objects.filter(pk=target.pk)).get()


@pytest.fixture
def target(cashier) -> Target:
    return aim(cashier)


@pytest.fixture
def catalogue(db) -> list[LearningOutcome]:
    """Three competences of the catalogue, with the words people use for them."""
    rows = (
        ("kasa", "Rozlicza kasę na koniec zmiany", ["liczę utarg", "rozliczanie kasy"]),
        ("klient", "Obsługuje klientów w sklepie", ["obsługa klienta"]),
        ("miod", "Prowadzi pasiekę", ["pszczoły"]),
    )
    return [
        LearningOutcome.objects.create(framework="dorobek", code=code, kind="skill", title_pl=title, words_pl=words)
        for code, title, words in rows
    ]


@pytest.fixture
def seller(db) -> Concept:
    """An occupation of ESCO with two essential skills and one optional; beside it one of KZiS without skills."""
    esco = Framework.objects.create(code="esco", edition="1.2", name="ESCO", imported_at=timezone.now())
    made = Concept.objects.create(
        framework=esco, uri="http://data.europa.eu/esco/occupation/sprzedawca", code="5223.6", kind="occupation",
        label_pl="sprzedawca", label_en="shop assistant", plain_pl="sprzedawca", group_code="5223",
    )  # fmt: skip
    skills = (
        ("obsługa kasy fiskalnej", "essential"),
        ("obsługa klienta", "essential"),
        ("układanie towaru", "optional"),
    )
    for number, (label, kind) in enumerate(skills, 1):
        skill = Concept.objects.create(
            framework=esco, uri=f"http://data.europa.eu/esco/skill/s{number}", kind="skill", label_pl=label
        )
        ConceptRelation.objects.create(source=made, target=skill, kind=kind)
    kzis = Framework.objects.create(
        code="kzis", edition="2025", name="Klasyfikacja zawodów i specjalności", imported_at=timezone.now()
    )
    Concept.objects.create(
        framework=kzis, uri="kzis:2025:522301", code="522301", kind="occupation", label_pl="Sprzedawca",
        plain_pl="sprzedawca", group_code="5223",
    )  # fmt: skip
    return made
