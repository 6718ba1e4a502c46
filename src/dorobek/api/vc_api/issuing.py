"""POST credentials/issue: a credential signed with the interface's own key (VC-API, section "Issue Credential")."""

from datetime import UTC, datetime

from django.http import HttpResponse, JsonResponse

from dorobek.api.vc_api.checking import STORE
from dorobek.api.vc_api.doors import Body, door, member, options_of, refused
from dorobek.api.vc_api.errors import problem
from dorobek.api.vc_api.lists import entry_asked_for
from dorobek.api.vc_api.own_key import own_did, own_key
from dorobek.vc import did, schema
from dorobek.vc.errors import VcError
from dorobek.vc.signing import BOTH, sign


@door
def issue(body: Body) -> HttpResponse:
    """201 with the bare credential; 400 with every fault of what cannot be signed.

    The issuer becomes this interface's own: it cannot sign for anybody else. Options: `cryptosuite` for one proof
    instead of both, `credentialStatus` for a place on a status list.
    """
    options = options_of(body)
    credential = _named(member(body, "credential"))
    if (entry := entry_asked_for(options.get("credentialStatus"))) is not None:
        credential.setdefault("credentialStatus", entry)
    if faults := schema.check(credential):
        return refused(400, *(problem(one.code, one.path, one.message) for one in faults))
    credential["issuer"] = _own(credential["issuer"])
    key, now = own_key(), datetime.now(UTC).replace(microsecond=0)
    signed = sign(
        credential, key, verification_method=did.key_method(key.public), created=now, suites=_suites(options),
        store=STORE,
    )  # fmt: skip
    return JsonResponse(signed, status=201)


def _named(credential: Body) -> Body:
    """A credential that names no issuer is given one before it is looked at; null is no name."""
    return {**credential, "issuer": credential["issuer"] if "issuer" in credential else own_did()}


def _own(issuer: object) -> object:
    return {**issuer, "id": own_did()} if isinstance(issuer, dict) else own_did()


def _suites(options: Body) -> tuple[str, ...]:
    wanted = options.get("cryptosuite")
    if wanted is None:
        return BOTH
    if wanted not in BOTH:
        raise VcError("suite", f"signed with {' and '.join(BOTH)}", "options.cryptosuite")
    return (str(wanted),)
