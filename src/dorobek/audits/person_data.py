"""Everything held on a person: taken away whole, or erased (XX-3, PF-3). No table can be forgotten.

Both walk every table of the class PERSON: rows are found by following foreign keys to the person, to the
person's account, or by the uid written beside files and history.
"""

import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from dorobek.audits.models import SkillsAudit
from dorobek.kernel import edits, history
from dorobek.kernel.models import HistoryPayload, StoredFile
from dorobek.kernel.tables import DataClass, Row, Versioned, plain
from dorobek.people.acting import ActingUser
from dorobek.people.models import AccessGrant, Account, Draft, Erasure, Person
from dorobek.portfolio.models import Share

FORMAT = "dorobek-person-1"
# Columns that are of no use to anybody outside, or open something.
SECRET = {"password", "secret_hash", "token_hash"}


def tables() -> list[type[Row]]:
    """Every table that holds a person's data, in the order of the rooms."""
    return [m for m in apps.get_models() if issubclass(m, Row) and m.data_class is DataClass.PERSON]


def paths_to_person(model: type[models.Model], depth: int = 3) -> list[str]:
    """Lookups that lead from a table to the person its rows are about, shortest first."""
    if depth == 0:
        return []
    found = []
    for field in model._meta.get_fields():
        if not isinstance(field, models.ForeignKey) or field.null:
            continue
        target: Any = field.related_model
        if target is Person:
            found.append(field.name)
        elif issubclass(target, Row) and target.data_class is DataClass.PERSON and target is not Account:
            found += [f"{field.name}__{path}" for path in paths_to_person(target, depth - 1)]
    return sorted(found, key=len)


def streams(person: Person) -> list[Any]:
    """The chains that tell of a person: the person's own, and one for each case."""
    return [person.uid, *SkillsAudit.objects.filter(person=person).values_list("uid", flat=True)]


def rows_of(model: type[Row], person: Person) -> Any:
    """The rows of a table that are about this person. Raises LookupError for a table that leads nowhere."""
    manager: Any = model._default_manager
    if model is HistoryPayload:
        return manager.filter(entry__stream__in=streams(person))
    if model is StoredFile:
        return manager.filter(person_uid=person.uid)
    if model is Account:
        return manager.filter(pk=person.account_id)
    if model is Draft:
        cases = SkillsAudit.objects.filter(person=person).values("uid")
        about = Q(account=person.account_id) | Q(case_uid__in=cases)
        for table in tables():
            if table.has_forms:
                about |= Q(case_uid__in=rows_of(table, person).values("uid"))
        return manager.filter(about)
    if model is Person:
        return manager.filter(pk=person.pk)
    paths = paths_to_person(model)
    if not paths:
        raise LookupError(f"{model._meta.label} holds a person's data but does not lead to the person")
    return manager.filter(**{paths[0]: person})


