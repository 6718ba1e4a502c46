"""Rules of validation read from what an applicant or an editor writes, shown, and corrected as data (RG-5, VA-2)."""

import dataclasses

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from dorobek.cli.demo.qualifications import entries
from dorobek.people.enums import Role
from dorobek.register.actions import import_entries
from dorobek.register.actions.editing import decide_change
from dorobek.register.applications.enums import ApplicationStage as Stage
from dorobek.register.entry import Outcome, OutcomeSet, Read
from dorobek.register.entry.rules_lines import (
    BadRules,
    method_lines,
    plain_lines,
    read_methods,
    read_plain,
    read_requirements,
    requirement_lines,
)
from dorobek.register.entry.rules_text import read_rules
from dorobek.register.entry.validation import Method, Requirement
from dorobek.register.enums import Source
from dorobek.register.models import EntryChange, Qualification, RegisterApplication
from dorobek.validation.rules import rules_of
from tests.factories import acting, make_institution, make_staff, make_unit
from tests.register.applications import Office, inclusion

TEXT = """W walidacji stosuje się wyłącznie następujące metody:
- test wiedzy
- rozmowa z komisją
W skład komisji wchodzi co najmniej 3 członków. Sprawdzane są wszystkie efekty uczenia się.
Recepcja bywa otwarta w nocy."""
SETS = (OutcomeSet(1, "Recepcja", outcomes=(Outcome(1, "Melduje"), Outcome(2, "Rozlicza"))), OutcomeSet(2, "Kuchnia"))
WORD = st.text("abcdeążź ", min_size=1, max_size=20).map(lambda text: " ".join(text.split()) or "x")
YEARS = st.one_of(
    st.just((None, None)),
    st.tuples(st.integers(1, 20), st.none()),
    st.tuples(st.integers(1, 10), st.integers(10, 30)),
)


def test_a_typed_list_without_marks_is_read_item_by_item():
    rules = read_rules(TEXT)
    assert [one.code for one in rules.methods] == ["knowledge_test", "conversation"]
    assert (rules.members_min, rules.every_outcome, rules.only_these_methods) == (3, True, True)
    assert rules.other == ("Recepcja bywa otwarta w nocy.",)


@given(st.lists(st.tuples(WORD, YEARS), max_size=4))
def test_requirements_read_back_as_they_were_written(rows):
    held = tuple(Requirement(words, *years) for words, years in rows)
    assert read_requirements(requirement_lines(held)) == held


@given(st.sampled_from(["co najmniej pięcioletnie doświadczenie w okresie 10 lat", "minimum 3 lata pracy"]), YEARS)
def test_what_a_person_sets_holds_against_the_words(words, years):
    held = (Requirement(words, *years),)
    assert read_requirements(requirement_lines(held)) == held


@given(st.lists(WORD, max_size=4))
def test_plain_lines_read_back(rows):
    assert list(read_plain(plain_lines(rows))) == rows


def test_methods_read_back_and_lines_become_methods():
    held = (
        Method("knowledge_test", "test wiedzy", outcomes=("1.1", "2")), Method("conversation", "rozmowa", all_sets=True),
        Method("other", "gra strategiczna", sets=(2,)),
    )  # fmt: skip
    assert read_methods(method_lines(held), SETS, held) == held
    odd = (Method("evidence_analysis", "dowody: próbki własnej pracy", all_sets=True),)
    assert method_lines(odd) == "dowody - próbki własnej pracy: wszystkie zestawy"
    other_scope = read_methods("dowody - próbki własnej pracy: 1.2", SETS, odd)
    assert other_scope == (dataclasses.replace(odd[0], all_sets=False, outcomes=("1.2",)),)
    assert read_methods("prezentacja: 1.2\n\nanaliza dowodów: wszystkie zestawy\ninna: szachy: 1", SETS) == (
        Method("presentation", "prezentacja", outcomes=("1.2",)),
        Method("evidence_analysis", "analiza dowodów", all_sets=True),
        Method("other", "inna", outcomes=("1",)),
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [("wróżenie z fusów", "no-method"), ("test: 3.1", "no-outcome"), ("test: czasem", "no-outcome")],
)
def test_a_method_that_is_none_names_its_line(text, problem):
    with pytest.raises(BadRules) as fault:
        read_methods(f"rozmowa\n{text}", SETS)
    assert (fault.value.line, fault.value.problem) == (2, problem)


@pytest.mark.parametrize("text", ["praca | pięć", "praca | 5 z 3", "praca | 0", "| 5"])
def test_years_that_are_none_are_refused(text):
    with pytest.raises(BadRules, match="years"):
        read_requirements(text)


# ---- from an application to an entry that can be validated ----


@pytest.fixture
def office(db):
    return Office()


def at_granted(office: Office, **changes: object) -> RegisterApplication:
    held = office.at(Stage.GRANTED)
    RegisterApplication.objects.filter(pk=held.pk).update(content=inclusion(**changes))
    held.refresh_from_db()
    return held


