"""/portfel/: what one holds, one by one with every check, what is put in and taken out (MC-6, PF-5)."""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dorobek.credentials.actions.wallet import Refused, check_again, import_credentials
from dorobek.credentials.certificate import check_url
from dorobek.credentials.kept import kept_check
from dorobek.credentials.models import Credential
from dorobek.credentials.queries.adding_up import adding_up_of
from dorobek.credentials.queries.wallet import Card, card_of, cards_of, held_card, own_credentials
from dorobek.credentials.verification import Verified, verify_given
from dorobek.kernel.text import normalised
from dorobek.portfolio.actions.wallet import remove_credential
from dorobek.portfolio.models import HeldCredential
from dorobek.web.context import address, own_audit
from dorobek.web.credentials.checking import shown_of
from dorobek.web.credentials.downloads import FILES, file_answer
from dorobek.web.credentials.wording import lines
from dorobek.web.wallet.door import WalletRequest, own_wallet
from dorobek.web.wallet.files import held_answer, held_files
from dorobek.web.wallet.forms import ImportForm

LINKEDIN = "https://www.linkedin.com/profile/add"


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "pl"


@own_wallet
def home(request: WalletRequest) -> HttpResponse:
    """Everything held, newest first."""
    cards = cards_of(request.user, _language())
    return _private(render(request, "wallet/home.html", {"cards": cards, "person": request.person}))


@own_wallet
def add(request: WalletRequest) -> HttpResponse:
    """From a file, a picture, a pasted text or an address; a refusal shows what was checked."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    found = None
    if request.method == "POST" and form.is_valid():
        try:
            made = import_credentials(person=request.person, raw=form.raw, acting_user=request.acting)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal.message))
            found = refusal.found
        else:
            return _added(request, made)
    checked = lines(found) if found is not None and found.document else []
    return _private(render(request, "wallet/add.html", {"form": form, "lines": checked}))


def _added(request: WalletRequest, made: list[HeldCredential]) -> HttpResponse:
    if len(made) > 1:
        text = ngettext("Dodano %d poświadczenie.", "Dodano %d poświadczeń.", len(made))
        messages.success(request, text % len(made))
        return redirect("wallet")
    if made[0].decided == "valid":
        messages.success(request, _("Dodano do portfela. Poświadczenie jest ważne."))
    else:
        messages.warning(request, _("Dodano do portfela, ale nie wszystko się zgadza. Niżej jest napisane, co."))
    return redirect("wallet-one", made[0].uid)


@own_wallet
def show(request: WalletRequest, uid: uuid.UUID) -> HttpResponse:
    """One credential: what it says, every check, its files, where else it can go."""
    own = own_credentials(request.user).select_related("replaced_by").filter(uid=uid).first()
    if own is not None:
        found = verify_given(own.document, language=_language())
        more = {"files": FILES, "newer": getattr(own, "replaced_by", None), "check_url": check_url(own)}
        card = card_of(own, _language())
    else:
        held = _held(request, uid)
        found, card = kept_check(held, _language()), held_card(held)
        more = {"files": held_files(held), "held": held}
    context = {"card": card, **shown_of(found), **more}
    context["linkedin"] = linkedin(card, context.get("check_url", ""))
    context["other_name"] = _other_name(request, found)
    return _private(render(request, "wallet/one.html", context))


def _other_name(request: WalletRequest, found: Verified) -> str:
    """The name on a credential that is made out to somebody else than the wallet's owner, as far as it names anybody."""
    name = found.words.holder
    return name if name and normalised(name) != normalised(request.person.name) else ""


def linkedin(card: Card, url: str) -> str:
    """The public address that opens LinkedIn's form with this credential filled in."""
    given = {"startTask": "CERTIFICATION_NAME", "name": card.title, "organizationName": card.issuer}
    if card.awarded_on:
        given |= {"issueYear": str(card.awarded_on.year), "issueMonth": str(card.awarded_on.month)}
    if card.last_day:
        given |= {"expirationYear": str(card.last_day.year), "expirationMonth": str(card.last_day.month)}
    if url:
        given |= {"certUrl": url, "certId": str(card.uid)}
    return f"{LINKEDIN}?{urlencode(given)}"


@own_wallet
def download(request: WalletRequest, uid: uuid.UUID, ending: str) -> HttpResponse:
    """One of the files."""
    own: Credential | None = own_credentials(request.user).filter(uid=uid).first()
    return file_answer(own, ending) if own is not None else held_answer(_held(request, uid), ending)


@require_POST
@own_wallet
def again(request: WalletRequest, uid: uuid.UUID) -> HttpResponse:
    """Check one brought from elsewhere as of now; one issued here is checked whenever it is looked at."""
    later = check_again(held=_held(request, uid), acting_user=request.acting)
    if later.decided == "valid":
        messages.success(request, _("Sprawdzono jeszcze raz: poświadczenie jest ważne."))
    else:
        messages.warning(request, _("Sprawdzono jeszcze raz. Niżej jest napisane, co się nie zgadza."))
    return redirect("wallet-one", uid)


@own_wallet
def remove(request: WalletRequest, uid: uuid.UUID) -> HttpResponse:
    """Take out what was put in, after one question."""
    held = _held(request, uid)
    if request.method == "POST":
        remove_credential(held=held, acting_user=request.acting)
        messages.success(request, _("Usunięto z portfela: „%s”.") % held.title)
        return redirect("wallet")
    return _private(render(request, "wallet/remove.html", {"held": held}))


@own_wallet
def adding_up(request: WalletRequest) -> HttpResponse:
    """What the credentials add up to: qualifications of the register, covered and missing."""
    audit = own_audit(request.user)
    rows = [
        (one, address("own-readiness-one", audit.uid, one.qualification.code) if audit else "")
        for one in adding_up_of(request.user, _language())
    ]
    return _private(render(request, "wallet/adding_up.html", {"rows": rows}))


def _held(request: WalletRequest, uid: uuid.UUID) -> HeldCredential:
    held = HeldCredential.objects.visible_to(request.user).select_related("person").filter(uid=uid).first()
    if held is None:
        raise Http404
    return held


def _private(page: HttpResponse) -> HttpResponse:
    page["Cache-Control"] = "private, no-store"
    return page
