"""/informacje/: the glossary, the guide to validation and good practices, for everybody (RG-9)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dorobek.register.enums import InfoSection
from dorobek.register.info.markup import opening
from dorobek.register.info.markup import render as marked_up
from dorobek.register.models import InfoPage, InfoVersion
from dorobek.register.perms import may_edit_info
from dorobek.register.queries import info


def language() -> str:
    return "en" if (get_language() or "").startswith("en") else "pl"


def leads() -> dict[str, str]:
    """What each section is for, in a sentence."""
    return {
        InfoSection.GUIDE: _("Krok po kroku: od pytania, czy to dla mnie, do certyfikatu w ręku."),
        InfoSection.GLOSSARY: _("Słowa, które padają na spotkaniach i w pismach, wyjaśnione po ludzku."),
        InfoSection.PRACTICE: _("Dla doradców i instytucji: co sprawdza się w pracy i dlaczego."),
    }


def html(text: str, level: int = 2) -> SafeString:
    """The text of a page as markup: the renderer lets through nothing of its own, and escapes the rest."""
    return mark_safe(marked_up(text, level=level))


def told(page: InfoPage | InfoVersion, level: int = 2) -> dict[str, Any]:
    """A page ready to show in the reader's language; `lang` is "pl" where English is still missing."""
    english = language() == "en" and bool(page.text_en)
    return {
        "page_held": page,
        "title": page.title_en if english and page.title_en else page.title_pl,
        "html": html(page.text_en if english else page.text_pl, level),
        "lang": "pl" if language() == "en" and not english else "",
    }


def listed(page: InfoPage) -> dict[str, Any]:
    """A page in a list: its title, its beginning, its address."""
    spoken = language()
    return {
        "page_held": page,
        "title": page.title(spoken),
        "opening": opening(page.text(spoken)),
        "url": reverse("info-page", args=[page.section, page.slug]),
    }


def linked(page: InfoPage | None) -> dict[str, Any] | None:
    """A page to go to: its title and address."""
    if page is None:
        return None
    return {"title": page.title(language()), "url": reverse("info-page", args=[page.section, page.slug])}


def frame(request: HttpRequest) -> dict[str, Any]:
    return {"edits_info": request.user.is_authenticated and may_edit_info(request.user)}


def contents(request: HttpRequest) -> HttpResponse:
    """Every section, or what the words lead to. One statement."""
    words = request.GET.get("q", "").strip()[:200]
    context = {**frame(request), "words": words, "info_tab": "info"}
    if words:
        labels = dict(InfoSection.choices)
        found = [{**listed(one), "section": labels[one.section]} for one in info.search_info(words, language())]
        return render(request, "info/found.html", {**context, "found": found})
    held = info.by_section(language())
    guide, glossary, practice = (held[name] for name in (InfoSection.GUIDE, InfoSection.GLOSSARY, InfoSection.PRACTICE))
    about = leads()
    context |= {
        "guide": [listed(one) for one in guide],
        "glossary": [(letter, [listed(one) for one in pages]) for letter, pages in info.letters(glossary, language())],
        "practice": [listed(one) for one in practice],
        "lead": {name.name.lower(): about[name] for name in InfoSection},
        "label": {name.name.lower(): name.label for name in InfoSection},
    }
    return render(request, "info/contents.html", context)


def section(request: HttpRequest, section: str) -> HttpResponse:
    """One section: the glossary in full from A to Z, the others as a list. One statement."""
    held = known(section)
    pages = info.in_section(held, language())
    context = {**frame(request), "section": held, "lead": leads()[held], "info_tab": held.value}
    if held != InfoSection.GLOSSARY:
        return render(request, "info/section.html", {**context, "pages": [listed(one) for one in pages]})
    groups = [(letter, [told_term(one, 4) for one in terms]) for letter, terms in info.letters(pages, language())]
    return render(request, "info/glossary.html", {**context, "groups": groups})


def told_term(page: InfoPage, level: int) -> dict[str, Any]:
    return {**told(page, level), "url": reverse("info-page", args=[page.section, page.slug])}


def known(section: str) -> InfoSection:
    if section not in InfoSection.values:
        raise Http404
    return InfoSection(section)


def page(request: HttpRequest, section: str, slug: str) -> HttpResponse:
    """One page with what it points at and its neighbours. At most three statements."""
    held = info.find_info_page(known(section), slug)
    if held is None:
        raise Http404
    before, after = info.neighbours(held) if held.section != InfoSection.GLOSSARY else (None, None)
    context = {
        **frame(request),
        **told(held),
        "section": InfoSection(section),
        "related": [linked(one) for one in info.see_also(held)],
        "before": linked(before),
        "after": linked(after),
        "info_tab": section,
    }
    return render(request, "info/page.html", context)


def printed(request: HttpRequest, section: str) -> HttpResponse:
    """A whole section on one page, made for paper. One statement."""
    held = known(section)
    pages = [told(one, 3) for one in info.in_section(held, language())]
    return render(request, "info/printed.html", {"section": held, "lead": leads()[held], "pages": pages})
