"""A micro-credential designed step by step, published as a version that never changes, withdrawn (MC-1, MC-2)."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from dorobek.credentials.design import Design
from dorobek.credentials.enums import TemplateState
from dorobek.credentials.models import CredentialTemplate, Issuer, TemplateVersion
from dorobek.credentials.perms import may_issue
from dorobek.credentials.rules import publishable
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.text import normalised, sort_key
from dorobek.people.acting import ActingUser


@transaction.atomic
def start_template(*, issuer: Issuer, title: str, acting_user: ActingUser) -> CredentialTemplate:
    """A new draft. It begins with the issuer's own words about quality. Raises NotAllowed, RuleBroken (no title)."""
    acting_user.require(may_issue(acting_user.account, issuer.institution))
    title = " ".join(title.split())
    if not title:
        raise RuleBroken(_("Proszę nazwać mikropoświadczenie tym, co osoba umie."), "title_pl")
    design = Design(title_pl=title, quality_pl=issuer.quality_pl, quality_en=issuer.quality_en)
    made = CredentialTemplate.objects.create(
        issuer=issuer, slug=_free_slug(issuer, title), title_pl=title, data=_plain(design), sort_key=sort_key(title)
    )
    acting_user.record("template.started", stream=made.uid, subject=made.uid, title=title)
    return made


@transaction.atomic
def save_template(
    *, template: CredentialTemplate, data: Mapping[str, Any], acting_user: ActingUser, base_version: int | None = None
) -> CredentialTemplate:
    """Save some parts of the draft: `data` holds fields of `Design`. What is published stays as it is.

    Raises NotAllowed, RuleBroken (a part of another shape), Conflict.
    """
    template = template.locked()
    acting_user.require(may_issue(acting_user.account, template.issuer.institution))
    try:
        design = Design.from_data({**template.data, **data})
    except ValueError as fault:
        raise RuleBroken(_("Tego nie da się zapisać: %(what)s.") % {"what": fault}) from fault
    if not design.title_pl.strip():
        raise RuleBroken(_("Proszę nazwać mikropoświadczenie tym, co osoba umie."), "title_pl")
    values = {"data": _plain(design), "title_pl": design.title_pl, "sort_key": sort_key(design.title_pl)}
    before = template.data
    if template.write(values, base_version=base_version):
        changed = {
            name: [before.get(name), value] for name, value in _plain(design).items() if before.get(name) != value
        }
        acting_user.record("template.saved", stream=template.uid, subject=template.uid, **changed)
    return template


@transaction.atomic
def publish_template(
    *, template: CredentialTemplate, acting_user: ActingUser, base_version: int | None = None
) -> TemplateVersion:
    """The draft becomes the next version, from which credentials are issued.

    Raises NotAllowed, RuleBroken (a mandatory element is missing, nothing has changed), Conflict.
    """
    template = template.locked()
    acting_user.require(may_issue(acting_user.account, template.issuer.institution))
    if not publishable(template.design):
        raise RuleBroken(_("Brakuje części, bez których mikropoświadczenia nie można opublikować."))
    digest = hashlib.sha256(json.dumps(template.data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    newest = template.versions.first()
    if newest and newest.digest == digest and template.state == TemplateState.PUBLISHED:
        raise RuleBroken(_("Ta wersja jest już opublikowana."))
    made = TemplateVersion.objects.create(
        template=template, number=newest.number + 1 if newest else 1, data=template.data, digest=digest,
        published_by=acting_user.account,
    )  # fmt: skip
    template.write({"state": TemplateState.PUBLISHED, "current": made}, base_version=base_version)
    acting_user.record("template.published", stream=template.uid, subject=made.uid, number=made.number, digest=digest)
    return made


@transaction.atomic
def withdraw_template(
    *, template: CredentialTemplate, acting_user: ActingUser, base_version: int | None = None
) -> CredentialTemplate:
    """Nothing more is issued from it; what was issued stays valid. Raises NotAllowed, RuleBroken, Conflict."""
    template = template.locked()
    acting_user.require(may_issue(acting_user.account, template.issuer.institution))
    if template.state != TemplateState.PUBLISHED:
        raise RuleBroken(_("Wycofać można tylko to, co jest opublikowane."))
    template.write({"state": TemplateState.WITHDRAWN}, base_version=base_version)
    acting_user.record("template.withdrawn", stream=template.uid, subject=template.uid)
    return template


def _plain(design: Design) -> dict[str, Any]:
    """As JSON gives it back: tuples as lists."""
    plain: dict[str, Any] = json.loads(json.dumps(design.as_data()))
    return plain


def _free_slug(issuer: Issuer, title: str) -> str:
    wanted = slugify(normalised(title))[:70].strip("-") or "mikroposwiadczenie"
    taken = set(issuer.templates.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return wanted if wanted not in taken else next(s for n in range(2, 10_000) if (s := f"{wanted}-{n}") not in taken)
