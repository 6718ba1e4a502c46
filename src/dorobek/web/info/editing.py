"""The editors' pages of the info centre: the list, writing with a preview, publishing, versions (RG-9)."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dorobek.kernel.errors import RuleBroken
from dorobek.people.enums import Role
from dorobek.register.actions.info import create_info_page, edit_info_page, publish_info_page
from dorobek.register.enums import InfoSection
from dorobek.register.info.files import InfoWords
from dorobek.register.info.markup import PAGE_NAME
from dorobek.register.models import InfoPage
from dorobek.register.queries.info import ordered
from dorobek.web.doors import CaseRequest, attempt, staff
from dorobek.web.drafts import finish, form_for
from dorobek.web.forms import DayField, DorobekForm, LongText, ShortText
from dorobek.web.info.views import html

LONGEST = 20_000
MARKS = gettext_lazy(
    "Pusty wiersz kończy akapit. ## zaczyna śródtytuł, - punkt listy, 1. punkt numerowany. **Dwie gwiazdki** "
    "pogrubiają. Odsyłacz: [słowa](slownik/dowod) albo [słowa](https://adres)."
)


class InfoForm(DorobekForm):
    """A page in both languages."""

    section = forms.ChoiceField(label=gettext_lazy("Część"), choices=InfoSection.choices)
    title_pl = ShortText(label=gettext_lazy("Tytuł"), max_length=200)
    text_pl = LongText(label=gettext_lazy("Tekst"), help_text=MARKS, rows=16, max_length=LONGEST)
    title_en = ShortText(label=gettext_lazy("Tytuł po angielsku"), max_length=200, required=False)
    text_en = LongText(label=gettext_lazy("Tekst po angielsku"), rows=12, max_length=LONGEST, required=False)
    related = LongText(
        label=gettext_lazy("Zobacz też"),
        help_text=gettext_lazy("Końcówki adresów stron, każda w osobnym wierszu, na przykład slownik/dowod."),
        rows=3, max_length=2000, required=False,
    )  # fmt: skip
    position = forms.IntegerField(
        label=gettext_lazy("Miejsce w kolejności"),
        help_text=gettext_lazy("Liczy się w przewodniku i w dobrych praktykach. Słownik układa się alfabetycznie."),
        min_value=0, max_value=1000, required=False,
    )  # fmt: skip
    reviewed_on = DayField(
        label=gettext_lazy("Ostatnio przejrzano"),
        help_text=gettext_lazy("Dzień, w którym ktoś sprawdził, że wszystko się zgadza. Czytelnik go widzi."),
        not_after=timezone.localdate,
        required=False,
    )

    def __init__(self, *args: Any, new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not new:
            del self.fields["section"]


def words_of(form: forms.Form) -> InfoWords:
    """The page as typed. Raises RuleBroken beside "see also" for what can be no page."""
    given = form.cleaned_data
    names = [name.strip("/") for name in given["related"].replace(",", " ").split()]
    if bad := [name for name in names if not PAGE_NAME.fullmatch(name)]:
        raise RuleBroken(_("To nie jest adres strony: %(names)s. Powinien wyglądać tak: slownik/dowod.") % {"names": ", ".join(bad)}, "related")  # fmt: skip
    texts = {name: given[name] for name in ("title_pl", "text_pl", "title_en", "text_en", "reviewed_on")}
    return InfoWords(**texts, related=tuple(names), position=given["position"] or 0)


def find(page_uid: uuid.UUID) -> InfoPage:
    """The page, published or not; 404 otherwise."""
    found = InfoPage.objects.filter(uid=page_uid).first()
    if found is None:
        raise Http404
    return found


@staff(Role.REGISTER_EDITOR)
def all_pages(request: CaseRequest) -> HttpResponse:
    """Every page by section, published or not, with the day of its last review. One statement."""
    pages = list(InfoPage.objects.defer("text_pl", "search_text"))
    groups = [(one, ordered([page for page in pages if page.section == one], one, "pl")) for one in InfoSection]
    return render(request, "info/editing.html", {"groups": groups})


def initial_of(page: InfoPage) -> dict[str, Any]:
    """What the form starts from."""
    names = ("title_pl", "text_pl", "title_en", "text_en", "related", "position", "reviewed_on")
    return {name: getattr(page, name) for name in names}


def _previewed(form: forms.Form) -> dict[str, Any]:
    """Both languages as a reader would see them; nothing is saved."""
    given = form.cleaned_data
    return {
        "title_pl": given["title_pl"],
        "title_en": given["title_en"],
        "html_pl": html(given["text_pl"], 3),
        "html_en": html(given["text_en"], 3),
    }


@staff(Role.REGISTER_EDITOR)
def new_page(request: CaseRequest) -> HttpResponse:
    """A new page; it stays out of sight until it is published."""
    form = form_for(request, InfoForm, new=True, initial={"reviewed_on": timezone.localdate()})
    context: dict[str, Any] = {"form": form, "page_held": None}
    if request.method == "POST" and form.is_valid():
        if "look" in request.POST:
            context["preview"] = _previewed(form)
        elif made := attempt(form, lambda: _created(request, form)):
            finish(request)
            messages.success(request, _("Zapisano. Strony jeszcze nie widać: można ją teraz opublikować."))
            return redirect("info-edit", made.uid)
    return render(request, "info/edit.html", context)


def _created(request: CaseRequest, form: forms.Form) -> InfoPage:
    section = form.cleaned_data["section"]
    return create_info_page(section=section, words=words_of(form), acting_user=request.acting)


@staff(Role.REGISTER_EDITOR)
def edit(request: CaseRequest, page_uid: uuid.UUID) -> HttpResponse:
    """Write a page anew; "pokaż, jak to wygląda" saves nothing."""
    held = find(page_uid)
    form = form_for(request, InfoForm, initial=initial_of(held), base_version=held.version)
    context: dict[str, Any] = {"form": form, "page_held": held}
    if request.method == "POST" and form.is_valid():
        if "look" in request.POST:
            context["preview"] = _previewed(form)
        elif attempt(form, lambda: _edited(request, held, form)):
            finish(request)
            messages.success(request, _("Zapisano. Poprzednia wersja została w historii strony."))
            return redirect("info-edit", held.uid)
    return render(request, "info/edit.html", context)


def _edited(request: CaseRequest, held: InfoPage, form: forms.Form) -> InfoPage:
    base = form.cleaned_data["base_version"]
    return edit_info_page(page=held, words=words_of(form), acting_user=request.acting, base_version=base)


@require_POST
@staff(Role.REGISTER_EDITOR)
def publish(request: CaseRequest, page_uid: uuid.UUID) -> HttpResponse:
    """Show the page to everybody, or withdraw it."""
    held = find(page_uid)
    shown = request.POST.get("published") == "1"
    base = request.POST.get("base_version", "")
    publish_info_page(
        page=held, published=shown, acting_user=request.acting, base_version=int(base) if base.isdecimal() else None
    )
    messages.success(request, _("Strona jest opublikowana.") if shown else _("Strona jest wycofana. Nikt jej nie widzi, wersje zostały."))  # fmt: skip
    return redirect("info-edit", held.uid)


@staff(Role.REGISTER_EDITOR)
def versions(request: CaseRequest, page_uid: uuid.UUID) -> HttpResponse:
    """Every version: who wrote it and when."""
    held = find(page_uid)
    rows = held.versions.select_related("author").defer("text_pl", "text_en")
    return render(request, "info/versions.html", {"page_held": held, "rows": rows})


@staff(Role.REGISTER_EDITOR)
def version(request: CaseRequest, page_uid: uuid.UUID, number: int) -> HttpResponse:
    """One version as it stood, in both languages."""
    held = find(page_uid)
    stood = held.versions.select_related("author").filter(number=number).first() if 0 < number < 2**31 else None
    if stood is None:
        raise Http404
    context = {"page_held": held, "stood": stood, "html_pl": html(stood.text_pl, 3), "html_en": html(stood.text_en, 3)}
    return render(request, "info/version.html", context)
