"""A credential checked by the machine for an application: how it stands, whose it is, and in words (VA-4)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.credentials.enums import CredentialState, Standing
from dorobek.credentials.kept import report_data
from dorobek.credentials.trusting import held_by, known
from dorobek.credentials.verification import Verified, verify_given
from dorobek.people.models import Person
from dorobek.vc.fetching import Source
from dorobek.vc.report import FORM, ISSUER, SCHEMA, SIGNATURE, STATUS, TIME, Outcome

KNOWN, HOLDER = "known-issuer", "holder"  # what a commission asks besides

ASKED = {
    FORM: lambda: _("zapis"),
    SCHEMA: lambda: _("budowa"),
    SIGNATURE: lambda: _("podpis"),
    ISSUER: lambda: _("wystawca"),
    TIME: lambda: _("termin ważności"),
    STATUS: lambda: _("lista cofniętych"),
}


@dataclass(frozen=True)
class Checked:
    """What one check found; `report` as the tables keep it."""

    standing: Standing
    report: Sequence[Mapping[str, Any]]
    at: dt.datetime
    holder: Outcome = "unknown"

    @property
    def by_itself(self) -> bool:
        """Whether it may be put beside criteria without being asked for: it counts and is known to be this person's."""
        return self.holder == "passed" and self.standing in (Standing.VALID, Standing.UNSURE)


def check(document: str, source: Source | None = None, holder: Person | None = None) -> Checked:
    """Check it as of now; issuers of elsewhere are looked up over the net, so not while rows are locked.

    `holder`: whose wallet it comes from. One issued to somebody else is worth nothing; one that may be somebody else's,
    or whose issuer nobody here knows, is never more than unsure: a person judges that.
    """
    found = verify_given(document, source=source)
    standing, asked = standing_of(found), {KNOWN: known(found), HOLDER: held_by(found, holder)}
    if asked[HOLDER] == "failed":
        standing = Standing.INVALID
    elif standing is Standing.VALID and set(asked.values()) != {"passed"}:
        standing = Standing.UNSURE
    report = [*report_data(found.report), *({"name": name, "outcome": outcome} for name, outcome in asked.items())]
    return Checked(standing, report, found.at, asked[HOLDER])


def standing_of(found: Verified) -> Standing:
    """In one word. What could not be looked up is unsure, never valid."""
    if found.own is not None and found.own.state is CredentialState.REPLACED:
        return Standing.REPLACED
    if found.report.decided == "valid":
        return Standing.VALID
    if found.report.decided == "could not check":
        return Standing.UNSURE
    codes = {fault.code for fault in found.report.faults}
    if found.report.outcome(SIGNATURE) == "failed":
        return Standing.INVALID
    for code, standing in (
        ("revoked", Standing.REVOKED), ("suspended", Standing.SUSPENDED), ("expired", Standing.EXPIRED)
    ):  # fmt: skip
        if code in codes:
            return standing
    return Standing.INVALID


def label(standing: str) -> str:
    """Its name beside a piece of evidence."""
    return str(Standing(standing).label)


def look(standing: str) -> tuple[str, str, str]:
    """(tone, icon, words) for {% tag %}."""
    if standing == Standing.VALID:
        return "ok", "ok", label(standing)
    return ("wait", "wait", label(standing)) if standing == Standing.UNSURE else ("bad", "no", label(standing))


def told(standing: str, report: Sequence[Mapping[str, Any]], at: dt.datetime) -> str:
    """One sentence: when the machine checked what, and what came out."""
    by_outcome: dict[str, list[str]] = {"passed": [], "failed": [], "unknown": []}
    for one in report:
        name, outcome = ASKED.get(str(one.get("name"))), str(one.get("outcome"))
        if name is not None and outcome in by_outcome and (word := str(name())) not in by_outcome[outcome]:
            by_outcome[outcome].append(word)
    moment = f"{timezone.localtime(at):%d.%m.%Y, %H:%M}"
    result = _("nie udało się sprawdzić") if by_outcome["unknown"] and standing == Standing.UNSURE else label(standing)
    said = [_("System sprawdził %(when)s: %(result)s.") % {"when": moment, "result": result}]
    for outcome, words in (
        ("passed", _("W porządku: %s.")), ("failed", _("Nie zgadza się: %s.")), ("unknown", _("Bez odpowiedzi: %s.")),
    ):  # fmt: skip
        if by_outcome[outcome]:
            said.append(words % ", ".join(by_outcome[outcome]))
    return " ".join([*said, *_doubts({str(one.get("name")): str(one.get("outcome")) for one in report})])


def _doubts(asked: Mapping[str, str]) -> list[str]:
    """What a person has to judge, or why it is not this candidate's."""
    found = []
    if asked.get(HOLDER) == "failed":
        found.append(_("Wystawiono je innej osobie, dlatego się nie liczy."))
    elif asked.get(HOLDER) == "unknown":
        found.append(_("Nie wiadomo na pewno, czy wystawiono je tej osobie. Ocenia to asesor."))
    if asked.get(SIGNATURE) == "passed" and asked.get(KNOWN) == "unknown":
        found.append(_("Podpis jest w porządku, ale nie znamy wystawcy. Asesor ocenia, czy mu zaufać."))
    return found
