"""Each simple eligibility rule judged on an applicant's facts, with its reason in words."""

from collections.abc import Sequence
from datetime import date

from dorobek.kernel.teryt import PlaceError, is_within
from dorobek.programmes.enums import EducationLevel, Labelled, PlaceTie, RuleStatus
from dorobek.programmes.rules.ages import birthday, completed_years
from dorobek.programmes.rules.facts import ApplicantFacts, RuleOutcome
from dorobek.programmes.rules.nodes import (
    AgeBetween,
    AgeOver,
    EducationAtMost,
    HasDisability,
    ParticipationsAtMost,
    Quota,
    ResidenceIn,
    ServesIn,
    StatusIn,
    TiedToRegion,
)
from dorobek.programmes.rules.terms import term
from dorobek.programmes.rules.words import Bilingual, long_date, ordinal, years

_PASSED, _FAILED, _UNKNOWN = RuleStatus.PASSED, RuleStatus.FAILED, RuleStatus.UNKNOWN
_TIE_VERBS = {
    PlaceTie.LIVES: ("mieszka", "home"),
    PlaceTie.WORKS: ("pracuje", "work"),
    PlaceTie.LEARNS: ("uczy się", "school"),
    PlaceTie.SERVES: ("pełni służbę", "service"),
}

_TIE_BEGINS = {
    PlaceTie.LIVES: "zamieszka",
    PlaceTie.WORKS: "podejmie pracę",
    PlaceTie.LEARNS: "zacznie się uczyć",
    PlaceTie.SERVES: "wstąpi do służby",
}


def _unknown(code: str, what: Bilingual, title: Bilingual | None) -> RuleOutcome:
    reason = Bilingual(f"Nie wiemy jeszcze: {what.pl}.", f"Not known yet: {what.en}.")
    change = Bilingual(f"Proszę uzupełnić: {what.pl}.", f"Please fill in: {what.en}.")
    return RuleOutcome(code, _UNKNOWN, reason, change, title)


