"""Nothing typed is lost: drafts of forms, forms filled from drafts, text kept across an expired session.

form = form_for(request, AnswerForm, initial={...}, base_version=row.version)
if request.method == "POST" and form.is_valid() and attempt(form, ...):
    finish(request)
"""

import datetime as dt
import json
import uuid
from typing import Any, TypeVar

from django import forms
from django.core import signing
from django.core.signing import BadSignature
from django.http import HttpRequest, JsonResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dorobek.people.drafts import LARGEST, TooLarge, draft_of, drop_draft, save_draft
from dorobek.people.models import Account, Draft
from dorobek.web.typography import clock

SALT = "dorobek.draft-owner"
KEPT = "kept-form"
FINISHED = "finished-forms"  # {address: "client:seq"} of the last forms sent, so that a late draft is not kept
FINISHED_KEPT = 20
SECRET = ("csrfmiddlewaretoken", "password", "passwd", "haslo", "code", "otp")
NEVER_RESTORED = (forms.FileInput, forms.PasswordInput)
F = TypeVar("F", bound=forms.Form)


def owner_token(account: Any) -> str:
    """A signed mark of whose form this is; it opens nothing, it only tells whose text came back."""
    return signing.Signer(salt=SALT).sign(str(account.uid))


def form_for(
    request: Any, form_class: type[F], *, initial: dict[str, Any] | None = None, base_version: int = 0, **kwargs: Any
) -> F:
    """The form of this page: on POST what was sent; otherwise stored values, with the account's draft over them."""
    start = {"base_version": base_version, **(initial or {})}
    if request.method == "POST":
        return form_class(resolved(request.POST), request.FILES or None, initial=start, **kwargs)
    form = form_class(initial=start, **kwargs)
    draft = draft_of(request.user, request.path) if request.user.is_authenticated else None
    if draft is not None and overtaken(request, request.path, draft.client, draft.client_seq):
        finish(request)  # it was still on its way when the form was sent
    elif draft is not None and draft.values:
        fill(form, draft)
    return form


def fill(form: forms.Form, draft: Draft) -> None:
    """Put a draft's words into an unbound form, as they were typed, mistakes included."""
    typed: MultiValueDict[str, str] = MultiValueDict(draft.values)
    for name, field in form.fields.items():
        html_name = form.add_prefix(name)
        if name == "base_version" or isinstance(field.widget, NEVER_RESTORED) or field.disabled:
            continue
        if field.widget.value_omitted_from_data(typed, MultiValueDict(), html_name):
            continue
        form.initial[name] = field.widget.value_from_datadict(typed, MultiValueDict(), html_name)
    if draft.base_version:
        form.initial["base_version"] = draft.base_version
    form.draft_saved_at = draft.saved_at  # type: ignore[attr-defined]
    form.draft_mark = f"{draft.client}:{draft.client_seq}"  # type: ignore[attr-defined]


def finish(request: Any) -> None:
    """The form was saved: its draft is done with, and so is whatever the device still sends of it."""
    drop_draft(account=request.user, form=request.path)
    sent = request.POST.get("_sent", "")[:90]
    if sent:
        done = dict(list(request.session.get(FINISHED, {}).items())[-FINISHED_KEPT + 1 :])
        request.session[FINISHED] = {**done, request.path: sent}


def finished_mark(request: Any) -> str:
    """ "client:seq" of the last time this address's form was sent in this session; empty when it was not."""
    return str(request.session.get(FINISHED, {}).get(request.path, ""))


def overtaken(request: Any, path: str, client: str, seq: int) -> bool:
    """True for a draft of a device that has sent the form itself meanwhile."""
    sent_by, _colon, sent_seq = str(request.session.get(FINISHED, {}).get(path, "")).rpartition(":")
    return bool(client) and sent_by == client and sent_seq.isdigit() and seq <= int(sent_seq)


def resolved(data: Any) -> Any:
    """POST data after the choice between two versions (components/conflict.html): mine, theirs or joined."""
    version = data.get("_conflict")
    if not version:
        return data
    chosen = data.copy()
    chosen["base_version"] = version
    for key in data:
        if key.startswith("_choice."):
            name = key.removeprefix("_choice.")
            if data[key] == "theirs":
                chosen.setlist(name, data.getlist(f"_theirs.{name}"))
            elif data[key] == "join":
                chosen.setlist(name, data.getlist(f"_joined.{name}"))
    return chosen


