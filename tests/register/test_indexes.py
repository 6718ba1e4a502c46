"""Indexes that have learned: built by a job, read from a file, never waited for; ESCO in the competences' step."""

from pathlib import Path
from typing import Any

import pytest

from dorobek.kernel.models import Job
from dorobek.register.actions import import_catalogue
from dorobek.register.actions.adopting import adopted
from dorobek.register.actions.frameworks import BadFile, import_esco
from dorobek.register.actions.labels import import_labels
from dorobek.register.models import Concept, LearningOutcome
from dorobek.register.queries import indexes, outcome_index
from dorobek.register.queries.esco import from_esco

pytestmark = pytest.mark.django_db
URI = "http://data.europa.eu/esco"
SKILLS = (("till", "operate cash register"), ("weld", "apply arc welding techniques"), ("greet", "greet guests"))
OCCUPATIONS = (("cashier", "cashier", "till operator"), ("welder", "welder", "arc welder"))
NEEDS = (("cashier", "till"), ("cashier", "greet"), ("welder", "weld"))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Any:
    settings.DATA_DIR = tmp_path
    indexes.forget()
    yield tmp_path
    indexes.forget()


@pytest.fixture
def esco(tmp_path: Path) -> None:
    export = tmp_path / "export"
    export.mkdir()
    skills = [f"{URI}/skill/{code},skill/competence,{label},," for code, label in SKILLS]
    occupations = [f"{URI}/occupation/{code},5230,{label},{other}," for code, label, other in OCCUPATIONS]
    needs = [f"{URI}/occupation/{a},essential,{URI}/skill/{b}" for a, b in NEEDS]
    for name, heading, rows in (
        ("skills_en.csv", "conceptUri,skillType,preferredLabel,altLabels,description", skills),
        ("occupations_en.csv", "conceptUri,iscoGroup,preferredLabel,altLabels,description", occupations),
        ("occupationSkillRelations.csv", "occupationUri,relationType,skillUri", needs),
    ):
        (export / name).write_text("\n".join((heading, *rows)) + "\n", encoding="utf-8")
    import_esco(folder=export, edition="test")


def tables(folder: Path) -> Path:
    labels = (("cashier", "kasjer"), ("cashier", "kasjerka"), ("welder", "spawacz"))
    rows = [(f"C{n}_pl_000", f"{URI}/occupation/{code}", label) for n, (code, label) in enumerate(labels)]
    place = folder / "melo"
    place.mkdir()
    (place / "pol_concept_mapping.tsv").write_text("".join(f"{e}\t{u}\n" for e, u, _ in rows), encoding="utf-8")
    (place / "pol_corpus_elements.tsv").write_text("".join(f"{e}\t{label}\n" for e, _, label in rows), encoding="utf-8")
    return place


def test_the_plain_catalogue_answers_until_the_learned_one_is_built() -> None:
    import_catalogue()
    plain = outcome_index("pl")
    assert not plain.nearness.learned
    assert indexes.build("catalogue", "pl") == len(plain)
    indexes.forget()
    assert outcome_index("pl").nearness.learned


def test_a_file_from_before_the_register_grew_is_not_used_for_the_catalogue() -> None:
    import_catalogue()
    indexes.build("catalogue", "pl")
    assert outcome_index("pl").nearness.learned
    LearningOutcome.objects.create(framework="dorobek", code="new", title_pl="Puszcza latawce")
    assert outcome_index("pl").suggest("latawce")[0].matches


