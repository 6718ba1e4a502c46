"""What advisers take and put aside is counted without who and whose, changes later suggestions, and can be forgotten."""

from pathlib import Path
from typing import Any

import pytest

from dorobek.audits.actions import competences as actions
from dorobek.audits.queries.suggestions import proposals
from dorobek.cli import matching_command
from dorobek.portfolio.actions.choices import forget_choices, note_choice
from dorobek.portfolio.models import MatchChoice
from dorobek.register.actions import import_catalogue
from dorobek.register.models import LearningOutcome
from dorobek.register.queries import indexes
from tests.factories import acting, make_case, make_episode

pytestmark = pytest.mark.django_db
TEXT = "Siedziałam na kasie i przyjmowałam zwroty, a pod koniec dnia Zdzisława Brzęczykowska liczyła utarg."


@pytest.fixture(autouse=True)
def catalogue(tmp_path: Path, settings: Any) -> Any:
    settings.DATA_DIR = tmp_path
    indexes.forget()
    import_catalogue()
    yield
    indexes.forget()


def codes(audit: Any) -> list[str]:
    return [one.outcome.code for one in proposals(audit, TEXT, "pl")[0]]


def outcome(code: str) -> LearningOutcome:
    return LearningOutcome.objects.get(framework="dorobek", code=code)


def choose(code: str, *, accepted: bool) -> None:
    """One adviser's decision, in a case of its own."""
    audit = make_case()
    episode = make_episode(audit, situation=TEXT)
    common: dict[str, Any] = {
        "audit": audit,
        "outcome": outcome(code),
        "acting_user": acting(audit.adviser),
        "episodes": [episode],
    }
    if accepted:
        actions.draw_competence(kind="skill", wording="Robi to", **common)
    else:
        actions.reject_suggestion(**common)


def test_a_choice_leaves_stems_of_words_that_met_and_no_name_of_a_person() -> None:
    choose("returns-handles", accepted=True)
    rows = list(MatchChoice.objects.all())
    assert rows
    assert {(row.outcome, row.accepted, row.rejected) for row in rows} == {("dorobek:returns-handles", 1, 0)}
    kept = " ".join(row.stem for row in rows)
    assert "zwrot" in kept
    assert "zdzis" not in kept
    assert "brzeczyk" not in kept


def test_what_advisers_keep_rejecting_sinks_and_what_they_take_rises_and_says_so() -> None:
    before = codes(make_case())
    assert before.index("cash-register-operates") < before.index("returns-handles")
    for _ in range(25):
        choose("returns-handles", accepted=True)
        choose("cash-register-operates", accepted=False)
    after = codes(make_case())
    assert after.index("returns-handles") < after.index("cash-register-operates")
    chosen = {one.outcome.code: one.chosen for one in proposals(make_case(), TEXT, "pl")[0]}
    assert chosen["returns-handles"] == 25
    assert chosen["cash-register-operates"] == 0


def test_one_click_changes_no_order_that_was_clear() -> None:
    before = codes(make_case())
    choose(before[0], accepted=False)
    assert codes(make_case())[:1] == before[:1]


def test_a_reset_puts_everything_back(capsys: pytest.CaptureFixture[str]) -> None:
    before = codes(make_case())
    for _ in range(25):
        choose("returns-handles", accepted=True)
        choose("cash-register-operates", accepted=False)
    assert codes(make_case()) != before
    matching_command._reset()
    assert "counts of choices removed" in capsys.readouterr().out
    assert codes(make_case()) == before
    assert forget_choices() == 0


def test_putting_the_same_aside_twice_in_a_case_counts_once() -> None:
    audit = make_case()
    episode = make_episode(audit, situation=TEXT)
    for _ in range(2):
        actions.reject_suggestion(
            audit=audit, outcome=outcome("returns-handles"), acting_user=acting(audit.adviser), episodes=[episode]
        )
    assert set(MatchChoice.objects.values_list("rejected", flat=True)) == {1}


def test_an_outcome_that_the_words_did_not_suggest_teaches_nothing() -> None:
    choose("cattle-keeps", accepted=True)
    assert not MatchChoice.objects.exists()


def test_stems_too_long_or_empty_are_left_out() -> None:
    assert note_choice(language="pl", outcome="dorobek:x", stems={"", "x" * 61, "kas"}, accepted=True) == 1
