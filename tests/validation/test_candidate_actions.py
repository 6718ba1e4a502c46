"""One click from readiness to a draft, what the candidate needs, sending, and what the adviser says (VA-1, VA-7)."""

import pytest
from django.utils import timezone

from dorobek.kernel import history
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from dorobek.validation.actions import advising, applying, candidate
from dorobek.validation.actions.candidate import told
from dorobek.validation.models import AdviserNote, Application, MappedEvidence
from dorobek.validation.queries.evidencing import attachable, attached, evidence_found
from tests.factories import acting, make_case, make_institution, make_person, make_staff, make_unit
from tests.validation.candidates import CandidateWorld

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return CandidateWorld()


def told_kinds(application):
    return list(HistoryEntry.objects.filter(subject=application.uid).order_by("seq").values_list("kind", flat=True))


def mapping(application):
    rows = MappedEvidence.objects.filter(application=application).order_by("criterion", "pk")
    return [(one.criterion, one.evidence.title) for one in rows.select_related("evidence")]


def test_one_click_puts_what_readiness_found_beside_the_criteria_and_nothing_else(world):
    made = world.applied()
    assert made.state == "draft"
    assert mapping(made) == [("1.1.a", "Księga przychodów"), ("1.1.b", "Księga przychodów")]
    assert told_kinds(made) == ["validation.begun", "validation.evidence-mapped"]
    assert list(history.verify(world.person.uid)) == []


def test_what_was_confirmed_earlier_is_asked_for_no_evidence(world):
    decided = world.judged(c12a="not-met")
    world.decide(decided)
    later = world.applied(world.open())
    assert "1.1" in later.carried
    assert mapping(later) == []


def test_a_piece_taken_out_of_the_portfolio_is_neither_found_nor_shown(world):
    made = world.applied()
    world.book.removed_at = timezone.now()
    world.book.save()
    assert attached(made, world.me) == {}
    assert evidence_found(world.me, world.person, made.opening.entry_version.entry) == {}


def test_readiness_of_somebody_else_gives_nothing_away(world):
    entry = world.open().entry_version.entry
    assert evidence_found(world.audit.adviser, world.person, entry) == {}
    with pytest.raises(NotAllowed):
        candidate.apply_with_evidence(
            person=world.person, opening=world.open(), acting_user=acting(world.audit.adviser)
        )


def test_sending_keeps_what_is_needed_and_what_was_told(world):
    made = world.sent(kinds=["other", "sign-language"], words="Duży ekran.")
    assert made.state == "submitted"
    assert made.submitted_at is not None
    assert made.wishes == ["coś innego", "tłumacz języka migowego", "Duży ekran."]
    assert told_kinds(made)[-3:] == [
        "validation.adjustments-asked", "validation.informed", "validation.submitted",
    ]  # fmt: skip
    informed = HistoryEntry.objects.get(subject=made.uid, kind="validation.informed")
    assert informed.payload.data["wording"] == list(told())


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"agreed": False}, "kto zobaczy dowody"),
        ({"kinds": ["other"]}, "co jeszcze jest potrzebne"),
        ({"kinds": ["free-money"]}, "nie ma na liście"),
    ],
)
def test_sending_without_what_it_takes_is_refused_and_leaves_a_draft(world, terms, words):
    made = world.applied()
    with pytest.raises(RuleBroken, match=words):
        candidate.send_application(
            application=made, acting_user=acting(world.me), **{"kinds": [], "words": "", "agreed": True, **terms}
        )
    assert Application.objects.get(pk=made.pk).state == "draft"
    assert told_kinds(made) == ["validation.begun", "validation.evidence-mapped"]


def test_nobody_sends_or_asks_for_the_candidate(world):
    made = world.applied()
    for who in (world.officer, world.adviser, world.audit.adviser, make_person("Jan Obcy").account):
        with pytest.raises(NotAllowed):
            candidate.send_application(application=made, kinds=[], words="", agreed=True, acting_user=acting(who))
        with pytest.raises(NotAllowed):
            candidate.ask_adjustments(application=made, kinds=[], words="", acting_user=acting(who))


def test_a_draft_taken_back_stays_unseen_by_the_body_and_one_sent_does_not(world):
    unsent, sent = world.applied(), world.sent(world.open())
    for one in (unsent, sent):
        applying.withdraw_application(application=world.fresh(one), acting_user=acting(world.me))
    seen = Application.objects.visible_to(acting(world.officer).account)
    assert set(seen) == {sent}
    assert set(Application.objects.visible_to(acting(world.me).account)) == {unsent, sent}


