"""Who may open a wallet: the account of the person it belongs to, and nobody for them."""

from functools import wraps
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase

from dorobek.credentials.queries.wallet import person_of
from dorobek.people.models import Person
from dorobek.web.doors import CaseRequest, View, signed_in


class WalletRequest(CaseRequest):
    """A request of the wallet's owner."""

    person: Person


def own_wallet(view: View) -> View:
    """The view gets `request.person`; an account without a person has no wallet: 404."""

    @wraps(view)
    @signed_in
    def door(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.person = person_of(request.user)
        if request.person is None:
            raise Http404
        return view(request, *args, **kwargs)

    return door
