"""Are the meetings of a case within the programme's limits (SA-6): their number, length and sum."""

from collections.abc import Sequence
from dataclasses import dataclass

from dorobek.programmes.rules.words import Bilingual
from dorobek.programmes.schema.shapes import Meetings


@dataclass(frozen=True)
class MeetingsState:
    """`notes` are remarks for the adviser; `may_add` tells whether one more meeting is allowed."""

    count: int
    minutes: int
    may_add: bool
    notes: tuple[Bilingual, ...]


def check_meetings(limits: Meetings, lengths: Sequence[int], *, finished: bool = False) -> MeetingsState:
    """Judge the meetings held, `lengths` in minutes, the recruitment talk left out.

    With `finished` the lower limits count as well: before the end, too few meetings are no fault.
    """
    count, minutes = len(lengths), sum(lengths)
    notes: list[Bilingual] = []
    if count > limits.max_count:
        notes.append(
            Bilingual(
                f"Spotkań jest {count}, a program pozwala na {limits.max_count}.",
                f"There are {count} meetings; the programme allows {limits.max_count}.",
            )
        )
    elif count > limits.usual_to:
        notes.append(
            Bilingual(
                f"Spotkań jest {count}; zwykle wystarcza {limits.usual_to}.",
                f"There are {count} meetings; {limits.usual_to} are usually enough.",
            )
        )
    if minutes > limits.total_minutes_to:
        notes.append(_total(minutes, limits.total_minutes_to, too_long=True))
    if finished and count < limits.min_count:
        notes.append(
            Bilingual(
                f"Spotkań jest {count}, a program wymaga {limits.min_count}.",
                f"There are {count} meetings; the programme asks for {limits.min_count}.",
            )
        )
    if finished and minutes < limits.total_minutes_from:
        notes.append(_total(minutes, limits.total_minutes_from, too_long=False))
    return MeetingsState(count, minutes, count < limits.max_count, tuple(notes))


def check_length(minutes: int, low: int, high: int) -> Bilingual | None:
    """A remark when one talk is shorter or longer than planned; None when it is within."""
    if low <= minutes <= high:
        return None
    return Bilingual(
        f"Rozmowa trwała {minutes} min, a zwykle trwa od {low} do {high} min.",
        f"The talk took {minutes} min; it usually takes {low} to {high} min.",
    )


def hours(minutes: int) -> str:
    """ "4 h 30 min", "5 h", "45 min"."""
    whole, rest = divmod(minutes, 60)
    parts = [f"{whole} h"] * bool(whole) + [f"{rest} min"] * bool(rest or not whole)
    return " ".join(parts)


def _total(minutes: int, limit: int, *, too_long: bool) -> Bilingual:
    has, most = hours(minutes), hours(limit)
    if too_long:
        return Bilingual(
            f"Spotkania trwały razem {has}, a program przewiduje do {most}.",
            f"The meetings took {has} in all; the programme plans up to {most}.",
        )
    return Bilingual(
        f"Spotkania trwały razem {has}, a program wymaga co najmniej {most}.",
        f"The meetings took {has} in all; the programme asks for at least {most}.",
    )
