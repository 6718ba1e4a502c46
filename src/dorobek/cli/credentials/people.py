"""Who acts on the command line, and for which issuer: permissions and history as on the screens."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dorobek.cli.problem import Problem, start_django

if TYPE_CHECKING:
    from dorobek.credentials.models import Issuer
    from dorobek.people.acting import ActingUser


def account_named(email: str | None) -> "ActingUser":
    """The account in whose name it is done. Starts Django. Raises Problem."""
    start_django()
    from dorobek.people.acting import ActingUser
    from dorobek.people.models import Account

    if not email:
        raise Problem("say whose decision this is: --as EMAIL of an account that may do it")
    found = Account.objects.filter(email__iexact=email, is_active=True).first()
    if found is None:
        raise Problem(f"there is no account {email}")
    return ActingUser(found)


def issuer_named(slug: str) -> "Issuer":
    """Raises Problem."""
    from dorobek.credentials.models import Issuer

    found = Issuer.objects.select_related("institution").filter(slug=slug).first()
    if found is None:
        raise Problem(
            f"there is no issuer {slug}; there are: {', '.join(Issuer.objects.values_list('slug', flat=True))}"
        )
    return found


@contextmanager
def told() -> Iterator[None]:
    """Refusals of actions as problems for the operator."""
    from dorobek.kernel.errors import NotAllowed, RuleBroken

    try:
        yield
    except NotAllowed as refusal:
        raise Problem("this account may not do that") from refusal
    except RuleBroken as refusal:
        raise Problem(str(refusal.message)) from refusal
