"""What each remark of the SMART advice says to a person."""

from django.utils.translation import gettext as _

from dorobek.plans.smart import Advice


def advice_text(advice: Advice) -> str:
    """A sentence of advice in plain words, naming the words concerned."""
    return _texts()[advice.code] % {"words": advice.words}


def _texts() -> dict[str, str]:
    return {
        "empty": _("Proszę napisać cel jednym zdaniem."),
        "vague": _("„%(words)s” może znaczyć wiele rzeczy. Co dokładnie się zmieni: jaka praca, kurs, dokument?"),
        "too-short": _("Warto dopisać szczegół: gdzie, w jakim zawodzie, czego dokładnie dotyczy ten cel."),
        "only-against": _("„%(words)s” mówi, czego ma nie być. Co ma być zamiast tego?"),
        "several-goals": _("Przy „%(words)s” zaczyna się drugi cel. Lepiej zapisać go osobno."),
        "no-measure": _("Po czym poznać, że cel jest osiągnięty? Na przykład: egzamin, umowa, liczba, gotowa rzecz."),
        "depends-on-others": _("„%(words)s” zależy od kogoś innego. Co w tej sprawie można zrobić samemu?"),
        "only-a-wish": _("„%(words)s” brzmi jak życzenie. Jeśli to już decyzja, można napisać po prostu: zrobię."),
        "no-date": _("Brakuje terminu. Do kiedy? Wystarczy miesiąc i rok."),
        "date-passed": _("Ten termin już minął. Proszę podać nowy."),
        "date-far": _("To ponad pięć lat. Warto dodać cel pośredni na najbliższy rok."),
    }
