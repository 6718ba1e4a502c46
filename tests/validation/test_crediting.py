"""A credential of the wallet before a commission: found, put beside criteria, checked by the machine each time (VA-4)."""

import datetime as dt
import itertools
import json
import zipfile
from dataclasses import replace

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dorobek.credentials.actions.changes import revoke
from dorobek.credentials.actions.wallet import import_credentials
from dorobek.credentials.addresses import origin
from dorobek.credentials.enums import Standing
from dorobek.kernel import history
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.portfolio.actions import remove_evidence
from dorobek.portfolio.actions.wallet import remove_credential
from dorobek.portfolio.models import Evidence
from dorobek.register.entry import Criterion, Outcome, OutcomeSet
from dorobek.validation.actions import applying
from dorobek.validation.actions.candidate import attach_credential, lay_evidence
from dorobek.validation.archive import write_archive
from dorobek.validation.crediting import check, told
from dorobek.validation.documents.protocol import protocol
from dorobek.validation.models import CredentialCheck, CredentialPiece
from dorobek.validation.models.crediting import VOID
from dorobek.validation.queries.advising import advised
from dorobek.validation.queries.assessing import evidence_of
from dorobek.validation.queries.crediting import Why, checks_of_case, counted, offers
from dorobek.validation.queries.evidencing import attachable, attached
from dorobek.validation.rules.crediting import answers, authentic
from tests.credentials.conftest import Body
from tests.credentials.elsewhere import UNREACHABLE, elsewhere
from tests.factories import acting, make_person
from tests.validation.candidates import CandidateWorld

OUTCOME = {"pl": "prowadzi uproszczoną księgowość", "code": "90002-1-2", "criteria": ["bez błędu"]}


class Wallet(CandidateWorld):
    """`CandidateWorld` whose candidate holds a credential issued here that names outcome 1.2 of the entry."""

    def __init__(self):
        super().__init__()
        self.body = Body()
        self.mine = self.give(outcomes=[OUTCOME], counts_towards=[])
        self.opening = self.open()
        self.entry = self.opening.entry_version.entry

    def give(self, person=None, **changes):
        made = self.body.issue(self.body.version(**changes))
        type(made).objects.filter(pk=made.pk).update(person=person or self.person)
        made.refresh_from_db()
        return made

    def put(self, **more):
        [held] = import_credentials(person=self.person, raw=elsewhere(**more), acting_user=acting(self.me))
        return held

    def attach(self, application, credential, *criteria):
        return attach_credential(
            application=application, credential=credential.uid, criteria=criteria, acting_user=acting(self.me)
        )


@pytest.fixture
def world(db):
    return Wallet()


def codes(application, user):
    return {code: [one.title for one in listed] for code, listed in attached(application, user).items()}


def test_one_click_brings_a_credential_that_names_the_outcome_and_the_machine_checks_it(world):
    made = world.applied(world.opening)
    title = world.mine.template_version.design.title_pl
    assert codes(made, world.me)["1.2.a"] == [title]
    assert "1.1.a" in codes(made, world.me)  # what the audit found comes as before
    [row] = CredentialCheck.objects.filter(application=made)
    assert (row.moment, row.standing) == ("mapped", "valid")
    piece = Evidence.objects.get(kind="credential")
    assert (piece.description, piece.url, piece.file) == ("", "", None)  # nothing of it is copied
    kinds = list(HistoryEntry.objects.filter(subject=made.uid).order_by("seq").values_list("kind", flat=True))
    assert kinds == ["validation.begun", "validation.evidence-mapped", "validation.credential-checked"]
    told_entry = HistoryEntry.objects.get(kind="validation.credential-checked")
    assert told_entry.payload.data["standing"] == "valid"
    assert list(history.verify(world.person.uid)) == []


def test_it_is_offered_by_outcome_by_set_and_by_words_in_that_order(world):
    world.give(
        outcomes=[{"pl": "rozmawia o pogodzie", "criteria": ["miło"]}],
        counts_towards=[{"code": "90002", "set_number": 2}],
    )
    spoken = Criterion("a", "wystawia fakturę sprzedaży i koryguje błędy na fakturze")
    sets = (OutcomeSet(1, "Faktury", outcomes=(Outcome(1, "Faktury", criteria=(spoken,)),)), *world.entry.sets[1:])
    entry = replace(world.entry, sets=sets)
    line = {"pl": "wystawia fakturę sprzedaży, koryguje fakturę", "criteria": ["zawsze"]}
    world.give(outcomes=[line], counts_towards=[])
    found = [one.criteria for one in offers(world.me, entry)]
    assert {"2.1.a": Why.SET, "2.1.b": Why.SET, "2.2.a": Why.SET} in found
    assert {"1.1.a": Why.WORDS} in found
    assert offers(world.me, world.entry)[0].exact == ("1.2.a",)


