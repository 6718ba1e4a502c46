"""A person's limits, and the tables of distance that an operator brings in (DP-4)."""

import io

import pytest

from dorobek.kernel.errors import Conflict, NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.plans.actions.limits import fresh_limits
from dorobek.plans.actions.travel import import_links
from dorobek.plans.models import PlanLimits, PowiatLink
from tests.factories import acting, make_account, make_case
from tests.plans.planning.builders import limits_for

pytestmark = pytest.mark.django_db


def test_they_begin_with_the_home_of_the_card_and_are_written_with_history():
    audit = make_case()
    assert fresh_limits(audit.person, audit.uid).home == "1206"
    made = limits_for(audit)
    limits_for(audit, own_money=5, base_version=made.version)
    assert PlanLimits.objects.get().own_money == 5
    assert HistoryEntry.objects.filter(kind="plan-limits.written").count() == 2
    with pytest.raises(Conflict):
        limits_for(audit, own_money=7, base_version=made.version)


def test_a_stranger_writes_none():
    audit = make_case()
    with pytest.raises(NotAllowed):
        limits_for(audit, acting_user=acting(make_account()))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("home", "9999"), ("home", ""), ("home", "1299"), ("home", "12"), ("own_money", -1),
        ("own_money", 10_000_001), ("hours_week", 0), ("hours_week", 200), ("months", 0), ("at_once", 0),
        ("farthest", 3), ("most_minutes", -5), ("work", [[0, 900, 480]]), ("work", [[7, 1, 2]]), ("work", [["x"]]), ("work_kind", "czasem"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_beside_its_field(field, value):
    with pytest.raises(RuleBroken) as refusal:
        limits_for(make_case(), **{field: value})
    assert refusal.value.field == field
    assert not PlanLimits.objects.exists()


def test_hours_of_work_say_that_they_are_fixed_and_go_with_no_other_answer():
    audit = make_case()
    assert limits_for(audit, work=[[0, 480, 960]]).work_kind == "fixed"
    for kind in ("none", "shifts"):
        assert limits_for(audit, work_kind=kind).work == []
        with pytest.raises(RuleBroken) as refusal:
            limits_for(audit, work_kind=kind, work=[[0, 480, 960]])
        assert refusal.value.field == "work"
    with pytest.raises(RuleBroken) as refusal:
        limits_for(audit, work_kind="fixed")
    assert refusal.value.field == "work"
    assert PlanLimits.objects.get().work_kind == "shifts"


def table(text: str) -> io.BytesIO:
    return io.BytesIO(text.encode())


def test_minutes_and_neighbours_are_read_whole_or_not_at_all():
    good = "skad;dokad;minuty\n1217;1211;35\n1211;1217;40\n1261;1217;130\n"
    dry = import_links(file=table(good), kind="travel", dry_run=True)
    assert (dry.new, dry.done, PowiatLink.objects.count()) == (2, False, 0)
    assert import_links(file=table(good), kind="travel").new == 2
    assert PowiatLink.objects.get(start="1211", end="1217").minutes == 40  # the longer way
    assert import_links(file=table("powiat,sasiad\n1217,1211\n"), kind="neighbours").changed == 1
    assert import_links(file=table(good), kind="travel").unchanged == 2
    held = PowiatLink.objects.get(start="1211", end="1217")
    assert (held.minutes, held.neighbours) == (40, True)


@pytest.mark.parametrize(
    "row", ["1217;1299;30", "1217;1217;1", "1217;1211;-3", "1217;1211;pół godziny", "1217;;3", "1217;1211;99999"]
)
def test_one_bad_row_brings_nothing_in_and_is_named_by_its_line(row):
    report = import_links(file=table(f"skad;dokad;minuty\n1261;1217;130\n{row}\n"), kind="travel")
    assert [line for line, _problem in report.faults] == [3]
    assert not PowiatLink.objects.exists()


@pytest.mark.parametrize("text", ["", "a;b\n1;2\n", "skad;dokad;minuty\n", "\xff\xfe"])
def test_what_is_no_such_table_is_refused(text):
    with pytest.raises(RuleBroken):
        import_links(file=io.BytesIO(text.encode("latin-1")), kind="travel")
