"""The demonstration's past: for a while the clock of the application stands so many days back.

A course that was bought, finished and paid takes two months; the story plays through the same actions as on the screens,
each on its day, so that rules about days hold and every date stands where it belongs.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils import timezone as moments


@contextmanager
def days_back(days: int) -> Iterator[None]:
    """`timezone.now()` and everything that rests on it, defaults of columns too, tell a moment so many days ago."""
    module: Any = moments  # its own name for the class of moments is all that `now` asks
    real = module.datetime

    class Then(real):  # type: ignore[misc, valid-type]
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
            return real.now(tz) - dt.timedelta(days=days)

    module.datetime = Then
    try:
        yield
    finally:
        module.datetime = real
