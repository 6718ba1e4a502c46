"""Tables of micro-credentials."""

from dorobek.credentials.models.issued import Credential, IssuingBatch
from dorobek.credentials.models.issuers import LIST_BITS, Issuer, SigningKey, StatusList
from dorobek.credentials.models.templates import DECIDED, CredentialTemplate, TemplateVersion

__all__ = [
    "DECIDED",
    "LIST_BITS",
    "Credential",
    "CredentialTemplate",
    "Issuer",
    "IssuingBatch",
    "SigningKey",
    "StatusList",
    "TemplateVersion",
]
