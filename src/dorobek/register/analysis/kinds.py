"""What an analysis finds, what may be wrong with a wording, and in plain words why it matters."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FindingKind(TextChoices):
    """What an analysis of the register tells an editor."""

    WORDING = "wording", _("efekty i kryteria trudne do sprawdzenia")
    DUPLICATE = "duplicate", _("prawie takie same kwalifikacje")
    SHARED_SET = "shared_set", _("wspólne zestawy efektów")
    LEVEL = "level", _("propozycja poziomu PRK")


class FaultKind(TextChoices):
    VAGUE_VERB = "vague_verb", _("ogólny czasownik")
    TWO_THINGS = "two_things", _("dwie rzeczy w jednym zdaniu")
    NO_VERB = "no_verb", _("brak czynności")
    UNMEASURABLE = "unmeasurable", _("słowo bez miary")
    TOO_LONG = "too_long", _("za długie zdanie")
    PASSIVE = "passive", _("nie wiadomo, kto to robi")
    NEGATIVE = "negative", _("mówi, czego się nie robi")


WHY = {
    FaultKind.VAGUE_VERB: _("Tego nie da się zobaczyć ani usłyszeć. Lepiej napisać, co osoba robi, kiedy to pokazuje."),
    FaultKind.TWO_THINGS: _("Ktoś może spełnić połowę. Osobne zdania można osobno sprawdzić."),
    FaultKind.NO_VERB: _("To nazwa tematu, a nie czynność. Zdanie powinno zacząć się od tego, co osoba robi."),
    FaultKind.UNMEASURABLE: _("Każdy oceni to inaczej. Lepiej podać wzór, normę, czas albo liczbę."),
    FaultKind.TOO_LONG: _("W długim zdaniu trudno znaleźć to, co się ocenia."),
    FaultKind.PASSIVE: _("Zdanie nie mówi, że robi to osoba, którą się sprawdza."),
    FaultKind.NEGATIVE: _("Braku czynności nie da się zaobserwować. Lepiej napisać, co osoba robi zamiast tego."),
}
