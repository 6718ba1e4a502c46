"""A provider gets an account of its own: an institution of its kind, and a person who speaks for it."""

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.offers import perms
from dorobek.offers.models import Provider
from dorobek.people.acting import ActingUser
from dorobek.people.enums import InstitutionKind, Role
from dorobek.people.models import Account, Institution, Membership


@transaction.atomic
def open_provider_account(*, provider: Provider, name: str, email: str, acting_user: ActingUser) -> Membership:
    """Somebody of the provider may sign in: sees its dates and who comes with a voucher, reports, assesses itself.

    Two providers of different sources with one tax number share one institution. The letter says how to sign in.
    Raises NotAllowed, RuleBroken (no name or address, a participant's address, somebody of an office, has it already).
    """
    provider = provider.locked()
    acting_user.require(perms.may_keep(acting_user.account, provider))
    name, email = " ".join(name.split())[:200], email.strip().lower()
    if not name:
        raise RuleBroken(_("Proszę podać imię i nazwisko tej osoby."), "name")
    if "@" not in email:
        raise RuleBroken(_("Proszę wpisać adres e-mail."), "email")
    account = Account.objects.filter(email__iexact=email).first()
    if account is not None and account.participant is not None:
        raise RuleBroken(_("Ten adres należy do uczestnika. Dostawca potrzebuje osobnego adresu."), "email")
    if account is not None and perms.works_in_office(account, but=provider.institution_id):
        raise RuleBroken(
            _("Ten adres należy do osoby, która pracuje w urzędzie. Konto dostawcy dostaje tylko ktoś od dostawcy."),
            "email",
        )
    institution = _institution(provider)
    if account is None:
        account = Account.objects.create_user(email, name=name)
    held = Membership.objects.filter(account=account, institution=institution, role=Role.PROVIDER).first()
    today = timezone.localdate()
    if held is not None and (held.until is None or held.until >= today):
        raise RuleBroken(_("Ta osoba ma już konto tego dostawcy."), "email")
    held = held or Membership(account=account, institution=institution, role=Role.PROVIDER)
    held.since, held.until = today, None
    held.save()
    provider.write({"institution": institution}, base_version=None)
    acting_user.record("provider.account-opened", stream=provider.uid, subject=account.uid, institution=institution)
    transaction.on_commit(lambda: _write_letter(provider, account))
    return held


def _institution(provider: Provider) -> Institution:
    if provider.institution is not None:
        return provider.institution
    if provider.tax_number:
        same = Provider.objects.filter(tax_number=provider.tax_number).exclude(institution=None)
        known = same.select_related("institution").order_by("pk").first()
        if known is not None and known.institution is not None:
            return known.institution
    return Institution.objects.create(
        name=provider.name[:250], short_name=provider.name[:60], kind=InstitutionKind.TRAINING, email=provider.email
    )


def _write_letter(provider: Provider, account: Account) -> None:
    send_mail(
        _("Konto dostawcy szkoleń"),
        _(
            "Dzień dobry,\n\nna ten adres założyliśmy konto dostawcy „%(name)s”. Hasło można ustawić na stronie "
            "logowania, wybierając „Nie pamiętam hasła”.\n\nNa koncie widać terminy szkoleń i osoby z bonem. Po "
            "szkoleniu trzeba tam w ciągu siedmiu dni zgłosić, kto je ukończył.\n"
        )
        % {"name": provider.name},
        None,
        [account.email],
    )
