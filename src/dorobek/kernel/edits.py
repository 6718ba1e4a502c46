"""What was changed in a row since a form was opened, and joining the form with it.

The base a form began with is known by keyed digests alone (RowEdit): nobody's words are kept twice.
"""

import datetime as dt
import hashlib
import hmac
import json
import uuid
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.utils import timezone

from dorobek.kernel.errors import Conflict
from dorobek.kernel.merging import settle, spread

if TYPE_CHECKING:
    from dorobek.kernel.tables import Versioned

KEPT = dt.timedelta(days=90)  # a form or a draft older than this asks about every field, as if nothing were known
LOOKED_AT = 50  # entries of history searched for the author


def note(row: "Versioned", before: Mapping[str, Any]) -> None:
    """Remember which columns the save just made has changed, and the digest of what they held."""
    if row.apart:
        digests = {name: digest(row.uid, name, value) for name, value in spread(before, row.opened).items()}
        for name in row.opened:  # a key that was not there yet has no value to digest: the column stands for it
            if name in before:
                digests[name] = ""
        _table().create(subject=row.uid, version=row.version, before=digests)


def joined(row: "Versioned", held: Mapping[str, Any], given: Mapping[str, Any], base_version: int) -> dict[str, Any]:
    """What to write of `given` over `held`. Raises Conflict with the fields that both sides changed."""
    differing = {name for name, value in given.items() if held[name] != value}
    if not differing:
        return {}
    edits = _since(row, base_version)
    if edits is None:
        raise _conflict(row, {n: held[n] for n in differing}, {n: given[n] for n in differing}, {})
    whole = {name: getattr(row, name) for group in row.together for name in group} | dict(held)
    theirs, mine = spread(whole, row.opened), spread(given, row.opened)
    for name in row.opened:
        if name in given:
            keys = {key for key in theirs.keys() | mine.keys() if key.startswith(f"{name}.")}
            theirs |= dict.fromkeys(keys - theirs.keys())
            mine |= dict.fromkeys(keys - mine.keys())
    found = settle(_base(row, theirs, edits), _digests(row, theirs), _digests(row, mine), row.together)
    if found.clash:
        kept = {name: (theirs[name], mine[name]) for name in found.keep}
        raise _conflict(row, {n: theirs[n] for n in found.clash}, {n: mine[n] for n in found.clash}, kept)
    return _gathered(held, {name: mine[name] for name in found.take}, row.opened)


def unchanged(row: "Versioned", name: str, value: Any, base_version: int | None) -> bool:
    """True when the value is the one the row held at the base version: sent along, not written by anybody."""
    edits = _since(row, base_version) if base_version is not None else None
    return edits is not None and _base(row, {name: getattr(row, name)}, edits)[name] == digest(row.uid, name, value)


def begun(base_version: int | None) -> int | None:
    """The base of a form opened before its row was there (0): rows are made empty, as version 1, and then written."""
    return 1 if base_version == 0 else base_version


def digest(subject: uuid.UUID, name: str, value: Any) -> str:
    """A keyed digest of one value of one column of one row: it tells nothing without the installation's key."""
    from dorobek.kernel.tables import plain

    said = json.dumps([str(subject), name, plain(value)], sort_keys=True, ensure_ascii=False).encode()
    return hmac.new(f"dorobek.row-edit:{settings.SECRET_KEY}".encode(), said, hashlib.sha256).hexdigest()


def sweep(before: dt.datetime) -> int:
    """Forget edits older than the moment; returns how many."""
    return int(_table().filter(at__lt=before).delete()[0])


def oldest_kept() -> dt.datetime:
    """The moment from which edits are kept."""
    return timezone.now() - KEPT


def forget(subjects: Any) -> None:
    """Remove the edits of rows by their uid (erasure)."""
    _table().filter(subject__in=subjects).delete()


def last_author(subject: uuid.UUID, names: Collection[str]) -> tuple[str, dt.datetime | None]:
    """Who last changed one of the fields of a row and when, from its history; ("", None) when that is not known."""
    manager: Any = apps.get_model("kernel", "HistoryEntry")._default_manager
    entries = list(
        manager.filter(subject=subject).select_related("actor", "payload").order_by("-at", "-seq")[:LOOKED_AT]
    )
    columns = {name.partition(".")[0] for name in names}
    for entry in entries:
        payload = getattr(entry, "payload", None)
        if payload is not None and columns & (payload.data.keys() | payload.data.get("written", {}).keys()):
            return str(entry.actor or ""), entry.at
    return (str(entries[0].actor or ""), entries[0].at) if entries else ("", None)


def conflict(row: "Versioned", theirs: Mapping[str, Any], yours: Mapping[str, Any]) -> Conflict:
    """A conflict about a row, with who saved the other version and when."""
    return _conflict(row, theirs, yours, {})


def _conflict(
    row: "Versioned", theirs: Mapping[str, Any], yours: Mapping[str, Any], kept: Mapping[str, tuple[Any, Any]]
) -> Conflict:
    author, at = last_author(row.uid, theirs.keys())
    return Conflict(theirs, yours, row.version, at=at or row.changed_at, author=author, kept=kept)


def _table() -> Any:
    return apps.get_model("kernel", "RowEdit")._default_manager


def _since(row: "Versioned", base_version: int) -> list[Mapping[str, str]] | None:
    """What every save since the base version changed, oldest first; None where one of them is not known."""
    if not row.apart or not 0 < base_version < row.version:
        return None
    found = _table().filter(subject=row.uid, version__gt=base_version, version__lte=row.version).order_by("version")
    edits = list(found.values_list("before", flat=True))
    return edits if len(edits) == row.version - base_version else None


def _digests(row: "Versioned", values: Mapping[str, Any]) -> dict[str, str]:
    return {name: digest(row.uid, name, value) for name, value in values.items()}


def _base(row: "Versioned", theirs: Mapping[str, Any], edits: list[Mapping[str, str]]) -> dict[str, str]:
    """The digests of the base version: what the first change since then found, otherwise what is there now."""
    found = _digests(row, theirs)
    for edit in reversed(edits):
        found |= {name: value for name, value in edit.items() if name in found}
        for name in row.opened:
            if name in edit:
                new = {key for key in found if key.startswith(f"{name}.") and key not in edit}
                found |= {key: digest(row.uid, key, None) for key in new}
    return found


def _gathered(held: Mapping[str, Any], taken: Mapping[str, Any], opened: Collection[str]) -> dict[str, Any]:
    """The opposite of `spread`, over what is held."""
    found: dict[str, Any] = {}
    for name, value in taken.items():
        column, dot, key = name.partition(".")
        if dot and column in opened:
            found.setdefault(column, dict(held[column] or {}))[key] = value
        else:
            found[name] = value
    for column in set(opened) & found.keys():
        found[column] = {key: value for key, value in found[column].items() if value not in (None, "")}
    return found
