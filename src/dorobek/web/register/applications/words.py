"""Words of the steps, of who has the move, and of an application's content."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dorobek.register.applications.completeness import FIELDS
from dorobek.register.applications.periods import periods_of, standings
from dorobek.register.applications.words import LABELS
from dorobek.register.enums import Category
from dorobek.register.models.applications import RegisterApplication
from dorobek.web.typography import day

STEPS: dict[str, Any] = {
    "sent": _("Wniosek złożono"),
    "returned": _("Wniosek wrócił do uzupełnienia"),
    "consulted": _("Wniosek jest kompletny, zaczęły się konsultacje"),
    "closed": _("Konsultacje zamknięto"),
    "opined": _("Wydano opinię"),
    "granted": _("Decyzja: zgoda"),
    "refused": _("Decyzja: odmowa"),
    "entering": _("Przygotowano wpis, czeka na drugą osobę"),
    "entered": _("Wpisano do rejestru"),
    "entry-rejected": _("Druga osoba odesłała wpis do poprawy"),
    "withdrawn": _("Wnioskodawca wycofał wniosek"),
}
MOVES: dict[str, Any] = {
    "applicant": _("wnioskodawca"),
    "editor": _("redakcja rejestru"),
    "officer": _("urzędnik ministra"),
    "second-editor": _("druga osoba z redakcji rejestru"),
    "": _("nikt, sprawa jest zakończona"),
}
TONES = {"entered": ("ok", "ok"), "granted": ("ok", "ok"), "refused": ("bad", "no"), "withdrawn": ("", "no")}


def tone_of(application: RegisterApplication) -> tuple[str, str]:
    """Tone and drawing of the stage's tag."""
    return TONES.get(application.stage, ("wait", "wait"))


def told(application: RegisterApplication) -> list[tuple[Any, str]]:
    """(label, words) of what the applicant filled in."""
    rows = []
    for name in FIELDS[application.kind]:
        value = application.content.get(name)
        if name == "periods":
            rows += _periods_told(application)
            continue
        if value in (None, ""):
            continue
        if name == "category":
            value = dict(Category.choices).get(value, value)
        rows.append((LABELS[name], str(value)))
    return rows


def _periods_told(application: RegisterApplication) -> list[tuple[Any, str]]:
    """The periods, then each requirement of the entry with the years they come to on the day of the application."""
    held = periods_of(application.content)
    if not held:
        return []
    lines = [
        gettext("od %(since)s do %(until)s: %(document)s")
        % {
            "since": day(one.since),
            "until": day(one.until) if one.until else gettext("dziś"),
            "document": one.document,
        }
        for one in held
    ]
    counted_to = application.sent_on or timezone.localdate()
    rows: list[tuple[Any, str]] = [(LABELS["periods"], "\n".join(lines))]
    for one in standings(application.demanded, held, counted_to):
        words = gettext("Udokumentowane dni: %(days)d z potrzebnych %(wanted)d.")
        rows.append((one.text, words % {"days": one.days, "wanted": one.wanted}))
    return rows