def test_a_granted_inclusion_can_be_validated(office):
    held = at_granted(office, validation=TEXT)
    change = office.enter(held)
    decide_change(change=change, accept=True, answer="", acting_user=acting(office.second))
    rules = rules_of(Qualification.objects.get(code="90501").entry)
    assert {one.code for one in rules.methods} == {"knowledge_test", "conversation"}
    assert rules.members_min == 3


@pytest.mark.parametrize("stage", [Stage.FORMAL, Stage.DECISION])
def test_editor_and_officer_see_what_was_read_and_what_was_not(office, client, stage):
    held = office.at(stage)
    RegisterApplication.objects.filter(pk=held.pk).update(content=inclusion(validation=TEXT))
    client.force_login(office.officer if stage == Stage.DECISION else office.editor)
    page = client.get(reverse("register-application-work", args=[held.uid])).content.decode()
    assert "test wiedzy" in page.partition("które program odczytał")[2]
    assert "Recepcja bywa otwarta w" in page.partition("program nie rozumie")[2]
    RegisterApplication.objects.filter(pk=held.pk).update(content=inclusion())
    page = client.get(reverse("register-application-work", args=[held.uid])).content.decode()
    assert "Nie odczytaliśmy żadnej metody" in page


def test_the_applicant_sees_what_was_read_while_writing(office, client):
    held = office.draft(content=inclusion(validation=TEXT))
    client.force_login(office.applicant)
    page = client.get(reverse("register-application-write", args=[held.uid])).content.decode()
    assert "które program odczytał" in page


# ---- the editor's pages ----


@pytest.fixture
def editor(db):
    return make_staff(Role.REGISTER_EDITOR, make_unit(make_institution()), "Feliks")


@pytest.fixture
def held(db) -> Qualification:
    import_entries(reads=[Read(next(iter(entries())))], source=Source.TABLE)
    return Qualification.objects.select_related("current").get()


def sent_from(client, page: str) -> dict[str, object]:
    start = client.get(page).context["form"].initial
    return {name: "" if value is None else value for name, value in start.items()}


def test_changing_the_text_reads_the_rules_anew_and_tells_what_was_not_understood(held, editor, client):
    client.force_login(editor)
    page = reverse("register-edit", args=[held.code])
    sent = {**sent_from(client, page), "text_validation": TEXT, "reason": "Nowy opis"}
    looked = client.post(page, {**sent, "look": ""}).content.decode()
    assert "Recepcja bywa otwarta w" in looked.partition("program nie rozumie")[2]
    client.post(page, {**sent, "propose": ""})
    change = EntryChange.objects.get()
    assert [one["code"] for one in change.data["rules"]["methods"]] == ["knowledge_test", "conversation"]
    assert "Recepcja bywa otwarta w" in client.get(reverse("register-change", args=[change.uid])).content.decode()


def test_rules_set_by_hand_stay_while_the_text_does(held, editor, client):
    client.force_login(editor)
    page = reverse("register-edit", args=[held.code])
    client.post(page, {**sent_from(client, page), "hours": "120", "reason": "Nowe badanie", "propose": ""})
    assert EntryChange.objects.get().data["rules"] == held.entry.as_data()["rules"]


def test_an_editor_corrects_the_rules_as_data(held, editor, client):
    client.force_login(editor)
    page = reverse("register-rules", args=[held.code])
    sent = sent_from(client, page)
    same = client.post(page, {**sent, "reason": "x", "propose": ""})
    assert same.status_code == 422
    assert "Nic się nie zmieniło" in same.content.decode()
    sent |= {"members_min": "4", "provided": "sala\nrzutnik", "adviser": "doradca | 5 z 10", "reason": "Pomyłka"}
    sent["flags"] = ["every_outcome", "appeal_each_stage"]
    assert "zasady walidacji" in client.post(page, {**sent, "look": ""}).content.decode()
    assert not EntryChange.objects.exists()
    wrong = client.post(page, {**sent, "methods": "wróżby", "propose": ""})
    assert wrong.status_code == 422
    assert "wróżby" in wrong.content.decode()
    assert client.post(page, {**sent, "propose": ""}).status_code == 302
    change = EntryChange.objects.get()
    second = make_staff(Role.REGISTER_EDITOR, editor.memberships.get().unit, "Wanda")
    decide_change(change=change, accept=True, answer="", acting_user=acting(second))
    rules = Qualification.objects.select_related("current").get().entry.rules
    expected = dataclasses.replace(
        held.entry.rules, members_min=4, provided=("sala", "rzutnik"), adviser=(Requirement("doradca", 5, 10),),
        **{name: name in sent["flags"] for name in (
            "only_these_methods", "all_methods_used", "every_outcome", "each_criterion_met", "not_own_trainees",
            "extra_may_be_candidate", "adviser_needed", "appeal_each_stage",
        )},
    )  # fmt: skip
    assert rules == expected


def test_nobody_else_corrects_rules(held, client):
    client.force_login(make_staff(Role.ADVISER, make_unit(make_institution())))
    assert client.get(reverse("register-rules", args=[held.code])).status_code == 404
