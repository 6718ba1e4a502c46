"""Figures of the labour market: a file brought in whole or not at all, and one figure taken into a plan (DP-7)."""

import dataclasses
import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import IO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.plans import perms
from dorobek.plans.actions.plan import write_source
from dorobek.plans.gaps.enums import Classification
from dorobek.plans.labour.reading import Fault, FigureRow, read_figures
from dorobek.plans.labour.words import sentence
from dorobek.plans.models import DevelopmentPlan, LabourFigure, LabourImport, Source
from dorobek.register.models import Concept

FAULTS_SHOWN = 200
BATCH = 500
GROUPS = (1, 2, 3, 4)  # digits of groups of KZiS: their occupations begin so
KEY = ("classification", "occupation", "region", "measure", "unit", "period", "source")
VALUES = ("label", "value", "forecast", "source_url", "dated", "reliability")


@dataclass
class LabourReport:
    """What an import found and did; `done` is False for a dry run and for a file with faults: nothing was written."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    fault_count: int = 0
    faults: list[Fault] = field(default_factory=list)
    dry_run: bool = False
    done: bool = False

    def at_fault(self, fault: Fault) -> None:
        self.fault_count += 1
        if len(self.faults) < FAULTS_SHOWN:
            self.faults.append(fault)


def import_figures(
    *, file: IO[bytes], name: str, acting_user: ActingUser | None, dry_run: bool = False
) -> LabourReport:
    """Bring in a CSV table. With one row at fault nothing is written. The same figure again replaces its value.

    `acting_user` is None for the operator's command. Raises NotAllowed, RuleBroken (no such table, no row).
    """
    if acting_user is not None:
        acting_user.require(perms.may_import_figures(acting_user.account))
    report = LabourReport(dry_run=dry_run)
    rows = _good(read_figures(file, timezone.localdate()), report)
    _check_occupations(rows, report)
    if report.fault_count:
        return report
    if not rows:
        raise RuleBroken(_("W pliku nie ma ani jednego wiersza z liczbą."), "file")
    with transaction.atomic():
        brought = None if dry_run else _remembered(file, name, acting_user)
        _store(rows, report, brought)
        if brought is not None:
            report.done = True
            brought.report = dataclasses.asdict(report)
            brought.save(update_fields=["report"])
            if acting_user is not None:
                counts = {"rows": report.rows, "new": report.new, "changed": report.changed}
                acting_user.record("labour.imported", stream=brought.uid, subject=brought.uid, file=name, **counts)
    return report


def _good(read: Iterable[FigureRow | Fault], report: LabourReport) -> list[FigureRow]:
    rows: dict[tuple[str, ...], FigureRow] = {}
    for one in read:
        if isinstance(one, FigureRow) and one.key in rows:
            told = _("Ta sama liczba jest już w wierszu %(line)d. Proszę zostawić jedną.") % {
                "line": rows[one.key].line
            }
            one = Fault(one.line, "wartosc", told)
        if isinstance(one, Fault):
            report.at_fault(one)
            continue
        rows[one.key] = one
        report.rows += 1
    return list(rows.values())


def _check_occupations(rows: Collection[FigureRow], report: LabourReport) -> None:
    """Codes that no imported edition knows; without any, every code of the right form will do. One statement."""
    if not any(row.classification == Classification.KZIS for row in rows):
        return
    codes = Concept.objects.filter(framework__code=Classification.KZIS).values_list("code", flat=True)
    known = {code[:length] for code in codes for length in GROUPS} | set(codes)
    if not known:
        return
    for row in rows:
        if row.classification == Classification.KZIS and row.occupation not in known:
            told = _("W klasyfikacji nie ma zawodu o kodzie „%(code)s”.") % {"code": row.occupation}
            report.at_fault(Fault(row.line, "zawod", told))


def _store(rows: Collection[FigureRow], report: LabourReport, brought: LabourImport | None) -> None:
    sources = {row.source for row in rows}
    held = {
        tuple(str(getattr(one, name)) for name in KEY): one for one in LabourFigure.objects.filter(source__in=sources)
    }
    new, changed = [], []
    for row in rows:
        values = {name: getattr(row, name) for name in VALUES}
        one = held.get(row.key)
        if one is None:
            new.append(LabourFigure(brought_by=brought, **{name: getattr(row, name) for name in KEY}, **values))
        elif any(getattr(one, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(one, name, value)
            one.brought_by = brought
            changed.append(one)
    report.new, report.changed = len(new), len(changed)
    report.unchanged = len(rows) - len(new) - len(changed)
    if brought is not None:
        LabourFigure.objects.bulk_create(new, batch_size=BATCH)
        LabourFigure.objects.bulk_update(changed, [*VALUES, "brought_by"], batch_size=BATCH)


def _remembered(file: IO[bytes], name: str, acting_user: ActingUser | None) -> LabourImport:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(1_000_000):
        digest.update(chunk)
    account = acting_user.account if acting_user else None
    return LabourImport.objects.create(name=name[-255:], sha256=digest.hexdigest(), made_by=account)


@transaction.atomic
def take_figure(*, plan: DevelopmentPlan, figure: LabourFigure, acting_user: ActingUser) -> Source:
    """A figure becomes a source of the plan, as its source gives it; taken twice it is one. Raises NotAllowed."""
    says = sentence(figure)
    held = Source.objects.filter(plan=plan, title=figure.source, says=says, dated=figure.dated).first()
    if held is not None:
        acting_user.require(perms.may_write_plan(acting_user, plan))
        return held
    return write_source(
        plan=plan, title=figure.source, says=says, reliability=figure.reliability, url=figure.source_url,
        dated=figure.dated, acting_user=acting_user,
    )  # fmt: skip
