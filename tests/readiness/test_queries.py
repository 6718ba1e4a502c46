"""What a person is closest to, read from the register and from what the reader may see (PF-5)."""

import dataclasses

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dorobek.audits.queries import readiness
from dorobek.audits.queries.readiness import closest, pieces_of, readiness_for
from dorobek.credentials.actions.changes import revoke
from dorobek.credentials.models import Credential
from dorobek.people.enums import Role
from dorobek.portfolio.readiness import PieceKind, Standing
from dorobek.register.actions import import_entries
from dorobek.register.entry import Criterion, Outcome, OutcomeSet, Read
from dorobek.register.enums import Source, Status
from tests.credentials.conftest import Body
from tests.credentials.test_rules import GOOD
from tests.factories import acting, make_case, make_competence, make_episode, make_staff, make_unit
from tests.readiness.conftest import TILL, prove

pytestmark = pytest.mark.django_db


def owner(audit):
    return audit.person.account


def codes(audit, user=None):
    return [one.qualification.code for one in closest(user or owner(audit), audit).rows]


def detail(audit, code=TILL, user=None):
    found = readiness_for(user or owner(audit), audit, code)
    assert found is not None
    return found[1].readiness


def statements(call):
    with CaptureQueriesContext(connection) as counted:
        call()
    return len(counted)


def test_the_nearest_qualification_comes_first_with_what_is_covered(cashier):
    found = closest(owner(cashier), cashier)
    assert found.confirmed == 2
    assert found.rows[0].qualification.code == TILL
    coverage = found.rows[0].readiness.coverage
    assert (coverage.proved, coverage.held, coverage.told, coverage.missing) == (1, 1, 1, 1)
    assert coverage.share == 0.5


def test_each_criterion_says_what_it_rests_on_and_on_what_evidence(cashier):
    operating, settling, returns, teaching = detail(cashier).outcomes
    assert settling.standing is Standing.PROVED
    assert settling.because[0].piece.proofs == ("Raport kasowy",)
    assert operating.standing is Standing.HELD
    assert returns.because[0].piece.kind is PieceKind.EPISODE
    assert returns.because[0].words == ("Przyjmowałam zwroty i reklamacje",)
    assert teaching.standing is Standing.MISSING
    assert [one.standing for one in teaching.criteria] == [Standing.MISSING, Standing.MISSING]


def test_the_list_and_the_page_of_one_say_the_same(cashier):
    for one in closest(owner(cashier), cashier).rows:
        assert detail(cashier, one.qualification.code) == one.readiness


def test_at_most_ten_and_none_that_nothing_meets(cashier):
    for word in ("Gotuje obiady dla dużej grupy", "Maluje i naprawia ściany", "Układa płytki i panele",
                 "Opiekuje się osobą leżącą i zmienia pościel", "Pozyskuje dotację i ją rozlicza",
                 "Układa grafik pracy zespołu", "Kompletuje zamówienia skanerem", "Wpisuje faktury do księgi przychodów",
                 "Redaguje pisma urzędowe", "Prowadzi ewidencję sprzedaży miodu", "Uczy nowe osoby na stanowisku",
                 "Odpowiada klientom na piśmie i rozlicza zwroty"):  # fmt: skip
        make_competence(cashier, word, state="confirmed")
    rows = closest(owner(cashier), cashier).rows
    assert 5 < len(rows) <= 10
    assert all(one.readiness.coverage.covered or one.readiness.coverage.told for one in rows)
    shares = [one.readiness.coverage.share for one in rows]
    assert shares == sorted(shares, reverse=True)


def test_without_confirmed_competences_there_is_no_list(register):
    audit = make_case()
    make_competence(audit, state="claimed")
    make_episode(audit)
    assert closest(owner(audit), audit) == readiness.Closest(0, ())


def test_a_disputed_sentence_is_nobodys_competence(cashier):
    assert "Prowadzi pasiekę i sprzedaje miód" not in [one.title for one in pieces_of(owner(cashier), cashier)]


def test_what_waits_for_the_persons_word_is_only_told(cashier):
    make_competence(cashier, "Wdraża nową osobę do pracy na kasie", state="claimed")
    assert detail(cashier).outcomes[3].standing is Standing.TOLD


def test_evidence_that_does_not_suffice_or_is_removed_proves_nothing(register):
    audit = make_case()
    refused = make_competence(audit, "Rozlicza kasę na koniec zmiany", state="confirmed")
    prove(refused, mark="no")
    gone = prove(refused, "Dawny raport")
    gone.removed_at = timezone.now()
    gone.save()
    waiting = prove(refused, "Zdjęcie kasy", mark="")
    meeting = detail(audit).outcomes[1].because[0]
    assert meeting.standing is Standing.HELD
    assert meeting.piece.proofs == ()
    assert meeting.piece.unrated == (waiting.title,)


