"""The permission to talk about personal life, as a table; the next question; what a story lacks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.audits.enums import PersonalDetail
from dorobek.audits.rules.interviews import (
    PERSONAL_STATES,
    PERSONAL_WORDS,
    STAR_LACKS,
    check_may_ask,
    check_may_tell,
    lacking_words,
    next_unanswered,
    offered_details,
    personal_access,
    star_missing,
    title_from,
)
from dorobek.kernel.errors import RuleBroken

ASKING = {"full": True, "general": True, "chosen": True, "none": False, "stopped": False, "not-asked": False}


def test_the_table_decides_on_every_level_there_is():
    assert set(PERSONAL_STATES) == set(PERSONAL_WORDS) == set(PersonalDetail)


@pytest.mark.parametrize("detail", list(PersonalDetail))
@pytest.mark.parametrize("shown", [True, False])
def test_personal_questions_open_only_after_the_notice_and_as_the_participant_wishes(detail, shown):
    access = personal_access(detail, notice_shown=shown)
    assert access.ask == (shown and ASKING[detail])
    assert access.remind == (shown and detail in ("general", "chosen"))
    for area in ("education", "work"):
        check_may_ask(area, access)
    if access.ask:
        check_may_ask("personal", access)
    else:
        with pytest.raises(RuleBroken):
            check_may_ask("personal", access)


@pytest.mark.parametrize("detail", list(PersonalDetail))
def test_participants_may_always_tell_a_personal_story_of_their_own_accord(detail):
    access = personal_access(detail, notice_shown=True)
    check_may_tell("personal", access, by_participant=True)
    check_may_tell("work", access, by_participant=False)
    if detail in ("none", "stopped"):
        with pytest.raises(RuleBroken):
            check_may_tell("personal", access, by_participant=False)
    else:
        check_may_tell("personal", access, by_participant=False)


@given(st.lists(st.sampled_from(["full", "general", "chosen", "none", "stopped", "not-asked", "inne"])))
def test_refusing_is_always_offered_and_unknown_levels_never(codes):
    offered = offered_details(codes)
    assert "none" in offered
    assert set(offered) <= {"full", "general", "chosen", "none"}
    assert len(offered) > 1
    assert len(offered) == len(set(offered))


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.sets(st.sampled_from("abcdef")), st.sampled_from("abcdefg"))
def test_the_next_question_is_one_still_open_and_missing_only_when_none_is(codes, done, after):
    found = next_unanswered(codes, done, after)
    left = [code for code in codes if code not in done and code != after]
    assert (found in left) if left else found is None


def test_the_next_question_follows_the_present_one_before_going_round():
    assert next_unanswered(["a", "b", "c"], {"b"}, "b") == "c"
    assert next_unanswered(["a", "b", "c"], set(), "c") == "a"


@given(st.dictionaries(st.sampled_from(list(STAR_LACKS)), st.text(max_size=5)))
def test_what_a_story_lacks_is_exactly_its_empty_steps_in_order(told):
    missing = star_missing(told)
    assert missing == [code for code in STAR_LACKS if not told.get(code, "").strip()]
    assert bool(lacking_words(missing)) == bool(missing)


def test_a_working_title_is_the_first_sentence_cut_at_a_word():
    assert title_from("Zbieram składki. Prowadzę zeszyt.", "x") == "Zbieram składki"
    long = title_from("bardzo " * 30, "x")
    assert len(long) <= 80
    assert long.endswith("bardzo…")
    assert title_from("  ", "Pytanie") == "Pytanie"
