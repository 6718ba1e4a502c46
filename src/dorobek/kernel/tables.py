"""What every table shares: its class of data, its outer identifier, its version."""

import enum
import uuid
from collections.abc import Collection, Mapping
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext as _

from dorobek.kernel import edits
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.ids import uuid7


class DataClass(enum.Enum):
    """Whose data a table holds; a test fails on any table that does not say."""

    PUBLIC = "public"
    INSTITUTION = "institution"
    PERSON = "person"
    SYSTEM = "system"  # chains, queues and keys: identifiers only, reachable by the operator alone


class Row(models.Model):
    """A table of Dorobek. `erase` names the free-text fields that erasure empties.

    `told_when`: rows that a person may take away with their data; None for all (a mark is nobody's to read before the
    decision). `has_forms`: its uid stands in addresses of forms, and erasure drops their drafts.
    """

    data_class: ClassVar[DataClass]
    erase: ClassVar[tuple[str, ...]] = ()
    told_when: ClassVar[models.Q | None] = None
    has_forms: ClassVar[bool] = False

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.check_fit(kwargs.get("update_fields"))
        super().save(*args, **kwargs)

    def check_fit(self, names: Collection[str] | None = None) -> None:
        """Refuse what does not fit its column: SQLite would keep a text that is too long, PostgreSQL would break.

        Raises RuleBroken with the field. Rows made in bulk call it themselves.
        """
        for column in self._meta.concrete_fields:
            if names is None or column.name in names:
                _check_fit(column, getattr(self, column.attname))


SMALLEST, LARGEST = 0, 32_767  # of a PositiveSmallIntegerField


def _check_fit(column: "models.Field[Any, Any]", value: Any) -> None:
    if isinstance(value, str) and isinstance(column, models.CharField | models.TextField):
        if "\x00" in value:
            raise RuleBroken(_("W tekście jest znak, którego nie da się zapisać. Proszę go usunąć."), column.name)
        if column.max_length and len(value) > column.max_length:
            limit = {"limit": column.max_length, "length": len(value)}
            raise RuleBroken(
                _("To za długie: najwyżej %(limit)d znaków, a jest %(length)d. Proszę skrócić.") % limit, column.name
            )
        if value and column.choices and value not in dict(column.flatchoices):
            raise RuleBroken(_("Tej odpowiedzi nie ma na liście. Proszę wybrać jedną z podanych."), column.name)
    if isinstance(column, models.PositiveSmallIntegerField) and isinstance(value, int):  # noqa: SIM102
        if not SMALLEST <= value <= LARGEST:
            raise RuleBroken(_("Ta liczba jest za duża albo ujemna. Proszę ją sprawdzić."), column.name)


class Public(Row):
    """A row seen outside: a `uid` that a client may propose when it inserts, and never change."""

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)

    class Meta:
        abstract = True


class Versioned(Public):
    """A row two people may edit. `version` counts its saves; a stale writer is told, not overruled.

    `apart`: its columns can be changed by two people at once, each their own, without a question. `together` names
    columns that mean something only with each other, `opened` columns of JSON whose keys stand for themselves.
    """

    apart: ClassVar[bool] = False
    together: ClassVar[tuple[tuple[str, ...], ...]] = ()
    opened: ClassVar[tuple[str, ...]] = ()

    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    def locked(self) -> Self:
        """This row again, as the database holds it now, locked until the transaction ends."""
        manager = type(self)._default_manager
        return manager.select_for_update().get(pk=self.pk)

    def write(
        self,
        values: Mapping[str, Any],
        *,
        base_version: int | None,
        beside: Mapping[str, tuple[Any, Any]] | None = None,
    ) -> dict[str, list[Any]]:
        """Set and save the fields that differ; return {field: [before, after]} for the history.

        `beside`: what is kept beside the row, as {name: (held, wanted)}; the caller writes those that come back.
        With a `base_version` that is not the row's, fields that only one side changed are joined where the table is
        `apart`; for the rest Conflict is raised, with both versions.
        """
        held = {name: getattr(self, name) for name in values}
        held |= {name: before for name, (before, _after) in (beside or {}).items()}
        given = {**values, **{name: after for name, (_before, after) in (beside or {}).items()}}
        if base_version is not None and base_version != self.version:
            given = edits.joined(self, held, given, base_version)
        changed = {name: [held[name], value] for name, value in given.items() if held[name] != value}
        if not changed:
            return {}
        for name in changed.keys() & values.keys():
            setattr(self, name, given[name])
        self.version += 1
        self.save()
        edits.note(self, {name: before for name, (before, _after) in changed.items()})
        return {name: [plain(before), plain(after)] for name, (before, after) in changed.items()}


def plain(value: Any) -> Any:
    """A value as JSON can hold it: rows by uid or key, dates and identifiers as text."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, models.Model):
        return str(getattr(value, "uid", value.pk))
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(item) for item in value]
    if isinstance(value, uuid.UUID):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
