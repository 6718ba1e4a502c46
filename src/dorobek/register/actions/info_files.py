"""Bringing shipped info pages in: what an editor changed here is never overwritten (RG-9)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from dorobek.kernel import history
from dorobek.kernel.errors import RuleBroken
from dorobek.register.actions.entries import REGISTER_STREAM
from dorobek.register.actions.info import index, keep_version, known_pages, pointed_at, values_of
from dorobek.register.info.files import InfoFile
from dorobek.register.models import InfoPage


@dataclass(frozen=True)
class InfoImported:
    """Names of pages created, changed, and left because an editor changed them here; and how many were the same."""

    created: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    unchanged: int = 0


@transaction.atomic
def import_info(files: Sequence[InfoFile]) -> InfoImported:
    """Store the pages, published; all of them or none. Importing again writes only what differs.

    Raises RuleBroken (a page given twice, a link that leads to no page).
    """
    _check(files)
    held = {page.name: page for page in InfoPage.objects.select_for_update()}
    created, changed, left = [], [], []
    for file in files:
        values = values_of(file.words)
        page = held.get(file.name)
        if page is None:
            page = InfoPage.objects.create(section=file.section, slug=file.slug, published=True, **values)
            created.append(file.name)
        elif page.edited:
            if any(getattr(page, name) != value for name, value in values.items()):
                left.append(file.name)
            continue
        elif page.write(values, base_version=None):
            changed.append(file.name)
        else:
            continue
        index(page)
        keep_version(page, None)
    if created or changed:
        counts = {"created": len(created), "changed": len(changed)}
        history.record(stream=REGISTER_STREAM, kind="info.imported", actor_id=None, data=counts)
    same = len(files) - len(created) - len(changed) - len(left)
    return InfoImported(tuple(created), tuple(changed), tuple(left), same)


def _check(files: Sequence[InfoFile]) -> None:
    names = [file.name for file in files]
    if len(names) != len(set(names)):
        twice = sorted({name for name in names if names.count(name) > 1})
        raise RuleBroken(f"Te strony są w plikach dwa razy: {', '.join(twice)}.")
    known = known_pages() | set(names)
    for file in files:
        for field, pointed in pointed_at(values_of(file.words)).items():
            if lost := [name for name in pointed if name not in known]:
                raise RuleBroken(f"{file.name}, {field}: nie ma takiej strony: {', '.join(lost)}.")
