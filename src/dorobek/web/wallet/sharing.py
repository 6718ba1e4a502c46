"""Showing credentials to somebody by an address, for a time; who looked; taking it back (PF-4, MC-6)."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dorobek.audits.actions.sharing import end_wallet_share, share_credentials, token_of
from dorobek.audits.queries.sharing import wallet_shares_of
from dorobek.credentials.queries.wallet import cards_of
from dorobek.web.doors import attempt
from dorobek.web.drafts import finish, form_for
from dorobek.web.wallet.door import WalletRequest, own_wallet
from dorobek.web.wallet.forms import ShareForm


@own_wallet
def share_list(request: WalletRequest) -> HttpResponse:
    """What is shown until when, and who looked."""
    rows = [
        (one, _address(request, one) if one.is_open else "", list(one.views.all()))
        for one in wallet_shares_of(request.user).prefetch_related("views__account")
    ]
    return _private(render(request, "wallet/shares.html", {"rows": rows}))


def _address(request: WalletRequest, one: Any) -> str:
    token = token_of(one)
    return request.build_absolute_uri(reverse("shared", args=[token])) if token else ""


@own_wallet
def new_share(request: WalletRequest) -> HttpResponse:
    """Choose which, and until when."""
    cards = cards_of(request.user)
    chosen = [str(one.uid) for one in cards if str(one.uid) == request.GET.get("co")]
    initial = {"until": timezone.localdate() + dt.timedelta(days=30), "things": chosen}
    form = form_for(request, ShareForm, cards=cards, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        until = dt.datetime.combine(given["until"], dt.time(23, 59), tzinfo=timezone.get_current_timezone())
        things = [uuid.UUID(one) for one in given["things"]]
        if attempt(
            form,
            lambda: share_credentials(
                person=request.person, label=given["label"], things=things, valid_until=until,
                acting_user=request.acting,
            ),
        ):  # fmt: skip
            finish(request)
            messages.success(request, _("Gotowe. Adres do wysłania stoi niżej."))
            return redirect("wallet-shares")
    return _private(render(request, "wallet/share_form.html", {"form": form, "any": bool(cards)}))


@require_POST
@own_wallet
def take_back(request: WalletRequest, uid: uuid.UUID) -> HttpResponse:
    """The address stops working now."""
    held = wallet_shares_of(request.user).filter(uid=uid).first()
    if held is None:
        raise Http404
    end_wallet_share(share=held, acting_user=request.acting)
    messages.success(request, _("Wyłączone: „%s”. Pod tym adresem nic już nie widać.") % held.label)
    return redirect("wallet-shares")


def _private(page: HttpResponse) -> HttpResponse:
    page["Cache-Control"] = "private, no-store"
    return page
