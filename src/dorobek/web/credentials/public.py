"""What signed documents point to: issuers, their keys, their status lists, the micro-credentials themselves (MC-4, MC-5)."""

import json
import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.utils.http import parse_etags, quote_etag

from dorobek.credentials.actions.lists import published
from dorobek.credentials.enums import TemplateState
from dorobek.credentials.fetching import did_document
from dorobek.credentials.models import CredentialTemplate, Issuer, SigningKey, StatusList, TemplateVersion
from dorobek.credentials.picture import badge_svg

DID, VC = "application/did+json", "application/vc+json"
MINUTE, DAY = 60, 86_400


def issuer(request: HttpRequest, slug: str) -> HttpResponse:
    """Who issues, with what keys, and which micro-credentials it awards today."""
    held = get_object_or_404(Issuer.objects.select_related("institution"), slug=slug)
    templates = CredentialTemplate.objects.filter(issuer=held, state=TemplateState.PUBLISHED).select_related("current")
    keys = SigningKey.objects.filter(issuer=held)
    context = {"issuer": held, "templates": templates.order_by("sort_key"), "keys": keys}
    return render(request, "credentials/issuer.html", context)


def did(request: HttpRequest, slug: str) -> HttpResponse:
    """The DID document of an issuer that is did:web."""
    held = get_object_or_404(Issuer, slug=slug, did__startswith="did:web:")
    return _open(HttpResponse(json.dumps(did_document(held)), content_type=DID), MINUTE)


def status_list(request: HttpRequest, slug: str, uid: uuid.UUID) -> HttpResponse:
    """A signed status list, as published; 304 to whoever has it."""
    held = get_object_or_404(StatusList.objects.select_related("issuer"), issuer__slug=slug, uid=uid)
    held = published(held)
    tag = quote_etag(held.etag)
    asked = parse_etags(request.headers.get("If-None-Match", ""))
    answer: HttpResponse
    if tag in asked or "*" in asked:
        answer = HttpResponseNotModified()
    else:
        answer = HttpResponse(held.document, content_type=VC)
    answer["ETag"] = tag
    return _open(answer, MINUTE)


def template(request: HttpRequest, issuer: str, slug: str, number: int) -> HttpResponse:
    """A micro-credential as it was published, for ever under this address."""
    version = _version(issuer, slug, number)
    design = version.design
    newest = version.template.current_id == version.pk and version.template.state == TemplateState.PUBLISHED
    context = {"version": version, "design": design, "issuer": version.template.issuer, "newest": newest}
    return render(request, "credentials/template.html", context)


def badge(request: HttpRequest, issuer: str, slug: str, number: int) -> HttpResponse:
    """The badge's picture, without a credential in it."""
    version = _version(issuer, slug, number)
    answer = HttpResponse(badge_svg(version.design, version.template.issuer.name_pl), content_type="image/svg+xml")
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return _open(answer, DAY)


def _version(issuer: str, slug: str, number: int) -> TemplateVersion:
    found = TemplateVersion.objects.select_related("template__issuer__institution")
    held = found.filter(template__issuer__slug=issuer, template__slug=slug, number=number).first()
    if held is None:
        raise Http404
    return held


def _open(answer: HttpResponse, seconds: int) -> HttpResponse:
    """For programs anywhere: any origin may read it, anyone may keep it a while."""
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = f"public, max-age={seconds}"
    return answer
