from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorobek.programmes.enums import (
    EducationLevel,
    LabourStatus,
    PlaceTie,
    Residence,
    RuleStatus,
    ServiceMembership,
    Verdict,
)
from dorobek.programmes.rules.ages import birthday, check_birth_date, completed_years
from dorobek.programmes.rules.eligibility import decide, may_be_waived, papers_needed
from dorobek.programmes.rules.facts import ApplicantFacts, Decision
from dorobek.programmes.schema import SHIPPED, Rules, shipped_rules

SOURCE = shipped_rules("moj-kierunek")
ONLINE = shipped_rules("bilans-online-2024")
CENTRE = shipped_rules("ucze-sie-dalej")
ON = date(2026, 3, 10)
NOWHERE: Mapping[PlaceTie, str | None] = dict.fromkeys(PlaceTie)


def facts(**changed: Any) -> ApplicantFacts:
    """A cashier of 48 from near Bochnia, in whom nothing stands in the way."""
    base = ApplicantFacts(
        birth_date=date(1978, 1, 15),
        education=EducationLevel.BASIC_VOCATIONAL,
        statuses=frozenset({LabourStatus.EMPLOYEE}),
        places={**NOWHERE, PlaceTie.LIVES: "1201"},
        disability=False,
        residence=Residence.POLISH_CITIZEN,
        services=frozenset(),
        earlier_participations=0,
        quota_left={"under-25": 0},
    )
    return replace(base, **changed)


def verdict(rules: Rules, **changed: Any) -> Verdict:
    return decide(rules, facts(**changed), ON).verdict


def outcome(decision: Decision, code: str) -> Any:
    stack = list(decision.outcomes)
    while stack:
        one = stack.pop()
        if one.code == code:
            return one
        stack.extend(one.children)
    raise AssertionError(code)


MASTER = EducationLevel.MASTER
YES, NO, MORE = Verdict.ELIGIBLE, Verdict.NOT_ELIGIBLE, Verdict.NEEDS_MORE


@pytest.mark.parametrize(
    ("birth", "education", "places_left", "expected"),
    [
        # 25 to 50: the 25th birthday is the first day, the day before the 51st birthday the last
        (date(2001, 3, 10), EducationLevel.UPPER_SECONDARY_MATURA, 0, YES),
        (date(2001, 3, 11), EducationLevel.UPPER_SECONDARY_MATURA, 0, NO),
        (date(1975, 3, 11), EducationLevel.UPPER_SECONDARY_MATURA, 0, YES),
        (date(1975, 3, 11), MASTER, 0, NO),
        # over 50: begins on the 51st birthday itself, any education
        (date(1975, 3, 10), MASTER, 0, YES),
        (date(1975, 3, 9), MASTER, 0, YES),
        (date(1976, 3, 10), MASTER, 0, NO),
        # under 25: no education rule, only the limited intake
        (date(2001, 3, 11), MASTER, 3, YES),
        (date(2008, 3, 10), MASTER, 1, YES),
        (date(2008, 3, 10), EducationLevel.NONE, 0, NO),
        # nobody under 18
        (date(2008, 3, 11), EducationLevel.NONE, 5, NO),
    ],
)
def test_age_and_education_are_decided_to_the_day(
    birth: date, education: EducationLevel, places_left: int, expected: Verdict
) -> None:
    assert verdict(SOURCE, birth_date=birth, education=education, quota_left={"under-25": places_left}) is expected


@pytest.mark.parametrize(
    ("education", "expected"),
    [(level, YES if level.rank <= EducationLevel.UPPER_SECONDARY_MATURA.rank else NO) for level in EducationLevel],
)
def test_between_25_and_50_education_is_at_most_upper_secondary(education: EducationLevel, expected: Verdict) -> None:
    assert verdict(SOURCE, education=education) is expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (LabourStatus.EMPLOYEE, YES),
        (LabourStatus.CIVIL_LAW, YES),
        (LabourStatus.SELF_EMPLOYED, YES),
        (LabourStatus.FARMER, YES),
        (LabourStatus.EMPLOYER, NO),
        (LabourStatus.UNEMPLOYED_REGISTERED, NO),
        (LabourStatus.STUDENT, NO),
        (LabourStatus.CARER, NO),
    ],
)
def test_the_source_programme_asks_for_work(status: LabourStatus, expected: Verdict) -> None:
    assert verdict(SOURCE, statuses=frozenset({status})) is expected


@pytest.mark.parametrize("tie", [PlaceTie.LIVES, PlaceTie.WORKS, PlaceTie.LEARNS])
def test_any_one_tie_to_the_region_is_enough(tie: PlaceTie) -> None:
    assert verdict(SOURCE, places={**NOWHERE, tie: "1261011"}) is YES
    assert verdict(SOURCE, places={**NOWHERE, tie: "2461"}) is NO
    assert verdict(SOURCE, places={tie: "2461"}) is MORE


def test_one_participation_per_person_and_a_right_to_work() -> None:
    assert verdict(SOURCE, earlier_participations=1) is NO
    assert verdict(SOURCE, residence=Residence.NO_RIGHT_TO_WORK) is NO
    assert verdict(SOURCE, residence=Residence.PERMIT) is YES


