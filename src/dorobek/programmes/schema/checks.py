"""Faults that concern several fields of a programme's rules at once."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from dorobek.kernel.teryt import PlaceError, check_code
from dorobek.programmes.enums import AuditEvent, DocumentKind, StepKind, VariantKind
from dorobek.programmes.rules.nodes import (
    ADULT_AGE,
    AgeBetween,
    AllOf,
    AnyOf,
    Node,
    StatusIn,
    TiedToRegion,
    walk,
)
from dorobek.programmes.rules.numbers import pattern_fault
from dorobek.programmes.schema.card_fields import FIELDS_OF_SECTION, REGISTRATION_FIELDS
from dorobek.programmes.schema.errors import FieldError
from dorobek.programmes.schema.shapes import CardField, Rules, VoucherTerms

# A document rests on these steps; a variant that makes the document needs them.
_STEPS_FOR_DOCUMENT = {
    DocumentKind.PARTICIPANT_CARD: StepKind.CARD,
    DocumentKind.AGREEMENT: StepKind.AGREEMENT,
    DocumentKind.INTERVIEW_BIOGRAPHICAL: StepKind.BIOGRAPHICAL,
    DocumentKind.INTERVIEW_BEHAVIOURAL: StepKind.BEHAVIOURAL,
    DocumentKind.PRELIMINARY_REPORT: StepKind.SYNTHESIS,
    DocumentKind.AUDIT_CARD: StepKind.COMPETENCES,
    DocumentKind.DEVELOPMENT_PLAN: StepKind.PLAN,
    DocumentKind.DIRECTION: StepKind.DIRECTION,
}


def check_rules(rules: Rules) -> list[FieldError]:
    """Every fault found, in order of the file."""
    return [
        *_identity(rules),
        *_eligibility(rules),
        *_variants(rules),
        *_needed_parts(rules),
        *_time(rules),
        *_meetings(rules),
        *_repeats(rules),
        *_card(rules),
        *_numbers(rules),
    ]


def _identity(rules: Rules) -> Iterator[FieldError]:
    begins, ends = rules.identity.begins, rules.identity.ends
    if begins and ends and ends < begins:
        yield FieldError("identity.ends", _("Program kończy się, zanim się zacznie."))


def _eligibility(rules: Rules) -> Iterator[FieldError]:
    path = "eligibility.rule"
    nodes = walk(rules.eligibility.rule)
    yield from _repeated(path, (node.code for node in nodes))
    yield from _node_faults(path, nodes)
    for index, paper in enumerate(rules.eligibility.papers):
        if paper.when is not None:
            yield from _node_faults(f"eligibility.papers[{index}].when", walk(paper.when))
    exceptions = rules.eligibility.exceptions
    if exceptions.allowed and not exceptions.by:
        yield FieldError("eligibility.exceptions.by", _("Proszę wskazać, kto może zrobić wyjątek."))
    known = {node.code for node in nodes}
    for index, code in enumerate(exceptions.never):
        if code not in known:
            yield FieldError(f"eligibility.exceptions.never[{index}]", _("Nie ma reguły o takim kodzie."))


def _node_faults(path: str, nodes: list[Node]) -> Iterator[FieldError]:
    for node in nodes:
        where = f"{path} ({node.code})"
        if isinstance(node, AllOf | AnyOf) and not node.of:
            yield FieldError(where, _("Ta reguła nie zawiera żadnych warunków."))
        if isinstance(node, AgeBetween) and node.min > node.max:
            yield FieldError(where, _("Najniższy wiek jest większy niż najwyższy."))
        if isinstance(node, AgeBetween) and node.min < ADULT_AGE:
            yield FieldError(where, _("Do żadnego programu nie przyjmuje się osób poniżej 18 lat."))
        if isinstance(node, StatusIn) and not node.statuses:
            yield FieldError(where, _("Proszę podać choć jeden status na rynku pracy."))
        if isinstance(node, TiedToRegion):
            yield from _region_faults(where, node)


def _region_faults(where: str, node: TiedToRegion) -> Iterator[FieldError]:
    if not node.prefixes or not node.ties:
        yield FieldError(where, _("Proszę podać kod regionu i rodzaj związku z nim."))
    for prefix in node.prefixes:
        try:
            check_code(prefix)
        except PlaceError as error:
            yield FieldError(where, error.message)


def _variants(rules: Rules) -> Iterator[FieldError]:
    if not rules.variants:
        yield FieldError("variants", _("Program musi mieć choć jeden wariant."))
    yield from _repeated("variants", (one.kind for one in rules.variants))
    stages = {stage.kind for stage in rules.stages}
    documents = {document.kind for document in rules.documents}
    for index, variant in enumerate(rules.variants):
        path = f"variants[{index}]"
        steps = {*variant.steps, *variant.optional_steps}
        for kind in variant.documents:
            if kind not in documents:
                yield FieldError(f"{path}.documents", _("Dokumentu „%(kind)s” nie ma na liście.") % {"kind": kind})
            needed = _STEPS_FOR_DOCUMENT.get(kind)
            if needed and needed not in steps:
                yield FieldError(
                    f"{path}.documents",
                    _("Dokument „%(kind)s” wymaga kroku „%(step)s”.") % {"kind": kind, "step": needed},
                )
        for stage in variant.stages:
            if stage not in stages:
                yield FieldError(f"{path}.stages", _("Etapu „%(kind)s” nie ma na liście.") % {"kind": stage})
        yield from _repeated(f"{path}.steps", [*variant.steps, *variant.optional_steps])


def _needed_parts(rules: Rules) -> Iterator[FieldError]:
    """A step that a variant holds needs its texts."""
    steps = {step for variant in rules.variants for step in (*variant.steps, *variant.optional_steps)}
    parts = {
        "biographical": (StepKind.BIOGRAPHICAL, rules.biographical),
        "behavioural": (StepKind.BEHAVIOURAL, rules.behavioural),
        "plan": (StepKind.PLAN, rules.plan),
        "agreement": (StepKind.AGREEMENT, rules.agreement),
        "basic": (StepKind.DIRECTION, rules.basic),
    }
    for name, (step, part) in parts.items():
        if step in steps and part is None:
            yield FieldError(name, _("Krok „%(step)s” wymaga tej części.") % {"step": step})
    if rules.variant(VariantKind.BASIC) is None and rules.targets.in_depth_percent not in (None, 100):
        yield FieldError("targets.in_depth_percent", _("Bez wariantu podstawowego ten udział nie ma sensu."))


def _time(rules: Rules) -> Iterator[FieldError]:
    for index, deadline in enumerate(rules.time.deadlines):
        path = f"time.deadlines[{index}]"
        if (deadline.days is None) == (deadline.months is None):
            yield FieldError(path, _("Termin podaje się w dniach albo w miesiącach: jedno z dwóch."))
        if deadline.start == deadline.ends:
            yield FieldError(path, _("Termin nie może kończyć się tym, od czego się zaczyna."))
    if rules.retention.starts in (AuditEvent.FORM_SENT, AuditEvent.FORM_SIGNED):
        yield FieldError("retention.starts", _("Czas przechowywania liczy się od końca, nie od zgłoszenia."))


def _meetings(rules: Rules) -> Iterator[FieldError]:
    limits = rules.meetings
    ordered = (
        (
            ("min_count", "usual_from", "usual_to", "max_count"),
            _("Liczby spotkań powinny rosnąć: najmniej, zwykle, najwięcej."),
        ),
        (
            ("total_minutes_from", "total_minutes_to"),
            _("Najkrótszy łączny czas jest dłuższy niż najdłuższy."),
        ),
        (
            ("interview_minutes_from", "interview_minutes_to"),
            _("Najkrótszy wywiad jest dłuższy niż najdłuższy."),
        ),
        (
            ("summary_minutes_from", "summary_minutes_to"),
            _("Najkrótsze podsumowanie jest dłuższe niż najdłuższe."),
        ),
    )
    for names, message in ordered:
        values = [getattr(limits, name) for name in names]
        if values != sorted(values):
            yield FieldError(f"meetings.{names[-1]}", message)


def _repeats(rules: Rules) -> Iterator[FieldError]:
    """Codes are kept in people's records, so each stands for one thing."""
    yield from _repeated("documents", (one.kind for one in rules.documents))
    yield from _repeated("consents", (one.code for one in rules.consents))
    yield from _repeated("time.deadlines", (one.code for one in rules.time.deadlines))
    yield from _repeated("eligibility.papers", (one.code for one in rules.eligibility.papers))
    if rules.biographical:
        areas = rules.biographical.areas
        yield from _repeated("biographical.areas", (one.area for one in areas))
        yield from _repeated("biographical.areas", (q.code for area in areas for q in area.questions))
    if rules.behavioural:
        parts = rules.behavioural.parts
        yield from _repeated("behavioural.parts", (one.part for one in parts))
        yield from _repeated("behavioural.parts", (q.code for part in parts for q in part.prompts))
    if rules.plan:
        yield from _repeated("plan.questions", (one.code for one in rules.plan.questions))
    if rules.vouchers:
        yield from _repeated("vouchers.fields", (one.code for one in rules.vouchers.fields))
        yield from _hours(rules.vouchers)


