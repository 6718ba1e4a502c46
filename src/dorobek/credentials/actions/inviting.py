"""Holders are told of their credential and let in: an account under their address, opened by an e-mailed code (MC-3)."""

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dorobek.credentials.addresses import origin
from dorobek.credentials.models import Credential, IssuingBatch
from dorobek.kernel.jobs import Report
from dorobek.people.acting import ActingUser
from dorobek.people.actions.persons import open_account
from dorobek.people.models import Account


def invite_holders(batch: IssuingBatch, acting_user: ActingUser, report: Report) -> int:
    """Everyone of the batch not yet written to; returns how many. One transaction a person: a killed run goes on."""
    waiting = Credential.objects.filter(batch=batch, invited_at=None).order_by("pk")
    keys = list(waiting.values_list("pk", flat=True))
    for number, key in enumerate(keys, start=1):
        invite_holder(
            credential=Credential.objects.select_related("person", "issuer").get(pk=key), acting_user=acting_user
        )
        report(number, len(keys))
    return len(keys)


@transaction.atomic
def invite_holder(*, credential: Credential, acting_user: ActingUser) -> Credential:
    """Open an account if the person has none and the address is free, and write once. An address that opens somebody
    else's account gets the letter all the same: it says how to reach the issuer."""
    held = Credential.objects.select_for_update(of=("self",)).select_related("person", "issuer").get(pk=credential.pk)
    if held.invited_at is not None or not held.person.email:
        return held
    person = held.person
    if person.account_id is None and not Account.objects.filter(email__iexact=person.email).exists():
        open_account(person=person, acting_user=acting_user)
    Credential.objects.filter(pk=held.pk).update(invited_at=timezone.now())
    with translation.override(person.language):
        design = held.template_version.design
        subject = _("Mikropoświadczenie: %(title)s") % {"title": design.title(person.language)}
        body = _(
            "Dzień dobry,\n\n%(issuer)s potwierdza, że %(name)s umie: %(title)s.\n\n"
            "Poświadczenie czeka w portfelu: %(link)s\n"
            "Do zalogowania wystarczy ten adres e-mail; kod przyjdzie pocztą. Poświadczenie można pobrać, pokazać "
            "pracodawcy i sprawdzić bez konta.\n"
        ) % {
            "issuer": held.issuer.name(person.language), "name": held.holder_name,
            "title": design.title(person.language), "link": f"{origin()}/portfel/",
        }  # fmt: skip
    transaction.on_commit(lambda: send_mail(subject, body, None, [person.email]))
    return held
