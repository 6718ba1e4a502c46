"""Pages around sign-in that are ours: setting up a second factor, the demonstration's outbox, too many requests."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from dorobek.kernel.models import OutboxMail
from dorobek.web.accounts.second_factor import current_codes, has_second_factor

OUTBOX_MAILS = 100
RETRY_SECONDS = 60


@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where staff without a second factor is sent first: choose an app or a passkey."""
    if has_second_factor(request):
        return HttpResponseRedirect(reverse("mfa_index"))
    return render(request, "account/second_factor.html")


def switched_off(request: HttpRequest, *_args: Any) -> HttpResponse:
    """Nobody makes an account or changes an address alone: to the door people do use."""
    return HttpResponseRedirect(reverse("home" if request.user.is_authenticated else "account_login"))


def outbox(request: HttpRequest) -> HttpResponse:
    """Mail of the demonstration, newest first, and its second-factor codes. Absent everywhere else."""
    if not settings.DEMO:
        raise Http404
    mails = OutboxMail.objects.order_by("-pk")[:OUTBOX_MAILS]
    response = render(request, "account/outbox.html", {"mails": mails, "codes": current_codes()})
    response["Cache-Control"] = "no-store"
    return response


def too_many(request: HttpRequest, wait: int = RETRY_SECONDS) -> HttpResponse:
    """429: what happened and when to come back."""
    response = render(request, "429.html", {"wait": wait}, status=429)
    response["Retry-After"] = str(wait)
    return response
