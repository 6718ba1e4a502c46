"""Every rule of an entry in words, with whose it is, for the body and for candidates."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dorobek.register.enums import ValidationMethod
from dorobek.validation.rules import OwnRule, QualificationRules, Requirement, Source


@dataclass(frozen=True)
class Told:
    """A rule in words. `codes`: sets, outcomes or people it is about, in short."""

    text: str
    more: str = ""
    source: Source = Source.ENTRY


@dataclass(frozen=True)
class MethodTold:
    """A method: what the entry says of it, and which outcomes it covers, by set."""

    name: str
    text: str
    must: bool
    covers: list[tuple[int, list[str]]]


def methods_told(rules: QualificationRules) -> list[MethodTold]:
    """The entry's methods; `covers` lists (number of the set, codes of outcomes) that the method may verify.

    Where the entry names sets that the method must concern, only these; where it names none, all.
    """
    names = dict(ValidationMethod.choices)
    found = []
    for method in rules.methods:
        covers = [
            (group.number, [one.code for one in group.outcomes if method.may_verify(one.code)])
            for group in rules.sets
            if not method.must_cover or group.number in method.must_cover
        ]
        told = [(number, codes) for number, codes in covers if codes]
        found.append(MethodTold(str(names.get(method.code, method.code)), method.text, bool(method.must_cover), told))
    return found


def rules_told(rules: QualificationRules) -> list[Told]:
    """All other rules, the entry's first, then the body's own, then those that always hold."""
    return [*_verifying(rules), *_commission(rules), *_support(rules), *_own(rules), *_always()]


def _verifying(rules: QualificationRules) -> Iterator[Told]:
    if rules.all_methods_used:
        yield Told(_("Trzeba użyć wszystkich metod."))
    if rules.only_these_methods:
        yield Told(_("Innych metod nie wolno używać."))
    if rules.every_outcome:
        yield Told(_("Sprawdza się każdy efekt uczenia się."))
    if rules.extra_may_be_candidate:
        yield Told(_("W symulacji klienta może grać inny kandydat."))
    if rules.appeal:
        yield Told(_("Odwołać się można na każdym etapie."))


def _commission(rules: QualificationRules) -> Iterator[Told]:
    yield Told(_("Najmniej osób w komisji: %d.") % rules.members_min)
    if rules.member_level is not None:
        yield Told(_("Każda osoba w komisji ma kwalifikację pełną na poziomie %d PRK.") % rules.member_level)
    if rules.criteria:
        yield Told(_("Każda osoba w komisji spełnia co najmniej jedno z kryteriów:"), _listed(rules.criteria))
    if rules.each_criterion_met:
        yield Told(_("Każde z tych kryteriów spełnia ktoś w komisji."))
    if rules.principles:
        yield Told(_("Wszystkie osoby w komisji:"), "; ".join(rules.principles))
    if rules.not_own_trainees:
        yield Told(_("Nikt nie ocenia osoby, która była na jego szkoleniu."))


def _support(rules: QualificationRules) -> Iterator[Told]:
    if rules.adviser:
        yield Told(_("Doradca walidacyjny musi mieć:"), _listed(rules.adviser))
    if rules.body:
        yield Told(_("Instytucja musi mieć:"), _listed(rules.body))
    if rules.provided:
        yield Told(_("Instytucja zapewnia:"), "; ".join(rules.provided))


def _own(rules: QualificationRules) -> Iterator[Told]:
    if OwnRule.NO_RELATIVES in rules.own:
        yield Told(_("Krewni kandydata go nie oceniają."), source=Source.BODY)
    if OwnRule.NO_SUBORDINATES in rules.own:
        yield Told(_("Przełożeni kandydata go nie oceniają."), source=Source.BODY)
    if OwnRule.MAJORITY in rules.own:
        yield Told(
            _(
                "Gdy komisja się różni i nie zgadzają się wszyscy, rozstrzyga większość; zdanie odrębne jest w protokole."
            ),
            source=Source.BODY,
        )


def _always() -> Iterator[Told]:
    yield Told(_("Nikt nie ocenia sam siebie ani osoby, której pomagał zebrać dowody."), source=Source.ALWAYS)
    yield Told(_("Po uwzględnionym odwołaniu ocenia ktoś inny niż za pierwszym razem."), source=Source.ALWAYS)


def _listed(requirements: tuple[Requirement, ...]) -> str:
    return "; ".join(requirement_told(one) for one in requirements)


def requirement_told(one: Requirement) -> str:
    """A requirement with its years, as the entry counts them."""
    if one.years is None:
        return one.text or one.code
    if one.within is None:
        return _("%(text)s (lata: %(years)d)") % {"text": one.text or one.code, "years": one.years}
    values = {"text": one.text or one.code, "years": one.years, "within": one.within}
    return _("%(text)s (lata: %(years)d z ostatnich %(within)d)") % values
