"""What may be put beside a criterion, as answers of a form: pieces of the portfolio and credentials of the wallet."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from dorobek.portfolio.models import Evidence
from dorobek.validation.crediting import label
from dorobek.validation.queries.crediting import Offer
from dorobek.web.forms import Hinted

WALLET = "portfel:"  # before the uid of a credential that no piece stands for yet


def key_of(code: str) -> str:
    """1.2.a -> 1_2_a, for names of fields."""
    return code.replace(".", "_")


@dataclass(frozen=True)
class Choice:
    """Pieces, and credentials of one's own wallet that are no pieces yet."""

    pieces: Sequence[Evidence]
    offers: Sequence[Offer] = ()
    _by_key: dict[str, Evidence] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._by_key.update({str(one.uid): one for one in self.pieces})

    @property
    def keys(self) -> list[str]:
        return [*self._by_key, *(f"{WALLET}{one.uid}" for one in self.offers if one.piece is None)]

    def listed(self, keys: Iterable[str] | None = None, fits: Collection[str] = ()) -> list[tuple[str, Any]]:
        """(key, label) of these, of all by default; `fits`: keys whose own words fit, which is said under the label."""
        fresh = {f"{WALLET}{one.uid}": one for one in self.offers if one.piece is None}
        found: list[tuple[str, Any]] = []
        for key in self.keys if keys is None else keys:
            piece, offer = self._by_key.get(key), fresh.get(key)
            if piece is not None:
                held = getattr(piece, "credential_piece", None)
                said = f"{piece.get_kind_display()}, {label(held.standing)}" if held else piece.get_kind_display()
                name = f"{piece.title} ({said})"
            elif offer is not None:
                name = f"{offer.title} ({_('poświadczenie z portfela')}, {label(offer.standing)})"
            else:
                continue
            found.append((key, Hinted(name, _("Pasuje do tego kryterium.")) if key in fits else name))
        return found

    def pieces_of(self, keys: Iterable[str]) -> list[Evidence]:
        return [self._by_key[key] for key in keys if key in self._by_key]

    def credentials_of(self, keys: Iterable[str]) -> list[uuid.UUID]:
        return [uuid.UUID(key.removeprefix(WALLET)) for key in keys if key.startswith(WALLET)]
