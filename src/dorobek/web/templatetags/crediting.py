"""A credential among evidence: how it stands by the machine's newest check."""

from typing import Any

from django import template

from dorobek.validation.crediting import label, look

register = template.Library()


@register.filter
def credential_look(piece: Any) -> dict[str, Any] | None:
    """{"tag": (tone, icon, words), "at": when} of a piece that is a credential; None for any other.

    The piece was read with its `credential_piece`, so nothing is asked of the database here.
    """
    held = getattr(piece, "credential_piece", None) if getattr(piece, "pk", None) else None
    return {"tag": look(held.standing), "at": held.checked_at} if held is not None else None


@register.filter
def standing_look(standing: str) -> tuple[str, str, str]:
    """(tone, icon, words) of a standing, for {% tag %}."""
    return look(standing)


@register.filter
def standing_word(standing: str) -> str:
    return label(standing)
