"""Typed events: a room lets a later room know, without knowing it.

`publish` stores the event in the transaction of its cause; after commit each handler runs once. What a crash
left undelivered is found by `deliver_waiting`, which the worker calls every minute.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from dorobek.kernel.models import Event
from dorobek.kernel.tables import plain

Handler = Callable[[Any], None]
E_ = TypeVar("E_", bound=type)
_types: dict[str, type] = {}
_handlers: dict[str, list[Handler]] = defaultdict(list)


def event(cls: E_) -> E_:
    """Class decorator: a frozen dataclass of JSON-able fields becomes an event type, named after itself."""
    _types[cls.__name__] = cls
    return cls


def on(kind: type) -> Callable[[Handler], Handler]:
    """Decorator: call this function with each event of the type. It must be safe to call twice."""

    def register(handler: Handler) -> Handler:
        _handlers[kind.__name__].append(handler)
        return handler

    return register


def publish(happened: Any) -> None:
    """Store the event with the change that caused it; deliver it after commit."""
    row = Event.objects.create(kind=type(happened).__name__, data=plain(dataclasses.asdict(happened)))
    transaction.on_commit(lambda: deliver(row.pk))


def deliver(pk: int) -> bool:
    """Run the handlers of one event in one transaction with its delivery mark. False when already delivered."""
    with transaction.atomic():
        row = Event.objects.select_for_update().filter(pk=pk, delivered_at=None).first()
        if row is None:
            return False
        happened = _types[row.kind](**row.data)
        for handler in _handlers[row.kind]:
            handler(happened)
        row.delivered_at = timezone.now()
        row.save(update_fields=["delivered_at"])
    return True


def deliver_waiting(limit: int = 500) -> int:
    """Deliver what a crash left behind; returns how many."""
    waiting = Event.objects.filter(delivered_at=None).order_by("pk").values_list("pk", flat=True)[:limit]
    return sum(deliver(pk) for pk in list(waiting))