def test_only_the_outcome_it_names_comes_by_itself(world):
    world.give(outcomes=[{"pl": "x", "criteria": ["y"]}], counts_towards=[{"code": "90002", "set_number": 2}])
    assert {code for code in codes(world.applied(world.opening), world.me) if code.startswith("2.")} == set()


def test_a_revoked_one_neither_comes_by_itself_nor_counts_when_put(world):
    revoke(credential=world.mine, reason="pomyłka", acting_user=acting(world.body.clerk))
    made = world.applied(world.opening)
    assert "1.2.a" not in codes(made, world.me)
    world.attach(made, world.mine, "1.2.a")
    found = attached(made, world.me)
    assert counted(found)["1.2.a"] == 0
    assert CredentialCheck.objects.get(application=made).standing == Standing.REVOKED
    applying.submit_application(application=made, acting_user=acting(world.me))
    [row] = advised(acting(world.adviser).account)
    assert row.pieces == sum(bool(count) for count in counted(found).values())


def test_one_of_another_issuer_is_put_with_one_press_and_one_past_its_day_counts_for_nothing(world):
    good, late = world.put(number=1), world.put(number=2, validUntil="2026-03-05T00:00:00Z")
    made = world.applied(world.opening)
    assert world.attach(made, good, "2.1.a", "2.1.b") == 2
    world.attach(made, late, "2.2.a")
    counts = counted(attached(made, world.me))
    assert (counts["2.1.a"], counts["2.1.b"], counts["2.2.a"]) == (1, 1, 0)
    assert world.attach(made, good, "2.2.a") == 1  # beside what stands there already
    assert len(attached(made, world.me)["2.2.a"]) == 2


def test_one_whose_issuer_cannot_be_reached_is_said_so_and_not_taken_for_false(world):
    held = world.put(number=5, status=UNREACHABLE)
    made = world.applied(world.opening)
    world.attach(made, held, "2.1.a")
    row = CredentialCheck.objects.get(application=made, evidence__credential_piece__held=held)
    assert row.standing == Standing.UNSURE
    assert "nie udało się sprawdzić" in told(row.standing, row.report, row.checked_at)
    assert "Bez odpowiedzi: lista cofniętych." in told(row.standing, row.report, row.checked_at)
    assert counted(attached(made, world.me))["2.1.a"] == 1


def test_it_is_checked_again_when_the_documentation_closes(world):
    made = world.sent(world.opening)
    revoke(credential=world.mine, reason="pomyłka", acting_user=acting(world.body.clerk))
    made = applying.close_documentation(application=made, conditions_met=True, acting_user=acting(world.adviser))
    [checks] = checks_of_case(made).values()
    assert [(one.moment, one.standing) for one in checks] == [("documented", "revoked"), ("mapped", "valid")]
    assert counted(evidence_of(made)).get("1.2.a") == 0
    assert CredentialPiece.objects.get().standing == Standing.REVOKED


def test_a_refused_close_leaves_no_check(world):
    made = world.sent(world.opening)
    before = CredentialCheck.objects.count()
    with pytest.raises(RuleBroken):
        applying.close_documentation(application=made, conditions_met=False, acting_user=acting(world.adviser))
    for who in (world.me, world.officer, world.body.clerk):
        with pytest.raises(NotAllowed):
            applying.close_documentation(application=made, conditions_met=True, acting_user=acting(who))
    assert CredentialCheck.objects.count() == before


def test_nobody_puts_what_is_not_theirs_and_nobody_puts_for_the_candidate(world):
    foreign = world.give(person=make_person("Jan Obcy"))
    made = world.sent(world.opening)
    with pytest.raises(NotAllowed):
        world.attach(made, foreign, "1.1.a")
    for who in (world.adviser, world.officer, world.body.clerk, foreign.person.account):
        with pytest.raises(NotAllowed):
            attach_credential(
                application=made, credential=world.mine.uid, criteria=["1.1.a"], acting_user=acting(who)
            )  # fmt: skip
    with pytest.raises(RuleBroken, match="Nie ma takiego kryterium"):
        world.attach(made, world.mine, "9.9.z")
    with pytest.raises(RuleBroken, match="choć jedno kryterium"):
        world.attach(made, world.mine)


def test_the_adviser_moves_a_credential_that_the_candidate_showed_and_it_is_checked_there(world):
    made = world.sent(world.opening)
    [piece] = [one for one in attachable(made, world.adviser) if one.kind == "credential"]
    lay_evidence(application=made, mapped={"2.1.a": [piece]}, acting_user=acting(world.adviser))
    assert codes(made, world.adviser)["2.1.a"] == [piece.title]
    assert CredentialCheck.objects.filter(application=made, moment="mapped").count() == 2
    lay_evidence(application=made, mapped={"2.1.a": [piece]}, acting_user=acting(world.adviser))
    assert CredentialCheck.objects.filter(application=made).count() == 2  # it stood there already


