"""Words of the steps, of who has the move, and of an application's content."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dorobek.register.applications.completeness import FIELDS
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
    days = dict(zip(("training_from", "training_to"), application.training_days, strict=True))
    for name in FIELDS[application.kind]:
        value = application.content.get(name)
        if value in (None, ""):
            continue
        if name == "category":
            value = dict(Category.choices).get(value, value)
        elif shown := days.get(name):
            value = day(shown)
        rows.append((LABELS[name], str(value)))
    return rows
