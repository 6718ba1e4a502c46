"""Issuing: `sign` for one credential, `BatchSigner` for one achievement given to many."""

from dorobek.vc.batching import BatchSigner
from dorobek.vc.signing import BOTH, sign

__all__ = ["BOTH", "BatchSigner", "sign"]
