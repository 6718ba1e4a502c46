"""Keys opened to sign with; nobody outside the actions of this room asks for one."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dorobek.credentials.enums import KeyState
from dorobek.credentials.models import Issuer, SigningKey
from dorobek.credentials.sealing import unseal
from dorobek.kernel.errors import RuleBroken
from dorobek.vc.keys import PrivateKey


@dataclass(frozen=True)
class Signer:
    """A key, opened, and the verification method that its proofs name."""

    key: SigningKey
    private: PrivateKey
    method: str


def open_signer(issuer: Issuer) -> Signer:
    """The issuer's active key. Raises RuleBroken when there is none."""
    key = SigningKey.objects.filter(issuer=issuer, state=KeyState.ACTIVE).first()
    if key is None:
        raise RuleBroken(_("Wystawca nie ma klucza, którym mógłby podpisać. Nowy klucz tworzy administrator."))
    return _opened(issuer, key)


def list_signer(issuer: Issuer) -> Signer:
    """The key for status lists: an issuer that issues no more must still be able to revoke, so a retired key will do."""
    key = SigningKey.objects.filter(issuer=issuer).exclude(state=KeyState.COMPROMISED).order_by("state", "-pk").first()
    if key is None:
        raise RuleBroken(_("Wystawca nie ma klucza, którym mógłby podpisać. Nowy klucz tworzy administrator."))
    return _opened(issuer, key)


def _opened(issuer: Issuer, key: SigningKey) -> Signer:
    return Signer(key, PrivateKey.from_seed(unseal(key.sealed, key.public)), f"{issuer.did}#{key.public}")
