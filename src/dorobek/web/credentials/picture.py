"""The designer of a badge's picture: shape, colour, symbol, and up to three short lines, seen as one chooses (MC-1)."""

import dataclasses
import uuid

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.credentials.actions.templates import save_template
from dorobek.credentials.design import Badge
from dorobek.credentials.perms import ISSUING_ROLES
from dorobek.credentials.picture import badge_svg, fault_of
from dorobek.vc.badges.symbols import COLOURS, SHAPES, SYMBOLS
from dorobek.web.credentials.design import find_template
from dorobek.web.doors import CaseRequest, attempt, staff
from dorobek.web.forms import DorobekForm, LongText


class PictureForm(DorobekForm):
    shape = forms.ChoiceField(label=gettext_lazy("Kształt"), choices=[(code, one.name) for code, one in SHAPES.items()])
    colour = forms.ChoiceField(label=gettext_lazy("Kolor"), choices=[(code, one.name) for code, one in COLOURS.items()])
    symbol = forms.ChoiceField(
        label=gettext_lazy("Znak"),
        choices=[("", gettext_lazy("bez znaku")), *((code, one[0]) for code, one in SYMBOLS.items())],
        required=False,
    )
    text = LongText(label=gettext_lazy("Napis, najwyżej trzy krótkie wiersze"), rows=3, max_length=120, required=False)

    def badge(self) -> Badge:
        given = self.cleaned_data
        lines = tuple(line.strip() for line in given["text"].splitlines() if line.strip())
        return Badge(given["shape"], given["colour"], given["symbol"], lines)

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if not self.errors and (fault := fault_of(self.badge())) is not None:
            words = {
                "too-many-lines": _("Zmieszczą się najwyżej trzy wiersze."),
                "too-long": _("Ten napis jest za długi: byłby nieczytelny w małym rozmiarze. Proszę go skrócić."),
            }
            self.add_error("text", words.get(fault.code, _("Tego napisu nie da się narysować.")))
        return given


@staff(*ISSUING_ROLES)
def edit(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """Choose, look, save. „Pokaż” draws without saving."""
    template = find_template(request, uid)
    badge = template.design.badge
    initial = {
        "shape": badge.shape, "colour": badge.colour, "symbol": badge.symbol, "text": "\n".join(badge.text),
        "base_version": template.version,
    }  # fmt: skip
    form = PictureForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        badge = form.badge()
        if "save" in request.POST:
            data = {"badge": {"shape": badge.shape, "colour": badge.colour, "symbol": badge.symbol, "text": badge.text}}
            base = form.cleaned_data["base_version"] or None
            if attempt(
                form,
                lambda: save_template(template=template, data=data, acting_user=request.acting, base_version=base),
            ):
                return redirect("issuing-template", template.uid)
    design = dataclasses.replace(template.design, badge=badge)
    # Drawn with another description each, so that no identifier stands on the page twice.
    pictures = [badge_svg(design, about) for about in (template.issuer.name_pl, _("mały rozmiar"))]
    return render(request, "credentials/picture.html", {"template": template, "form": form, "pictures": pictures})


@staff(*ISSUING_ROLES)
def draft(request: CaseRequest, uid: uuid.UUID) -> HttpResponse:
    """The picture of the draft."""
    template = find_template(request, uid)
    answer = HttpResponse(badge_svg(template.design, template.issuer.name_pl), content_type="image/svg+xml")
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return answer
