"""Why no lawful commission exists, in words: which sittings, which rule, what keeps whom out, what would help."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.validation.facts import RULES
from dorobek.validation.models import Sitting
from dorobek.validation.rules import Rule
from dorobek.validation.rules.proposing import Impossible, Loosening, Reason

HELPS = {
    Loosening.LIMITS: lambda: _("gdyby osoby mogły mieć więcej posiedzeń"),
    Loosening.CLASHES: lambda: _("gdyby posiedzenia nie nakładały się w czasie"),
    Loosening.ABSENCES: lambda: _("gdyby nie nieobecności"),
    Loosening.PLACES: lambda: _("gdyby osoby mogły dojechać w inne miejsca"),
    Loosening.IMPARTIALITY: lambda: _("gdyby osób nic nie wiązało z kandydatami"),
    Loosening.CRITERIA: lambda: _("gdyby nie wymagać osoby na każde kryterium"),
}
CAUSES = {
    Loosening.LIMITS: lambda: _("mają już tyle posiedzeń, ile mogą"),
    Loosening.CLASHES: lambda: _("siedzą wtedy w innej komisji"),
    Loosening.ABSENCES: lambda: _("nie ma ich tego dnia"),
    Loosening.PLACES: lambda: _("nie dojeżdżają w to miejsce"),
    Rule.MEMBER_LEVEL: lambda: _("nie mają wymaganego poziomu wykształcenia"),
    Rule.MEMBER_CRITERION: lambda: _("nie spełniają żadnego kryterium"),
    Rule.MEMBER_PRINCIPLES: lambda: _("nie złożyły oświadczenia o zasadach walidacji"),
    Rule.OWN_TRAINEE: lambda: _("szkoliły kandydata"),
    Rule.OWN_CASE: lambda: _("same są kandydatami"),
    Rule.RELATIVE: lambda: _("są krewnymi kandydata"),
    Rule.SUBORDINATE: lambda: _("są przełożonymi kandydata"),
    Rule.JUDGED_BEFORE: lambda: _("oceniały już w tej sprawie"),
    Rule.HELPED: lambda: _("pomagały kandydatowi zebrać dowody"),
}


def proof_in_words(answer: Impossible, sittings: Sequence[Sitting]) -> list[str]:
    """One paragraph for each reason."""
    by_code = {str(one.uid): one for one in sittings}
    return [_reason(one, by_code) for one in answer.reasons]


def _reason(reason: Reason, sittings: dict[str, Sitting]) -> str:
    told = [sittings[code] for code in reason.sessions if code in sittings]
    places = "; ".join(f"{timezone.localtime(one.begins):%d.%m.%Y %H:%M}, {one.place}" for one in told)
    parts = [places + ":"]
    if reason.wanted:
        parts.append(_counted(reason, told))
    elif len(reason.sessions) == 1:
        parts.append(_single(reason, told))
    else:
        parts.append(_("tych posiedzeń nie da się obsadzić razem, choć każde osobno tak."))
    if reason.kept_out:
        kept = [f"{_cause(cause)}: {count}" for cause, count in sorted(reason.kept_out.items())]
        parts.append(_("Kogo i dlaczego nie można: %s.") % ", ".join(kept))
    if reason.loosening:
        parts.append(_("Pomogłoby: %s.") % "; ".join(str(HELPS[one]()) for one in reason.loosening))
    if not reason.smallest:
        parts.append(_("Zabrakło czasu, żeby sprawdzić, czy wystarczy mniej tych posiedzeń."))
    return " ".join(parts)


def _counted(reason: Reason, told: Sequence[Sitting]) -> str:
    words = {"wanted": reason.wanted, "given": reason.given, "about": _criterion(reason.about, told)}
    if reason.rule == Rule.CRITERION_MET:
        return (
            _("potrzeba %(wanted)d miejsc dla osób z kryterium „%(about)s”, a da się obsadzić najwyżej %(given)d.")
            % words
        )
    return _("potrzeba razem %(wanted)d osób, a da się obsadzić najwyżej %(given)d miejsc.") % words


def _single(reason: Reason, told: Sequence[Sitting]) -> str:
    if reason.rule == Rule.CRITERION_MET:
        return _("nikt, kto może tu usiąść, nie spełnia kryterium „%s”.") % _criterion(reason.about, told)
    if reason.rule == Rule.MEMBERS_MIN:
        return _("może tu usiąść mniej osób niż wymagane minimum: %s.") % reason.about
    known = {str(rule): words for rule, words in RULES.items()}
    return str(known[reason.rule]()) if reason.rule in known else _("nie da się obsadzić.")


def _criterion(code: str, told: Sequence[Sitting]) -> str:
    plain = code.rpartition(":")[2]
    for sitting in told:
        for one in sitting.opening.rules.criteria:
            if one.code == plain:
                return one.text or plain
    return plain


def _cause(cause: str) -> str:
    known = {str(name): words for name, words in CAUSES.items()}
    return str(known[cause]()) if cause in known else cause
