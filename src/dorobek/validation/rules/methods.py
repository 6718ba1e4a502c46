"""Whether the methods planned, or those used, are the entry's (VA-2): all, no other, and nothing left unverified."""

from collections.abc import Collection, Iterator, Mapping

from django.utils.translation import gettext as _

from dorobek.validation.rules.shapes import Broken, QualificationRules, Rule

# Method code -> codes of the criteria that it verifies.
Coverage = Mapping[str, Collection[str]]


def check_methods(
    rules: QualificationRules, coverage: Coverage, carried: Collection[str] = (), before: Collection[str] = ()
) -> list[Broken]:
    """Every broken rule about methods. `carried`: codes of outcomes confirmed earlier, which need no second verifying.

    `before`: methods with which an earlier round of the same case confirmed some of them; they count as used, but a set
    that a method must cover and that has an outcome left to judge is covered anew.
    """
    return [*_used(rules, coverage, carried, before), *_verified(rules, coverage, carried)]


def _used(
    rules: QualificationRules, coverage: Coverage, carried: Collection[str], before: Collection[str]
) -> Iterator[Broken]:
    used = {code for code, criteria in coverage.items() if criteria}
    known = used | set(before)
    for method in rules.methods:
        if rules.all_methods_used and method.code not in known:
            words = _("Użyć także tej metody; wpis w rejestrze wymaga wszystkich.")
            yield Broken(Rule.METHOD_MISSING, (method.code,), "", words)
    for code in sorted(used):
        if rules.only_these_methods and rules.method(code) is None:
            words = _("Zastąpić tę metodę jedną z wymienionych we wpisie.")
            yield Broken(Rule.METHOD_FOREIGN, (code,), "", words)
    open_sets = {group.number for group in rules.sets if any(outcome.code not in carried for outcome in group.outcomes)}
    touched = {code: {criterion.split(".")[0] for criterion in criteria} for code, criteria in coverage.items()}
    for method in rules.methods:
        for number in sorted(method.must_cover & open_sets):
            if method.code in known and str(number) not in touched.get(method.code, ()):
                words = _("Objąć tą metodą także zestaw %(number)d.") % {"number": number}
                yield Broken(Rule.METHOD_SETS, (method.code,), str(number), words)


def _verified(rules: QualificationRules, coverage: Coverage, carried: Collection[str]) -> Iterator[Broken]:
    if not rules.every_outcome:
        return
    for group in rules.sets:
        for outcome in group.outcomes:
            covered = {
                one for code, criteria in coverage.items() if _counts(rules, code, outcome.code) for one in criteria
            }
            left = [code for code in outcome.criteria if code not in covered]
            if left and outcome.code not in carried:
                words = _("Sprawdzić jeszcze kryteria: %(codes)s.") % {"codes": ", ".join(left)}
                yield Broken(Rule.OUTCOME_UNVERIFIED, (outcome.code,), ",".join(left), words)


def _counts(rules: QualificationRules, code: str, outcome: str) -> bool:
    """A method counts for an outcome when the entry lets it verify that one; foreign ones only where they may be used."""
    method = rules.method(code)
    return method.may_verify(outcome) if method else not rules.only_these_methods
