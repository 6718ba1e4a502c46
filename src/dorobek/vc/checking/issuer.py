"""Whether the issuer stands behind the keys that signed."""

from dorobek.vc.checking.case import Case, UsedKey, check, fault, outcome_of
from dorobek.vc.controllers import ASSERTION, Controller, Method
from dorobek.vc.errors import VcError
from dorobek.vc.report import ISSUER, Check, Fault


def issuers(case: Case) -> list[Check]:
    """One check per key that signed; the issuer's own document must list it for assertions."""
    if case.issuer is None:
        return [check(ISSUER, "failed", [Fault("issuer-missing", "issuer", "the document names no issuer")])]
    if not case.used:
        return [check(ISSUER, "unknown", [Fault("no-key", "proof", "no key is known that the issuer could confirm")])]
    used = {(one.method, one.key): one for one in reversed(case.used)}
    return [_one(case, case.issuer, one) for one in reversed(used.values())]


def _one(case: Case, issuer: str, used: UsedKey) -> Check:
    try:
        controller = case.controller(issuer)
    except VcError as error:
        return check(ISSUER, outcome_of(error), [fault(error, "issuer")], used.method)
    if used.key is None:
        message = "the key that the proof names could not be found"
        return check(ISSUER, "unknown", [Fault("no-key", used.path, message)], used.method)
    trusted = controller.trusted()
    if not trusted and not controller.purposes.get(ASSERTION):
        message = "the issuer's document lists no key to compare with"
        return check(ISSUER, "unknown", [Fault("issuer-lists-no-keys", "issuer", message)], used.method)
    found = _confirmed(controller, used, trusted)
    if found is None:
        message = f"the issuer {issuer} does not list the key that signed"
        return check(
            ISSUER, "failed", [Fault("key-not-issuers", f"{used.path}.verificationMethod", message)], used.method
        )
    if found.ends is not None and found.ends <= case.now:
        message = "the issuer has withdrawn the key that signed"
        return check(
            ISSUER, "failed", [Fault("key-withdrawn", f"{used.path}.verificationMethod", message)], used.method
        )
    return check(ISSUER, "passed", detail=used.method)


def _confirmed(controller: Controller, used: UsedKey, trusted: tuple[Method, ...]) -> Method | None:
    """The entry by which the issuer confirms the key: under the name that the proof gives, and the same key."""
    for method in trusted:
        same_name = (
            used.method in ("", method.id) or method in controller.loose or _is_bare_did_key(used.method, method)
        )
        if same_name and method.key == used.key and method.controller == controller.id:
            return method
    # Another's key that the issuer lists by its name, such as a did:key: what the name means was read with the proof.
    if used.key is not None and controller.method(used.method) is None and controller.allows(used.method):
        return Method(used.method, used.method, used.key)
    return None


def _is_bare_did_key(name: str, method: Method) -> bool:
    """A did:key without its fragment can only mean its one key."""
    return name == method.controller and name.startswith("did:key:")
