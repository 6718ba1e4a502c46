"""How each known state looks: tone, icon and word. Colour never stands alone."""

from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _

LOOKS: dict[str, tuple[str, str, Any]] = {
    # competences
    "suggested": ("", "info", _("propozycja")),
    "claimed": ("wait", "wait", _("czeka na potwierdzenie")),
    "disputed": ("bad", "dispute", _("sporna")),
    "confirmed": ("ok", "ok", _("potwierdzona")),
    "supported": ("ok", "doc", _("potwierdzona, z dowodem")),
    "validated": ("ok", "flag", _("zwalidowana")),
    "certified": ("ok", "key", _("poświadczona")),
    # meetings and homework
    "planned": ("me", "calendar", _("umówione")),
    "held": ("ok", "ok", _("odbyte")),
    "cancelled": ("", "no", _("odwołane")),
    "missed": ("bad", "late", _("nieobecność")),
    "set": ("wait", "todo", _("zadane")),
    "handed-in": ("ok", "ok", _("oddane")),
    "not-done": ("bad", "late", _("nieoddane")),
    # consultations
    "proposed": ("", "info", _("zaproponowana")),
    "asked": ("wait", "wait", _("czeka na opinię")),
    "answered": ("ok", "ok", _("opinia wpłynęła")),
    "declined": ("", "no", _("uczestnik nie chce")),
    "withdrawn": ("", "no", _("wycofana przez doradcę")),
    # marks of evidence
    "yes": ("ok", "ok", _("tak")),
    "partly": ("wait", "half", _("częściowo")),
    "no": ("bad", "no", _("nie")),
    # tasks and moves
    "done": ("ok", "ok", _("zrobione")),
    "now": ("me", "half", _("w toku")),
    "todo": ("", "todo", _("do zrobienia")),
    "waiting": ("wait", "wait", _("czeka")),
    "locked": ("", "lock", _("jeszcze zamknięte")),
    "late": ("bad", "late", _("po terminie")),
    "missing": ("", "missing", _("brak")),
    "mine": ("me", "next", _("mój ruch")),
    "adviser": ("me", "next", _("doradca")),
    "participant": ("wait", "wait", _("uczestnik")),
    "specialist": ("wait", "wait", _("specjalista")),
    "nobody": ("", "ok", _("nikt")),
    # documents and agreements
    "draft": ("wait", "edit", _("szkic")),
    "accepted": ("ok", "ok", _("zaakceptowane")),
    "handed-over": ("ok", "ok", _("wydane")),
    "building": ("wait", "wait", _("przygotowujemy")),
    "failed": ("bad", "late", _("nie udało się")),
    "finished": ("ok", "ok", _("zakończony")),
    "interrupted": ("", "no", _("przerwany")),
    # micro-credentials, their templates, lists and keys
    "valid": ("ok", "ok", _("ważne")),
    "suspended": ("wait", "wait", _("zawieszone")),
    "revoked": ("bad", "no", _("cofnięte")),
    "replaced": ("", "history", _("zastąpione nowym")),
    "expired": ("", "late", _("po terminie")),
    "invalid": ("bad", "no", _("nieważne")),
    "unsure": ("wait", "wait", _("nie wszystko sprawdzone")),
    "published": ("ok", "ok", _("opublikowany")),
    "signing": ("me", "half", _("podpisywanie trwa")),
    "stopped": ("wait", "wait", _("zatrzymana")),
    "active": ("ok", "key", _("podpisuje")),
    "retired": ("", "history", _("wycofany, dawne podpisy są ważne")),
    "compromised": ("bad", "late", _("ujawniony")),
    "offline": ("wait", "offline", _("bez połączenia")),
}


def look_of(state: Any) -> tuple[str, str, str]:
    """(tone, icon, word) of a state: an enum member's own label wins over the word of the table."""
    key = str(state.value if isinstance(state, Enum) else state)
    tone, icon, word = LOOKS.get(key, ("", "", key))
    own = getattr(state, "label", None)
    words = str(own or word)
    return tone, icon, words[:1].upper() + words[1:]
