"""Dates as people remember them: "2013", "wiosna 2013", "ok. 1998", "początek lat 90.", "około dwóch lat".

A value keeps what is known and no more (SA-3, SA-7). Stored as an EDTF string (ISO 8601-2, level 1); a duration as
an ISO 8601 duration. The text as typed is kept beside it by whoever stores it.
"""

from dorobek.kernel.partial_dates.duration import Amount, PartialDuration, parse_duration
from dorobek.kernel.partial_dates.parse import parse_partial_date
from dorobek.kernel.partial_dates.spans import Gap, Overlap, Span, gaps, months_between, overlaps
from dorobek.kernel.partial_dates.value import ParseError, Part, PartialDate, Precision, Season

__all__ = [
    "Amount",
    "Gap",
    "Overlap",
    "ParseError",
    "Part",
    "PartialDate",
    "PartialDuration",
    "Precision",
    "Season",
    "Span",
    "gaps",
    "months_between",
    "overlaps",
    "parse_duration",
    "parse_partial_date",
]
