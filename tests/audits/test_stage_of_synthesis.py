"""The synthesis ends the research: the case goes to its summary, and can go back only by its adviser."""

import pytest

from dorobek.audits.actions.stages import change_stage
from dorobek.audits.actions.synthesis import write_synthesis
from dorobek.audits.enums import Stage
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from tests.factories import acting, make_case

pytestmark = pytest.mark.django_db
PARTS = {"picture": "Spokojna", "strengths": "", "missing": ""}


def test_conclusions_lead_to_the_summary_and_an_unfinished_synthesis_does_not():
    audit = make_case()
    write_synthesis(audit=audit, conclusions=" ", acting_user=acting(audit.adviser), **PARTS)
    audit.refresh_from_db()
    assert audit.stage == Stage.RESEARCH
    write_synthesis(audit=audit, conclusions="Kadry", acting_user=acting(audit.adviser), **PARTS)
    audit.refresh_from_db()
    assert audit.stage == Stage.SUMMARY
    assert HistoryEntry.objects.filter(stream=audit.uid, kind="stage.moved").count() == 1


def test_only_the_adviser_in_charge_sets_a_stage_and_only_where_the_table_leads():
    audit = make_case()
    with pytest.raises(NotAllowed):
        change_stage(audit=audit, stage=Stage.SUMMARY, acting_user=acting(audit.person.account))
    with pytest.raises(RuleBroken):
        change_stage(audit=audit, stage=Stage.TALK, acting_user=acting(audit.adviser))
    assert change_stage(audit=audit, stage=Stage.SUMMARY, acting_user=acting(audit.adviser)).stage == Stage.SUMMARY
