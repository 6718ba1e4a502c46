"""Tags and filters of every template (a builtin of the engine, so nothing needs loading).

{% icon "ok" %}  {% status state %}  {% tag "ok" "ok" "Potwierdzona" %}  {% field form.name %}  {% errors form %}
{% autosave form %}  {% query page=3 %}  {% gendered person "Uczestniczka" "Uczestnik" "Osoba" %}
|typo |highlighted:words |day |short_day |clock |ago_days |minutes |money |plural:_("dzień,dni,dni") |edtf
"""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from dorobek.kernel.vocative import vocative
from dorobek.web import conflicts, drafts, states, typography

register = template.Library()
_TAGS = re.compile(r"(<[^>]*>)")


@register.simple_tag
def icon(name: str, label: str = "", css: str = "i") -> SafeString:
    """A drawing of the sprite; decoration unless it has a label."""
    source = static("dorobek/icons.svg")
    if label:
        return format_html(
            '<svg class="{}" viewBox="0 0 20 20" role="img" aria-label="{}"><use href="{}#{}"/></svg>',
            css, label, source, name,
        )  # fmt: skip
    return format_html(
        '<svg class="{}" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        css, source, name,
    )  # fmt: skip


@register.simple_tag(name="tag")
def status_tag(tone: str, icon_name: str, label: str, bare: bool = False) -> SafeString:
    """A status: icon, word, then colour. Tones: ok, me, wait, bad, or "" for neutral."""
    classes = "tag" + (f" tag--{tone}" if tone else "") + (" tag--bare" if bare else "")
    return format_html('<span class="{}">{}{}</span>', classes, icon(icon_name) if icon_name else "", label)


@register.simple_tag
def status(state: Any, label: str = "", bare: bool = False) -> SafeString:
    """The tag of a known state; an unknown word is shown as it is, without colour."""
    tone, icon_name, words = states.look_of(state)
    return status_tag(tone, icon_name, label or words, bare)


@register.filter(is_safe=True)
def typo(value: Any) -> str:
    """No-break spaces where Polish needs them; inside markup that is already safe, only between the tags."""
    if value is None:
        return ""
    text = str(value)
    if isinstance(value, SafeString) and "<" in text:
        pieces = _TAGS.split(text)
        return mark_safe("".join(p if i % 2 else typography.keep_together(p) for i, p in enumerate(pieces)))
    return typography.keep_together(text)


@register.filter
def highlighted(value: Any, words: Iterable[str]) -> SafeString:
    """The text with the given words marked, wherever they stand as whole words; everything else escaped."""
    text = str(value or "")
    wanted = sorted({part for word in words for part in str(word).split() if len(part) > 2}, key=len, reverse=True)
    if not wanted:
        return conditional_escape(text)
    pieces = re.split(rf"\b({'|'.join(map(re.escape, wanted))})\b", text, flags=re.IGNORECASE)
    marked = [format_html("<mark>{}</mark>", piece) if at % 2 else escape(piece) for at, piece in enumerate(pieces)]
    return mark_safe("".join(marked))


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    return typography.day(value) if value else ""


@register.filter
def short_day(value: dt.date | dt.datetime | None) -> str:
    return typography.short_day(value) if value else ""


@register.filter
def clock(value: dt.time | dt.datetime | None) -> str:
    return typography.clock(value) if value is not None and value != "" else ""


@register.filter
def ago_days(value: dt.date | dt.datetime | None) -> str:
    return typography.ago_days(value) if value else ""


@register.filter
def minutes(value: int | None) -> str:
    return typography.length(value) if value not in (None, "") else ""


@register.filter
def money(grosze: int | None) -> str:
    return typography.money(grosze) if grosze not in (None, "") else ""


@register.filter
def plural(number: Any, forms: str) -> str:
    """`{{ n }} {{ n|plural:_("dzień,dni,dni") }}`: the word alone; English gives two forms in its catalogue."""
    count = len(number) if hasattr(number, "__len__") and not isinstance(number, str) else int(number or 0)
    return typography.choose_form(count, gettext(forms))


@register.filter
def bilingual(value: Any) -> str:
    """A text that a programme holds in both languages, in the reader's."""
    return str(value.text(get_language() or "pl")) if value is not None and hasattr(value, "text") else str(value or "")


@register.filter
def edtf(value: Any) -> str:
    """A stored partial date in words: „wiosna 2013"; what was stored otherwise is shown as stored."""
    if not value:
        return ""
    from dorobek.kernel.partial_dates import ParseError, PartialDate

    if isinstance(value, PartialDate):
        return value.display((get_language() or "pl")[:2])
    try:
        return PartialDate.from_edtf(str(value)).display((get_language() or "pl")[:2])
    except (ParseError, ValueError):
        return str(value)


@register.simple_tag
def field(bound: BoundField, **options: Any) -> SafeString:
    """A whole field: label, hint, error, input. Options: `wide=True`, `row=True` (choices side by side),
    `label="..."`, `hint="..."`, `quiet=True` (label for screen readers only), `unmarked=True` (optional, unsaid)."""
    return render_to_string("forms/field.html", {"field": bound, **options})


@register.simple_tag(takes_context=True)
def errors(context: Context, form: Any) -> SafeString:
    """Top of a form: what has to be corrected, with links to the fields, or that a draft was put back."""
    found = (
        [] if not form.is_bound else [(form[name] if name != "__all__" else None, e) for name, e in form.errors.items()]
    )
    request = context.get("request")
    return render_to_string(
        "forms/errors.html",
        {"form": form, "found": found, "saved_at": getattr(form, "draft_saved_at", None), "path": _path(request)},
    )


@register.simple_tag(takes_context=True)
def autosave(context: Context, form: Any) -> SafeString:
    """Status line of the autosave, and the hidden fields that belong to it (with those of the form)."""
    request = context.get("request")
    owner = drafts.owner_token(request.user) if request is not None and request.user.is_authenticated else ""
    return render_to_string(
        "forms/autosave.html",
        {
            "form": form,
            "owner": owner,
            "path": _path(request),
            "saved_at": getattr(form, "draft_saved_at", None),
            "draft_mark": getattr(form, "draft_mark", ""),
            "finished": drafts.finished_mark(request) if owner else "",
        },
    )


def _path(request: Any) -> str:
    return str(request.path) if request is not None else ""


@register.simple_tag
def called(person: Any) -> str:
    """How somebody is called: „Pani Małgorzato"; in English, and where no form was chosen, the name as it is."""
    form, name = str(getattr(person, "address_form", "")), str(person.given_names)
    if (get_language() or "pl")[:2] != "pl" or form not in ("madam", "sir"):
        return conditional_escape(name)
    title = "Pani" if form == "madam" else "Panie"
    return conditional_escape(f"{title} {vocative(name, female=form == 'madam')}")


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The address's parameters with some changed; None or "" takes one away. Starts with "?"."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    return "?" + parameters.urlencode()


@register.simple_tag
def gendered(person: Any, madam: str, sir: str, neutral: str) -> str:
    """The word that suits how the person wishes to be addressed."""
    form = getattr(person, "address_form", "neutral")
    return conditional_escape({"madam": madam, "sir": sir}.get(str(form), neutral))


@register.simple_tag
def conflict_rows(conflict: Any, form: Any = None) -> list[dict[str, Any]]:
    """Rows of the conflict component: each field that differs, both texts, and the two joined for editing."""
    return conflicts.rows(conflict, form)
