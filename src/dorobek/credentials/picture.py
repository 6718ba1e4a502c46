"""The badge's picture of a design: drawn the same wherever it is asked for (MC-1)."""

from functools import lru_cache

from dorobek.credentials.design import Badge, Design
from dorobek.vc.badges import drawing
from dorobek.vc.errors import VcError


def badge_svg(design: Design, issuer: str) -> str:
    """SVG, legible at 64 pixels. A text that fits no size is left to the picture's description."""
    return _drawn(design.badge, design.title_pl, f"{design.title_pl}, {issuer}")


def fault_of(badge: Badge) -> VcError | None:
    """Why this badge cannot be drawn; None when it can."""
    try:
        drawing.draw(_design(badge, "x", "x"))
    except VcError as fault:
        return fault
    return None


@lru_cache(maxsize=256)
def _drawn(badge: Badge, title: str, about: str) -> str:
    try:
        return drawing.draw(_design(badge, title, about))
    except VcError:
        # A draft may hold any text; it is drawn without it, and the designer's page says why.
        return drawing.draw(
            _design(Badge(badge.shape, badge.colour, badge.symbol) if _known(badge) else Badge(), title, about)
        )


def _known(badge: Badge) -> bool:
    return fault_of(Badge(badge.shape, badge.colour, badge.symbol)) is None


def _design(badge: Badge, title: str, about: str) -> drawing.Design:
    return drawing.Design(
        shape=badge.shape, colour=badge.colour, symbol=badge.symbol, lines=badge.text, title=title, about=about
    )
