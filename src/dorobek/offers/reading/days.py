"""Days and moments as files of the national base write them: ISO 8601, nothing before or after it."""

import datetime as dt
import re

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import localtime

_ISO = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?\s?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?", re.ASCII
)


def moment_of(text: str) -> dt.datetime | None:
    """A point in time as the clock on a Polish wall shows it; None for a bare day and for anything else."""
    if not _ISO.fullmatch(text):
        return None
    try:
        moment = parse_datetime(text) if len(text) > len("2027-03-06") else None
        return localtime(moment).replace(tzinfo=None) if moment and moment.tzinfo else moment
    except (ValueError, OverflowError):
        return None


def day_of(text: str) -> dt.date | None:
    """The day, alone or with an hour; None when there is no such day."""
    moment = moment_of(text)
    if moment is not None:
        return moment.date()
    try:
        return parse_date(text) if _ISO.fullmatch(text) and len(text) == len("2027-03-06") else None
    except ValueError:
        return None
