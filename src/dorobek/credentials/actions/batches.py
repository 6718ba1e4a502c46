"""A list of people who get one micro-credential: looked over first, then signed as a durable job (MC-3)."""

import datetime as dt
from collections.abc import Iterator
from typing import IO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.credentials.actions.issuing import check_version, issue_chunk
from dorobek.credentials.actions.signers import open_signer
from dorobek.credentials.enums import BatchState
from dorobek.credentials.models import IssuingBatch, TemplateVersion
from dorobek.credentials.perms import may_issue
from dorobek.credentials.queries.looking_over import Fate, Looked, look_over
from dorobek.credentials.recipients import BadList, read_recipients
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.files import store_bytes
from dorobek.kernel.jobs import Report, start
from dorobek.people.acting import ActingUser

JOB = "issue-batch"


def count_rows(content: IO[bytes]) -> int:
    """Rows of a list. Raises RuleBroken with words on what is wrong with the file."""
    try:
        return sum(1 for _row in read_recipients(content, today=timezone.localdate()))
    except BadList as fault:
        raise RuleBroken(words_of(fault), "list") from fault


def words_of(fault: BadList) -> str:
    """What is wrong with a list, and what to do."""
    words = {
        "empty": _("Ten plik jest pusty. Potrzebny jest wiersz nagłówków i po jednym wierszu na osobę."),
        "headings": _("Nie ma kolumn „Imię”, „Nazwisko” i „E-mail”. W pierwszym wierszu jest: %s.") % fault.what,
        "too-many": _("Lista jest za długa: najwyżej %s wierszy. Proszę ją podzielić.") % fault.what,
        "too-large": _("Ten arkusz jest po rozpakowaniu za duży. Proszę zapisać samą listę jako CSV."),
        "unreadable": _("Tego pliku nie da się odczytać. Przyjmujemy CSV i XLSX."),
    }
    return words[fault.problem]


@transaction.atomic
def prepare_batch(
    *,
    version: TemplateVersion,
    title: str,
    content: IO[bytes],
    awarded_on: dt.date,
    acting_user: ActingUser,
    invite: bool = True,
) -> IssuingBatch:
    """Keep the list, signed by nobody yet; `rows_of_batch` then tells every row's fate. Raises NotAllowed, RuleBroken."""
    issuer = version.template.issuer
    acting_user.require(may_issue(acting_user.account, issuer.institution))
    check_version(version)
    if awarded_on > timezone.localdate():
        raise RuleBroken(_("Dzień nadania nie może być w przyszłości."), "awarded_on")
    rows = count_rows(content)
    if not rows:
        raise RuleBroken(_("Na liście nie ma nikogo pod wierszem nagłówków."), "list")
    content.seek(0)
    made = IssuingBatch.objects.create(
        issuer=issuer, template_version=version, title=" ".join(title.split())[:200] or version.design.title_pl,
        source=store_bytes(content.read(), name="lista", media_type="text/csv"), awarded_on=awarded_on,
        invite=invite, rows=rows, asked_by=acting_user.account,
    )  # fmt: skip
    acting_user.record("batch.prepared", stream=made.uid, subject=made.uid, rows=rows, template=version.template)
    return made


def rows_of_batch(batch: IssuingBatch) -> Iterator[list[Looked]]:
    """Every row with its fate, in chunks."""
    if batch.source is None:
        return
    with batch.source.content.open("rb") as content:
        yield from look_over(
            batch.template_version, read_recipients(content, today=timezone.localdate(batch.created_at)), batch
        )


@transaction.atomic
def sign_batch(*, batch: IssuingBatch, acting_user: ActingUser, base_version: int | None = None) -> IssuingBatch:
    """Start signing. Raises NotAllowed, RuleBroken (signed already, withdrawn meanwhile), Conflict."""
    held = batch.locked()
    acting_user.require(may_issue(acting_user.account, held.issuer.institution))
    if held.state not in (BatchState.WAITING, BatchState.STOPPED):
        raise RuleBroken(_("Ta lista jest już podpisywana albo podpisana."))
    check_version(held.template_version)
    open_signer(held.issuer)  # fails now rather than in the job
    job = start(JOB, {"batch": str(held.uid)}, key=f"{JOB}:{held.uid}:{held.version}", asked_by=acting_user.account)
    held.write({"state": BatchState.SIGNING, "job": job, "asked_by": acting_user.account}, base_version=base_version)
    acting_user.record("batch.signing", stream=held.uid, subject=held.uid)
    return held


@transaction.atomic
def stop_batch(*, batch: IssuingBatch, acting_user: ActingUser) -> IssuingBatch:
    """Signing ends after the chunk under way; what is signed stays. It can be begun again. Raises NotAllowed, RuleBroken."""
    held = batch.locked()
    acting_user.require(may_issue(acting_user.account, held.issuer.institution))
    if held.state not in (BatchState.WAITING, BatchState.SIGNING):
        raise RuleBroken(_("Ta lista jest już podpisana."))
    held.write({"state": BatchState.STOPPED}, base_version=None)
    acting_user.record("batch.stopped", stream=held.uid, subject=held.uid, signed=held.signed)
    return held


def sign_rows(batch: IssuingBatch, acting_user: ActingUser, report: Report) -> dict[str, int]:
    """The work of the job: chunk by chunk, each in its transaction, so that a killed run goes on where it was."""
    signer = open_signer(batch.issuer)
    left_out = reached = 0
    for chunk in rows_of_batch(batch):
        if IssuingBatch.objects.values_list("state", flat=True).get(pk=batch.pk) == BatchState.STOPPED:
            break
        wanted = [one.recipient for one in chunk if one.fate is Fate.WILL_GET]
        left_out += len(chunk) - len(wanted)
        issue_chunk(batch=batch, recipients=wanted, signer=signer)
        reached += len(chunk)
        report(reached, batch.rows)
    return _finish(batch, acting_user, left_out)


@transaction.atomic
def _finish(batch: IssuingBatch, acting_user: ActingUser, left_out: int) -> dict[str, int]:
    held = batch.locked()
    if held.state == BatchState.SIGNING:
        _forget_list(held)
        held.write({"state": BatchState.DONE, "left_out": left_out}, base_version=None)
        acting_user.record("batch.signed", stream=held.uid, subject=held.uid, signed=held.signed, left_out=left_out)
        if held.invite:
            start("invite-holders", {"batch": str(held.uid)}, key=f"invite-holders:{held.uid}", asked_by=held.asked_by)
    return {"signed": held.signed, "left_out": left_out}


def _forget_list(batch: IssuingBatch) -> None:
    """Names and addresses of everyone, those left out included, are kept no longer than signing needs them."""
    if batch.source is None:
        return
    stored = batch.source
    path, storage = stored.content.name, stored.content.storage
    batch.source = None
    batch.save(update_fields=["source"])
    stored.delete()
    transaction.on_commit(lambda: storage.delete(path or ""))
