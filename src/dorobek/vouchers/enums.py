"""States and kinds of vouchers and of the ledger, with labels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RightState(TextChoices):
    OPEN = "open", _("otwarte")
    EXPIRED = "expired", _("wygasło")
    ANNULLED = "annulled", _("unieważnione")


class VoucherState(TextChoices):
    GRANTED = "granted", _("przyznany")
    OWN_PAID = "own-paid", _("wpłacono udział własny")
    BOUND = "bound", _("przypisany do szkolenia")
    USED = "used", _("wykorzystany")
    SETTLED = "settled", _("rozliczony")
    RETURNED = "returned", _("zwrócony")
    EXPIRED = "expired", _("wygasł")
    ANNULLED = "annulled", _("unieważniony")


class PaperKind(TextChoices):
    """Documents of a right and of a voucher: one for each change of state."""

    RIGHT_OPENED = "right-opened", _("otwarcie prawa do bonów")
    RIGHT_EXPIRED = "right-expired", _("wygaśnięcie prawa do bonów")
    RIGHT_ANNULLED = "right-annulled", _("unieważnienie prawa do bonów")
    GRANTED = "granted", _("przyznanie bonu")
    OWN_PAID = "own-paid", _("wpłata udziału własnego")
    RELEASED = "released", _("rezygnacja z terminu")
    BOUND = "bound", _("zakup miejsca")
    USED = "used", _("ukończenie")
    SETTLED = "settled", _("rozliczenie bonu")
    RETURNED = "returned", _("zwrot bonu")
    EXPIRED = "expired", _("wygaśnięcie bonu")
    ANNULLED = "annulled", _("unieważnienie bonu")


class Participation(TextChoices):
    """What the provider reports (the statuses of the national base of training services)."""

    WAITING = "waiting", _("czeka na dostawcę")
    ACCEPTED = "accepted", _("przyjęto zgłoszenie")
    REJECTED = "rejected", _("odrzucono zgłoszenie")
    FINISHED = "finished", _("ukończono")
    NOT_FINISHED = "not-finished", _("nie ukończono")
    ABSENT = "absent", _("nie wzięto udziału")


class Reason(TextChoices):
    """Why nobody bought anything (VO-4)."""

    NO_TIME = "no-time", _("brak czasu")
    NO_OFFER = "no-offer", _("nie było odpowiedniego szkolenia")
    TOO_FAR = "too-far", _("za daleko")
    MONEY = "money", _("za wysoki udział własny")
    PORTAL = "portal", _("kłopot z zapisaniem się w internecie")
    HEALTH = "health", _("zdrowie albo opieka nad kimś")
    CHANGED = "changed", _("zmiana planów")
    OTHER = "other", _("inny powód")


class AccountKind(TextChoices):
    """Where money stands. Only the programme and the participant may go below zero: money comes in from there."""

    PROGRAMME = "programme", _("pieniądze programu")
    COMMITTED = "committed", _("przyznane")
    RESERVED = "reserved", _("zarezerwowane na szkolenie")
    PARTICIPANT = "participant", _("uczestnik")
    OWN = "own", _("wpłacony udział własny")
    OWED = "owed", _("udział własny do oddania")
    PROVIDER = "provider", _("zapłacone dostawcy")


class MovementKind(TextChoices):
    GRANT = "grant", _("przyznanie wsparcia")
    OWN_IN = "own-in", _("wpłata udziału własnego")
    RESERVE = "reserve", _("rezerwacja na szkolenie")
    RELEASE = "release", _("zwolnienie rezerwacji")
    GIVE_BACK = "give-back", _("zwrot wsparcia do programu")
    OWN_BACK = "own-back", _("zwrot udziału własnego")
    OWN_OUT = "own-out", _("przelew zwróconego udziału własnego")
    PAY_SUPPORT = "pay-support", _("zapłata dostawcy ze wsparcia")
    PAY_OWN = "pay-own", _("zapłata dostawcy z udziału własnego")
