"""How a micro-credential that a plan leads to stands today: what is awarded without a date of the offer (MC-8)."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from dorobek.credentials.enums import TemplateState
from dorobek.credentials.models import CredentialTemplate
from dorobek.plans.planning.shapes import Final
from dorobek.plans.planning.sources import Asked, More, Now, register
from dorobek.plans.planning.undated import PREFIX


class Awards:
    """Options themselves are built with the offer, since they depend on the person's hours (`options.add_undated`)."""

    prefix = PREFIX

    def options(self, _asked: Asked) -> More:
        return More()

    def finals(self, _register_code: str, _after: dt.date) -> Sequence[Final]:
        """None: a micro-credential is no qualification of the register."""
        return ()

    def now(self, codes: Sequence[str]) -> Mapping[str, Now]:
        """By the code with its day. One statement."""
        wanted = {code: read for code in codes if (read := _read(code))}
        rows = CredentialTemplate.objects.filter(uid__in={uid for uid, _day in wanted.values()}).select_related(
            "issuer"
        )
        held = {row.uid: row for row in rows}
        return {code: _now(held[uid]) for code, (uid, _day) in wanted.items() if uid in held}


def _read(code: str) -> tuple[uuid.UUID, dt.date] | None:
    uid, _at, day = code.partition(":")[2].partition("@")
    try:
        return uuid.UUID(uid), dt.date.fromisoformat(day)
    except ValueError:
        return None


def _now(template: CredentialTemplate) -> Now:
    awarded = template.state == TemplateState.PUBLISHED
    gone = "" if awarded else _("Wystawca nie nadaje już tego mikropoświadczenia.")
    return Now(template.title_pl, template.issuer.name_pl, gone=gone)


register(Awards())
