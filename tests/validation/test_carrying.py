"""Outcomes confirmed earlier: what falls with a revoked certificate, what counts by another wording of the entry."""

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.validation.actions import appeals, applying, assessing
from dorobek.validation.actions.documents import revoke_certificate
from dorobek.validation.documents import build
from dorobek.validation.enums import AppealAbout, PaperKind
from dorobek.validation.models import PartialResult
from dorobek.validation.rules import Verdict
from dorobek.validation.rules.carrying import Held, WhyNot, carried, digest_of
from tests.factories import acting
from tests.validation.test_documents import _texts as words_of
from tests.validation.world import SIX, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def kinds(case):
    return list(HistoryEntry.objects.filter(subject=case.uid).values_list("kind", flat=True))


def certified(world):
    application = world.judged()
    world.decide(application)
    return world.certify(world.fresh(application))


# ---- a revoked certificate ----


def revoke(world, certificate, **more):
    return revoke_certificate(
        certificate=certificate, reason="Test napisała inna osoba.", acting_user=acting(world.officer), **more
    )


def test_what_fell_with_a_certificate_is_judged_again_and_not_carried(world):
    certificate = certified(world)
    assert "validation.outcomes-suspended" not in kinds(certificate.application)
    revoke(world, certificate)
    later = world.documented(world.open())
    assert later.carried == []
    assert assessing.to_mark(later) == list(SIX)
    held = PartialResult.objects.all()
    assert held.count() == 4, "they are kept"
    assert {(one.suspended_with_id, one.suspension_reason) for one in held} == {
        (certificate.pk, "Test napisała inna osoba.")
    }
    assert "validation.outcomes-suspended" in kinds(certificate.application)
    again = world.judged(world.appointed(later))
    assert world.decide(again).whole == Verdict.MET
    assert PartialResult.objects.standing().count() == 4


def test_the_officer_names_which_outcomes_fall(world):
    certificate = certified(world)
    with pytest.raises(RuleBroken, match="nie obejmuje efektów: 9"):
        revoke(world, certificate, outcomes=["9.9"])
    assert not PartialResult.objects.filter(suspended_at__isnull=False).exists()
    revoke(world, certificate, outcomes=["1.1", "2.2"])
    assert world.documented(world.open()).carried == ["1.2", "2.1"]


def test_nothing_begun_before_the_revocation_rests_on_what_fell(world):
    certificate = certified(world)
    draft = applying.begin_application(person=world.person, opening=world.open(), acting_user=acting(world.me))
    assert draft.carried == ["1.1", "1.2", "2.1", "2.2"]
    revoke(world, certificate, outcomes=["1.1"])
    draft = world.fresh(draft)
    assert draft.carried == ["1.2", "2.1", "2.2"]
    assert "validation.carried-changed" in kinds(draft)
    certificate.refresh_from_db()
    assert "trzeba będzie pokazać jeszcze raz: 1.1" in " ".join(words_of(build(PaperKind.REVOCATION, certificate)))


def test_no_decision_rests_on_what_fell_while_a_commission_judged(world):
    world.decide(world.judged(c11a="not-met"))
    later = world.judged(world.appointed(world.documented(world.open())))
    PartialResult.objects.filter(outcome="1.2").update(suspended_at=timezone.now())
    with pytest.raises(RuleBroken, match=r"unieważniono, i już się nie liczą: 1\.2"):
        world.decide(later)


def test_a_revocation_undone_on_appeal_gives_the_outcomes_back(world):
    certificate = certified(world)
    revoke(world, certificate)
    case = world.fresh(certificate.application)
    appeal = appeals.file_appeal(
        application=case, reason="To byłam ja.", acting_user=acting(world.me), about=AppealAbout.REVOCATION
    )
    world.answer(appeal)
    assert PartialResult.objects.standing().count() == 4
    assert world.documented(world.open()).carried == ["1.1", "1.2", "2.1", "2.2"]
    assert "validation.outcomes-restored" in kinds(case)


# ---- what carries ----

TEXTS = st.text("abc ", min_size=1, max_size=8).filter(str.strip)


@given(TEXTS, st.lists(TEXTS, max_size=4))
def test_the_digest_is_of_words_not_of_their_dress(title, criteria):
    assert digest_of(title, criteria) == digest_of(f"  {title.upper()}.", [f"{one};" for one in reversed(criteria)])
    assert digest_of(title, criteria) != digest_of(title, [*criteria, "dopisane"])


def test_renumbered_outcomes_carry_and_reworded_ones_do_not():
    def entry(code, title, *criteria):
        return {code: (title, frozenset((digest_of(title, criteria),)))}

    held = [Held("1.1", "Liczy", digest_of("Liczy", ["dodaje"])), Held("1.2", "Pisze", digest_of("Pisze", ["listy"])),
            Held("1.3", "Rysuje", digest_of("Rysuje", ["plany"]))]  # fmt: skip
    now = entry("2.4", "Liczy.", "Dodaje") | entry("1.2", "Pisze", "listy i pisma")
    assert [(one.held.code, one.code, one.why_not) for one in carried(held, now)] == [
        ("1.1", "2.4", None), ("1.2", "", WhyNot.REWORDED), ("1.3", "", WhyNot.GONE),
    ]  # fmt: skip


def test_outcomes_that_read_alike_are_told_apart_by_their_number():
    same = digest_of("Pierwszy", ["jedno"])
    now = {"1.1": ("Pierwszy", frozenset((same,))), "2.1": ("Pierwszy", frozenset((same,)))}
    assert [one.code for one in carried([Held("2.1", "Pierwszy", same)], now)] == ["2.1"]
    assert [one.code for one in carried([Held("7.1", "Pierwszy", same)] * 3, now)] == ["1.1", "2.1", ""]


def test_criteria_reworded_under_the_same_title_are_judged_again(world):
    world.decide(world.judged(c11a="not-met"))
    opening = world.open()
    version = opening.entry_version
    version.data["sets"][1]["outcomes"][0]["criteria"][0]["pl"] = "co innego"
    version.save()
    made = applying.begin_application(person=world.person, opening=opening, acting_user=acting(world.me))
    assert made.carried == ["1.2", "2.2"]
