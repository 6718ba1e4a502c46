"""/rejestr/slowa/: occupations and skills of ESCO that somebody's words lead to, each with its reason (MT-1, RG-6)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dorobek.matching.types import Language, Match
from dorobek.register.queries.esco import words_in_esco
from dorobek.register.queries.search import LONGEST

MOST = 6
LIKELY = 0.6  # an occupation below this part of the best one's score is not shown beside it


@require_safe
def near_words(request: HttpRequest) -> HttpResponse:
    """The box alone for the page of search, which costs what it did without it; a whole page for a plain link."""
    typed = request.GET.get("q", "").replace("\0", " ").strip()
    words = typed[:LONGEST]
    language: Language = "en" if get_language() == "en" else "pl"
    found = words_in_esco(words, language, MOST) if words else None
    context: dict[str, Any] = {"words": words, "found": found, "occupations": [], "skills": []}
    context["too_long"] = LONGEST if len(typed) > LONGEST else None
    if found is not None:
        best = max((one.suggestion.score for one in found.occupations), default=0.0)
        context["occupations"] = [
            {"label": one.concept.label(language), "uri": one.concept.uri, "met": met(one.suggestion.matches)}
            for one in found.occupations
            if one.suggestion.score >= LIKELY * best
        ]
        context["skills"] = [
            {
                "label": one.concept.label(language),
                "foreign": language == "pl" and not one.concept.label_pl,
                "uri": one.concept.uri,
                "met": met(one.led.matches),
                "through": ", ".join(occupation.label(language) for occupation in one.through),
            }
            for one in found.skills
        ]
    alone = bool(request.headers.get("HX-Request"))
    answer = render(request, "register/words.html" if alone else "register/words_page.html", context)
    answer["Vary"] = "Cookie, HX-Request"
    return answer


def met(matches: tuple[Match, ...]) -> list[tuple[str, str]]:
    """Which words met which, once each."""
    return list(dict.fromkeys((one.words_in_text, one.words_in_concept) for one in matches))[:3]