def export_person(person: Person, folder: Path) -> Path:
    """Write `person.json` and the files beside it into the folder; returns the path of the JSON.

    The JSON holds `format`, `person` (uid), `made_at` and `tables`: table name -> list of rows, columns by name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    held = {model._meta.label_lower: list(_plain_rows(_told(model, person))) for model in tables()}
    # What an adviser is still typing is theirs until it is sent.
    own_drafts = Draft.objects.filter(account=person.account_id) if person.account_id else Draft.objects.none()
    held[Draft._meta.label_lower] = list(_plain_rows(own_drafts))
    for stored in rows_of(StoredFile, person):
        with stored.content.open("rb") as content, open(folder / str(stored.uid), "wb") as out:
            shutil.copyfileobj(content, out)
    whole = {"format": FORMAT, "person": str(person.uid), "made_at": timezone.now().isoformat(), "tables": held}
    path = folder / "person.json"
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def _told(model: type[Row], person: Person) -> Any:
    """The rows of a table that the person may take away now."""
    rows = rows_of(model, person)
    return rows if model.told_when is None else rows.filter(model.told_when)


def export_archive(person: Person) -> BinaryIO:
    """The same as one ZIP, open at its beginning; the caller closes it, and with that it is gone."""
    archive = tempfile.TemporaryFile()  # noqa: SIM115
    with tempfile.TemporaryDirectory(prefix="dorobek-export-") as folder:
        export_person(person, Path(folder))
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
            for path in sorted(Path(folder).iterdir()):
                packed.write(path, path.name)
    archive.seek(0)
    return archive


def _plain_rows(rows: models.QuerySet[Any]) -> Iterator[dict[str, Any]]:
    names = [field.attname for field in rows.model._meta.concrete_fields if field.name not in SECRET]
    for row in rows.order_by("pk").iterator():
        yield {name: plain(getattr(row, name)) for name in names}


@transaction.atomic
def erase_person(*, person: Person, acting_user: ActingUser | None) -> Erasure:
    """Erase a person: free text, files, payloads, drafts, shares, grants, the account's name and address.

    What the law makes an office keep (the facts of registration) stays without names until its day; `kept` says
    which and on what ground. Called by a door that has checked who may decide this; an operator's command has no
    acting user.
    """
    cases = list(SkillsAudit.objects.filter(person=person).select_related("programme_version__programme"))
    kept = {str(audit.uid): _kept(audit) for audit in cases}
    for stream in streams(person):
        history.erase_payloads(stream)
    for model in tables():
        if model not in (Person, Account, HistoryPayload, StoredFile, Draft):
            _empty(model, rows_of(model, person))
        if issubclass(model, Versioned) and model.apart:
            edits.forget(rows_of(model, person).values("uid"))
    rows_of(Draft, person).delete()
    Share.objects.filter(person=person, revoked_at=None).update(revoked_at=timezone.now())
    AccessGrant.objects.filter(person=person).delete()
    _erase_files(person)
    _erase_identity(person)
    erasure = Erasure.objects.update_or_create(person_uid=person.uid, defaults={"kept": kept})[0]
    history.record(stream=person.uid, kind="person.erased", actor_id=acting_user.account.pk if acting_user else None)
    return erasure


def _kept(audit: SkillsAudit) -> dict[str, Any]:
    """What an office keeps of one case, how long and on what ground, from the programme's own rules."""
    retention = audit.rules.retention
    return {
        "what": ["registration facts for reporting", "dates and places of meetings", "checksums of documents"],
        "years": retention.years,
        "from": str(retention.starts),
        "legal_basis": retention.legal_basis.pl,
    }


def _empty(model: type[Row], rows: models.QuerySet[Any]) -> None:
    """Empty the free-text columns of rows, whatever their kind of column."""
    blank: dict[str, Any] = {}
    for name in model.erase:
        field: Any = model._meta.get_field(name)
        blank[name] = None if field.null else [] if isinstance(field, models.JSONField) else ""
    if "details" in {field.name for field in model._meta.concrete_fields}:
        blank["details"] = {}
    for search in ("search_text", "sort_key"):
        if search in {field.name for field in model._meta.concrete_fields}:
            blank[search] = ""
    if blank:
        rows.update(**blank)


def _erase_files(person: Person) -> None:
    for stored in rows_of(StoredFile, person):
        path, storage = stored.content.name, stored.content.storage
        for model in tables():
            for field in model._meta.concrete_fields:
                if isinstance(field, models.ForeignKey) and field.related_model is StoredFile:
                    model._default_manager.filter(**{field.name: stored}).update(**{field.name: None})
        stored.delete()
        transaction.on_commit(lambda path=path, storage=storage: storage.delete(path))  # type: ignore[misc]


def _erase_identity(person: Person) -> None:
    account = person.account
    if account is not None:
        Account.objects.filter(pk=account.pk).update(
            email=f"erased-{account.uid}@invalid", name="", title="", is_active=False, password="!"
        )
    Person.objects.filter(pk=person.pk).update(
        **dict.fromkeys((*Person.erase, "citizenship", "sort_key", "search_text", "teryt"), ""),
        birth_date=None,
        account=None,
        erased_at=timezone.now(),
    )
