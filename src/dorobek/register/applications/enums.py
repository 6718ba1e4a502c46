"""Kinds, stages and steps of an application to the register (RG-5)."""

import enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ApplicationKind(TextChoices):
    INCLUSION = "inclusion", _("włączenie kwalifikacji do rejestru")
    RIGHT = "right", _("prawo do nadawania kwalifikacji")


class ApplicationStage(TextChoices):
    """Where an application stands."""

    DRAFT = "draft", _("szkic")
    FORMAL = "formal", _("sprawdzanie, czy jest kompletny")
    RETURNED = "returned", _("do uzupełnienia")
    CONSULTATION = "consultation", _("konsultacje")
    OPINION = "opinion", _("czeka na opinię")
    DECISION = "decision", _("czeka na decyzję")
    GRANTED = "granted", _("zgoda, czeka na wpis")
    ENTERING = "entering", _("wpis czeka na drugą osobę")
    ENTERED = "entered", _("wpisany do rejestru")
    REFUSED = "refused", _("odmowa")
    WITHDRAWN = "withdrawn", _("wycofany")


class CommentState(TextChoices):
    WAITING = "waiting", _("czeka na sprawdzenie")
    PUBLISHED = "published", _("opublikowana")
    REFUSED = "refused", _("nieopublikowana")


class Step(enum.StrEnum):
    """What moves an application on."""

    SEND = "sent"
    RETURN = "returned"
    CONSULT = "consulted"
    CLOSE = "closed"
    OPINE = "opined"
    GRANT = "granted"
    REFUSE = "refused"
    ENTER = "entering"
    ACCEPT_ENTRY = "entered"
    REJECT_ENTRY = "entry-rejected"
    WITHDRAW = "withdrawn"
