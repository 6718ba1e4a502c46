"""The parts of a case that a reading of it may name, so that whoever reads the list of readings sees their language.

The log keeps the Polish word; templates translate it when it is shown.
"""

from django.utils.translation import gettext_noop

PARTS = (
    gettext_noop("bon"),
    gettext_noop("bon u dostawcy"),
    gettext_noop("dane i warunki udziału"),
    gettext_noop("dokumenty"),
    gettext_noop("dokumenty walidacji"),
    gettext_noop("dowody"),
    gettext_noop("droga życia"),
    gettext_noop("epizody"),
    gettext_noop("historia"),
    gettext_noop("karta uczestnika"),
    gettext_noop("kierunek rozwoju"),
    gettext_noop("kompetencje"),
    gettext_noop("konsultacja"),
    gettext_noop("konsultacje"),
    gettext_noop("kontakty"),
    gettext_noop("kontrakt"),
    gettext_noop("najbliższe kwalifikacje"),
    gettext_noop("plan rozwoju"),
    gettext_noop("przegląd"),
    gettext_noop("przekazanie"),
    gettext_noop("rodzaj bilansu"),
    gettext_noop("skierowania"),
    gettext_noop("spotkania"),
    gettext_noop("synteza"),
    gettext_noop("tryb wspólny"),
    gettext_noop("walidacja"),
    gettext_noop("wyniki testów"),
    gettext_noop("zakończenie"),
)
