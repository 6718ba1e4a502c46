"""A register editor changes an entry, another agrees, and the entry gets its next version (RG-6)."""

import dataclasses

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from dorobek.cli.demo.qualifications import entries
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.people.enums import Role
from dorobek.people.models import Account
from dorobek.register.actions import import_entries
from dorobek.register.actions.editing import decide_change, propose_change
from dorobek.register.entry import Criterion, Entry, Outcome, OutcomeSet, Read
from dorobek.register.entry.codes import RESERVED
from dorobek.register.entry.outline import BadOutline, as_outline, read_outline
from dorobek.register.enums import Source
from dorobek.register.models import EntryChange, Qualification
from dorobek.web.register.urls import urlpatterns
from tests.factories import acting, make_institution, make_staff, make_unit

WORDS = st.text("abcdefąćęłóż XYZ", min_size=1, max_size=30).map(lambda text: " ".join(text.split()) or "x")
CRITERIA = st.lists(WORDS, max_size=4)


@given(st.lists(st.tuples(WORDS, st.lists(st.tuples(WORDS, CRITERIA), max_size=3)), max_size=3))
def test_an_outline_reads_back_as_it_was_written(outline):
    sets = tuple(
        OutcomeSet(
            n, title,
            outcomes=tuple(
                Outcome(m, words, criteria=tuple(Criterion("abcd"[k], line) for k, line in enumerate(lines)))
                for m, (words, lines) in enumerate(outcomes, start=1)
            ),
        )
        for n, (title, outcomes) in enumerate(outline, start=1)
    )  # fmt: skip
    assert read_outline(as_outline(sets)) == sets


@pytest.mark.parametrize(
    ("text", "line", "problem"), [("efekt", 1, "no-set"), ("# zestaw\n\n- kryterium", 3, "no-outcome")]
)
def test_an_outline_that_does_not_hold_names_its_line(text, line, problem):
    with pytest.raises(BadOutline) as fault:
        read_outline(text)
    assert (fault.value.line, fault.value.problem) == (line, problem)


def test_english_words_levels_and_kinds_survive_an_edit():
    held = (
        OutcomeSet(1, "Kasa", "Till", 3, 90, (Outcome(1, "Liczy", "Counts", "skill", (Criterion("a", "x", "y"),)),)),
    )
    [group] = read_outline("# Kasa\nNowy\nLiczy\n- x", held)
    assert (group.en, group.level, group.hours) == ("Till", 3, 90)
    assert group.outcomes[1].en == "Counts"
    assert group.outcomes[1].kind == "skill"
    assert group.outcomes[1].criteria[0].en == "y"


@pytest.fixture
def editors(db) -> tuple[Account, Account]:
    unit = make_unit(make_institution())
    return make_staff(Role.REGISTER_EDITOR, unit, "Feliks"), make_staff(Role.REGISTER_EDITOR, unit, "Wanda")


@pytest.fixture
def held(db) -> Qualification:
    import_entries(reads=[Read(next(iter(entries())))], source=Source.TABLE)
    return Qualification.objects.select_related("current").get()


def proposed(held: Qualification, by: Account, **changes: object) -> EntryChange:
    entry = dataclasses.replace(held.entry, **(changes or {"hours": 120}))  # type: ignore[arg-type]
    return propose_change(entry=entry, reason="Nowe badanie", qualification=held, acting_user=acting(by))


def test_nothing_changes_until_somebody_else_accepts(held, editors):
    first, second = editors
    change = proposed(held, first)
    held.refresh_from_db()
    assert held.hours == 90
    with pytest.raises(NotAllowed):
        decide_change(change=change, accept=True, answer="", acting_user=acting(first))
    decide_change(change=change, accept=True, answer="", acting_user=acting(second))
    held.refresh_from_db()
    assert (held.hours, held.current.number) == (120, 2)
    assert held.versions.get(number=1).entry.hours == 90
    with pytest.raises(RuleBroken):
        decide_change(change=change, accept=True, answer="", acting_user=acting(second))