def _or(words: Sequence[str], joiner: str) -> str:
    """ "a", "a lub b", "a, b lub c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joiner} {words[-1]}"


def _any_of(members: Sequence[Labelled]) -> Bilingual:
    terms = [term(member) for member in members]
    return Bilingual(_or([one.pl for one in terms], "lub"), _or([one.en for one in terms], "or"))


def judge_age(rule: AgeBetween | AgeOver, facts: ApplicantFacts, on: date) -> RuleOutcome:
    if facts.birth_date is None:
        return _unknown(rule.code, Bilingual("data urodzenia", "birth date"), rule.title)
    low = rule.min if isinstance(rule, AgeBetween) else rule.over + 1
    high = rule.max if isinstance(rule, AgeBetween) else None
    age = completed_years(facts.birth_date, on)
    has = years(age)
    if age < low:
        return _too_young(rule, facts.birth_date, has, low, high)
    if high is not None and age > high:
        ended = long_date(birthday(facts.birth_date, high + 1))
        return RuleOutcome(
            rule.code,
            _FAILED,
            Bilingual(
                f"Pan/Pani ma {has.pl}. Ta zasada obejmuje osoby do {high}. roku życia włącznie; "
                f"ten czas skończył się {ended.pl}.",
                f"You are {has.en} old. This rule covers people up to and including {high}; that ended on {ended.en}.",
            ),
            Bilingual("Tego nie da się już zmienić.", "This can no longer change."),
            rule.title,
            fixable=False,
        )
    reason = Bilingual(f"Pan/Pani ma {has.pl}.", f"You are {has.en} old.")
    if high is None:
        return RuleOutcome(rule.code, _PASSED, reason, None, rule.title)
    ends = long_date(birthday(facts.birth_date, high + 1))
    more = Bilingual(
        f"{reason.pl} Ta zasada przestanie obejmować Pana/Panią {ends.pl} ({high + 1}. urodziny).",
        f"{reason.en} This rule stops covering you on {ends.en} (your {ordinal(high + 1)} birthday).",
    )
    return RuleOutcome(rule.code, _PASSED, more, None, rule.title)


def _too_young(rule: AgeBetween | AgeOver, birth: date, has: Bilingual, low: int, high: int | None) -> RuleOutcome:
    begins = birthday(birth, low)
    shown = long_date(begins)
    if high is None:
        asked = Bilingual(f"ukończone {years(low).pl}", f"{years(low).en} completed")
    else:
        asked = Bilingual(f"wiek od {low} do {high} lat", f"an age from {low} to {high}")
    return RuleOutcome(
        rule.code,
        _FAILED,
        Bilingual(
            f"Pan/Pani ma {has.pl}, a potrzeba: {asked.pl}.",
            f"You are {has.en} old; needed: {asked.en}.",
        ),
        Bilingual(f"Od {shown.pl} ({low}. urodziny).", f"From {shown.en} (your {ordinal(low)} birthday)."),
        rule.title,
        from_date=begins,
    )


def judge_education(rule: EducationAtMost, facts: ApplicantFacts, on: date) -> RuleOutcome:
    if facts.education is None:
        return _unknown(rule.code, Bilingual("wykształcenie", "education"), rule.title)
    has, limit = term(facts.education), term(_top_of(rule.level))
    reason = Bilingual(
        f"Wykształcenie: {has.pl}. Najwyższe dopuszczalne: {limit.pl}.",
        f"Education: {has.en}. Highest allowed: {limit.en}.",
    )
    if facts.education.rank <= _top_of(rule.level).rank:
        return RuleOutcome(rule.code, _PASSED, reason, None, rule.title)
    change = Bilingual(
        "Ukończonej szkoły się nie cofa. Proszę tylko sprawdzić, czy wykształcenie wpisano dobrze.",
        "A finished school stays finished. Please only check that the education was entered correctly.",
    )
    return RuleOutcome(rule.code, _FAILED, reason, change, rule.title, fixable=False)


def _top_of(level: EducationLevel) -> EducationLevel:
    """Upper-secondary counts the same with the final exam and without."""
    return EducationLevel.UPPER_SECONDARY_MATURA if level is EducationLevel.UPPER_SECONDARY else level


def judge_status(rule: StatusIn, facts: ApplicantFacts, on: date) -> RuleOutcome:
    if facts.statuses is None:
        return _unknown(rule.code, Bilingual("sytuacja na rynku pracy", "labour-market status"), rule.title)
    met = [status for status in rule.statuses if status in facts.statuses]
    if met:
        shown = _any_of(met)
        return RuleOutcome(
            rule.code, _PASSED, Bilingual(f"Podano: {shown.pl}.", f"Stated: {shown.en}."), None, rule.title
        )
    has = _any_of(sorted(facts.statuses)) if facts.statuses else Bilingual("nic z listy", "nothing on the list")
    wanted = _any_of(rule.statuses)
    return RuleOutcome(
        rule.code,
        _FAILED,
        Bilingual(
            f"Potrzebne: {rule.meaning.pl}. Podano: {has.pl}.",
            f"Needed: {rule.meaning.en}. Stated: {has.en}.",
        ),
        Bilingual(f"Gdy będzie to prawdą: {wanted.pl}.", f"Once this is true: {wanted.en}."),
        rule.title,
    )


def judge_region(rule: TiedToRegion, facts: ApplicantFacts, on: date) -> RuleOutcome:
    for tie in rule.ties:
        code = facts.places.get(tie)
        if code and _lies_within(code, rule.prefixes):
            pl, en = _TIE_VERBS[tie]
            reason = Bilingual(f"Pan/Pani {pl} tu: {rule.region.pl}.", f"Your tie ({en}) is here: {rule.region.en}.")
            return RuleOutcome(rule.code, _PASSED, reason, None, rule.title)
    missing = [tie for tie in rule.ties if tie not in facts.places]
    verbs = _verbs(rule.ties)
    begins = _or([_TIE_BEGINS[tie] for tie in rule.ties], "lub")
    if missing:
        asked = _verbs(missing)
        what = Bilingual(f"gdzie Pan/Pani {asked.pl}", f"the place ({asked.en})")
        return _unknown(rule.code, what, rule.title)
    return RuleOutcome(
        rule.code,
        _FAILED,
        Bilingual(
            f"Żadne z podanych miejsc nie leży w tym regionie: {rule.region.pl}.",
            f"None of the places given lies in this region: {rule.region.en}.",
        ),
        Bilingual(
            f"Gdy Pan/Pani {begins} w tym regionie: {rule.region.pl}.",
            f"Once one of these is in this region ({verbs.en}): {rule.region.en}.",
        ),
        rule.title,
    )


def _verbs(ties: Sequence[PlaceTie]) -> Bilingual:
    return Bilingual(_or([_TIE_VERBS[tie][0] for tie in ties], "lub"), _or([_TIE_VERBS[t][1] for t in ties], "or"))


def _lies_within(code: str, prefixes: tuple[str, ...]) -> bool:
    try:
        return any(is_within(code, prefix) for prefix in prefixes)
    except PlaceError:
        # a malformed code proves nothing; the form that takes it says what is wrong with it
        return False


def judge_service(rule: ServesIn, facts: ApplicantFacts, on: date) -> RuleOutcome:
    wanted = _any_of(rule.services)
    if facts.services is None:
        return _unknown(rule.code, Bilingual(f"służba ({wanted.pl})", f"service ({wanted.en})"), rule.title)
    if any(service in facts.services for service in rule.services):
        shown = _any_of([service for service in rule.services if service in facts.services])
        reason = Bilingual(f"Służba: {shown.pl}.", f"Service: {shown.en}.")
        return RuleOutcome(rule.code, _PASSED, reason, None, rule.title)
    reason = Bilingual(f"Nie podano służby: {wanted.pl}.", f"No service stated: {wanted.en}.")
    change = Bilingual(f"Gdy Pan/Pani wstąpi tu: {wanted.pl}.", f"Once you join: {wanted.en}.")
    return RuleOutcome(rule.code, _FAILED, reason, change, rule.title)


def judge_disability(rule: HasDisability, facts: ApplicantFacts, on: date) -> RuleOutcome:
    if facts.disability is None:
        return _unknown(rule.code, Bilingual("orzeczenie o niepełnosprawności", "disability certificate"), rule.title)
    if facts.disability:
        reason = Bilingual("Jest orzeczenie o niepełnosprawności.", "There is a disability certificate.")
        return RuleOutcome(rule.code, _PASSED, reason, None, rule.title)
    return RuleOutcome(
        rule.code,
        _FAILED,
        Bilingual("Nie ma orzeczenia o niepełnosprawności.", "There is no disability certificate."),
        Bilingual("Gdy pojawi się ważne orzeczenie.", "Once there is a valid certificate."),
        rule.title,
    )


def judge_residence(rule: ResidenceIn, facts: ApplicantFacts, on: date) -> RuleOutcome:
    if facts.residence is None:
        what = Bilingual("obywatelstwo lub prawo pobytu i pracy", "citizenship or right to stay and work")
        return _unknown(rule.code, what, rule.title)
    has, wanted = term(facts.residence), _any_of(rule.grounds)
    if facts.residence in rule.grounds:
        return RuleOutcome(
            rule.code, _PASSED, Bilingual(f"Podstawa: {has.pl}.", f"Ground: {has.en}."), None, rule.title
        )
    return RuleOutcome(
        rule.code,
        _FAILED,
        Bilingual(f"Podano: {has.pl}. Potrzebne: {wanted.pl}.", f"Stated: {has.en}. Needed: {wanted.en}."),
        Bilingual(f"Gdy Pan/Pani uzyska: {wanted.pl}.", f"Once you obtain: {wanted.en}."),
        rule.title,
    )


def judge_quota(rule: Quota, facts: ApplicantFacts, on: date) -> RuleOutcome:
    left = facts.quota_left.get(rule.name)
    if left is None:
        what = Bilingual(f"wolne miejsca ({rule.intake.pl})", f"free places ({rule.intake.en})")
        return _unknown(rule.code, what, rule.title)
    if left > 0:
        reason = Bilingual(f"Wolne miejsca ({rule.intake.pl}): {left}.", f"Free places ({rule.intake.en}): {left}.")
        return RuleOutcome(rule.code, _PASSED, reason, None, rule.title, quota=rule.name)
    return RuleOutcome(
        rule.code,
        _FAILED,
        Bilingual(f"Nie ma wolnych miejsc: {rule.intake.pl}.", f"No free places: {rule.intake.en}."),
        Bilingual("Gdy urząd ogłosi następny nabór.", "Once the office announces the next intake."),
        rule.title,
        quota=rule.name,
    )


def judge_participations(rule: ParticipationsAtMost, facts: ApplicantFacts, on: date) -> RuleOutcome:
    had = facts.earlier_participations
    if had is None:
        return _unknown(rule.code, Bilingual("wcześniejsze udziały", "earlier participations"), rule.title)
    if had <= rule.earlier:
        reason = Bilingual(
            "To pierwszy udział w tym programie." if had == 0 else f"Wcześniejsze udziały: {had}.",
            "This is the first participation." if had == 0 else f"Earlier participations: {had}.",
        )
        return RuleOutcome(rule.code, _PASSED, reason, None, rule.title)
    allowed = rule.earlier + 1
    return RuleOutcome(
        rule.code,
        _FAILED,
        Bilingual(
            f"W tym programie można wziąć udział tyle razy: {allowed}. Wcześniejsze udziały: {had}.",
            f"Participations allowed in this programme: {allowed}. Earlier ones: {had}.",
        ),
        Bilingual("Tego nie da się już zmienić.", "This can no longer change."),
        rule.title,
        fixable=False,
    )