def _hours(terms: VoucherTerms) -> Iterator[FieldError]:
    known = {one.code for one in terms.fields}
    for index, one in enumerate(terms.hour_values):
        where = f"vouchers.hour_values[{index}]"
        if one.field not in known:
            yield FieldError(f"{where}.field", _("Nieznane pole „%(code)s”.") % {"code": one.field})
        if not 1 <= one.unit_grosze <= 1_000_000 or not 1 <= one.most_units <= 100:
            yield FieldError(f"{where}.unit_grosze", _("Jednostka i ich liczba muszą być dodatnie."))
    yield from _repeated("vouchers.hour_values", (f"{one.field}, {one.form}" for one in terms.hour_values))


def _card(rules: Rules) -> Iterator[FieldError]:
    yield from _repeated("card.sections", (one.kind for one in rules.card.sections))
    for index, section in enumerate(rules.card.sections):
        yield from _fields(f"card.sections[{index}].fields", section.fields, FIELDS_OF_SECTION[section.kind])
    yield from _fields("card.registration_fields", rules.card.registration_fields, REGISTRATION_FIELDS)


def _fields(path: str, asked: tuple[CardField, ...], known: tuple[str, ...]) -> Iterator[FieldError]:
    yield from _repeated(path, (one.code for one in asked))
    for one in asked:
        if one.code not in known:
            yield FieldError(path, _("Nieznane pole „%(code)s”.") % {"code": one.code})


def _numbers(rules: Rules) -> Iterator[FieldError]:
    if rules.support_number:
        fault = pattern_fault(rules.support_number.pattern)
        if fault:
            yield FieldError("support_number.pattern", fault)


def _repeated(path: str, codes: Iterable[str]) -> Iterator[FieldError]:
    for code, count in Counter(codes).items():
        if count > 1:
            yield FieldError(path, _("„%(code)s” występuje więcej niż raz.") % {"code": str(code)})