def test_a_rejection_needs_a_reason_and_changes_nothing(held, editors):
    first, second = editors
    change = proposed(held, first)
    with pytest.raises(RuleBroken):
        decide_change(change=change, accept=False, answer=" ", acting_user=acting(second))
    decide_change(change=change, accept=False, answer="Brak źródła", acting_user=acting(second))
    held.refresh_from_db()
    assert held.current.number == 1


def test_an_entry_that_moved_on_is_not_overwritten(held, editors):
    first, second = editors
    change = proposed(held, first)
    import_entries(reads=[Read(dataclasses.replace(held.entry, hours=200))], source=Source.TABLE)
    with pytest.raises(RuleBroken):
        decide_change(change=change, accept=True, answer="", acting_user=acting(second))
    held.refresh_from_db()
    assert held.hours == 200


@pytest.mark.parametrize(("changes", "field"), [({"title_pl": " "}, "title_pl"), ({"level": 9}, "level")])
def test_what_no_entry_can_be_is_refused(held, editors, changes, field):
    with pytest.raises(RuleBroken) as refusal:
        proposed(held, editors[0], **changes)
    assert refusal.value.field == field


def test_nothing_changed_and_a_second_proposal_are_refused(held, editors):
    with pytest.raises(RuleBroken):
        proposed(held, editors[0], hours=90)
    proposed(held, editors[0])
    with pytest.raises(RuleBroken):
        proposed(held, editors[1], hours=300)


@pytest.mark.parametrize("code", ["", "zmiany", "liczby", "90/500", "9" * 21, "ąę"])
def test_a_code_that_cannot_stand_in_an_address_is_refused_by_hand_and_from_a_file(editors, code):
    entry = Entry(code=code, title_pl="Obsługa recepcji")
    with pytest.raises(RuleBroken):
        propose_change(entry=entry, reason="Nowa", acting_user=acting(editors[0]))
    with pytest.raises(RuleBroken):
        import_entries(reads=[Read(entry)], source=Source.TABLE)


def test_no_page_of_the_register_can_be_hidden_by_an_entry():
    pages = {str(one.pattern).split("/")[1] for one in urlpatterns if not str(one.pattern).startswith("rejestr/<")}
    assert pages - {""} <= RESERVED


def test_a_new_entry_appears_when_accepted_and_its_code_is_taken(held, editors):
    first, second = editors
    entry = Entry(code="90500", title_pl="Obsługa recepcji")
    change = propose_change(entry=entry, reason="Nowa", acting_user=acting(first))
    decide_change(change=change, accept=True, answer="", acting_user=acting(second))
    assert Qualification.objects.get(code="90500").title_pl == "Obsługa recepcji"
    with pytest.raises(RuleBroken):
        propose_change(entry=entry, reason="Nowa", acting_user=acting(first))


def test_others_propose_nothing(held, editors):
    adviser = make_staff(Role.ADVISER, make_unit(make_institution()))
    with pytest.raises(NotAllowed):
        proposed(held, adviser)


def test_the_screens_preview_propose_and_decide(held, editors, client):
    first, second = editors
    client.force_login(first)
    page = reverse("register-edit", args=[held.code])
    form = client.get(page).context["form"]
    sent = {name: ("" if value is None else value) for name, value in form.initial.items()}
    sent |= {"hours": "120", "reason": "Nowe badanie"}
    looked = client.post(page, {**sent, "look": ""}).content.decode()
    assert "nakład pracy" in looked
    assert not EntryChange.objects.exists()
    broken = client.post(page, {**sent, "outline": "- kryterium", "propose": ""}).content.decode()
    assert "wiersz 1" in broken
    assert client.post(page, {**sent, "propose": ""}).status_code == 302
    change = EntryChange.objects.get()
    own = client.get(reverse("register-change", args=[change.uid])).content.decode()
    assert "inna osoba" in own
    client.force_login(second)
    assert (
        client.post(reverse("register-change", args=[change.uid]), {"accept": "tak", "answer": ""}).status_code == 302
    )
    held.refresh_from_db()
    assert held.hours == 120
    assert "90001" in client.get(reverse("register-changes")).content.decode()
    assert "Zmień" in client.get(reverse("register-entry", args=[held.code])).content.decode()
