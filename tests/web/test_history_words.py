"""The history in words: every kind that an action records has a sentence, every column a name (XX-4)."""

import ast
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

import dorobek
from dorobek.audits import models as audits
from dorobek.audits.actions.contacts import log_contact
from dorobek.kernel.models import HistoryEntry
from dorobek.people.models import Person
from dorobek.plans import models as plans
from dorobek.portfolio.models import Competence, Evidence
from dorobek.web.history_words import FIELDS, SENTENCES, UNTOLD, sentence, tell
from tests.factories import acting, make_case

HOME = Path(dorobek.__file__).parent
TABLES = (
    Person, Competence, Evidence, audits.SkillsAudit, audits.Agreement, audits.Meeting, audits.Contact,
    audits.Referral, audits.LifeEvent, audits.Episode, audits.Synthesis, audits.BasicDirection,
    plans.DevelopmentPlan, plans.Goal, plans.Scenario, plans.ScenarioAction, plans.Risk, plans.Source,
)  # fmt: skip


def kinds() -> set[str]:
    """Constant kinds given to a call of `record` anywhere in the actions, read from the source."""
    found: set[str] = set()
    for path in HOME.rglob("*.py"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "record" and node.args):
                continue
            constants = [one.value for one in ast.walk(node.args[0]) if isinstance(one, ast.Constant)]
            found |= {str(one) for one in constants if "." in str(one).strip(".")}
    return found


def test_every_kind_of_change_has_a_sentence():
    found = kinds()
    assert len(found) > 60
    assert not found - set(SENTENCES)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_every_column_of_a_persons_tables_has_a_name(table):
    names = {field.name for field in table._meta.get_fields() if field.concrete}
    untold = UNTOLD | {"own_file"}
    missing = {n for n in names - untold if n not in FIELDS and f"{table.__name__.lower()}.{n}" not in FIELDS}
    assert not missing


def test_a_kind_of_an_older_edition_is_told_in_general():
    assert sentence("something.long-gone") == "Zapisano zmianę w sprawie"


def entry(kind: str, audit: Any, **data: Any) -> HistoryEntry:
    user = acting(audit.adviser)
    from django.db import transaction

    with transaction.atomic():
        user.record(kind, stream=audit.uid, **data)
    return HistoryEntry.objects.select_related("actor", "payload").filter(stream=audit.uid).latest("seq")


@pytest.mark.django_db
def test_a_change_is_told_with_before_and_after():
    audit = make_case()
    [told] = tell([entry("goal.changed", audit, title=["Kasa", "Kadry"])], reader=audit.adviser, person=audit.person)
    assert told.sentence == "Zmieniono cel"
    assert told.who == str(audit.adviser)
    [change] = told.changes
    assert (change.before, change.after, change.replaced) == ("Kasa", "Kadry", True)


@pytest.mark.django_db
def test_a_list_that_was_written_is_no_change_of_two_values():
    audit = make_case()
    [told] = tell([entry("step.added", audit, learning_forms=["kurs", "książka"])], reader=audit.adviser)
    assert [(one.before, one.after, one.replaced) for one in told.changes] == [("", "kurs, książka", False)]


@pytest.mark.django_db
def test_a_name_the_reader_may_not_see_is_not_told():
    audit, other = make_case(), make_case()
    subject = audits.Episode.objects.create(
        audit=other, person=other.person, case_uid=other.uid, title="Cudza historia", part="work", situation="x"
    )
    [told] = tell([entry("episode.changed", audit, subject=subject.uid)], reader=audit.adviser)
    assert told.about == ""


@pytest.mark.django_db
def test_an_erased_entry_says_that_its_words_are_gone():
    audit = make_case()
    gone = entry("goal.added", audit, title="Kasa")
    gone.payload.delete()
    again = HistoryEntry.objects.select_related("actor").get(pk=gone.pk)
    [told] = tell([again], reader=audit.adviser)
    assert told.erased
    assert not told.changes


@pytest.mark.django_db
def test_both_sides_read_the_history_in_words(client, django_assert_max_num_queries):
    audit = make_case()
    log_contact(
        audit=audit,
        kind="contact",
        channel="phone",
        minutes=10,
        note="Umówiono rozmowę",
        acting_user=acting(audit.adviser),
    )
    for reader, name in ((audit.adviser, "case-history"), (audit.person.account, "own-history")):
        client.force_login(reader)
        with django_assert_max_num_queries(22):
            page = client.get(reverse(name, args=[audit.uid])).content.decode()
        assert "Zapisano kontakt" in page
        assert "Umówiono rozmowę" in page
        assert "contact.logged" not in page


@pytest.mark.django_db
def test_the_history_of_another_case_is_no_page(client):
    audit = make_case()
    client.force_login(make_case().person.account)
    assert client.get(reverse("own-history", args=[audit.uid])).status_code == 404
    assert client.get(reverse("own-history", args=[uuid.uuid4()])).status_code == 404
