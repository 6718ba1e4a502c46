"""Points in time as XML Schema dateTimeStamp (VC 2.0, section 2.1: always with a time zone)."""

import re
from datetime import UTC, datetime, timedelta

from dorobek.vc.errors import VcError

_SHAPE = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,12})?(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)", re.ASCII
)
_MIDNIGHT = re.compile(r"24:00:00(?:\.0+)?[Z+-]")
# A clock elsewhere may be a little ahead.
CLOCK_SKEW = timedelta(seconds=60)


def moment(value: object, path: str = "") -> datetime:
    """The time that a text names, in UTC. Raises VcError `time` for another form, or none such (30 February)."""
    if not isinstance(value, str) or not _SHAPE.fullmatch(value):
        raise VcError("time", "a time must look like 2026-11-20T12:00:00Z, with its zone", path)
    # XML Schema lets the end of a day be written 24:00:00.
    midnight = value[11:13] == "24"
    if midnight and not _MIDNIGHT.match(value, 11):
        raise VcError("time", f"there is no such time as {value}", path)
    try:
        found = datetime.fromisoformat(f"{value[:11]}00{value[13:]}" if midnight else value)
        return (found + timedelta(days=1) if midnight else found).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise VcError("time", f"there is no such time as {value}", path) from error


def written(when: datetime) -> str:
    """A time with a zone as text in UTC, to the second: `2026-11-20T12:00:00Z`. Raises VcError `time` without a zone."""
    if when.tzinfo is None:
        raise VcError("time", "a time without a zone cannot be signed")
    return when.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
