"""What an application lacks and why a step must wait, in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.register.applications.completeness import Lack

LABELS: dict[str, Any] = {
    "title_pl": gettext_lazy("Nazwa kwalifikacji"),
    "title_en": gettext_lazy("Nazwa po angielsku"),
    "level": gettext_lazy("Poziom PRK"),
    "category": gettext_lazy("Skąd pochodzi"),
    "hours": gettext_lazy("Nakład pracy w godzinach"),
    "characteristics": gettext_lazy("Co potrafi osoba z tą kwalifikacją"),
    "target_groups": gettext_lazy("Dla kogo jest"),
    "entry_conditions": gettext_lazy("Co trzeba spełnić, żeby przystąpić"),
    "uses": gettext_lazy("Gdzie można jej użyć"),
    "validity": gettext_lazy("Jak długo jest ważna i jak ją odnowić"),
    "demand": gettext_lazy("Komu i dlaczego jest potrzebna"),
    "similar": gettext_lazy("Podobne kwalifikacje i czym się różnią"),
    "validation": gettext_lazy("Jak się ją sprawdza: metody, komisja, miejsce"),
    "outline": gettext_lazy("Zestawy, efekty i kryteria"),
    "grounds": gettext_lazy("Dlaczego instytucja chce nadawać tę kwalifikację"),
    "periods": gettext_lazy("Okresy szkoleń w tej dziedzinie"),
    "training": gettext_lazy("Jakie to były szkolenia i jak można to sprawdzić"),
    "staff": gettext_lazy("Kto będzie oceniał"),
    "premises": gettext_lazy("Miejsce i wyposażenie"),
    "quality": gettext_lazy("Jak instytucja pilnuje jakości"),
}


def lack_in_words(lack: Lack) -> str:
    """What to do about it, one sentence."""
    return {
        "empty": _("Proszę wypełnić to pole."),
        "short": _("To za krótkie, żeby ktoś z zewnątrz zrozumiał. Proszę napisać choć jedno, dwa pełne zdania."),
        "level": _("Poziom PRK to liczba od 1 do 8."),
        "hours": _("Nakład pracy to liczba godzin większa od zera."),
        "outline": _("Wiersz %s nie ma nad sobą zestawu albo efektu.") % lack.about,
        "no-outcomes": _("Zestaw „%s” nie ma żadnego efektu.") % lack.about,
        "no-criteria": _("Efekt „%s” nie ma kryterium, więc nie wiadomo, jak go sprawdzić.") % lack.about,
        "days": _("Data „od” musi być przed datą „do”, a obie najpóźniej w dniu wniosku."),
        "document": _("Przy każdym okresie proszę podać dokument, który go pokazuje."),
        "years": _("Wpis wymaga: „%(text)s”. Brakuje udokumentowanych dni: %(days)d.")
        % {"text": lack.about, "days": lack.days},
    }[lack.problem]


def waiting_in_words(reason: str) -> str:
    """Why a consultation cannot close yet."""
    return {
        "days": _("Konsultacje jeszcze trwają. Zamknąć je można dzień po ostatnim dniu."),
        "waiting": _("Są uwagi, których nikt jeszcze nie sprawdził."),
        "unanswered": _("Są opublikowane uwagi bez odpowiedzi."),
    }[reason]
