"""What the head of a case shows: stage path, index tabs, age, the day of the audit. `{% load case %}`."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.audits.enums import Stage, Variant
from dorobek.audits.models import SkillsAudit
from dorobek.web.context import address
from dorobek.web.typography import choose_form

register = template.Library()
BOTH = (Variant.UNDECIDED, Variant.BASIC, Variant.IN_DEPTH)
IN_DEPTH = (Variant.UNDECIDED, Variant.IN_DEPTH)
# (label, url name, variants that have the sheet)
TABS: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (gettext_lazy("Przegląd"), "case", BOTH),
    (gettext_lazy("Karta"), "case-card", BOTH),
    (gettext_lazy("Kierunek"), "case-direction", (Variant.BASIC,)),
    (gettext_lazy("Droga życia"), "case-life", IN_DEPTH),
    (gettext_lazy("Epizody"), "case-episodes", IN_DEPTH),
    (gettext_lazy("Kompetencje"), "case-competences", IN_DEPTH),
    (gettext_lazy("Plan"), "case-plan", IN_DEPTH),
    (gettext_lazy("Spotkania"), "case-meetings", BOTH),
    (gettext_lazy("Dokumenty"), "case-documents", BOTH),
    (gettext_lazy("Bon"), "case-voucher", BOTH),
)
# Pages that hang off a tab: the tab is marked while they are open.
UNDER = {
    "case-agreement": "case",
    "case-results": "case-competences",
    "case-evidence": "case-competences",
    "case-synthesis": "case-competences",
    "case-hand-over": "case",
    "case-contacts": "case",
    "case-history": "case",
}
PATH = (
    (Stage.TALK, gettext_lazy("Rozmowa")),
    (Stage.INITIAL, gettext_lazy("Wstępny")),
    (Stage.RESEARCH, gettext_lazy("Badawczy")),
    (Stage.SUMMARY, gettext_lazy("Podsumowanie")),
    (Stage.FINISHED, gettext_lazy("Odbiór")),
)


@register.simple_tag
def case_tabs(audit: SkillsAudit, tab: str = "") -> list[tuple[Any, str, bool]]:
    """(label, address, current) of the sheets this case has; a sheet nobody serves yet is left out."""
    here = UNDER.get(tab, tab)
    found = [(label, address(name, audit.uid), name == here) for label, name, kinds in TABS if audit.variant in kinds]
    return [row for row in found if row[1]]


@register.simple_tag
def case_path(audit: SkillsAudit) -> list[tuple[Any, str]]:
    """(label, "done" | "now" | "") of the stages; the basic variant has no research stage."""
    stages = [row for row in PATH if not (audit.variant == Variant.BASIC and row[0] == Stage.RESEARCH)]
    order = [stage for stage, _label in stages]
    if audit.stage == Stage.FINISHED:
        return [(label, "done") for _stage, label in stages]
    if audit.stage not in order:
        return []
    here = order.index(Stage(audit.stage))
    return [(label, "done" if n < here else "now" if n == here else "") for n, (_stage, label) in enumerate(stages)]


@register.simple_tag
def case_line(audit: SkillsAudit) -> str:
    """„52 lata. Program „X", bilans pogłębiony, dzień 31 z 180": what one needs to know before opening a sheet."""
    years = audit.person.age_on(timezone.localdate())
    aged = [f"{years} {choose_form(years, _('rok,lata,lat'))}"] if years is not None else []
    words = _("program „%(name)s”") % {"name": audit.programme_version.programme.name}
    variant = audit.get_variant_display() if audit.variant != Variant.UNDECIDED else _("rodzaj bilansu nie wybrany")
    return ", ".join([*aged, words, str(variant), *_day(audit)])


def _day(audit: SkillsAudit) -> list[str]:
    if audit.finished_on:
        return [_("zakończony %(day)s") % {"day": f"{audit.finished_on:%d.%m.%Y}"}]
    if not audit.deadline_on or not audit.is_open:
        return []
    number = (timezone.localdate() - audit.registered_on).days + 1
    length = (audit.deadline_on - audit.registered_on).days + 1
    return [_("dzień %(number)d z %(length)d") % {"number": max(number, 1), "length": length}]


@register.simple_tag
def case_url(name: str, uid: Any, *more: Any) -> str:
    """The address of a page of a case; nothing while no page has the name."""
    return address(name, uid, *more)
