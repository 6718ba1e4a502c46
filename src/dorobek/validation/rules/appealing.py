"""What a candidate can appeal against, and until when (VA-6). Pure: what was decided and when in, what is open out."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field

# Days that a body may set for an appeal and for its answer. The register's entries give none; the Code of Administrative
# Procedure lends them: nobody gets less than art. 129 § 2 for an appeal, no answer takes longer than art. 35 § 3.
APPEAL_DAYS, MOST_APPEAL_DAYS = 14, 90
ANSWER_DAYS = 30


def days_lawful(appeal_days: int, answer_days: int) -> bool:
    return APPEAL_DAYS <= appeal_days <= MOST_APPEAL_DAYS and 1 <= answer_days <= ANSWER_DAYS


@dataclass(frozen=True)
class Decided:
    """A decision against the candidate: `about` (a value of AppealAbout), the day, whether it was appealed already."""

    about: str
    on: dt.date
    answered: bool = False


@dataclass(frozen=True)
class CaseSoFar:
    """`state`: of the application; `decided`: what stands against the candidate; `waiting`: abouts of open appeals."""

    state: str
    decided: tuple[Decided, ...] = ()
    waiting: frozenset[str] = field(default_factory=frozenset)


# While something is still going on, its conduct can be objected to on any day.
ONGOING: dict[str, tuple[str, ...]] = {
    "submitted": ("course",),
    "documented": ("course",),
    "appointed": ("commission", "course"),
}


def open_appeals(case: CaseSoFar, days: int, today: dt.date) -> dict[str, dt.date | None]:
    """What can be appealed today -> the last day for it, None: any day of this step. The gravest thing first."""
    found: dict[str, dt.date | None] = {}
    for one in case.decided:
        last = one.on + dt.timedelta(days)
        if today <= last and not one.answered:
            found[one.about] = last
    found |= dict.fromkeys(ONGOING.get(case.state, ()))
    return {about: last for about, last in found.items() if about not in case.waiting}


def last_days(case: CaseSoFar, days: int) -> dict[str, dt.date]:
    """The last day for an appeal against each decision, over or not."""
    return {one.about: one.on + dt.timedelta(days) for one in case.decided}


def carried_on(
    carried: Collection[str], rounds: Collection[tuple[Collection[str], Collection[str], bool]]
) -> list[str]:
    """Outcomes that need no second look in the next round.

    `carried`: those of now; `rounds`: of each decision in this case the outcomes met, those it had not to judge, and
    whether its commission and methods were lawful. What a lawful round confirmed stands, never to the candidate's harm;
    what came from a round that broke a rule is looked at again.
    """
    own = {code for met, before, _lawful in rounds for code in met if code not in before}
    lawful = {code for met, before, fine in rounds if fine for code in met if code not in before}
    return sorted((set(carried) - own) | lawful)