def test_achievements_of_an_earlier_audit_add_up_for_the_person_and_not_for_a_new_adviser(cashier):
    later = make_case(person=cashier.person)
    assert codes(later)[0] == TILL
    assert codes(later, later.adviser) == []
    assert detail(later, user=later.adviser).coverage.missing == 4


def test_a_stranger_sees_nothing_of_it(cashier):
    stranger = make_staff(Role.ADVISER, make_unit(cashier.institution))
    assert pieces_of(stranger, cashier) == []


def test_archived_entries_are_not_proposed_but_can_be_looked_at(cashier, register):
    old = dataclasses.replace(next(one for one in register if one.code == TILL), status=Status.ARCHIVED)
    import_entries(reads=[Read(old)], source=Source.TABLE)
    assert TILL not in codes(cashier)
    assert detail(cashier).coverage.covered == 2


def test_a_new_version_of_an_entry_is_measured_at_once(cashier, register):
    detail(cashier)
    more = OutcomeSet(3, "Porządek", outcomes=(Outcome(1, "Zamyka sklep", criteria=(Criterion("a", "gasi światło"),)),))
    held = next(one for one in register if one.code == TILL)
    import_entries(reads=[Read(dataclasses.replace(held, sets=(*held.sets, more)))], source=Source.TABLE)
    assert detail(cashier).coverage.total == 5


def test_an_entry_without_outcomes_is_never_proposed_and_is_said_to_have_none(cashier, register):
    bare = dataclasses.replace(register[0], code="90099", title_pl="Rozlicza kasę na koniec zmiany", sets=())
    import_entries(reads=[Read(bare)], source=Source.TABLE)
    assert "90099" not in codes(cashier)
    assert detail(cashier, "90099").coverage.total == 0


def test_a_code_that_the_register_does_not_have_is_nothing(cashier):
    assert readiness_for(owner(cashier), cashier, "12345") is None


def test_the_number_of_statements_does_not_grow(cashier):
    def both():
        closest(owner(cashier), cashier)
        detail(cashier)

    both()  # the snapshot is built
    before = statements(both)
    for number in range(30):
        prove(make_competence(cashier, f"Przyjmuje dostawę i sprawdza dokumenty {number}", state="supported"))
        make_episode(cashier, f"Historia {number}", situation="Układałam grafik. Pisałam pisma urzędowe.")
    readiness._yardsticks.clear()
    assert statements(both) <= before + 2  # the yardsticks of the list, built again
    assert statements(lambda: closest(owner(cashier), cashier)) <= 9
    assert statements(lambda: detail(cashier)) <= 9


def test_only_so_many_yardsticks_are_kept(cashier, monkeypatch):
    monkeypatch.setattr(readiness, "KEPT", 3)
    assert codes(cashier)[0] == TILL
    assert len(readiness._yardsticks) == 3


def test_the_real_entry_is_measured_whole(register, real):
    import_entries(reads=[real], source=Source.PRINTOUT)
    audit = make_case()
    first = real.entry.sets[0].outcomes[0]
    make_competence(audit, first.pl[:500], state="confirmed")
    found = detail(audit, real.entry.code)
    assert found.coverage.total == real.entry.outcome_count
    assert sum(len(one.criteria) for one in found.outcomes) == real.entry.criterion_count
    assert found.outcomes[0].standing is Standing.HELD
    assert codes(audit)[0] == real.entry.code


def test_an_outcome_certified_by_a_credential_is_proved_with_the_credential_as_evidence(cashier):
    """Nobody said a word about teaching others; a valid credential with the register's code does (PF-5, MC-7)."""
    body, user = Body(), cashier.person.account
    readiness = readiness_for(user, cashier, TILL)[1].readiness
    missing = next(one for one in readiness.outcomes if one.standing is Standing.MISSING)
    line = {"pl": missing.wanted.title, "code": missing.wanted.code, "criteria": ["widziała komisja"]}
    made = body.issue(body.version(outcomes=[line], counts_towards=[]))
    Credential.objects.filter(pk=made.pk).update(person=cashier.person)

    def found(who):
        outcomes = readiness_for(who, cashier, TILL)[1].readiness.outcomes
        return next(one for one in outcomes if one.wanted.code == missing.wanted.code)

    assert found(user).standing is Standing.PROVED
    assert found(user).because[0].piece.proofs == (GOOD.title_pl,)
    # what is in the wallet is the holder's: the adviser sees it when it is shown
    assert found(cashier.adviser).standing is Standing.MISSING
    revoke(credential=made, reason="pomyłka", acting_user=acting(body.clerk))
    assert found(user).standing is Standing.MISSING