# ---- the autosave's address ----


@require_POST
def save(request: Any) -> JsonResponse:
    """POST /szkice/ {form, client, seq, base_version, values}: keep the draft, answer {saved_at}."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("Sesja wygasła. Proszę zalogować się ponownie.")}, status=401)
    if len(request.body) > LARGEST * 4:
        return _too_large()
    try:
        sent = json.loads(request.body)
        path, seq, base = str(sent["form"]), int(sent.get("seq", 0)), int(sent.get("base_version") or 0)
        values = {str(name): [str(item) for item in items] for name, items in dict(sent["values"]).items()}
        case_uid = case_of(path)
        if seq < 0 or base < 0 or len(path) > 250:
            raise ValueError
    except (KeyError, TypeError, ValueError, AttributeError, Resolver404):
        return JsonResponse({"error": _("Nie udało się odczytać szkicu.")}, status=400)
    client = str(sent.get("client", ""))[:60]
    if overtaken(request, path, client, seq):
        return _saved(timezone.now())
    try:
        saved_at = save_draft(
            account=request.user, form=path, values=clean_values(values), client=client, seq=seq,
            base_version=base, case_uid=case_uid,
        )  # fmt: skip
    except TooLarge:
        return _too_large()
    return _saved(saved_at)


def _saved(at: dt.datetime) -> JsonResponse:
    return JsonResponse({"saved_at": at.isoformat(), "clock": clock(at)})


def _too_large() -> JsonResponse:
    return JsonResponse({"error": _("Ten tekst jest za długi, żeby go zapisać. Proszę go skrócić.")}, status=413)


@require_POST
def discard(request: Any) -> Any:
    """The button beside „Przywrócono": forget the draft of the form and show it as stored."""
    path = request.POST.get("_form", "/")
    if request.user.is_authenticated:
        drop_draft(account=request.user, form=path)
    safe = url_has_allowed_host_and_scheme(path, {request.get_host()}, require_https=request.is_secure())
    return redirect(path if safe and path.startswith("/") else "/")


def case_of(path: str) -> uuid.UUID | None:
    """The case an address belongs to, so that erasure finds its drafts. Raises Resolver404 for no address of ours."""
    found = resolve(path).kwargs.get("uid")
    return found if isinstance(found, uuid.UUID) else None


def clean_values(values: dict[str, list[str]]) -> dict[str, list[str]]:
    """Without secrets and the fields of our own machinery."""
    return {
        name: items
        for name, items in values.items()
        if not name.startswith("_") and not any(word in name.lower() for word in SECRET)
    }


# ---- an expired session ----


def keep_for_sign_in(request: HttpRequest) -> bool:
    """Keep a form that arrived after the session had ended, for its owner's next sign-in in this browser."""
    try:
        owner = signing.Signer(salt=SALT).unsign(request.POST.get("_owner", ""))
    except BadSignature:
        return False
    values = clean_values({name: request.POST.getlist(name) for name in request.POST})
    base = request.POST.get("base_version", "0")
    kept = {
        "owner": owner,
        "form": request.path[:250],
        "values": values,
        "base_version": int(base) if base.isdigit() else 0,
        "at": timezone.now().isoformat(),
    }
    if len(json.dumps(kept, ensure_ascii=False)) > LARGEST:
        return False
    request.session[KEPT] = kept
    return True


def give_back(sender: Any, request: HttpRequest, user: Account, **kwargs: Any) -> None:
    """After sign-in: the kept form becomes the owner's draft; anybody else's is dropped."""
    kept = request.session.pop(KEPT, None) if hasattr(request, "session") else None
    if not kept or kept["owner"] != str(user.uid):
        return
    if timezone.now() - dt.datetime.fromisoformat(kept["at"]) > dt.timedelta(hours=12):
        return
    try:
        case_uid = case_of(kept["form"])
    except Resolver404:
        return
    save_draft(
        account=user, form=kept["form"], values=kept["values"], base_version=kept["base_version"], case_uid=case_uid
    )
