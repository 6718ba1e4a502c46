"""Which deadline is to be reminded of on a day. Pure: a day and today in, a key out."""

import datetime as dt

BEFORE = (7, 2)  # days before the last one


def due_key(due: dt.date | None, today: dt.date, told_late: int) -> str:
    """What to tell today: "7" or "2" days before, "late" after; "" nothing. Of two that are due only the nearer.

    `told_late`: days after the last one in which a delay is still told, so that an old one is not dug up.
    """
    if due is None:
        return ""
    left = (due - today).days
    if left < 0:
        return "late" if -left <= told_late else ""
    return next((str(days) for days in sorted(BEFORE) if left <= days), "")
