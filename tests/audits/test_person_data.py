"""What is held on a person can be taken away whole, and erased without a trace of their words."""

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import timezone

from dorobek.audits.actions.documents import hand_over_document
from dorobek.audits.models import InterviewAnswer, LifeEvent
from dorobek.audits.person_data import erase_person, export_person, rows_of, tables
from dorobek.kernel import history
from dorobek.kernel.models import StoredFile
from dorobek.people.models import Draft, Erasure
from dorobek.portfolio import actions
from tests.factories import acting, make_case, make_competence, make_episode
from tests.portfolio.test_evidence import add

pytestmark = pytest.mark.django_db
PLANTED = "Brzęczyszczykiewicz"


def planted_case():
    """A case in which one word stands in every kind of place a person may write it."""
    audit = make_case()
    person = audit.person
    person.family_name = PLANTED
    person.prepare()
    person.save()
    audit.search_text, audit.sort_key = person.search_text, person.sort_key
    audit.save()
    make_episode(audit, PLANTED, situation=PLANTED)
    common = {"audit": audit, "person": person, "case_uid": audit.uid}
    LifeEvent.objects.create(kind="job", area="work", title=PLANTED, details={"x": PLANTED}, **common)
    InterviewAnswer.objects.create(area="work", question_code="q", question="?", answer=PLANTED, **common)
    Draft.objects.create(account=person.account, form="/x/", values={"a": [PLANTED]})
    add(audit, title=PLANTED)
    competence = make_competence(audit, PLANTED)
    actions.dispute_competence(competence=competence, comment=PLANTED, acting_user=acting(person.account))
    return audit


def dumped():
    rows = []
    for model in apps.get_models():
        for row in model._default_manager.all():
            rows.append(str([getattr(row, field.attname) for field in model._meta.concrete_fields]))
    return "\n".join(rows)


@pytest.mark.parametrize("model", tables(), ids=lambda m: m._meta.label)
def test_every_table_of_a_persons_data_leads_to_the_person(model):
    assert rows_of(model, make_case().person) is not None


def test_the_export_holds_every_table_and_every_file(tmp_path):
    audit = planted_case()
    written = json.loads(export_person(audit.person, tmp_path).read_text(encoding="utf-8"))
    assert set(written["tables"]) == {model._meta.label_lower for model in tables()}
    for table in (
        "audits.episode",
        "audits.lifeevent",
        "portfolio.competence",
        "people.person",
        "kernel.historypayload",
    ):
        assert PLANTED in json.dumps(written["tables"][table], ensure_ascii=False), table
    stored = StoredFile.objects.get()
    assert (tmp_path / str(stored.uid)).stat().st_size == stored.size
    assert "password" not in json.dumps(written)


def test_nothing_of_another_person_is_exported(tmp_path):
    mine, other = planted_case(), make_case()
    make_episode(other, "Cudza historia")
    assert "Cudza historia" not in export_person(mine.person, tmp_path).read_text(encoding="utf-8")


def test_after_erasure_the_planted_word_stands_nowhere(django_capture_on_commit_callbacks):
    audit = planted_case()
    path = StoredFile.objects.get().content.path
    assert PLANTED in dumped()
    with django_capture_on_commit_callbacks(execute=True):
        erasure = erase_person(person=audit.person, acting_user=None)
    left = dumped()
    assert PLANTED not in left
    assert PLANTED.lower() not in left
    assert not Path(path).exists()
    assert erasure.kept[str(audit.uid)]["years"] >= 0
    assert list(history.verify()) == []
    assert Erasure.objects.get().at <= timezone.now()


def test_after_erasure_no_form_of_a_handed_document_is_left(django_capture_on_commit_callbacks):
    audit = planted_case()
    handed = hand_over_document(audit=audit, kind="participant-card", language="pl", acting_user=acting(audit.adviser))
    jobs_done = {name: getattr(handed, name) for name in ("pdf", "docx", "html")}
    paths = {name: Path(stored.content.path) for name, stored in jobs_done.items()}
    assert PLANTED in paths["html"].read_text(encoding="utf-8")
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person=audit.person, acting_user=None)
    handed.refresh_from_db()
    assert (handed.pdf, handed.docx, handed.html) == (None, None, None)
    assert not any(path.exists() for path in paths.values())
    assert handed.content_sha256  # that a document was handed over, and which, stays on record


def test_erasing_one_person_leaves_another_whole():
    mine, other = planted_case(), make_case()
    episode = make_episode(other, "Cudza historia")
    erase_person(person=mine.person, acting_user=None)
    episode.refresh_from_db()
    assert episode.title == "Cudza historia"
    assert other.person.grants.count() == 2
