"""Micro-credentials that already say much the same: "less is more" (MC-1)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F

from dorobek.credentials.enums import TemplateState
from dorobek.credentials.models import CredentialTemplate, TemplateVersion
from dorobek.register.analysis.likeness import Alike, Holder, compare

MOST_READ = 2000  # published templates that are compared with, newest first
MOST_SHOWN = 5


@dataclass(frozen=True)
class Similar:
    """A published micro-credential, how alike it is (0 to 1), and the words both use."""

    version: TemplateVersion
    score: float
    words: tuple[str, ...]


def similar_templates(template: CredentialTemplate) -> Sequence[Similar]:
    """The published ones of every issuer that are most like this draft. One statement."""
    own = tuple(one.pl for one in template.design.outcomes)
    if not own:
        return ()
    published = TemplateVersion.objects.filter(template__state=TemplateState.PUBLISHED, template__current=F("pk"))
    others = published.exclude(template=template).select_related("template__issuer").order_by("-pk")[:MOST_READ]
    by_key = {str(one.pk): one for one in others}
    holders = [Holder(key, key, tuple(line.pl for line in one.design.outcomes)) for key, one in by_key.items()]
    found = compare([Holder("draft", "draft", own), *holders])
    alike = [one for one in found.pairs if "draft" in (one.first, one.second)]
    alike.sort(key=lambda one: -one.score)
    return [_similar(one, by_key) for one in alike[:MOST_SHOWN]]


def _similar(one: Alike, by_key: dict[str, TemplateVersion]) -> Similar:
    other = one.second if one.first == "draft" else one.first
    words = dict.fromkeys(word for pair in one.counterparts for word in pair.shared)
    return Similar(by_key[other], one.score, tuple(words))
