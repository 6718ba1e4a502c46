"""Level descriptors, fields and activities from a plain table (MT-2): whole or not at all, and then used (RG-7)."""

from pathlib import Path

import pytest

from dorobek.cli.main import main
from dorobek.register.actions.framework_table import import_table
from dorobek.register.actions.frameworks import BadFile
from dorobek.register.enums import ConceptKind
from dorobek.register.models import Concept, ConceptRelation, Framework
from dorobek.register.queries.analysis import descriptors

pytestmark = pytest.mark.django_db
HEAD = "code,name,description,broader\n"


def table(folder: Path, text: str) -> Path:
    file = folder / "rama.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_descriptors_of_levels_are_imported_and_read_by_the_analysis(tmp_path: Path) -> None:
    file = table(
        tmp_path, HEAD + "P1U_W,Wiedza,elementarne fakty,\nP1U_U,Umiejętności,proste zadania,\nP8U_W,Wiedza,dorobek,\n"
    )
    done = import_table(file=file, kind="prk", edition="2016")
    assert (done.concepts, done.framework.name) == (3, "Polska Rama Kwalifikacji")
    assert Concept.objects.get(code="P8U_W").kind == ConceptKind.DESCRIPTOR
    assert descriptors() == {1: "Wiedza elementarne fakty Umiejętności proste zadania", 8: "Wiedza dorobek"}


def test_importing_again_updates_retires_and_counts(tmp_path: Path) -> None:
    import_table(file=table(tmp_path, HEAD + "A,Uprawa,,\nA1,Zboża,,A\n"), kind="pkd", edition="2007")
    done = import_table(file=table(tmp_path, HEAD + "A,Rolnictwo,,\n"), kind="pkd", edition="2007")
    assert (done.retired, Framework.objects.get().revision) == (1, 2)
    assert Concept.objects.get(code="A").label_pl == "Rolnictwo"
    assert ConceptRelation.objects.get().target.code == "A"


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("prk", "level,text\n1,x\n", "columns code, name are missing"),
        ("prk", HEAD + "P9U_W,Wiedza,x,\n", "no PRK level"),
        ("isced", HEAD + "01,A,,\n01,B,,\n", "stands twice"),
        ("isced", HEAD + "01,A,,02\n02,B,,01\n", "a cycle"),
        ("isced", HEAD + "01,A,,99\n", "no row has"),
        ("isced", HEAD + "01,A,,\n02\n", "not as many fields"),
        ("isced", HEAD + "01,,,\n", "are needed"),
        ("isced", HEAD, "no rows"),
    ],
)
def test_a_broken_table_is_told_and_leaves_nothing(tmp_path: Path, kind: str, text: str, told: str) -> None:
    with pytest.raises(BadFile, match=told):
        import_table(file=table(tmp_path, text), kind=kind, edition="x")
    assert not Framework.objects.exists()


def test_the_command_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = table(tmp_path, "code;name\n0114;Kształcenie nauczycieli\n")
    assert main(["import", "framework", "isced", str(file), "--edition", "2013"]) == 0
    assert "1 rows, 0 relations" in capsys.readouterr().out
