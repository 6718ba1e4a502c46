"""Editors write pages of the info centre, publish and withdraw them; every version stays (RG-9)."""

import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.text import normalised
from dorobek.people.acting import ActingUser
from dorobek.people.models import Account
from dorobek.register.actions.entries import REGISTER_STREAM
from dorobek.register.enums import InfoSection
from dorobek.register.info.files import InfoWords
from dorobek.register.info.finding import search_text
from dorobek.register.info.markup import PAGE_NAME, links
from dorobek.register.models import InfoPage, InfoVersion
from dorobek.register.perms import may_edit_info

KEPT = ("title_pl", "title_en", "text_pl", "text_en", "related", "position", "published", "reviewed_on")
LONGEST_SLUG = 80


@transaction.atomic
def create_info_page(*, section: str, words: InfoWords, acting_user: ActingUser) -> InfoPage:
    """A new page, not published yet. Its address comes from the title and never changes.

    Raises NotAllowed, RuleBroken with the field: no title or text, a page with that title in the section, a link or
    a "see also" that leads to no page, a review in the future.
    """
    acting_user.require(may_edit_info(acting_user.account))
    if section not in InfoSection.values:
        raise RuleBroken(_("Proszę wybrać część centrum informacji."), "section")
    values = checked(words, own=f"{section}/{slug_of(words.title_pl)}")
    slug = slug_of(words.title_pl)
    if not slug:
        raise RuleBroken(_("Tytuł musi mieć choć jedną literę albo cyfrę: powstaje z niego adres strony."), "title_pl")
    page, created = InfoPage.objects.get_or_create(section=section, slug=slug, defaults={**values, "edited": True})
    if not created:
        raise RuleBroken(_("Strona z takim tytułem już jest w tej części. Proszę zmienić tytuł."), "title_pl")
    index(page)
    keep_version(page, acting_user.account)
    acting_user.record("info.created", stream=REGISTER_STREAM, subject=page.uid, page=page.name)
    return page


@transaction.atomic
def edit_info_page(
    *, page: InfoPage, words: InfoWords, acting_user: ActingUser, base_version: int | None = None
) -> InfoPage:
    """Write a page anew; the version before stays readable. An upgrade of Dorobek leaves it alone from now on.

    Raises NotAllowed, RuleBroken as for a new page or when nothing changed, Conflict.
    """
    held = page.locked()
    acting_user.require(may_edit_info(acting_user.account))
    changes = held.write(checked(words, own=held.name), base_version=base_version)
    if not changes:
        raise RuleBroken(_("Nic się nie zmieniło."))
    index(held)
    mark_edited(held)
    keep_version(held, acting_user.account)
    acting_user.record("info.changed", stream=REGISTER_STREAM, subject=held.uid, page=held.name, fields=list(changes))
    return held


@transaction.atomic
def publish_info_page(
    *, page: InfoPage, published: bool, acting_user: ActingUser, base_version: int | None = None
) -> InfoPage:
    """Show a page to everybody, or withdraw it. Raises NotAllowed, RuleBroken (it was changed after it was read)."""
    held = page.locked()
    acting_user.require(may_edit_info(acting_user.account))
    if base_version is not None and base_version != held.version:
        raise RuleBroken(_("Strona zmieniła się w międzyczasie. Proszę przeczytać ją jeszcze raz."))
    if not held.write({"published": published}, base_version=None):
        return held
    mark_edited(held)
    keep_version(held, acting_user.account)
    kind = "info.published" if published else "info.withdrawn"
    acting_user.record(kind, stream=REGISTER_STREAM, subject=held.uid, page=held.name)
    return held


def mark_edited(page: InfoPage) -> None:
    if not page.edited:
        page.edited = True
        page.save(update_fields=["edited"])


def keep_version(page: InfoPage, author: Account | None) -> InfoVersion:
    """The page as it now stands, beside its earlier versions."""
    stood = {name: getattr(page, name) for name in KEPT}
    return InfoVersion.objects.create(page=page, number=page.version, author=author, **stood)


def slug_of(title: str) -> str:
    """The last part of the address: "Efekt uczenia się" gives "efekt-uczenia-sie"."""
    return re.sub(r"[^a-z0-9]+", "-", normalised(title))[:LONGEST_SLUG].strip("-")


def checked(words: InfoWords, *, own: str) -> dict[str, Any]:
    """The columns of a page from its words. Raises RuleBroken with the field."""
    values = values_of(words)
    if not values["title_pl"]:
        raise RuleBroken(_("Proszę podać tytuł."), "title_pl")
    if not values["text_pl"]:
        raise RuleBroken(_("Proszę napisać tekst strony."), "text_pl")
    if words.reviewed_on and words.reviewed_on > timezone.localdate():
        raise RuleBroken(_("Przegląd nie może być w przyszłości."), "reviewed_on")
    pointed = pointed_at(values)
    known = known_pages() | {own}
    for field, names in pointed.items():
        if lost := [name for name in names if name not in known]:
            raise RuleBroken(_("Takiej strony nie ma: %(names)s. Proszę poprawić adres.") % {"names": ", ".join(lost)}, field)  # fmt: skip
    return values


def values_of(words: InfoWords) -> dict[str, Any]:
    """Columns of a page."""
    return {
        "title_pl": words.title_pl.strip(),
        "title_en": words.title_en.strip(),
        "text_pl": words.text_pl.strip(),
        "text_en": words.text_en.strip(),
        "related": "\n".join(dict.fromkeys(words.related)),
        "position": words.position,
        "reviewed_on": words.reviewed_on,
    }


def index(page: InfoPage) -> None:
    """Make the page found by the words it now has."""
    page.search_text = search_text(page.title_pl, page.title_en, page.text_pl, page.text_en)
    page.save(update_fields=["search_text"])


def pointed_at(values: Mapping[str, Any]) -> dict[str, list[str]]:
    """Names of pages that the columns lead to, by column."""
    found = {"related": values["related"].split()}
    for field in ("text_pl", "text_en"):
        found[field] = [target for target in links(values[field]) if PAGE_NAME.fullmatch(target)]
    return found


def known_pages() -> set[str]:
    """Names of every page, published or not. One statement."""
    return {f"{section}/{slug}" for section, slug in InfoPage.objects.values_list("section", "slug")}
