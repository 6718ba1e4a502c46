"""/walidacja/termin/…/bez-konta/: whoever comes from a body's public page without an account may apply too (VA-1)."""

import uuid
from typing import Any

from django import forms
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.validation.actions.arriving import TooOld, arrival_of, open_own_account, send_link
from dorobek.validation.actions.candidate import apply_with_evidence
from dorobek.validation.queries.openings import opening_of
from dorobek.web.accounts.addresses import client_address
from dorobek.web.accounts.middleware import over_limit
from dorobek.web.doors import attempt
from dorobek.web.forms import DorobekForm, ShortText
from dorobek.web.validation.candidate.evidence import outcomes_asked
from dorobek.web.validation.candidate.public import find_opening, is_closed

LETTERS_A_MINUTE = 2  # to one address
LETTERS_A_DAY = 5  # to one address
CLIENT_A_DAY = 20  # from one network address, whoever the letters go to
DAY = 24 * 3600
BACKEND = "django.contrib.auth.backends.ModelBackend"


class ArrivingForm(DorobekForm):
    """Who applies, and where the letter goes."""

    given_names = ShortText(
        label=gettext_lazy("Imię lub imiona"), max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )  # fmt: skip
    family_name = ShortText(
        label=gettext_lazy("Nazwisko"), max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=gettext_lazy("Adres e-mail"), help_text=gettext_lazy("Przyjdzie na niego list z odnośnikiem."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip


def ask(request: Any, uid: uuid.UUID) -> HttpResponse:
    """Three boxes; the answer is the same whether the address has an account or not."""
    held = find_opening(uid)
    if request.user.is_authenticated or is_closed(held):
        return redirect("validation-opening", uid)
    form = ArrivingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("given_names", "family_name", "email")}
        path = reverse("validation-arrived", args=["x"]).removesuffix("x/")
        if attempt(form, lambda: _sent(held, path, given, client_address(request))):
            return render(
                request, "validation/candidate/arriving_sent.html", {"opening": held, "email": given["email"]}
            )
    context = {"opening": held, "form": form}
    return render(request, "validation/candidate/arriving.html", context, status=422 if form.errors else 200)


def _sent(held: Any, path: str, given: dict[str, str], client: str) -> bool:
    """True when the letter went, or one went to that address this minute. Raises RuleBroken over the limits of a day."""
    address = given["email"].lower()
    if over_limit(f"arriving-from:{client}", CLIENT_A_DAY, DAY):
        raise RuleBroken(
            _("Z tej sieci wysłano dziś tyle listów, ile można. Proszę spróbować jutro albo zgłosić się w instytucji.")
        )
    if over_limit(f"arriving:{address}", LETTERS_A_MINUTE):
        return True
    if over_limit(f"arriving-to:{address}", LETTERS_A_DAY, DAY):
        raise RuleBroken(
            _("Na ten adres poszło dziś już kilka listów. Proszę sprawdzić pocztę, także spam, albo spróbować jutro."),
            "email",
        )
    send_link(opening=held, path=path, **given)
    return True


@cache_control(private=True, no_store=True)
def arrived(request: Any, token: str) -> HttpResponse:
    """The link of the letter: one button opens the account and begins the application."""
    try:
        arrival = arrival_of(token)
    except TooOld:
        return render(request, "validation/candidate/arriving_old.html", status=410)
    held = opening_of(arrival.opening_uid)
    if held is None:
        raise Http404
    if arrival.used or is_closed(held):
        return redirect("validation-opening", held.uid)  # pressed twice, or too late: the page says what to do
    if request.method == "POST":
        account = open_own_account(arrival=arrival)
        login(request, account, backend=BACKEND)
        person = account.participant
        assert person is not None
        made = apply_with_evidence(person=person, opening=held, acting_user=ActingUser(account))
        asked = outcomes_asked(made)
        if made.mapped.exists() or not asked:
            return redirect("validation-case", made.uid)
        return redirect("validation-step", made.uid, asked[0].code)
    return render(request, "validation/candidate/arriving_confirm.html", {"opening": held, "arrival": arrival})
