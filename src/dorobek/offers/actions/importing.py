"""A file of the offer brought in (VO-2): first read whole, then written in one transaction, or not at all."""

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import IO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.events import publish
from dorobek.offers.actions.storing import Store
from dorobek.offers.enums import Source
from dorobek.offers.events import OfferMoved
from dorobek.offers.models import Edition, OfferImport
from dorobek.offers.perms import may_import
from dorobek.offers.reading import Fault, OfferRow, OffSale, read_national, read_table
from dorobek.people.acting import ActingUser

Progress = Callable[[int], None]
Read = OfferRow | OffSale | Fault
READERS: dict[str, Callable[[IO[bytes]], Iterator[Read]]] = {
    Source.TABLE: read_table, Source.NATIONAL: read_national,
}  # fmt: skip
BATCH = 1_000
FAULTS_SHOWN = 200


@dataclass
class ImportReport:
    """What an import found and did. `done` is False for a dry run and for a file with faults: nothing was written.

    `remarks`: what to look at in rows that were taken all the same.
    `off_sale`: left out, or withdrawn, because the source itself calls them cancelled.
    `past` counts editions that nobody can join any more; they are kept, and not shown in the search.
    """

    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    past: int = 0
    off_sale: int = 0
    fault_count: int = 0
    faults: list[Fault] = field(default_factory=list)
    remark_count: int = 0
    remarks: list[Fault] = field(default_factory=list)
    dry_run: bool = False
    done: bool = False
    uid: str = ""

    def at_fault(self, fault: Fault) -> None:
        self.fault_count += 1
        if len(self.faults) < FAULTS_SHOWN:
            self.faults.append(fault)

    def remarked(self, row: OfferRow) -> None:
        """Note what is odd about a good row."""
        if remark := row.remark:
            self.remark_count += 1
            if len(self.remarks) < FAULTS_SHOWN:
                self.remarks.append(Fault(row.line, "class_times", remark))


def import_offer(
    *,
    file: IO[bytes],
    name: str,
    source: str,
    acting_user: ActingUser | None,
    dry_run: bool = False,
    leave_out_faulty: bool = False,
    whole: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring in a seekable file. With one row at fault nothing is written, unless `leave_out_faulty`.

    `whole`: the file is everything the source has, so editions of that source that are not in it are withdrawn.
    `acting_user` is None for the operator's command. Raises NotAllowed, RuleBroken (no such file).
    """
    if acting_user is not None:
        acting_user.require(may_import(acting_user.account))
    report = ImportReport(dry_run=dry_run)
    wanted, off_sale = _checked(file, source, report, progress)
    if report.fault_count and not leave_out_faulty and not dry_run:
        return report
    if not report.rows and not off_sale:
        if not report.fault_count:
            raise RuleBroken(_("W pliku nie ma ani jednej usługi."), "file")
        return report
    with transaction.atomic():
        store = Store(source, write=not dry_run)
        for rows in _batches(_rows(file, source, wanted)):
            store.take(rows)
        report.new, report.changed, report.unchanged = store.new, store.changed, store.unchanged
        report.withdrawn = _withdraw(source, wanted, off_sale, whole=whole, write=not dry_run)
        if not dry_run:
            _remember(file, name, source, report, acting_user)
    return report


def _checked(
    file: IO[bytes], source: str, report: ImportReport, progress: Progress | None
) -> tuple[set[str], set[str]]:
    """Read everything once: count, note faults. Returns the numbers of the good rows, and of those off sale."""
    today, off_sale = timezone.localdate(), set()
    seen: dict[str, int] = {}
    for read in _read(file, source):
        if isinstance(read, OfferRow) and read.number in seen:
            read = Fault(
                read.line, "number",
                _("Numer „%(number)s” jest już w wierszu %(line)d.") % {"number": read.number, "line": seen[read.number]},
            )  # fmt: skip
        if isinstance(read, Fault):
            report.at_fault(read)
            continue
        if isinstance(read, OffSale):
            off_sale.add(read.number)
            report.off_sale += 1
            continue
        seen[read.number] = read.line
        report.rows += 1
        report.past += read.enrol_until < today
        report.remarked(read)
        if progress is not None and report.rows % BATCH == 0:
            progress(report.rows)
    return set(seen), off_sale - set(seen)


def _read(file: IO[bytes], source: str) -> Iterator[Read]:
    if source not in READERS:
        raise RuleBroken(_("Nie wiadomo, jak czytać ten plik. Może to być CSV albo JSON."), "source")
    file.seek(0)
    yield from READERS[source](file)


def _rows(file: IO[bytes], source: str, wanted: set[str]) -> Iterator[OfferRow]:
    """The good rows again, each number once."""
    taken: set[str] = set()
    for read in _read(file, source):
        if isinstance(read, OfferRow) and read.number in wanted and read.number not in taken:
            taken.add(read.number)
            yield read


def _batches(rows: Iterable[OfferRow]) -> Iterator[list[OfferRow]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch


def _withdraw(source: str, wanted: set[str], off_sale: set[str], *, whole: bool, write: bool) -> int:
    """Editions that the file calls off sale; of a `whole` file also those it does not name any more.

    One that has begun leaves a file by itself: it is kept, and withdrawn by hand where it has to be.
    """
    if not (whole or off_sale):
        return 0
    held = Edition.objects.filter(source=source, withdrawn_at=None, starts_on__gte=timezone.localdate())
    keys = held.order_by("pk").values_list("pk", "number", "uid")
    gone = [
        (pk, str(uid)) for pk, number, uid in keys.iterator() if number in off_sale or (whole and number not in wanted)
    ]
    if write:
        now = timezone.now()
        for start in range(0, len(gone), BATCH):
            part = gone[start : start + BATCH]
            Edition.objects.filter(pk__in=[pk for pk, _uid in part]).update(withdrawn_at=now, digest="")
            publish(OfferMoved(withdrawn=[uid for _pk, uid in part], changed=[], reason=""))
    return len(gone)


def _remember(file: IO[bytes], name: str, source: str, report: ImportReport, acting_user: ActingUser | None) -> None:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(1_000_000):
        digest.update(chunk)
    report.done = True
    row = OfferImport.objects.create(
        source=source,
        name=name[-255:],
        sha256=digest.hexdigest(),
        made_by=acting_user.account if acting_user else None,
    )
    report.uid = str(row.uid)
    row.report = dataclasses.asdict(report)
    row.save(update_fields=["report"])
    if acting_user is not None:
        counts = {key: row.report[key] for key in ("rows", "new", "changed", "withdrawn", "fault_count")}
        acting_user.record("offer.imported", stream=row.uid, subject=row.uid, file=row.name, **counts)