def test_taken_out_of_the_wallet_it_is_neither_shown_nor_put_anew(world):
    held = world.put(number=1)
    made = world.applied(world.opening)
    world.attach(made, held, "2.1.a")
    remove_credential(held=held, acting_user=acting(world.me))
    assert "2.1.a" not in attached(made, world.me)
    assert "2.1.a" not in evidence_of(made)
    assert held.title not in [one.title for one in attachable(made, world.me)]
    with pytest.raises(NotAllowed):
        world.attach(made, held, "2.1.a")


def test_while_a_commission_judges_by_it_it_stays_in_the_wallet(world):
    held = world.put(number=1)
    made = world.applied(world.opening)
    world.attach(made, held, "2.1.a")
    made = applying.submit_application(application=made, acting_user=acting(world.me))
    made = applying.close_documentation(application=made, conditions_met=True, acting_user=acting(world.adviser))
    with pytest.raises(RuleBroken, match="potrzebuje komisja"):
        remove_credential(held=held, acting_user=acting(world.me))
    applying.withdraw_application(application=made, acting_user=acting(world.me))
    remove_credential(held=held, acting_user=acting(world.me))
    assert not evidence_of(made).get("2.1.a")


def test_taken_away_as_evidence_it_may_be_put_again(world):
    made = world.applied(world.opening)
    piece = Evidence.objects.get(kind="credential")
    lay_evidence(application=made, mapped={"1.2.a": []}, acting_user=acting(world.me))
    remove_evidence(evidence=piece, reason="", acting_user=acting(world.me))
    assert "1.2.a" not in attached(made, world.me)
    world.attach(made, world.mine, "2.1.a")
    assert attached(made, world.me)["2.1.a"] == [piece]


def test_a_changed_document_is_told_as_such():
    document = json.loads(elsewhere())
    document["name"] = "Obsługa statku kosmicznego"
    found = check(json.dumps(document))
    assert found.standing == Standing.INVALID
    assert "Nie zgadza się: podpis" in told(found.standing, found.report, found.at)


def test_archive_and_protocol_hold_the_credential_and_every_check(world, tmp_path):
    made = world.sent(world.opening)
    made = applying.close_documentation(application=made, conditions_met=True, acting_user=acting(world.adviser))
    made = world.judged(world.appointed(made))
    target = tmp_path / "sprawa.zip"
    with target.open("wb") as out:
        write_archive(made, out)
    with zipfile.ZipFile(target) as packed:
        case = json.loads(packed.read("sprawa.json"))
        [row] = [one for one in case["mapped"] if one.get("checked_by_machine")]
        assert packed.read(row["file"]).decode() == world.mine.document
    assert [(one["moment"], one["standing"]) for one in row["checked_by_machine"]] == [
        ("mapped", "valid"), ("documented", "valid"),
    ]  # fmt: skip
    world.decide(made)
    text = str(protocol(world.fresh(made).decisions.get()))
    assert "Poświadczenia sprawdzone przez system" in text
    assert text.count("ważne. W porządku: ") == 2


def test_a_wallet_costs_the_same_whatever_is_in_it(world, django_assert_max_num_queries):
    for number in range(4):
        world.put(number=number, stacks=[f"{origin()}/rejestr/90002/"])
    offers(world.me, world.entry)
    with django_assert_max_num_queries(4):
        assert len(offers(world.me, world.entry)) == 5


# ---- what the machine says to the checklist ----


standings = st.sampled_from([str(one) for one in Standing])


@given(st.lists(st.one_of(st.none(), standings), max_size=5))
def test_the_machine_answers_only_when_every_piece_is_a_credential_it_could_check(pieces):
    found = answers(pieces)
    if not pieces or None in pieces:
        assert found == {}
    elif "unsure" in pieces:
        assert "authenticity" not in found
    else:
        assert found["authenticity"] in ("yes", "partly", "no")
        assert (found["authenticity"] == "yes") is all(one in ("valid", "expired") for one in pieces)


def test_past_its_day_is_genuine_and_not_current():
    assert answers(["expired"]) == {"authenticity": "yes", "currency": "no"}
    assert answers(["valid", "expired"]) == {"authenticity": "yes"}
    assert answers(["valid", "revoked"]) == {"authenticity": "partly"}


@pytest.mark.parametrize("standing", list(Standing))
def test_what_counts_for_nothing_is_not_both_genuine_and_current(standing):
    void = standing in VOID
    assert void is (authentic(standing) == "no" or standing is Standing.EXPIRED)
    said = told(standing, [], dt.datetime(2026, 11, 21, 9, 30, tzinfo=timezone.get_current_timezone()))
    assert said.startswith("System sprawdził 21.11.2026, 09:30: ")


def test_what_was_looked_at_is_told_once_each():
    report = [{"name": name, "outcome": "passed"} for name in itertools.chain(["signature"] * 2, ["issuer"])]
    assert told("valid", report, timezone.now()).endswith("W porządku: podpis, wystawca.")