def test_the_way_in_and_the_intake_it_uses_are_named() -> None:
    young = decide(SOURCE, facts(birth_date=date(2004, 1, 1), quota_left={"under-25": 2}), ON)
    assert (young.path, young.quota) == ("under-25", "under-25")
    middle = decide(SOURCE, facts(quota_left={"under-25": 2}), ON)
    assert (middle.path, middle.quota) == ("from-25-to-50", None)


def test_a_failed_age_rule_says_from_which_day_it_holds() -> None:
    decision = decide(SOURCE, facts(birth_date=date(1976, 3, 12), education=MASTER), ON)
    over = outcome(decision, "over-50")
    assert over.from_date == date(2027, 3, 12)
    assert over.would_change.pl == "Od 12 marca 2027 (51. urodziny)."
    assert over.nearest
    assert "powyżej 50 lat" in outcome(decision, "age-and-education").reason.pl
    assert "12 marca 2027" in outcome(decision, "age-and-education").would_change.pl


def test_for_a_24_year_old_the_nearest_way_is_the_25th_birthday() -> None:
    decision = decide(SOURCE, facts(birth_date=date(2001, 4, 1)), ON)
    assert decision.verdict is NO
    assert outcome(decision, "from-25-to-50").nearest
    change = outcome(decision, "age-and-education").would_change
    assert change.pl == "Od 1 kwietnia 2026 (25. urodziny). Albo: Gdy urząd ogłosi następny nabór."
    assert "your 25th birthday" in change.en


def test_someone_of_51_is_told_plainly_that_the_lower_way_is_closed() -> None:
    decision = decide(SOURCE, facts(birth_date=date(1975, 3, 10), education=MASTER), ON)
    closed = outcome(decision, "age-25-50")
    assert closed.status is RuleStatus.FAILED
    assert not closed.fixable
    assert decision.eligible


def test_a_missing_fact_asks_for_itself() -> None:
    decision = decide(SOURCE, facts(education=None), ON)
    assert decision.needs_more
    assert "wykształcenie" in decision.summary.pl


def test_education_need_not_be_known_above_50() -> None:
    assert verdict(SOURCE, birth_date=date(1960, 1, 1), education=None) is YES


@pytest.mark.parametrize("birth", [date(2026, 3, 11), date(1900, 1, 1)])
def test_a_birth_date_that_cannot_be_true_is_refused_in_words(birth: date) -> None:
    decision = decide(SOURCE, facts(birth_date=birth), ON)
    assert decision.verdict is MORE
    assert "Proszę sprawdzić rok" in decision.summary.pl
    assert check_birth_date(birth, ON) is not None


@pytest.mark.parametrize(
    ("on", "age"),
    [
        (date(2026, 2, 27), 25),
        (date(2026, 2, 28), 26),
        (date(2026, 3, 1), 26),
        (date(2028, 2, 28), 27),
        (date(2028, 2, 29), 28),
    ],
)
def test_born_on_29_february_a_year_is_completed_on_the_last_day_of_february(on: date, age: int) -> None:
    assert completed_years(date(2000, 2, 29), on) == age


def test_born_on_29_february_over_50_begins_on_28_february() -> None:
    born = facts(birth_date=date(1976, 2, 29), education=MASTER)
    assert decide(SOURCE, born, date(2027, 2, 27)).verdict is NO
    assert decide(SOURCE, born, date(2027, 2, 28)).verdict is YES


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, YES),
        ({"birth_date": date(2008, 3, 10)}, YES),
        ({"birth_date": date(2008, 3, 11)}, NO),
        ({"birth_date": date(1936, 3, 11)}, YES),
        ({"birth_date": date(1936, 3, 10)}, NO),
        ({"education": MASTER}, YES),
        ({"statuses": frozenset({LabourStatus.EMPLOYEE, LabourStatus.SELF_EMPLOYED})}, NO),
        ({"statuses": frozenset({LabourStatus.UNEMPLOYED})}, NO),
        ({"statuses": frozenset({LabourStatus.UNEMPLOYED}), "disability": True}, YES),
        ({"statuses": frozenset({LabourStatus.UNEMPLOYED}), "disability": None}, MORE),
        ({"places": {**NOWHERE, PlaceTie.LEARNS: "1201"}}, NO),
        ({"places": {**NOWHERE, PlaceTie.SERVES: "1201"}}, NO),
        (
            {
                "places": {**NOWHERE, PlaceTie.SERVES: "1201"},
                "services": frozenset({ServiceMembership.VOLUNTEER_FIRE_BRIGADE}),
            },
            YES,
        ),
    ],
)
def test_the_online_programme_of_2024_has_rules_of_its_own(changed: dict[str, Any], expected: Verdict) -> None:
    assert verdict(ONLINE, **changed) is expected


def test_a_business_says_what_would_change_it() -> None:
    decision = decide(ONLINE, facts(statuses=frozenset({LabourStatus.SELF_EMPLOYED}), disability=True), ON)
    assert "zamknie lub zawiesi" in outcome(decision, "no-business").would_change.pl


