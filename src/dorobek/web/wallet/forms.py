"""What is typed in the wallet: a credential to put in, and what to show to whom."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.credentials.actions.wallet import MOST_BYTES
from dorobek.credentials.queries.wallet import Card
from dorobek.web.forms import DayField, DorobekForm, LongText, ManyChoices, ShortText


class ImportForm(DorobekForm):
    """A file or a picture, or a text: JSON, a token, an address."""

    file = forms.FileField(
        label=gettext_lazy("Plik albo obrazek odznaki"),
        help_text=gettext_lazy("JSON, JWT, PNG albo SVG, najwyżej 2 MB."),
        required=False,
    )
    text = LongText(
        label=gettext_lazy("Albo wklejony tekst lub adres"),
        help_text=gettext_lazy("Cały dokument albo adres zaczynający się od https://"),
        rows=4,
        max_length=MOST_BYTES,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        upload = given.get("file")
        if upload is not None and upload.size > MOST_BYTES:
            raise forms.ValidationError({"file": _("To za duży plik jak na poświadczenie: najwyżej 2 MB.")})
        if upload is None and not given.get("text", "").strip() and not self.errors:
            raise forms.ValidationError(_("Proszę wybrać plik albo wkleić tekst poświadczenia lub jego adres."))
        return given

    @property
    def raw(self) -> bytes | str:
        upload = self.cleaned_data["file"]
        return upload.read() if upload is not None else self.cleaned_data["text"]


def _tomorrow() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=1)


class ShareForm(DorobekForm):
    """Which credentials, until when, and a name to find it by."""

    things = ManyChoices(
        label=gettext_lazy("Co pokazać?"),
        error_messages={"required": gettext_lazy("Proszę zaznaczyć co najmniej jedno poświadczenie.")},
    )
    until = DayField(
        label=gettext_lazy("Do którego dnia?"),
        help_text=gettext_lazy("Potem adres przestanie działać. Można go wyłączyć wcześniej."),
        not_before=_tomorrow,
    )
    label = ShortText(
        label=gettext_lazy("Jak to nazwać?"),
        help_text=gettext_lazy("Tylko na swojej liście, na przykład: do sklepu w Zagórkach."),
        max_length=200,
    )

    def __init__(self, *args: Any, cards: Sequence[Card], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.uid), f"{one.title}, {one.issuer}" if one.issuer else one.title) for one in cards]
        self.fields["things"].choices = choices  # type: ignore[attr-defined]
