"""What a credential of a qualification says, from its register entry: outcomes, level, methods. Pure but for labels."""

from dorobek.credentials.design import Badge, CountsTowards, Design, OutcomeLine
from dorobek.credentials.enums import Assessment, Participation
from dorobek.credentials.models import Issuer
from dorobek.register.entry import Entry, Outcome, OutcomeSet
from dorobek.register.enums import ValidationMethod
from dorobek.validation.models import ValidationOpening

WAYS = {
    ValidationMethod.KNOWLEDGE_TEST: Assessment.TEST,
    ValidationMethod.EVIDENCE_ANALYSIS: Assessment.EVIDENCE,
    ValidationMethod.SIMULATED_OBSERVATION: Assessment.OBSERVATION,
    ValidationMethod.WORKPLACE_OBSERVATION: Assessment.OBSERVATION,
    ValidationMethod.CONVERSATION: Assessment.INTERVIEW,
    ValidationMethod.PRESENTATION: Assessment.PRESENTATION,
    ValidationMethod.WORK_SAMPLE: Assessment.TASK,
    ValidationMethod.OTHER: Assessment.TASK,
}
LONGEST_TITLE = 250
Parts = list[tuple[OutcomeSet, Outcome]]


def design_of(opening: ValidationOpening, scope: str) -> Design:
    """The design for the whole qualification (""), a set ("2") or an outcome ("2.1"), by the version validated by."""
    entry = opening.entry_version.entry
    parts = _parts(entry, scope)
    title_pl, title_en = _titles(entry, scope, parts)
    methods = [ValidationMethod(one.code) for one in entry.rules.methods] if entry.rules else []
    issuer = Issuer.objects.filter(institution=opening.institution).first()
    level = parts[0][0].level if scope and parts and parts[0][0].level else entry.level
    return Design(
        title_pl=title_pl,
        title_en=title_en,
        description_pl=_description(entry, scope),
        outcomes=tuple(
            OutcomeLine(one.pl, one.en, f"{entry.code}-{group.number}-{one.number}", tuple(c.pl for c in one.criteria))
            for group, one in parts
        ),
        hours=_hours(entry, scope),
        prk_level=level,
        assessment=tuple(dict.fromkeys(str(WAYS[one]) for one in methods)),
        assessment_pl=_how(entry, methods),
        participation=str(Participation.NONE),
        quality_pl=(issuer.quality_pl if issuer else "") or _quality(entry),
        quality_en=issuer.quality_en if issuer else "",
        counts_towards=(CountsTowards(entry.code, int(scope) if scope.isdigit() else 0),) if scope else (),
        badge=Badge(shape="seal" if not scope else "circle", colour="plum", symbol="check"),
    )


def _parts(entry: Entry, scope: str) -> Parts:
    """Sets with their outcomes that the scope is about."""
    found: Parts = []
    for group in entry.sets:
        for one in group.outcomes:
            if scope in ("", str(group.number), f"{group.number}.{one.number}"):
                found.append((group, one))
    return found


def _titles(entry: Entry, scope: str, parts: Parts) -> tuple[str, str]:
    if not scope or not parts:
        return entry.title_pl[:LONGEST_TITLE], entry.title_en[:LONGEST_TITLE]
    group, one = parts[0]
    words = (group.pl, group.en) if scope.isdigit() else (one.pl, one.en)
    return words[0][:LONGEST_TITLE], words[1][:LONGEST_TITLE]


def _description(entry: Entry, scope: str) -> str:
    if not scope:
        return entry.text("characteristics") or f"Kwalifikacja „{entry.title_pl}” potwierdzona w całości."
    kind = "Zestaw efektów uczenia się" if scope.isdigit() else "Efekt uczenia się"
    return f"{kind} {scope} kwalifikacji „{entry.title_pl}” ({entry.code}), potwierdzony przez komisję."


def _hours(entry: Entry, scope: str) -> int | None:
    """As the entry gives them; for a part without its own, by its share of the criteria, at least one hour."""
    if not scope:
        return entry.hours
    group = next((one for one in entry.sets if str(one.number) == scope.split(".")[0]), None)
    if group is not None and group.hours and scope.isdigit():
        return group.hours
    if not entry.hours:
        return None
    whole = sum(_weight(one) for _group, one in _parts(entry, ""))
    part = sum(_weight(one) for _group, one in _parts(entry, scope))
    return max(1, round(entry.hours * part / whole)) if whole else None


def _weight(outcome: Outcome) -> int:
    return len(outcome.criteria) or 1


def _how(entry: Entry, methods: list[ValidationMethod]) -> str:
    """Signed words, so in Polish whatever language whoever acts reads the screens in."""
    from django.utils import translation

    members = entry.rules.members_min if entry.rules else None
    with translation.override("pl"):
        named = ", ".join(str(one.label) for one in methods)
    who = f"Komisja: co najmniej {members} osoby. " if members and members > 1 else ""
    return f"{who}Metody: {named}. Każdy efekt uczenia się sprawdzono."


def _quality(entry: Entry) -> str:
    return f"Walidacja według wpisu {entry.code} w rejestrze kwalifikacji: komisja bez konfliktu interesów, odwołanie."
