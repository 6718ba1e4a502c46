"""Importing ESCO and the classification of occupations (MT-2): whole or not at all, again without doubles."""

from pathlib import Path

import pytest

from dorobek.register.actions.frameworks import BadFile, import_esco, import_kzis
from dorobek.register.enums import ConceptKind, RelationKind
from dorobek.register.models import Concept, ConceptRelation, Framework

pytestmark = pytest.mark.django_db

SKILL, BAKER = "http://example.org/skill/1", "http://example.org/occupation/1"


def export(folder: Path, language: str = "en", extra: str = "") -> Path:
    """A tiny ESCO export: one occupation that needs one skill."""
    heading = "conceptType,conceptUri,{},preferredLabel,altLabels,hiddenLabels,description\n"
    (folder / f"skills_{language}.csv").write_text(
        heading.format("skillType")
        + f'KnowledgeSkillCompetence,{SKILL},skill/competence,piec chleb,"bake\nbake bread",,"pieczenie"\n{extra}',
        encoding="utf-8",
    )
    (folder / f"occupations_{language}.csv").write_text(
        heading.format("iscoGroup") + f"Occupation,{BAKER},7512,piekarz,,,\n", encoding="utf-8"
    )
    (folder / "occupationSkillRelations.csv").write_text(
        f"occupationUri,relationType,skillType,skillUri\n{BAKER},essential,skill/competence,{SKILL}\n"
        f"{BAKER},optional,skill/competence,http://example.org/skill/absent\n",
        encoding="utf-8",
    )
    return folder


def test_an_export_becomes_concepts_and_relations(tmp_path):
    done = import_esco(folder=export(tmp_path), edition="t")
    skill = Concept.objects.get(uri=SKILL)
    assert (done.concepts, done.relations) == (2, 1)
    assert (skill.label_en, skill.other_en, skill.kind) == ("piec chleb", ["bake", "bake bread"], ConceptKind.SKILL)
    assert ConceptRelation.objects.get().kind == RelationKind.ESSENTIAL
    assert "1 relations to concepts that no file names" in done.skipped[0]
    assert done.framework.notice


def test_a_second_language_joins_the_same_concepts(tmp_path):
    export(tmp_path, "en")
    export(tmp_path, "pl")
    import_esco(folder=tmp_path, edition="t")
    skill = Concept.objects.get(uri=SKILL)
    assert skill.label_pl == skill.label_en == "piec chleb"


def test_importing_again_updates_and_retires(tmp_path):
    import_esco(folder=export(tmp_path), edition="t")
    (tmp_path / "occupations_en.csv").unlink()
    done = import_esco(folder=tmp_path, edition="t")
    assert done.retired == 1
    assert Concept.objects.get(uri=BAKER).retired
    assert Concept.objects.count() == 2
    assert Framework.objects.get().revision == 2


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        (f"KnowledgeSkillCompetence,{SKILL},,znowu,,,\n", "stands twice"),
        ("KnowledgeSkillCompetence,http://example.org/x\n", "not as many fields"),
        ('KnowledgeSkillCompetence,http://example.org/x,,"never closed,,,\n', "broken near line"),
    ],
)
def test_a_broken_export_leaves_nothing(tmp_path, extra, told):
    with pytest.raises(BadFile, match=told):
        import_esco(folder=export(tmp_path, extra=extra), edition="t")
    assert not Concept.objects.exists()


def test_a_wrong_encoding_is_told(tmp_path):
    (export(tmp_path) / "occupations_en.csv").write_bytes(
        "conceptUri,preferredLabel\nx,kucharz żółć\n".encode("cp1250")
    )
    with pytest.raises(BadFile, match="not in UTF-8"):
        import_esco(folder=tmp_path, edition="t")


def test_a_cycle_in_the_hierarchy_is_told(tmp_path):
    (export(tmp_path) / "broaderRelationsOccPillar.csv").write_text(
        f"conceptType,conceptUri,broaderType,broaderUri\nx,{SKILL},x,{BAKER}\nx,{BAKER},x,{SKILL}\n", encoding="utf-8"
    )
    with pytest.raises(BadFile, match="a cycle"):
        import_esco(folder=tmp_path, edition="t")
    assert not Concept.objects.exists()


def test_a_folder_without_an_export_is_refused(tmp_path):
    with pytest.raises(BadFile, match="unpacked"):
        import_esco(folder=tmp_path, edition="t")


def test_occupations_hang_below_their_groups(tmp_path):
    file = tmp_path / "kzis.tsv"
    file.write_text(
        "class\tname\n7\tRobotnicy\n75\tRobotnicy w przetwórstwie\n751\tX\n7512\tPiekarze\n751201\tCukiernik\n",
        encoding="utf-8",
    )
    done = import_kzis(file=file, edition="2023")
    baker = Concept.objects.get(code="751201")
    assert (done.concepts, done.relations, baker.kind) == (5, 4, ConceptKind.OCCUPATION)
    assert baker.relations.get().target.code == "7512"


def test_a_few_codes_that_stand_twice_are_told_and_keep_both_names(tmp_path):
    file = tmp_path / "kzis.csv"
    rows = [f"{100000 + n},Zawód {n}\n" for n in range(250)]
    file.write_text("code,name\n" + "".join(rows) + "100003,Zawód 3\n100004,Inna nazwa\n", encoding="utf-8")
    done = import_kzis(file=file, edition="2023")
    assert done.concepts == 250
    assert Concept.objects.get(code="100003").other_pl == []
    assert Concept.objects.get(code="100004").other_pl == ["Inna nazwa"]
    assert [("line 252" in told, "Inna nazwa" in told) for told in done.skipped] == [(True, False), (False, True)]


def test_the_official_edition_is_imported_whole(shared_data):
    done = import_kzis(file=shared_data / "kzis" / "kzis-official-2023.csv", edition="2023")
    assert done.concepts == Concept.objects.count() == 2549
    assert len(done.skipped) == 3


def test_editions_stand_side_by_side(tmp_path):
    file = tmp_path / "kzis.csv"
    file.write_text("code,name\n7512,Piekarze\n", encoding="utf-8")
    for edition in ("2014", "2025"):
        import_kzis(file=file, edition=edition)
    assert Concept.objects.filter(code="7512").count() == 2


@pytest.mark.parametrize("text", ["code,name\n7512,A\n7512,B\n", "code,name\n75A,A\n", "x,y\n1,2\n"])
def test_a_broken_classification_leaves_nothing(tmp_path, text):
    file = tmp_path / "kzis.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadFile):
        import_kzis(file=file, edition="2025")
    assert not Concept.objects.exists()


def test_the_whole_of_esco_is_imported(shared_data):
    done = import_esco(folder=shared_data / "esco-en", edition="1.1.1")
    assert Concept.objects.filter(kind__in=(ConceptKind.SKILL, ConceptKind.KNOWLEDGE)).count() == 13_896
    assert Concept.objects.filter(kind=ConceptKind.OCCUPATION).count() == 3_007
    needed = ConceptRelation.objects.filter(kind__in=(RelationKind.ESSENTIAL, RelationKind.OPTIONAL))
    assert done.relations == 153_952
    assert needed.count() == 123_788  # the other 67 name an occupation that the export lacks
    assert done.retired == 0