def test_a_damaged_file_is_not_used_and_is_asked_for_again(
    settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    import_catalogue()
    indexes.build("catalogue", "pl")
    indexes.path_of("catalogue", "pl").write_bytes(b"rubbish")
    assert not outcome_index("pl").nearness.learned
    settings.DOROBEK_JOBS = "durable"
    outcome_index("pl")
    assert Job.objects.filter(kind=indexes.JOB).count() == 1
    outcome_index("pl")
    assert Job.objects.filter(kind=indexes.JOB).count() == 1


def test_the_job_writes_the_file(esco: None) -> None:
    from dorobek.kernel import jobs

    jobs.load_kinds()
    row = Job.objects.create(kind=indexes.JOB, key="k", arguments={"index": "occupations", "language": "en"})
    jobs.run(str(row.uid))
    row.refresh_from_db()
    assert row.result == {"concepts": 2}
    assert indexes.path_of("occupations", "en").is_file()


def test_polish_labels_do_not_make_english_ones_be_learned_again(esco: None, tmp_path: Path, monkeypatch: Any) -> None:
    indexes.build("occupations", "en")
    import_labels(folder=tables(tmp_path))
    monkeypatch.setattr("dorobek.matching.nearness.learn", lambda *_: pytest.fail("learned again"))
    assert indexes.build("occupations", "en") == 2
    found = indexes.esco()
    assert found is not None
    indexes.forget()
    assert indexes.learned("occupations", "en", found[1]) is not None  # and the file is of the new import


def test_a_concept_more_makes_the_index_be_learned_again(esco: None) -> None:
    assert indexes.build("occupations", "en") == 2
    one = Concept.objects.get(label_en="welder")
    Concept.objects.filter(pk=one.pk).update(label_en="underwater welder")
    assert indexes.build("occupations", "en") == 2
    found = indexes.esco()
    assert found is not None
    index = indexes.learned("occupations", "en", found[1])
    assert index is not None
    assert "underwater welder" in {concept.title for concept in index.concepts}


def test_without_esco_nothing_comes_from_it_in_one_statement(django_assert_num_queries: Any) -> None:
    import_catalogue()
    index = outcome_index("pl")
    with django_assert_num_queries(1):
        assert from_esco("siedziałam na kasie", "pl", 5, index).skills == ()


def test_an_english_sentence_leads_to_skills_directly_and_through_occupations(esco: None) -> None:
    import_catalogue()
    for name in ("skills", "occupations"):
        indexes.build(name, "en")
    found = from_esco("I operated the cash register as a cashier", "en", 5, outcome_index("en"))
    assert found.occupations[0].concept.label_en == "cashier"
    by_name = {one.concept.label_en: one for one in found.skills}
    assert by_name["operate cash register"].led.matches
    assert [one.label_en for one in by_name["greet guests"].through] == ["cashier"]


def test_a_polish_sentence_leads_to_skills_through_polish_labels(esco: None, tmp_path: Path) -> None:
    import_catalogue()
    assert import_labels(folder=tables(tmp_path)).concepts == 2
    for name in ("skills", "occupations"):
        indexes.build(name, "pl")
    found = from_esco("Siedziałam na kasie w markecie i kasowałam klientów", "pl", 5, outcome_index("pl"))
    assert found.occupations[0].concept.label_pl == "kasjer"
    assert "operate cash register" in {one.concept.label_en for one in found.skills}
    assert from_esco("Wczoraj padał deszcz, a jutro ma być słońce.", "pl", 5, outcome_index("pl")).skills == ()


def test_labels_without_esco_and_broken_tables_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="import esco"):
        import_labels(folder=tables(tmp_path))


def test_a_broken_row_of_labels_leaves_nothing(esco: None, tmp_path: Path) -> None:
    place = tables(tmp_path)
    with (place / "pol_corpus_elements.tsv").open("a", encoding="utf-8") as file:
        file.write("only one column\n")
    with pytest.raises(BadFile, match="line 4"):
        import_labels(folder=place)
    assert not Concept.objects.exclude(label_pl="").exists()


def test_a_skill_is_adopted_once_and_a_stranger_is_none(esco: None) -> None:
    first = adopted("till")
    assert first is not None
    assert (first.framework, first.title_pl) == ("esco", "operate cash register")
    assert adopted("till") == first
    assert adopted("nothing") is None
