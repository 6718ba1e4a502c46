"""A file of figures is brought in whole or not at all; one figure becomes a source of the plan (DP-7)."""

import io
from decimal import Decimal

import pytest

from dorobek.cli.main import main
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from dorobek.plans.actions.labour import import_figures, take_figure
from dorobek.plans.actions.plan import plan_of
from dorobek.plans.labour.words import sentence
from dorobek.plans.models import LabourFigure, LabourImport, Source
from dorobek.register.models import Concept, Framework
from tests.factories import acting, make_account, make_case, make_staff
from tests.plans.labour.test_reading import ROW, table

pytestmark = pytest.mark.django_db


def bring(*rows, user=None, **more):
    return import_figures(file=table(*rows), name="dane.csv", acting_user=user, **more)


def test_the_same_file_again_changes_nothing_and_a_newer_value_replaces_the_older():
    first = bring(ROW, {**ROW, "region": "24"})
    assert (first.new, first.changed, first.unchanged, first.done) == (2, 0, 0, True)
    again = bring(ROW, {**ROW, "region": "24", "wartosc": "5000"})
    assert (again.new, again.changed, again.unchanged) == (0, 1, 1)
    assert LabourFigure.objects.get(region="24").value == Decimal("5000")
    assert LabourImport.objects.count() == 2


def test_one_row_at_fault_among_many_keeps_everything_out():
    rows = [{**ROW, "okres": f"{1990 + n % 30}", "zawod": f"{100000 + n}"} for n in range(3000)]
    rows[2500] = {**rows[2500], "wartosc": "dużo"}
    report = bring(*rows)
    assert (report.rows, report.fault_count, report.done) == (2999, 1, False)
    assert report.faults[0].line == 2502
    assert not LabourFigure.objects.exists()
    assert not LabourImport.objects.exists()


def test_a_figure_twice_in_one_file_is_told_with_the_line_of_the_first():
    report = bring(ROW, {**ROW, "wartosc": "1"})
    assert "w wierszu 2" in report.faults[0].problem
    assert not LabourFigure.objects.exists()


def test_a_dry_run_counts_and_writes_nothing():
    report = bring(ROW, dry_run=True)
    assert (report.new, report.done) == (1, False)
    assert not LabourFigure.objects.exists()
    with pytest.raises(RuleBroken):
        import_figures(file=io.BytesIO(table().getvalue()), name="pusty.csv", acting_user=None)


def test_an_occupation_that_the_classification_does_not_know_is_a_fault():
    kzis = Framework.objects.create(code="kzis", edition="2025", name="KZiS")
    Concept.objects.create(framework=kzis, uri="kzis:1", code="522301", kind="occupation", label_pl="Sprzedawca")
    assert bring(ROW, {**ROW, "zawod": "5223"}).done
    report = bring({**ROW, "zawod": "999999"})
    assert [fault.column for fault in report.faults] == ["zawod"]


def test_who_may_bring_in_and_that_it_is_remembered():
    audit = make_case()
    for account in (make_account(), audit.adviser, audit.person.account):
        with pytest.raises(NotAllowed):
            bring(ROW, user=acting(account))
    bring(ROW, user=acting(make_staff(Role.COORDINATOR, audit.unit)))
    assert HistoryEntry.objects.filter(kind="labour.imported").count() == 1


def test_a_figure_becomes_a_source_once_with_its_date_and_reliability():
    audit = make_case()
    bring(ROW)
    figure = LabourFigure.objects.get()
    me = acting(audit.person.account)
    plan = plan_of(audit.person, audit.uid, me)
    made = take_figure(plan=plan, figure=figure, acting_user=me)
    assert take_figure(plan=plan, figure=figure, acting_user=me) == made
    assert (made.title, made.dated, made.reliability, made.url) == (
        "Barometr próbny", figure.dated, "official", "https://example.org/tabela",
    )  # fmt: skip
    assert made.says == sentence(figure)
    assert "zł brutto miesięcznie" in made.says
    with pytest.raises(NotAllowed):
        take_figure(plan=plan, figure=figure, acting_user=acting(make_account()))
    assert Source.objects.count() == 1


def test_the_command_tries_brings_in_and_names_what_is_wrong(tmp_path, capsys):
    good, bad = tmp_path / "dane.csv", tmp_path / "zle.csv"
    good.write_bytes(table(ROW).getvalue())
    bad.write_bytes(table({**ROW, "wartosc": "dużo"}).getvalue())
    assert main(["import", "labour", str(good), "--dry-run"]) == 0
    assert not LabourFigure.objects.exists()
    assert main(["import", "labour", str(bad)]) != 0
    told = capsys.readouterr()
    assert "line 2, wartosc" in told.out
    assert "nothing was imported" in told.err
    assert main(["import", "labour", str(good)]) == 0
    assert LabourFigure.objects.count() == 1
