"""An institution becomes an issuer; its keys are made, replaced, and ended (MC-5)."""

import re
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.credentials.enums import KeyState
from dorobek.credentials.models import Issuer, SigningKey
from dorobek.credentials.perms import may_issue, may_keep_keys
from dorobek.credentials.sealing import seal
from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.people.models import Institution
from dorobek.vc.keys import PrivateKey

SLUG = re.compile(r"[a-z0-9](?:[-a-z0-9]{0,58}[a-z0-9])?")
WORDS = (
    "name_pl", "name_en", "description_pl", "description_en", "url", "country", "region", "quality_pl", "quality_en",
)  # fmt: skip


@transaction.atomic
def found_issuer(
    *, institution: Institution, slug: str, words: Mapping[str, str], acting_user: ActingUser, web_address: str = ""
) -> Issuer:
    """The institution as issuer, with its first key.

    `web_address` is the installation's public https origin without the scheme ("poswiadczenia.example.org"): the issuer
    is then did:web and its keys can be replaced. Without one it is the did:key of its first key, which needs no server
    to be verified and ends with that key. Raises NotAllowed, RuleBroken.
    """
    acting_user.require(may_keep_keys(acting_user.account, institution))
    if not SLUG.fullmatch(slug):
        raise RuleBroken(_("Adres składa się z małych liter bez ogonków, cyfr i kresek."), "slug")
    if Issuer.objects.filter(slug=slug).exists():
        raise RuleBroken(_("Ten adres ma już ktoś inny."), "slug")
    if Issuer.objects.filter(institution=institution).exists():
        raise RuleBroken(_("Ta instytucja jest już wystawcą."))
    key = PrivateKey.generate()
    public = key.public.to_multikey()
    did = f"did:web:{web_address.replace(':', '%3A')}:wystawcy:{slug}" if web_address else f"did:key:{public}"
    issuer = Issuer.objects.create(institution=institution, slug=slug, did=did, **_checked(words))
    made = _store(issuer, key, _("pierwszy klucz"))
    acting_user.record("issuer.founded", stream=issuer.uid, subject=made.uid, did=did, name=issuer.name_pl)
    return issuer


@transaction.atomic
def describe_issuer(
    *, issuer: Issuer, words: Mapping[str, str], acting_user: ActingUser, base_version: int | None = None
) -> Issuer:
    """Change how the issuer presents itself; credentials already signed keep what they said. Raises NotAllowed, Conflict."""
    issuer = issuer.locked()
    acting_user.require(may_issue(acting_user.account, issuer.institution))
    changes = issuer.write(_checked(words), base_version=base_version)
    if changes:
        acting_user.record("issuer.described", stream=issuer.uid, subject=issuer.uid, **changes)
    return issuer


@transaction.atomic
def replace_key(*, issuer: Issuer, label: str, acting_user: ActingUser) -> SigningKey:
    """A new key signs from now on. What the one before has signed stays valid. Raises NotAllowed, RuleBroken (did:key)."""
    issuer = issuer.locked()
    acting_user.require(may_keep_keys(acting_user.account, issuer.institution))
    if issuer.did.startswith("did:key:"):
        raise RuleBroken(
            _(
                "Ten wystawca jest swoim kluczem (did:key), więc klucza nie można wymienić. Potrzebny jest publiczny adres serwera."
            )
        )
    for old in SigningKey.objects.filter(issuer=issuer, state=KeyState.ACTIVE):
        _end(old, KeyState.RETIRED, "")
    made = _store(issuer, PrivateKey.generate(), label.strip() or _("nowy klucz"))
    acting_user.record("key.replaced", stream=issuer.uid, subject=made.uid, public=made.public)
    return made


@transaction.atomic
def declare_compromised(*, key: SigningKey, reason: str, acting_user: ActingUser) -> SigningKey:
    """Somebody else has the key: it leaves the issuer's public document, and nothing it signed verifies any more.

    Raises NotAllowed, RuleBroken (no reason; the issuer is its key).
    """
    issuer = key.issuer.locked()
    acting_user.require(may_keep_keys(acting_user.account, issuer.institution))
    if issuer.did.startswith("did:key:"):
        raise RuleBroken(_("Ten wystawca jest swoim kluczem (did:key). Proszę cofnąć poświadczenia, które podpisał."))
    if not reason.strip():
        raise RuleBroken(
            _("Proszę napisać, co się stało: ten powód zobaczy każdy, kto sprawdza poświadczenie."), "reason"
        )
    held = SigningKey.objects.select_for_update(of=("self",)).get(pk=key.pk)
    if held.state != KeyState.COMPROMISED:
        _end(held, KeyState.COMPROMISED, reason.strip()[:300])
        acting_user.record("key.compromised", stream=issuer.uid, subject=held.uid, reason=held.reason)
    return held


def _checked(words: Mapping[str, str]) -> dict[str, str]:
    given = {name: str(words[name]).strip() for name in WORDS if name in words}
    if not given.get("name_pl", "x"):
        raise RuleBroken(_("Proszę podać nazwę, pod którą instytucja wystawia poświadczenia."), "name_pl")
    if "country" in given and not re.fullmatch(r"[A-Z]{2}", given["country"]):
        raise RuleBroken(_("Kraj to dwie wielkie litery, na przykład PL."), "country")
    return given


def _store(issuer: Issuer, key: PrivateKey, label: str) -> SigningKey:
    public = key.public.to_multikey()
    return SigningKey.objects.create(issuer=issuer, label=label[:120], public=public, sealed=seal(key.seed, public))


def _end(key: SigningKey, state: KeyState, reason: str) -> None:
    key.state, key.ended_at, key.reason = state, timezone.now(), reason
    key.save(update_fields=["state", "ended_at", "reason"])
