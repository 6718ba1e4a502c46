"""Mail of the demonstration: kept in a table and shown at /outbox, never sent."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from dorobek.kernel.models import OutboxMail


class OutboxBackend(BaseEmailBackend):
    """Django's mail backend of the demonstration."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        rows = [
            OutboxMail(recipient=recipient[:254], subject=str(message.subject)[:200], body=str(message.body))
            for message in email_messages
            for recipient in message.recipients()
        ]
        OutboxMail.objects.bulk_create(rows)
        return len(email_messages)
