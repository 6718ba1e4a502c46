"""Actions on drafts: what somebody is typing, kept until it is sent. No history: a draft is nobody's decision yet."""

import datetime as dt
import json
import uuid
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from dorobek.kernel import jobs
from dorobek.kernel.models import Job
from dorobek.people.models import Account, Draft

LARGEST = 200_000  # characters of one form's values as JSON
MOST_PER_ACCOUNT = 300  # older ones make room
Values = Mapping[str, Sequence[str]]


class TooLarge(Exception):
    """More text than one form may keep."""


def save_draft(
    *,
    account: Account,
    form: str,
    values: Values,
    client: str = "",
    seq: int = 0,
    base_version: int = 0,
    case_uid: uuid.UUID | None = None,
) -> dt.datetime:
    """Keep what the account is typing in a form; return when it was saved.

    A message of the same device that was overtaken by a later one (smaller `seq`) changes nothing.
    Raises TooLarge; the values never reach a log.
    """
    if len(json.dumps(values, ensure_ascii=False)) > LARGEST:
        raise TooLarge
    with transaction.atomic():
        # Two first messages may arrive at once: the row is made once, and both then wait for its lock.
        found, created = Draft.objects.get_or_create(account=account, form=form)
        draft = Draft.objects.select_for_update().get(pk=found.pk)
        if draft.client == client and seq < draft.client_seq:
            return draft.saved_at
        if created:
            _make_room(account)
        draft.values = {name: list(items) for name, items in values.items()}
        draft.client, draft.client_seq, draft.base_version, draft.case_uid = client, seq, base_version, case_uid
        draft.save()
    return draft.saved_at


def _make_room(account: Account) -> None:
    """Drop the oldest drafts of an account that has too many; the new one is the youngest."""
    kept = Draft.objects.filter(account=account).order_by("-saved_at", "-pk")
    surplus = list(kept.values_list("pk", flat=True)[MOST_PER_ACCOUNT:])
    if surplus:
        Draft.objects.filter(pk__in=surplus).delete()


def draft_of(account: Account, form: str) -> Draft | None:
    """The account's own draft of a form. Nobody else's is ever read."""
    return Draft.objects.filter(account=account, form=form).first()


def drop_draft(*, account: Account, form: str) -> None:
    """The form was sent, or the draft is not wanted."""
    Draft.objects.filter(account=account, form=form).delete()


@jobs.daily("old-drafts")
def daily_upkeep(_job: Job, _report: jobs.Report) -> dict[str, int]:
    """Once a day, by the worker."""
    return {"drafts": drop_old_drafts()}


def drop_old_drafts(*, days: int = 90) -> int:
    """Delete drafts nobody touched for so many days; return how many (upkeep)."""
    removed, _ = Draft.objects.filter(saved_at__lt=timezone.now() - dt.timedelta(days=days)).delete()
    return removed
