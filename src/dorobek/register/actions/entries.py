"""Bringing entries into the register: only what changed is written, and every version stays (RG-1, RG-2)."""

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from dorobek.kernel import history
from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.register.actions.storing import Stored, store_chunk
from dorobek.register.entry import Read
from dorobek.register.entry.codes import is_code
from dorobek.register.enums import Source
from dorobek.register.perms import may_edit_register

REGISTER_STREAM = uuid.uuid5(uuid.NAMESPACE_URL, "dorobek:register")  # the history of the register as a whole
CHUNK = 300


@dataclass
class Imported:
    """What an import did: codes of entries created, changed and left as they were."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0

    def add(self, stored: Stored) -> None:
        self.created += stored.created
        self.changed += stored.changed
        self.unchanged += stored.unchanged


@transaction.atomic
def import_entries(
    *, reads: Iterable[Read], source: Source, source_name: str = "", acting_user: ActingUser | None = None
) -> Imported:
    """Store the entries; all of them or none. An operator's command has no acting user.

    Entries are taken from the iterable chunk by chunk, so a whole register streams. Raises NotAllowed, RuleBroken
    (a code that stands twice), and whatever the reader raises.
    """
    if acting_user is not None:
        acting_user.require(may_edit_register(acting_user.account))
    done, seen = Imported(), set()
    for chunk in chunks(reads, CHUNK):
        for read in chunk:
            if read.entry.code in seen:
                raise RuleBroken(f"Kod {read.entry.code} występuje w pliku dwa razy. Proszę zostawić jeden z wpisów.")
            if not is_code(read.entry.code):
                raise RuleBroken(
                    f"Kod {read.entry.code!r} nie może być adresem wpisu: ma się składać z cyfr, liter i kresek, najwyżej 20, i nie może być nazwą strony."
                )
            seen.add(read.entry.code)
        done.add(store_chunk(chunk, source, source_name))
    if done.created or done.changed:
        listed = hashlib.sha256("\n".join([*done.created, *done.changed]).encode()).hexdigest()
        history.record(
            stream=REGISTER_STREAM,
            kind="register.imported",
            actor_id=acting_user.account.pk if acting_user else None,
            data={
                "source": source,
                "name": source_name,
                "created": len(done.created),
                "changed": len(done.changed),
                "codes": listed,
            },
        )
    return done


def chunks(reads: Iterable[Read], size: int) -> Iterator[Sequence[Read]]:
    """The iterable in lists of at most `size`."""
    chunk: list[Read] = []
    for read in reads:
        chunk.append(read)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
