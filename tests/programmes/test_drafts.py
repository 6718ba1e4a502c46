"""A programme's next version while it is written: by several people, losing nothing, changing no audit that runs."""

import copy
import json

import pytest

from dorobek.kernel.errors import Conflict, NotAllowed, RuleBroken
from dorobek.people.enums import Role
from dorobek.programmes import actions
from dorobek.programmes.actions.drafts import base_of, draft_faults
from dorobek.programmes.drafting.tree import find
from dorobek.programmes.models import Programme, ProgrammeVersion
from dorobek.programmes.schema import SHIPPED, shipped_rules_json
from tests.factories import acting, make_case, make_institution, make_staff, make_unit

pytestmark = pytest.mark.django_db
QUESTION = ("biographical", "areas", "work", "questions", "work-first-job")


@pytest.fixture
def audit():
    return make_case()


@pytest.fixture
def programme(audit):
    return audit.programme_version.programme


@pytest.fixture
def halina(audit):
    return acting(make_staff(Role.ADMINISTRATOR, audit.unit, name="Halina"))


@pytest.fixture
def zenon(audit):
    return acting(make_staff(Role.ADMINISTRATOR, audit.unit, name="Zenon"))


def edit(programme, who, place, base=None, **values):
    values = {name.replace("__", "."): value for name, value in values.items()}
    return actions.edit_part(programme=programme, place=place, values=values, base_version=base, acting_user=who)


def test_a_change_makes_a_draft_and_neither_the_published_rules_nor_an_audit_change(audit, programme, halina):
    before = copy.deepcopy(audit.programme_version.rules)
    draft = edit(programme, halina, ("meetings",), max_count=9)
    assert draft.rules["meetings"]["max_count"] == 9
    assert draft.published_at is None
    audit.refresh_from_db()
    assert audit.programme_version.rules == before
    assert programme.current() == audit.programme_version
    published = actions.publish_draft(programme=programme, base_version=draft.version, over=1, acting_user=halina)
    assert programme.current() == published
    assert published.number == 2
    audit.refresh_from_db()
    assert audit.rules.meetings.max_count == 6


def test_two_people_changing_different_fields_of_one_part_are_joined(programme, halina, zenon):
    base = base_of(programme)
    edit(programme, halina, ("meetings",), base, max_count=9, online_allowed=False)
    draft = edit(programme, zenon, ("meetings",), base, online_allowed=True, max_count=6)
    assert (draft.rules["meetings"]["max_count"], draft.rules["meetings"]["online_allowed"]) == (9, True)


def test_two_people_changing_one_field_both_see_both_versions(programme, halina, zenon):
    base = base_of(programme)
    edit(programme, halina, ("identity",), base, name__pl="Nazwa Haliny", begins="2020-01-01")
    with pytest.raises(Conflict) as refused:
        edit(programme, zenon, ("identity",), base, name__pl="Nazwa Zenona", begins="2016-01-01")
    conflict = refused.value
    assert conflict.theirs == {"name.pl": "Nazwa Haliny"}
    assert conflict.yours == {"name.pl": "Nazwa Zenona"}
    assert conflict.kept == {"begins": ("2020-01-01", "2016-01-01")}
    assert conflict.author == "Halina"
    draft = edit(programme, zenon, ("identity",), conflict.version, name__pl="Nazwa wspólna")
    assert draft.rules["identity"]["name"]["pl"] == "Nazwa wspólna"


def test_a_question_stays_found_after_another_was_moved_added_and_removed(programme, halina, zenon):
    base = base_of(programme)
    actions.move_part(programme=programme, place=QUESTION, by=1, acting_user=halina)
    new = {"code": "new-one", "text": {"pl": "Co nowego?", "en": "What is new?"}}
    actions.add_part(programme=programme, place=QUESTION[:-1], item=new, acting_user=halina)
    other = (*QUESTION[:-1], find(actions.draft_of(programme).rules, QUESTION[:-1])[0]["code"])
    actions.remove_part(programme=programme, place=other, base_version=base_of(programme), acting_user=halina)
    draft = edit(programme, zenon, QUESTION, base, text__pl="Od czego się zaczęło?")
    assert find(draft.rules, QUESTION)["text"]["pl"] == "Od czego się zaczęło?"
    assert find(draft.rules, (*QUESTION[:-1], "new-one")) == new


def test_what_somebody_changed_meanwhile_is_not_taken_out_unseen(programme, halina, zenon):
    base = base_of(programme)
    edit(programme, halina, QUESTION, base, text__pl="Ważne słowa Haliny.")
    with pytest.raises(Conflict):
        actions.remove_part(programme=programme, place=QUESTION, base_version=base, acting_user=zenon)
    assert find(actions.draft_of(programme).rules, QUESTION)["text"]["pl"] == "Ważne słowa Haliny."
    actions.remove_part(programme=programme, place=QUESTION, base_version=base_of(programme), acting_user=zenon)
    with pytest.raises(RuleBroken, match="usunął"):
        edit(programme, halina, QUESTION, base, text__pl="Inne słowa.")


def test_a_form_of_the_draft_before_this_one_is_known_to_be_old(programme, halina, zenon):
    draft = edit(programme, halina, ("identity",), name__pl="Pierwsza")
    old = draft.version
    actions.publish_draft(programme=programme, base_version=old, over=1, acting_user=halina)
    edit(programme, halina, ("identity",), name__pl="Druga")
    with pytest.raises(Conflict):
        edit(programme, zenon, ("identity",), old, name__pl="Trzecia")


