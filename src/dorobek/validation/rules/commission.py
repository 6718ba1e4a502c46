"""Whether a commission may sit (VA-3): every rule that is broken, by whom, and who in the pool would mend it.

Nothing is proposed here; `proposing` finds whole commissions.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from dorobek.validation.rules.experience import meets
from dorobek.validation.rules.shapes import (
    Broken,
    Candidate,
    Member,
    OwnRule,
    QualificationRules,
    Rule,
    Source,
)


def check_commission(
    rules: QualificationRules,
    members: Sequence[Member],
    candidates: Sequence[Candidate],
    day: dt.date,
    pool: Sequence[Member] = (),
) -> list[Broken]:
    """Every broken rule; empty when the commission may sit. `day`: of the appointment.

    `pool`: people who could be appointed; those who would mend a rule are named in it.
    """
    found = [*_together(rules, members, day)]
    for member in members:
        found += member_faults(rules, member, candidates, day)
    if not pool:
        return found
    taken = {member.key for member in members}
    fit = [one for one in pool if one.key not in taken and not member_faults(rules, one, candidates, day)]
    return [replace(one, mends=_mending(rules, one, members, fit, day)) for one in found]


def member_faults(
    rules: QualificationRules, member: Member, candidates: Iterable[Candidate], day: dt.date
) -> list[Broken]:
    """What keeps this person from any commission for these candidates, whoever else sits in it."""
    return [*fitness_faults(rules, member, day), *impartiality_faults(rules, member, candidates)]


def _together(rules: QualificationRules, members: Sequence[Member], day: dt.date) -> Iterator[Broken]:
    keys = [member.key for member in members]
    twice = tuple(dict.fromkeys(key for key in keys if keys.count(key) > 1))
    if twice:
        yield Broken(Rule.MEMBER_TWICE, twice, "", _("Wpisać każdą osobę raz."), Source.ALWAYS)
    short = rules.members_min - len(set(keys))
    if short > 0:
        words = _("Dodać członków komisji; brakuje: %(count)d.") % {"count": short}
        yield Broken(Rule.MEMBERS_MIN, (), str(rules.members_min), words)
    if rules.each_criterion_met:
        for criterion in rules.criteria:
            if not any(meets(criterion, member, day) for member in members):
                words = _("Dodać osobę, która spełnia kryterium: %(text)s.") % {"text": criterion.text}
                yield Broken(Rule.CRITERION_MET, (), criterion.code, words)


def fitness_faults(rules: QualificationRules, member: Member, day: dt.date) -> Iterator[Broken]:
    """What this person has not got, whoever is judged."""
    who = (member.key,)
    if rules.member_level is not None and (member.level or 0) < rules.member_level:
        words = _("Wpisać dokument o kwalifikacji pełnej na poziomie %(level)d PRK albo powołać kogoś innego.")
        yield Broken(Rule.MEMBER_LEVEL, who, str(rules.member_level), words % {"level": rules.member_level})
    if rules.criteria and not any(meets(criterion, member, day) for criterion in rules.criteria):
        words = _("Uzupełnić dokumenty, które pokazują choć jedno kryterium, albo powołać kogoś innego.")
        yield Broken(Rule.MEMBER_CRITERION, who, "", words)
    if rules.principles and not member.principles:
        words = _("Zebrać od tej osoby oświadczenie o stosowaniu zasad walidacji.")
        yield Broken(Rule.MEMBER_PRINCIPLES, who, "", words)


def impartiality_faults(rules: QualificationRules, member: Member, candidates: Iterable[Candidate]) -> Iterator[Broken]:
    """Candidates whom this person may not judge."""
    words = _("Powołać do oceny tej osoby kogoś innego.")
    for candidate in candidates:
        key, who = candidate.key, (member.key,)
        if key == member.key:
            yield Broken(Rule.OWN_CASE, who, key, words, Source.ALWAYS)
        if rules.not_own_trainees and key in member.trained:
            yield Broken(Rule.OWN_TRAINEE, who, key, words)
        if OwnRule.NO_RELATIVES in rules.own and key in member.relatives:
            yield Broken(Rule.RELATIVE, who, key, words, Source.BODY)
        if OwnRule.NO_SUBORDINATES in rules.own and key in member.subordinates:
            yield Broken(Rule.SUBORDINATE, who, key, words, Source.BODY)


def _mending(
    rules: QualificationRules, broken: Broken, members: Sequence[Member], fit: Sequence[Member], day: dt.date
) -> tuple[str, ...]:
    """Who alone would mend this: by joining where somebody is missing, else by taking the place of who breaks it.

    Those who leave fewer rules of the whole commission broken come first.
    """
    place = next((at for at, one in enumerate(members) if broken.who == (one.key,)), None)
    ranked = []
    for number, one in enumerate(fit):
        changed = [*members, one] if place is None else [*members[:place], one, *members[place + 1 :]]
        left = list(_together(rules, changed, day))
        if place is not None or not any(_same(broken, other) for other in left):
            ranked.append((len(left), number, one.key))
    return tuple(key for _left, _number, key in sorted(ranked))


def _same(one: Broken, other: Broken) -> bool:
    return (one.rule, one.about) == (other.rule, other.about)
