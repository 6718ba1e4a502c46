"""A provider that is late with its duty to report is written to, and so is the coordinator of the office (VO-3).

Once for each date of a training, in the transaction that marks its vouchers: a run that was killed writes nothing twice.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dorobek.offers.models import Edition, Provider
from dorobek.offers.perms import PROVIDER_ROLES
from dorobek.people.enums import Role
from dorobek.people.models import Account, Membership
from dorobek.vouchers import rules
from dorobek.vouchers.actions.daily import mark_absent
from dorobek.vouchers.models import Voucher

PROVIDER_LANGUAGE = "pl"  # of an address that no account stands behind


@transaction.atomic
def mark_silent(*, edition: Edition, vouchers: Sequence[Voucher], today: dt.date) -> int:
    """Mark every voucher of a date on which its provider has not reported, and write who should know; returns how many."""
    late = [voucher for voucher in vouchers if mark_absent(voucher=voucher, today=today)]
    if late:
        people = _people_of(edition.service.provider)
        for to, language in people:
            with translation.override(language):
                _send(_to_provider(edition, late), to)
        by_office: dict[int, list[Voucher]] = defaultdict(list)
        for voucher in late:
            by_office[voucher.right.institution_id].append(voucher)
        for office, held in by_office.items():
            for account in _holding([office], (Role.COORDINATOR,), today):
                with translation.override(account.language):
                    _send(_to_coordinator(edition, held, bool(people)), account.email)
    return len(late)


def by_edition(vouchers: Iterable[Voucher]) -> list[tuple[Edition, list[Voucher]]]:
    """Vouchers of the same date together, in the order of the dates."""
    found: dict[int, tuple[Edition, list[Voucher]]] = {}
    for voucher in vouchers:
        if voucher.edition is not None:
            found.setdefault(voucher.edition.pk, (voucher.edition, []))[1].append(voucher)
    return [found[key] for key in sorted(found)]


def _people_of(provider: Provider) -> list[tuple[str, str]]:
    """Each address once, with its language: that of the provider, those of whoever speaks for it here."""
    found = {provider.email: PROVIDER_LANGUAGE} if provider.email else {}
    if provider.institution_id is not None:
        for account in _holding([provider.institution_id], PROVIDER_ROLES, timezone.localdate()):
            found[account.email] = account.language
    return list(found.items())


def _holding(institutions: Sequence[int], roles: Sequence[str], today: dt.date) -> list[Account]:
    """Active accounts that hold one of the roles today, with an address. One statement."""
    held = Membership.objects.filter(institution__in=institutions, role__in=roles, since__lte=today)
    held = held.filter(Q(until=None) | Q(until__gte=today))
    rows = Account.objects.filter(pk__in=held.values("account"), is_active=True).exclude(email="")
    return list(rows.order_by("pk"))


def _send(letter: tuple[str, str], to: str) -> None:
    subject, body = letter
    transaction.on_commit(lambda: send_mail(subject, body, None, [to]))


def _known(edition: Edition, late: Sequence[Voucher]) -> dict[str, object]:
    return {
        "title": edition.service.title, "provider": edition.service.provider.name, "days": rules.PROVIDER_DAYS,
        "ended": f"{edition.ends_on:%d.%m.%Y}", "due": f"{rules.report_due(edition.ends_on):%d.%m.%Y}",
        "numbers": ", ".join(sorted(one.number for one in late)),
    }  # fmt: skip


def _to_provider(edition: Edition, late: Sequence[Voucher]) -> tuple[str, str]:
    body = _(
        "Dzień dobry,\n\nszkolenie „%(title)s” skończyło się %(ended)s. Na zgłoszenie, kto je ukończył, jest %(days)d dni: "
        "termin minął %(due)s, a wyniku nie ma dla bonów: %(numbers)s.\n\nDo czasu zgłoszenia liczymy, że nikt nie brał "
        "udziału, więc bonów nie można rozliczyć. Prosimy jak najszybciej wpisać wynik na stronie „Moje szkolenia”, "
        "w części „Do zgłoszenia”. Bez konta: proszę odpisać urzędowi, który wydał bony.\n"
    )
    return _("Wynik szkolenia nie został zgłoszony w terminie"), body % _known(edition, late)


def _to_coordinator(edition: Edition, late: Sequence[Voucher], written: bool) -> tuple[str, str]:
    body = _(
        "%(provider)s: nie ma wyniku szkolenia „%(title)s”, które skończyło się %(ended)s. Termin na zgłoszenie minął "
        "%(due)s.\nBony: %(numbers)s. Do czasu zgłoszenia mają zapisaną nieobecność.\n\n"
    )
    if written:
        body += _("Dostawca dostał wiadomość. Jeśli nie odpowie, proszę do niego zadzwonić. ")
    else:
        body += _("Nie mamy adresu e-mail dostawcy, więc trzeba się z nim skontaktować inaczej. ")
    body += _("Wynik może też wpisać doradca. Lista spóźnionych jest na stronie „Bony”.\n")
    return _("Dostawca nie zgłosił wyniku szkolenia"), body % _known(edition, late)