def test_a_draft_may_be_unfinished_but_is_not_published_so(programme, halina):
    draft = edit(programme, halina, ("meetings",), min_count=9)
    assert [fault.path for fault in draft_faults(draft)] == ["meetings.max_count"]
    with pytest.raises(RuleBroken, match=r"meetings\.max_count"):
        actions.publish_draft(programme=programme, base_version=None, over=None, acting_user=halina)


def test_a_value_of_a_wrong_shape_is_named_by_its_field_and_not_kept(programme, halina):
    with pytest.raises(actions.PartFaults) as refused:
        edit(programme, halina, ("meetings",), max_count=900, min_count="dużo")
    assert {fault.path for fault in refused.value.errors} == {"max_count", "min_count"}
    assert actions.draft_of(programme) is None


def test_a_code_stands_for_one_thing(programme, halina):
    taken = {"code": QUESTION[-1], "text": {"pl": "A?", "en": "B?"}}
    with pytest.raises(actions.PartFaults):
        actions.add_part(programme=programme, place=QUESTION[:-1], item=taken, acting_user=halina)


def test_publishing_asks_again_when_another_version_appeared(programme, halina):
    draft = edit(programme, halina, ("meetings",), max_count=9)
    programme.code = draft.rules["identity"]["code"]
    programme.save()
    text = json.dumps(shipped_rules_json(SHIPPED[0]))
    brought = actions.import_programme(institution=programme.institution, text=text, acting_user=halina)
    with pytest.raises(RuleBroken, match="inną wersję"):
        actions.publish_draft(programme=programme, base_version=None, over=1, acting_user=halina)
    done = actions.publish_draft(programme=programme, base_version=None, over=brought.number, acting_user=halina)
    assert done.number > brought.number
    assert programme.current() == done


def test_a_discarded_draft_leaves_the_published_version(programme, halina):
    draft = edit(programme, halina, ("meetings",), max_count=9)
    with pytest.raises(RuleBroken):
        actions.discard_draft(programme=programme, base_version=draft.version - 1, acting_user=halina)
    actions.discard_draft(programme=programme, base_version=draft.version, acting_user=halina)
    assert actions.draft_of(programme) is None
    assert programme.current().rules["meetings"]["max_count"] == 6


@pytest.mark.parametrize("code", SHIPPED)
def test_the_text_of_a_draft_goes_round(code):
    unit = make_unit(make_institution())
    who = acting(make_staff(Role.ADMINISTRATOR, unit))
    programme = actions.start_programme(
        institution=unit.institution, code="nowy", name_pl="Nowy", name_en="New", like=code, acting_user=who
    )
    assert not programme.open
    with pytest.raises(RuleBroken):
        actions.set_programme_open(programme=programme, is_open=True, acting_user=who)
    held = actions.draft_of(programme)
    text = json.dumps(held.rules)
    again = actions.write_draft(programme=programme, text=text, base_version=held.version, acting_user=who)
    assert again.version == held.version
    done = actions.publish_draft(programme=programme, base_version=held.version, over=0, acting_user=who)
    assert done.parsed.identity.name.pl == "Nowy"


def test_two_texts_of_a_whole_draft_do_not_overwrite_each_other(programme, halina, zenon):
    base = base_of(programme)
    edit(programme, halina, ("meetings",), base, max_count=9)
    mine = copy.deepcopy(shipped_rules_json(SHIPPED[0]))
    mine["meetings"]["max_count"] = 7
    with pytest.raises(Conflict) as refused:
        actions.write_draft(programme=programme, text=json.dumps(mine), base_version=base, acting_user=zenon)
    assert json.loads(refused.value.theirs["text"])["meetings"]["max_count"] == 9


def test_a_draft_given_up_before_anything_was_published_takes_the_programme_with_it():
    unit = make_unit(make_institution())
    who = acting(make_staff(Role.ADMINISTRATOR, unit))
    begin = {"institution": unit.institution, "code": "nowy", "name_pl": "N", "name_en": "N", "like": SHIPPED[2]}
    programme = actions.start_programme(**begin, acting_user=who)
    with pytest.raises(RuleBroken):
        actions.start_programme(**begin, acting_user=who)
    actions.discard_draft(programme=programme, base_version=None, acting_user=who)
    assert not Programme.objects.exists()
    assert not ProgrammeVersion.objects.exists()


def test_nobody_else_writes_a_draft(programme, audit):
    adviser = acting(audit.adviser)
    elsewhere = acting(make_staff(Role.ADMINISTRATOR, make_unit(make_institution())))
    for who in (adviser, elsewhere):
        with pytest.raises(NotAllowed):
            edit(programme, who, ("meetings",), max_count=9)
        with pytest.raises(NotAllowed):
            actions.add_part(programme=programme, place=("consents",), item={}, acting_user=who)
        with pytest.raises(NotAllowed):
            actions.remove_part(programme=programme, place=("vouchers",), base_version=1, acting_user=who)
        with pytest.raises(NotAllowed):
            actions.move_part(programme=programme, place=QUESTION, by=1, acting_user=who)
        with pytest.raises(NotAllowed):
            actions.write_draft(programme=programme, text="{}", base_version=None, acting_user=who)
        with pytest.raises(NotAllowed):
            actions.publish_draft(programme=programme, base_version=None, over=None, acting_user=who)
        with pytest.raises(NotAllowed):
            actions.discard_draft(programme=programme, base_version=None, acting_user=who)
        with pytest.raises(NotAllowed):
            actions.set_logo(programme=programme, upload=None, acting_user=who)
