"""Events of the credentials room."""

from dataclasses import dataclass

from dorobek.kernel.events import event


@event
@dataclass(frozen=True)
class CredentialsIssued:
    """Credentials of one template were signed, one or a chunk of a list; identifiers as text."""

    template_uid: str
    credential_uids: list[str]
