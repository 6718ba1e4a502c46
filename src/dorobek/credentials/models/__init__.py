"""Tables of micro-credentials."""

from dorobek.credentials.models.issued import Credential, IssuingBatch
from dorobek.credentials.models.issuers import LIST_BITS, Issuer, SigningKey, StatusList
from dorobek.credentials.models.templates import CredentialTemplate, TemplateVersion

__all__ = [
    "LIST_BITS",
    "Credential",
    "CredentialTemplate",
    "Issuer",
    "IssuingBatch",
    "SigningKey",
    "StatusList",
    "TemplateVersion",
]
