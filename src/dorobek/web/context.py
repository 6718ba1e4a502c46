"""What every page shows around its content: institution, navigation, who is signed in. Two statements at most."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from dorobek.credentials.queries.wallet import holds_something, something_of
from dorobek.offers.perms import may_import
from dorobek.people.enums import Role

STYLES = (
    "tokens",
    "base",
    "text",
    "forms",
    "messages",
    "lists",
    "tables",
    "folder",
    "weave",
    "drawings",
    "documents",
    "last",
)
CASE_ROLES = (Role.ADVISER, Role.TRAINEE_ADVISER, Role.COORDINATOR)
VISITOR_PAGES: tuple[tuple[Any, str], ...] = ((_("Rejestr kwalifikacji"), "register"),)
STRANGER_PAGES = (
    *VISITOR_PAGES,
    (_("Szkolenia"), "offer"),
    (_("Walidacja"), "validation-openings"),
    (_("Sprawdź poświadczenie"), "credential-check"),
    (_("Centrum informacji"), "info"),
)  # for others it stands in the footer
# (label, name of the address, roles that see it; operators see what administrators see)
STAFF_PAGES: tuple[tuple[Any, str, tuple[Role, ...]], ...] = (
    (_("Biurko"), "desk", CASE_ROLES),
    (_("Sprawy"), "cases", CASE_ROLES),
    (_("Terminarz"), "calendar", CASE_ROLES),
    (_("Zespół"), "team", (Role.COORDINATOR,)),
    (_("Bony"), "vouchers", (Role.COORDINATOR, Role.ADMINISTRATOR)),
    (_("Dostawcy"), "providers", (Role.COORDINATOR, Role.ADMINISTRATOR)),
    (_("Moje szkolenia"), "provider-home", (Role.PROVIDER,)),
    (_("Konsultacje"), "consultations", (Role.SPECIALIST,)),
    (_("Biuro walidacji"), "office", (Role.AWARDING_OFFICER,)),
    (_("Odwołania"), "office-appeals", (Role.APPEALS_OFFICER,)),
    (_("Moje oceny"), "assessing", (Role.ASSESSOR,)),
    (_("Scenariusze"), "assessing-scenarios", (Role.AWARDING_OFFICER,)),
    (_("Pytania"), "knowledge-banks", (Role.AWARDING_OFFICER,)),
    (_("Testy"), "knowledge-tests", (Role.AWARDING_OFFICER, Role.ASSESSOR)),
    (_("Doradzanie w walidacji"), "validation-advising", (Role.VALIDATION_ADVISER,)),
    (_("Liczby"), "figures", (Role.UNIT_HEAD, Role.COORDINATOR)),
    (_("Wnioski instytucji"), "register-applications-mine", (Role.AWARDING_OFFICER,)),
    (_("Wnioski do rejestru"), "register-applications-desk", (Role.REGISTER_EDITOR, Role.MINISTER_OFFICER)),
    (_("Zmiany w rejestrze"), "register-changes", (Role.REGISTER_EDITOR,)),
    (_("Centrum informacji"), "info-editing", (Role.REGISTER_EDITOR,)),
    (_("Mikropoświadczenia"), "issuing", (Role.ISSUER,)),
    (_("Pracownicy na bilansie"), "employer-home", (Role.EMPLOYER,)),
    (_("Administracja"), "administration", (Role.ADMINISTRATOR,)),
)
OF_AN_OFFICE = ("vouchers", "providers")  # a role alone does not open them: an office has them, no other institution
OWN_PAGES: tuple[tuple[Any, str], ...] = (
    (_("Mój bilans"), "own-home"),
    (_("Moje dowody"), "own-evidence"),
    (_("Terminy"), "own-meetings"),
    (_("Moje dane"), "own-data"),
)
RESIDENT_PAGES: tuple[tuple[Any, str], ...] = (
    (_("Walidacja"), "validation-openings"),
    (_("Moje walidacje"), "validation-mine"),
)


@dataclass
class Page:
    """The frame of a page."""

    institution: Any = None
    navigation: list[tuple[Any, str, bool]] = field(default_factory=list)
    post: str = ""
    sign_in: str = ""
    sign_out: str = ""
    account: str = ""
    outbox: str = ""
    demo: bool = False
    styles: list[str] = field(default_factory=list)


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `page`, made when a template first asks for it."""
    return {"page": SimpleLazyObject(lambda: build(request))}


def build(request: Any) -> Page:
    """The frame for this request."""
    frame = Page(
        sign_in=address("account_login"),
        sign_out=address("account_logout"),
        outbox=address("outbox") if settings.DEMO else "",
        demo=settings.DEMO,
        styles=[static(f"dorobek/{name}.css") for name in STYLES],
    )
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        frame.navigation = marked([(label, address(name)) for label, name in STRANGER_PAGES], request.path)
        return frame
    frame.account = address("account_home") or address("mfa_index")
    if user.works_here:
        held = {m.role for m in user.active_memberships} | ({Role.ADMINISTRATOR} if user.is_operator else set())
        frame.institution = next((m.institution for m in user.active_memberships), None)
        frame.post = user.title or next((str(m.get_role_display()) for m in user.active_memberships), "")
        hidden = () if may_import(user) else OF_AN_OFFICE
        links = [
            (label, address(name)) for label, name, roles in STAFF_PAGES if held & set(roles) and name not in hidden
        ]
    else:
        links, frame.institution = _own_links(request)
    links += [(label, address(name)) for label, name in VISITOR_PAGES]
    frame.navigation = marked([(label, url) for label, url in links if url], request.path)
    return frame


def _own_links(request: Any) -> tuple[list[tuple[Any, str]], Any]:
    """Pages of the participant's newest case, the wallet once there is something in it, and the institution."""
    audit = own_audit(request.user)
    own = [(label, address(name, audit.uid)) for label, name in OWN_PAGES] if audit else []
    if audit.holds if audit else holds_something(request.user):
        own.insert(2, (_("Portfel"), address("wallet")))
    if audit is None and request.user.participant is not None:  # somebody with a case has these on its pages
        own += [(label, address(name)) for label, name in RESIDENT_PAGES]
    return own, audit.institution if audit else None


def own_audit(user: Any) -> Any:
    """The newest case of the account's own person, with its institution; None for somebody without a case.

    `holds`: whether there is something in the wallet.
    """
    from dorobek.audits.models import SkillsAudit

    own = SkillsAudit.objects.visible_to(user).filter(person__account_id=user.pk)
    own = own.annotate(holds=something_of("person_id"))
    return own.select_related("institution").order_by("-pk").first()


def address(name: str, *arguments: Any) -> str:
    """The address with that name; nothing while no page has it."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def marked(links: list[tuple[Any, str]], path: str) -> list[tuple[Any, str, bool]]:
    """Links with a mark on the one the path lies under: the longest address wins."""
    under = [url for _, url in links if path == url or (url != "/" and path.startswith(url))]
    here = max(under, key=len) if under else None
    return [(label, url, url == here) for label, url in links]
