"""`dorobek import-programme`: a file becomes a version; a bad one is told with its place and leaves nothing."""

import argparse
import json

import pytest

from dorobek.cli import import_programme
from dorobek.cli.problem import Problem
from dorobek.programmes.models import ProgrammeVersion
from dorobek.programmes.schema import SHIPPED, shipped_rules_json
from tests.factories import make_institution

pytestmark = pytest.mark.django_db


def run(path, institution="CED"):
    return import_programme.run(argparse.Namespace(file=path, institution=institution))


@pytest.fixture
def school():
    institution = make_institution()
    institution.short_name = "CED"
    institution.save()
    return institution


def test_a_file_becomes_a_version(school, tmp_path, capsys):
    path = tmp_path / "programme.json"
    path.write_text(json.dumps(shipped_rules_json(SHIPPED[0])), encoding="utf-8")
    assert run(path) == 0
    assert ProgrammeVersion.objects.get().programme.institution == school
    assert "Imported" in capsys.readouterr().out


@pytest.mark.parametrize(("change", "says"), [({"stages": "x"}, "stages"), ({"nonsense": 1}, "nonsense")])
def test_a_fault_is_told_with_its_place(school, tmp_path, change, says):
    path = tmp_path / "programme.json"
    path.write_text(json.dumps({**shipped_rules_json(SHIPPED[0]), **change}), encoding="utf-8")
    with pytest.raises(Problem, match=says):
        run(path)
    assert not ProgrammeVersion.objects.exists()


def test_an_unknown_institution_is_answered_with_those_there_are(school, tmp_path):
    with pytest.raises(Problem, match="there are: CED"):
        run(tmp_path / "programme.json", "dzwonek")
