"""What would become of every row of a list, before anything is signed (MC-3)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from dorobek.credentials.enums import CredentialState
from dorobek.credentials.models import Credential, IssuingBatch, TemplateVersion
from dorobek.credentials.recipients import Recipient
from dorobek.kernel.text import normalised

CHUNK = 500


class Fate(StrEnum):
    WILL_GET = "will-get"
    TWICE = "twice"  # the same person stands higher on the list
    HOLDS = "holds"  # the person has this credential already, valid or suspended
    FAULT = "fault"  # the row itself is at fault


@dataclass(frozen=True)
class Looked:
    """A row and its fate."""

    recipient: Recipient
    fate: Fate


def look_over(
    version: TemplateVersion, recipients: Iterable[Recipient], batch: IssuingBatch | None = None
) -> Iterator[list[Looked]]:
    """Rows in chunks of 500, in order, one statement a chunk. What a batch under way has signed already is no obstacle:
    the same list gives the same fates however often it is begun again."""
    seen: set[int] = set()  # hashes, so that a list of any length stays small in memory
    rows = iter(recipients)
    while chunk := list(islice(rows, CHUNK)):
        holders = _holders(version, chunk, batch)
        looked = []
        for one in chunk:
            mark = hash(one.key)
            if one.problem is not None:
                fate = Fate.FAULT
            elif mark in seen:
                fate = Fate.TWICE
            else:
                fate = Fate.HOLDS if one.key in holders else Fate.WILL_GET
                seen.add(mark)
            looked.append(Looked(one, fate))
        yield looked


def _holders(version: TemplateVersion, chunk: Sequence[Recipient], batch: IssuingBatch | None) -> set[tuple[str, str]]:
    emails = {email for one in chunk if one.problem is None for email in (one.email, one.email.lower())}
    held = Credential.objects.filter(
        template_version__template=version.template_id,
        state__in=(CredentialState.VALID, CredentialState.SUSPENDED),
        person__email__in=emails,
    )
    if batch is not None:
        held = held.exclude(batch=batch)
    return {
        (email.lower(), normalised(f"{given} {family}"))
        for email, given, family in held.values_list("person__email", "person__given_names", "person__family_name")
    }