def test_the_adult_centre_asks_neither_for_work_nor_schooling() -> None:
    nobody = {"statuses": frozenset({LabourStatus.CARER}), "education": None, "residence": None}
    assert verdict(CENTRE, **nobody, places={**NOWHERE, PlaceTie.LIVES: "1216"}) is YES
    assert verdict(CENTRE, **nobody, places={**NOWHERE, PlaceTie.LIVES: "1201"}) is NO
    assert verdict(CENTRE, birth_date=date(2008, 3, 11), places={**NOWHERE, PlaceTie.LIVES: "1216"}) is NO


def test_an_exception_is_possible_only_where_the_programme_allows_one_and_never_for_a_minor() -> None:
    unemployed = facts(statuses=frozenset({LabourStatus.UNEMPLOYED}))
    assert may_be_waived(SOURCE, decide(SOURCE, unemployed, ON))
    assert not may_be_waived(ONLINE, decide(ONLINE, unemployed, ON))
    assert not may_be_waived(SOURCE, decide(SOURCE, facts(earlier_participations=1), ON))
    assert not may_be_waived(SOURCE, decide(SOURCE, facts(birth_date=date(2010, 1, 1)), ON))


def test_the_self_employed_bring_the_state_aid_form() -> None:
    codes = [paper.code for paper in papers_needed(SOURCE, facts(statuses=frozenset({LabourStatus.SELF_EMPLOYED})), ON)]
    assert codes == ["participation-statement", "work-proof", "de-minimis"]
    assert "de-minimis" not in [paper.code for paper in papers_needed(SOURCE, facts(), ON)]


def test_a_decision_can_be_kept_as_plain_data() -> None:
    kept = decide(SOURCE, facts(), ON).to_dict()
    assert kept["verdict"] == "eligible"
    assert kept["outcomes"][0]["code"] == "adult"


BIRTHS = st.dates(date(1906, 4, 1), date(2026, 3, 10))


@st.composite
def applicants(draw: st.DrawFn) -> ApplicantFacts:
    codes = st.sampled_from(["12", "1201", "1216", "1261011", "2461", "nonsense", None])
    ties = draw(st.sets(st.sampled_from(PlaceTie)))
    return ApplicantFacts(
        birth_date=draw(BIRTHS),
        education=draw(st.sampled_from(EducationLevel)),
        statuses=draw(st.frozensets(st.sampled_from(LabourStatus))),
        places={tie: draw(codes) for tie in ties},
        disability=draw(st.booleans()),
        residence=draw(st.sampled_from(Residence)),
        services=draw(st.frozensets(st.sampled_from(ServiceMembership))),
        earlier_participations=draw(st.integers(0, 2)),
        quota_left={"under-25": draw(st.integers(0, 2))},
    )


UNKNOWN: dict[str, Any] = {one.name: None for one in fields(ApplicantFacts)} | {"places": {}, "quota_left": {}}


@given(applicants(), st.sets(st.sampled_from(sorted(UNKNOWN))), st.sampled_from(SHIPPED))
def test_a_missing_fact_never_makes_anybody_eligible(full: ApplicantFacts, hidden: set[str], code: str) -> None:
    rules = {"moj-kierunek": SOURCE, "bilans-online-2024": ONLINE, "ucze-sie-dalej": CENTRE}[code]
    partly = decide(rules, replace(full, **{name: UNKNOWN[name] for name in hidden}), ON)
    if partly.eligible:
        assert decide(rules, full, ON).eligible
    if partly.verdict is Verdict.NOT_ELIGIBLE:
        assert decide(rules, full, ON).verdict is Verdict.NOT_ELIGIBLE


@given(applicants(), st.sampled_from(SHIPPED))
def test_every_rule_says_its_reason_and_every_open_one_what_would_change_it(full: ApplicantFacts, code: str) -> None:
    decision = decide(shipped_rules(code), full, ON)
    for leaf in decision.leaves():
        assert leaf.reason.pl.endswith(".")
        assert leaf.reason.en.endswith(".")
        assert leaf.passed or leaf.would_change


def test_nobody_without_known_facts_is_eligible() -> None:
    for code in SHIPPED:
        assert decide(shipped_rules(code), ApplicantFacts(), ON).verdict is MORE


@given(BIRTHS, st.integers(0, 40_000))
def test_age_never_falls_as_time_passes(birth: date, days: int) -> None:
    later = birth + timedelta(days=days)
    assert completed_years(birth, later + timedelta(days=1)) >= completed_years(birth, later) >= 0


@given(BIRTHS, st.integers(1, 110))
def test_age_changes_exactly_on_the_birthday(birth: date, age: int) -> None:
    day = birthday(birth, age)
    assert completed_years(birth, day) == age
    assert completed_years(birth, day - timedelta(days=1)) == age - 1


@given(st.dates(date(1907, 1, 1), date(1975, 3, 10)), st.sampled_from(EducationLevel))
def test_once_over_50_always_over_50(birth: date, education: EducationLevel) -> None:
    assert verdict(SOURCE, birth_date=birth, education=education) is YES
