"""The demonstration's past: for a while the clock of the application stands so many days back.

A course that was bought, finished and paid takes two months; the story plays through the same actions as on the screens,
each on its day, so that rules about days hold and every date stands where it belongs.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.utils import timezone as moments

from dorobek.plans.routes.problem import add_months


def days_back(days: int) -> AbstractContextManager[None]:
    """`timezone.now()` and everything that rests on it, defaults of columns too, tell a moment so many days ago."""
    return _back(dt.timedelta(days=days))


def at(days: int, clock: str) -> AbstractContextManager[None]:
    """The same, so many days ago (at least one) at an hour of that day: `at(3, "10:15")`."""
    hour, _colon, minute = clock.partition(":")
    day = moments.localdate() - dt.timedelta(days=days)
    then = moments.make_aware(dt.datetime.combine(day, dt.time(int(hour), int(minute))))
    return _back(moments.now() - then)


def coming(month: int, months_away: int) -> dt.date:
    """The last day of the first such month that is at least so many months away."""
    first = add_months(moments.localdate(), months_away).replace(day=1)
    while first.month != month:
        first = add_months(first, 1)
    return add_months(first, 1) - dt.timedelta(days=1)


@contextmanager
def _back(by: dt.timedelta) -> Iterator[None]:
    module: Any = moments  # its own name for the class of moments is all that `now` asks
    real = module.datetime

    class Then(real):  # type: ignore[misc, valid-type]
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
            return real.now(tz) - by

    module.datetime = Then
    try:
        yield
    finally:
        module.datetime = real