def test_the_adviser_says_what_is_missing_changes_it_and_takes_it_back(world):
    made = world.sent()

    def say(text, who=None, code="1.2.a"):
        return advising.write_note(
            application=made, criterion=code, text=text, acting_user=acting(who or world.adviser)
        )

    assert say(" Proszę dołączyć wzór faktury. ").text == "Proszę dołączyć wzór faktury."
    assert say("Wystarczy zdjęcie.").text == "Wystarczy zdjęcie."
    assert say("Wystarczy zdjęcie.").text == "Wystarczy zdjęcie."
    assert AdviserNote.objects.count() == 1
    assert say("") is None
    assert not AdviserNote.objects.exists()
    notes = HistoryEntry.objects.filter(subject=made.uid, kind="validation.note-written").order_by("seq")
    assert [one.payload.data["note"] for one in notes] == [
        ["", "Proszę dołączyć wzór faktury."],
        ["Proszę dołączyć wzór faktury.", "Wystarczy zdjęcie."],
        ["Wystarczy zdjęcie.", ""],
    ]
    with pytest.raises(RuleBroken, match="Nie ma takiego kryterium"):
        say("x", code="9.9.z")
    for who in (world.me, world.officer, world.assessors[0]):
        with pytest.raises(NotAllowed):
            say("x", who)


def test_after_documentation_closes_nothing_is_said_or_moved(world):
    made = world.sent()
    applying.close_documentation(application=made, conditions_met=True, acting_user=acting(world.adviser))
    with pytest.raises(RuleBroken, match="nie można teraz zrobić"):
        advising.write_note(application=made, criterion="1.1.a", text="x", acting_user=acting(world.adviser))
    with pytest.raises(RuleBroken, match="nie można teraz zrobić"):
        applying.map_evidence(application=made, mapped={"1.1.a": []}, acting_user=acting(world.me))
    with pytest.raises(RuleBroken, match="nie można teraz zrobić"):
        candidate.ask_adjustments(application=made, kinds=[], words="", acting_user=acting(world.me))


def test_an_adviser_without_the_years_neither_notes_nor_maps_nor_closes(world):
    world.staff(world.adviser, periods=())
    made = world.sent()
    who = acting(world.adviser)
    steps = (
        lambda: advising.write_note(application=made, criterion="1.1.a", text="x", acting_user=who),
        lambda: applying.map_evidence(application=made, mapped={"1.2.a": [world.book]}, acting_user=who),
        lambda: applying.close_documentation(application=made, conditions_met=True, acting_user=who),
    )
    for step in steps:
        with pytest.raises(RuleBroken, match="pięć lat"):
            step()


def test_an_adviser_arranges_what_the_candidate_showed_and_neither_adds_nor_loses_a_piece(world):
    made = world.sent()
    who = acting(world.adviser)
    assert [one.title for one in attachable(made, world.adviser)] == ["Księga przychodów"]
    applying.map_evidence(application=made, mapped={"1.2.a": [world.book], "1.1.b": []}, acting_user=who)
    assert mapping(made) == [("1.1.a", "Księga przychodów"), ("1.2.a", "Księga przychodów")]
    with pytest.raises(RuleBroken, match="trzeba kandydata poprosić"):
        applying.map_evidence(application=made, mapped={"1.2.a": [world.loose]}, acting_user=who)
    with pytest.raises(RuleBroken, match="tylko on może go zabrać"):
        applying.map_evidence(application=made, mapped={"1.2.a": [], "1.1.a": []}, acting_user=who)
    applying.map_evidence(application=made, mapped={"1.2.a": [world.loose], "1.1.a": []}, acting_user=acting(world.me))
    assert mapping(made) == [("1.2.a", "List od szefa")]


def test_attached_evidence_is_seen_by_those_who_see_the_application_alone(world):
    made = world.sent()
    elsewhere = make_staff(Role.VALIDATION_ADVISER, make_unit(make_institution()))
    seen = [bool(attached(made, acting(one).account)) for one in (world.me, world.officer, world.adviser)]
    assert seen == [True, True, True]
    for who in (elsewhere, world.assessors[0], world.audit.adviser, make_case().adviser):
        assert attached(made, acting(who).account) == {}
        assert attachable(made, acting(who).account) == []
