"""Reading the info centre: what is published, for everybody; each function says how many statements it costs."""

import datetime as dt
from collections.abc import Sequence
from functools import reduce
from itertools import groupby

from django.db.models import Count, Max, Q, QuerySet

from dorobek.kernel.text import sort_key
from dorobek.register.enums import InfoSection
from dorobek.register.info.finding import asked, stems
from dorobek.register.models import InfoPage


def published() -> QuerySet[InfoPage]:
    """Pages that everybody may read."""
    return InfoPage.objects.filter(published=True).defer("search_text")


def in_section(section: str, language: str = "pl") -> list[InfoPage]:
    """Pages of a section: the glossary by the alphabet, the others in their own order. One statement."""
    return ordered(list(published().filter(section=section)), section, language)


def by_section(language: str = "pl") -> dict[str, list[InfoPage]]:
    """Every section with its pages. One statement."""
    pages = list(published())
    return {
        str(section): ordered([page for page in pages if page.section == section], section, language)
        for section in InfoSection
    }


def ordered(pages: list[InfoPage], section: str, language: str) -> list[InfoPage]:
    if section == InfoSection.GLOSSARY:
        return sorted(pages, key=lambda page: (sort_key(page.title(language)), page.pk))
    return sorted(pages, key=lambda page: (page.position, page.pk))


def letters(pages: Sequence[InfoPage], language: str) -> list[tuple[str, list[InfoPage]]]:
    """The glossary by first letters; Polish letters stand apart from plain ones."""
    return [(letter, list(group)) for letter, group in groupby(pages, lambda page: page.title(language)[:1].upper())]


def find_info_page(section: str, slug: str) -> InfoPage | None:
    """A published page. One statement."""
    return published().filter(section=section, slug=slug).first()


def see_also(page: InfoPage) -> list[InfoPage]:
    """Published pages that this one points at, in the order of the editor. One statement, none when there are none."""
    names = page.related.split()
    named = [name.partition("/") for name in names]
    if not named:
        return []
    wanted = reduce(lambda found, name: found | Q(section=name[0], slug=name[2]), named, Q(pk=None))
    found = {one.name: one for one in published().filter(wanted)}
    return [found[name] for name in names if name in found]


def neighbours(page: InfoPage) -> tuple[InfoPage | None, InfoPage | None]:
    """The page before and the page after in the same section. One statement."""
    pages = list(published().defer("text_pl", "text_en", "search_text").filter(section=page.section))
    rows = ordered(pages, page.section, "pl")
    at = next((n for n, one in enumerate(rows) if one.pk == page.pk), None)
    if at is None:  # withdrawn a moment ago
        return None, None
    return (rows[at - 1] if at else None, rows[at + 1] if at + 1 < len(rows) else None)


def search_info(query: str, language: str = "pl", section: str = "") -> list[InfoPage]:
    """Pages that have every word of the query in any form, those with most of them in the title first. One statement."""
    wanted = asked(query)
    if not wanted:
        return []
    rows = published().filter(section=section) if section else published()
    for one in wanted:
        rows = rows.filter(search_text__contains=f" {one}")
    found = [page for name in InfoSection for page in ordered([r for r in rows if r.section == name], name, language)]
    return sorted(found, key=lambda page: -_in_title(page, wanted))


def _in_title(page: InfoPage, wanted: Sequence[str]) -> float:
    """How much of the title the query is, between 0 and 1."""
    titles = [stems(page.title_pl), stems(page.title_en)]
    return max((sum(one in title for one in wanted) / len(title) for title in titles if title), default=0.0)


def info_state() -> tuple[str, dt.datetime | None]:
    """What every answer about the info centre depends on, and since when. One statement."""
    found = InfoPage.objects.aggregate(count=Count("pk"), at=Max("changed_at"), newest=Max("pk"))
    return f"{found['count']}-{found['newest']}-{found['at']}", found["at"]
