"""`dorobek import travel|neighbours`: tables of distance from the command line."""

import pytest

from dorobek.cli.main import main
from dorobek.plans.models import PowiatLink

pytestmark = pytest.mark.django_db


def test_a_table_is_tried_then_brought_in(tmp_path, capsys):
    file = tmp_path / "dojazd.csv"
    file.write_text("skad;dokad;minuty\n1217;1211;35\n", encoding="utf-8")
    assert main(["import", "travel", str(file), "--dry-run"]) == 0
    assert "1 would be new" in capsys.readouterr().out
    assert not PowiatLink.objects.exists()
    assert main(["import", "travel", str(file)]) == 0
    assert PowiatLink.objects.get().minutes == 35


def test_a_row_at_fault_is_named_and_nothing_is_written(tmp_path, capsys):
    file = tmp_path / "sasiedzi.csv"
    file.write_text("powiat;sasiad\n1217;1211\n1217;0000\n", encoding="utf-8")
    assert main(["import", "neighbours", str(file)]) == 1
    told = capsys.readouterr()
    assert "line 3" in told.out
    assert "nothing was imported" in told.err
    assert not PowiatLink.objects.exists()
    assert main(["import", "travel", str(tmp_path / "nie-ma.csv")]) == 1
