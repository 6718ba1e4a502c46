"""Somebody without an audit applies: evidence within the application, proposals from their own words (VA-1)."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dorobek.kernel import history
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.portfolio.models import Evidence
from dorobek.register.actions import import_entries
from dorobek.register.entry import Body as AwardingBody
from dorobek.register.entry import Criterion, Outcome, OutcomeSet, Read
from dorobek.register.enums import Source
from dorobek.register.models import Qualification
from dorobek.validation.actions import applying
from dorobek.validation.actions.candidate import add_own_evidence, apply_with_evidence, lay_evidence, send_application
from dorobek.validation.queries.evidencing import attachable, attached, evidence_found
from dorobek.validation.queries.proposing import criteria_met
from tests.factories import acting, make_case, make_person
from tests.validation.candidates import TERMS
from tests.validation.conftest import second_entry
from tests.validation.world import NAME, World

SETS = (
    OutcomeSet(
        1, "Faktury",
        outcomes=(
            Outcome(1, "Wystawia faktury sprzedaży", criteria=(
                Criterion("a", "wystawia fakturę sprzedaży bez błędów"),
                Criterion("b", "koryguje błędną fakturę"),
            )),
            Outcome(2, "Rozlicza kasę sklepu", criteria=(Criterion("a", "liczy utarg w kasie na koniec zmiany"),)),
        ),
    ),
    OutcomeSet(2, "Podatki", outcomes=(
        Outcome(1, "Prowadzi ewidencję podatku", criteria=(Criterion("a", "zapisuje podatek naliczony w ewidencji"),)),
    )),
)  # fmt: skip
PDF = b"%PDF-1.7\n" + b"x" * 100
OWN_WORDS = "Od pięciu lat wystawiam faktury sprzedaży w hurtowni. Gdy jest błąd, koryguję fakturę."


class Resident(World):
    """`World` with an entry in whole sentences; the candidate has an account, and neither audit nor evidence."""

    def __init__(self):
        super().__init__()
        stated = second_entry().rules
        rules = replace(stated, methods=stated.methods[:1], only_these_methods=False, adviser_needed=False)
        entry = second_entry(
            code="90007", title_pl="Fakturowanie", sets=SETS, rules=rules, bodies=(AwardingBody(NAME, "awarding"),)
        )
        import_entries(reads=[Read(entry)], source=Source.TABLE)
        self.qualification = Qualification.objects.get(code="90007")
        self.staff(self.adviser, "d1")
        self.opening = self.open()
        self.entry = self.opening.entry_version.entry

    def applied(self):
        return apply_with_evidence(person=self.person, opening=self.opening, acting_user=acting(self.me))

    def add(self, application, who=None, **given):
        values = {"kind": "statement", "title": "Praca w hurtowni", "description": OWN_WORDS, **given}
        return add_own_evidence(application=application, acting_user=acting(who or self.me), **values)


@pytest.fixture
def world(db):
    return Resident()


def test_without_an_audit_one_applies_with_nothing_and_adds_within_the_application(world):
    made = world.applied()
    assert (made.state, attached(made, world.me)) == ("draft", {})
    piece = world.add(made)
    assert piece.case_uid == world.person.uid  # it belongs to no case and is opened to nobody by a grant
    assert criteria_met(world.entry, OWN_WORDS)[:2] == ["1.1.a", "1.1.b"]
    assert [one.title for one in attachable(made, world.me)] == ["Praca w hurtowni"]
    lay_evidence(application=made, mapped={"1.1.a": [piece]}, acting_user=acting(world.me))
    sent = send_application(application=made, acting_user=acting(world.me), **TERMS)
    assert [one.title for one in attached(sent, world.adviser)["1.1.a"]] == ["Praca w hurtowni"]
    kinds = list(HistoryEntry.objects.filter(stream=world.person.uid).order_by("seq").values_list("kind", flat=True))
    assert kinds[:3] == ["validation.begun", "evidence.added", "validation.evidence-mapped"]
    assert list(history.verify(world.person.uid)) == []


def test_the_next_application_finds_it_by_its_own_words(world):
    made = world.applied()
    world.add(made)
    applying.withdraw_application(application=made, acting_user=acting(world.me))
    again = world.applied()
    assert set(attached(again, world.me)) >= {"1.1.a", "1.1.b"}
    assert "2.1.a" not in attached(again, world.me)


def test_words_that_meet_nothing_are_proposed_nowhere(world):
    assert criteria_met(world.entry, "Lubię długie spacery z psem po lesie.") == []
    assert criteria_met(world.entry, "  ") == []


def test_proposals_are_ones_own_and_nobody_elses(world):
    world.add(world.applied())
    assert evidence_found(world.me, world.person, world.entry)
    for who in (world.adviser, world.officer, make_person("Jan Obcy").account):
        assert evidence_found(who, world.person, world.entry) == {}


def test_with_an_audit_it_is_kept_in_its_portfolio(world):
    audit = make_case(person=world.person)
    assert world.add(world.applied()).case_uid == audit.uid


def test_nobody_adds_for_the_candidate_and_nothing_comes_after_the_documentation(world):
    made = world.applied()
    for who in (world.adviser, world.officer, make_person("Jan Obcy").account):
        with pytest.raises(NotAllowed):
            world.add(made, who)
    made = send_application(application=made, acting_user=acting(world.me), **TERMS)
    world.add(made)  # the adviser may still ask for something
    made = applying.close_documentation(application=made, conditions_met=True, acting_user=acting(world.adviser))
    with pytest.raises(RuleBroken, match="nie można teraz zrobić"):
        world.add(made)
    assert Evidence.objects.filter(person=world.person).count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": ""}, "title"),
        ({"kind": "file"}, "file"),
        ({"kind": "link", "url": "strona"}, "url"),
        ({"description": " "}, "description"),
    ],
)
def test_what_is_missing_is_said_at_its_field(world, given, field):
    made = world.applied()
    with pytest.raises(RuleBroken) as refusal:
        world.add(made, **given)
    assert refusal.value.field == field
    assert not Evidence.objects.exists()


def test_a_file_is_seen_by_those_who_see_the_application_alone(world):
    made = world.applied()
    upload = SimpleUploadedFile("faktura.pdf", PDF, content_type="application/pdf")
    piece = world.add(made, kind="file", title="Faktura", upload=upload)
    lay_evidence(application=made, mapped={"1.1.a": [piece]}, acting_user=acting(world.me))
    assert attached(made, world.adviser) == {}  # not sent yet
    send_application(application=made, acting_user=acting(world.me), **TERMS)
    assert attached(made, acting(world.adviser).account)["1.1.a"][0].file.name == "faktura.pdf"
    assert attached(made, make_person("Jan Obcy").account) == {}
