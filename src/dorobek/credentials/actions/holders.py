"""Who a credential is for: the person under that e-mail address and name, or a new one (MC-3)."""

from collections.abc import Iterable

from dorobek.credentials.recipients import Recipient
from dorobek.kernel.text import normalised
from dorobek.people.models import Person


def holders_of(recipients: Iterable[Recipient]) -> dict[int, Person]:
    """The person of every row, by its number; people not yet known are made. Two statements.

    Address and name must both agree: a family often shares one address, and a credential says who can do something.
    """
    rows = list(recipients)
    known = _known({email for one in rows for email in (one.email, one.email.lower())})
    fresh: dict[tuple[str, str], Person] = {}
    for one in rows:
        if one.key not in known and one.key not in fresh:
            person = Person(given_names=one.given_names, family_name=one.family_name, email=one.email)
            person.prepare()
            person.check_fit()
            fresh[one.key] = person
    for person in Person.objects.bulk_create(fresh.values()):
        known[(person.email.lower(), normalised(person.name))] = person
    return {one.number: known[one.key] for one in rows}


def _known(emails: set[str]) -> dict[tuple[str, str], Person]:
    """Oldest first wins: that is the row with the person's account and achievements."""
    found: dict[tuple[str, str], Person] = {}
    for person in Person.objects.filter(email__in=emails, erased_at=None).order_by("-pk"):
        found[(person.email.lower(), normalised(person.name))] = person
    return found
