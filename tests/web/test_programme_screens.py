"""A programme edited part by part on the screens; what is typed meets the same checks as a file."""

import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from dorobek.audits.queries.documents import _logo
from dorobek.people.enums import Role
from dorobek.programmes import actions
from dorobek.programmes.drafting.tree import find
from dorobek.programmes.models import Programme
from dorobek.programmes.schema import SHIPPED
from tests.factories import acting, make_case, make_institution, make_staff, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit():
    return make_case()


@pytest.fixture
def programme(audit):
    return audit.programme_version.programme


@pytest.fixture
def admin(audit, client):
    account = make_staff(Role.ADMINISTRATOR, audit.unit)
    client.force_login(account)
    return account


def url(programme, where, kind="part"):
    return reverse(f"administration-programme-{kind}", args=[programme.uid, where])


def typed(client, address):
    """What a browser would send back of the form as it stands."""
    form = client.get(address).context["form"]
    sent = {}
    for bound in form:
        value = bound.value()
        if value in (None, "", []) or value is False:
            continue
        sent[bound.html_name] = "on" if value is True else value
    return sent


def every_place(rules, place=()):
    """Places of all parts that have a page."""
    held = find(rules, place)
    if isinstance(held, dict) and set(held) != {"pl", "en"}:
        for name in held:
            yield (*place, name)
            yield from every_place(rules, (*place, name))
    elif isinstance(held, list):
        for item in held:
            if isinstance(item, dict):
                key = next((item[name] for name in ("code", "kind", "area", "part") if name in item), None)
                if key is not None:
                    yield (*place, key)
                    yield from every_place(rules, (*place, key))


@pytest.mark.parametrize("code", SHIPPED)
def test_every_part_saved_as_it_stands_changes_nothing(client, admin, audit, code):
    programme = actions.start_programme(
        institution=audit.institution, code=f"nowy-{code}", name_pl="Nowy", name_en="New", like=code,
        acting_user=acting(admin),
    )  # fmt: skip
    before = actions.draft_of(programme).rules
    tops = [place for place in every_place(before) if len(place) == 1]
    deep = [place for place in every_place(before) if len(place) > 1]
    seen = 0
    for place in [*tops, *deep[:: max(1, len(deep) // 40)]]:
        address = url(programme, "/".join(place))
        answer = client.get(address)
        if answer.status_code != 200 or "form" not in answer.context:
            continue
        if answer.context["form"].visible_fields():
            sent = client.post(address, typed(client, address))
            assert sent.status_code == 302, (place, sent.context["form"].errors)
            seen += 1
    assert seen > 15
    assert actions.draft_of(programme).rules == before


def test_one_field_is_changed_and_the_overview_says_where(client, admin, programme):
    address = url(programme, "meetings")
    assert client.post(address, {**typed(client, address), "max_count": "9"}).status_code == 302
    page = client.get(reverse("administration-programme", args=[programme.uid])).content.decode()
    assert "zmienione w szkicu" in page
    shown = client.get(reverse("administration-programme-publish", args=[programme.uid]))
    (change,) = shown.context["changes"]
    assert (change.where[-1], change.before, change.after) == ("Spotkań najwięcej", "6", "9")
    base = {name: shown.context["form"].initial[name] for name in ("over", "base_version")}
    sent = client.post(reverse("administration-programme-publish", args=[programme.uid]), {**base, "note": "więcej"})
    assert sent.status_code == 302
    assert programme.current().number == 2


def test_faults_stand_beside_their_fields_and_nothing_typed_is_lost(client, admin, programme):
    address = url(programme, "meetings")
    page = client.post(address, {**typed(client, address), "max_count": "900", "min_count": ""})
    assert set(page.context["form"].errors) == {"max_count", "min_count"}
    assert 'value="900"' in page.content.decode()
    assert actions.draft_of(programme) is None


def test_a_text_in_one_language_only_is_asked_for_in_the_other(client, admin, programme):
    address = url(programme, "biographical/areas/work/questions/work-first-job")
    page = client.post(address, {**typed(client, address), "hint.pl": "Także dorywcza.", "hint.en": ""})
    assert set(page.context["form"].errors) == {"hint.en"}


def test_a_question_is_added_put_first_and_taken_out(client, admin, programme):
    bank = "biographical/areas/work/questions"
    sent = {"code": "work-new", "text.pl": "Co nowego?", "text.en": "What is new?"}
    assert client.post(url(programme, bank, "add"), sent).status_code == 302
    questions = find(actions.draft_of(programme).rules, tuple(bank.split("/")))
    assert questions[-1]["code"] == "work-new"
    client.post(url(programme, f"{bank}/work-new", "move"), {"wyzej": ""})
    assert find(actions.draft_of(programme).rules, tuple(bank.split("/")))[-2]["code"] == "work-new"
    page = client.get(url(programme, f"{bank}/work-new", "remove"))
    assert client.post(url(programme, f"{bank}/work-new", "remove"), {"base_version": page.context["base_version"]})
    assert "Co nowego?" not in json.dumps(actions.draft_of(programme).rules, ensure_ascii=False)


def test_a_condition_is_added_by_its_kind(client, admin, programme):
    where = "eligibility/rule/of"
    assert "wiek powyżej" in client.get(url(programme, where, "add")).content.decode().lower()
    sent = client.post(url(programme, where, "add") + "?rodzaj=age-over", {"code": "adult", "over": "17"})
    assert sent.status_code == 302
    assert find(actions.draft_of(programme).rules, (*where.split("/"), "adult")) == {
        "rule": "age-over", "code": "adult", "over": 17,
    }  # fmt: skip


def test_a_part_that_a_programme_may_lack_is_taken_out_and_put_back(client, admin, programme):
    page = client.get(url(programme, "vouchers", "remove"))
    client.post(url(programme, "vouchers", "remove"), {"base_version": page.context["base_version"]})
    assert actions.draft_of(programme).rules["vouchers"] is None
    assert client.post(url(programme, "meetings", "remove"), {"base_version": "9"}).status_code in (302, 422)
    assert actions.draft_of(programme).rules["meetings"]
    sent = {
        "own_share_percent": "20", "total_grosze": "100000", "months_to_buy": "6", "opens_on": "audit-closed",
        "condition.pl": "Z certyfikatem.", "condition.en": "With a certificate.", "remind_days": "30, 7",
    }  # fmt: skip
    assert client.post(url(programme, "vouchers"), sent).status_code == 302
    assert actions.draft_of(programme).rules["vouchers"]["remind_days"] == [30, 7]


def test_two_administrators_see_both_versions_and_choose(client, admin, programme, audit):
    address = url(programme, "identity")
    opened = typed(client, address)
    other = acting(make_staff(Role.ADMINISTRATOR, audit.unit, name="Zenon Ćma"))
    actions.edit_part(
        programme=programme, place=("identity",), values={"name.pl": "Nazwa Zenona"},
        base_version=None, acting_user=other,
    )  # fmt: skip
    page = client.post(address, {**opened, "name.pl": "Nazwa moja"})
    shown = page.content.decode()
    assert "Nazwa Zenona" in shown
    assert "Nazwa moja" in shown
    version = re.search(r'name="_conflict" value="(\d+)"', shown)[1]
    again = {**opened, "name.pl": "Nazwa moja", "_conflict": version, "_choice.name.pl": "theirs"}
    assert client.post(address, {**again, "_theirs.name.pl": "Nazwa Zenona"}).status_code == 302
    assert actions.draft_of(programme).rules["identity"]["name"]["pl"] == "Nazwa Zenona"


def test_words_for_something_taken_out_meanwhile_are_kept_and_may_be_added_anew(client, admin, programme):
    address = url(programme, "biographical/areas/work/questions/work-first-job")
    opened = {**typed(client, address), "text.pl": "Moje nowe pytanie?"}
    place = ("biographical", "areas", "work", "questions", "work-first-job")
    base = actions.drafts.base_of(programme)
    actions.remove_part(programme=programme, place=place, base_version=base, acting_user=acting(admin))
    assert client.get(address).status_code == 404
    page = client.post(address, opened)
    assert "Moje nowe pytanie?" in page.content.decode()
    assert find(actions.draft_of(programme).rules, place[:-1])[-1]["code"] != "work-first-job"
    assert client.post(address, {**opened, "mimo-to": "1"}).status_code == 302
    assert find(actions.draft_of(programme).rules, place)["text"]["pl"] == "Moje nowe pytanie?"


def test_json_is_kept_as_the_draft(client, admin, programme):
    address = reverse("administration-programme-json", args=[programme.uid])
    sent = typed(client, address)
    rules = json.loads(sent["text"])
    rules["meetings"]["max_count"] = 8
    assert client.post(address, {**sent, "text": json.dumps(rules), "szkic": ""}).status_code == 302
    assert actions.draft_of(programme).rules == rules
    page = client.post(address, {**sent, "text": json.dumps(rules | {"stages": 5}), "szkic": ""})
    assert "stages: Tu powinna być lista." in page.content.decode()


def test_a_new_programme_begins_as_a_shipped_one(client, admin):
    sent = {"name_pl": "Nowy start", "name_en": "New start", "code": "nowy-start", "like": SHIPPED[2]}
    assert client.post(reverse("administration-programme-new"), {**sent, "code": "Nowy"}).status_code == 200
    assert client.post(reverse("administration-programme-new"), sent).status_code == 302
    made = Programme.objects.get(code="nowy-start")
    assert not made.open
    assert client.get(reverse("administration-programme", args=[made.uid])).status_code == 200
    assert client.get(reverse("administration")).status_code == 200
    assert client.get(reverse("administration-programme-publish", args=[made.uid])).status_code == 200


def picture(size=(3000, 1000), form="PNG"):
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, form)
    return out.getvalue()


def test_a_logo_is_made_smaller_and_stands_on_the_documents(client, admin, programme, audit):
    address = reverse("administration-programme-logo", args=[programme.uid])
    assert client.post(address, {"file": SimpleUploadedFile("znak.png", picture())}).status_code == 302
    programme.refresh_from_db()
    with Image.open(io.BytesIO(_logo(type(audit).objects.get(pk=audit.pk)))) as kept:
        assert kept.size == (1200, 400)
    shown = client.get(reverse("administration-programme-picture", args=[programme.uid]))
    assert shown["Content-Type"] == "image/png"
    assert client.post(address, {"usun": ""}).status_code == 302
    assert client.get(reverse("administration-programme-picture", args=[programme.uid])).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("znak.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
        ("znak.png", b"%PDF-1.7"),
        ("znak.png", b"\x89PNG\r\n\x1a\n broken"),
        ("znak.png", picture((10, 10), "JPEG")),
    ],
)
def test_what_is_no_picture_is_refused_as_a_logo(client, admin, programme, name, content):
    address = reverse("administration-programme-logo", args=[programme.uid])
    page = client.post(address, {"file": SimpleUploadedFile(name, content)})
    assert page.context["form"].errors
    programme.refresh_from_db()
    assert programme.logo is None


def test_an_administrator_elsewhere_finds_nothing(client, programme):
    client.force_login(make_staff(Role.ADMINISTRATOR, make_unit(make_institution())))
    for kind in ("part", "add", "remove"):
        assert client.get(url(programme, "meetings", kind)).status_code == 404
    for name in ("", "-json", "-publish", "-logo", "-picture"):
        assert client.get(reverse(f"administration-programme{name}", args=[programme.uid])).status_code == 404
    assert client.post(url(programme, "consents/x", "move")).status_code == 404
    assert client.post(reverse("administration-programme-discard", args=[programme.uid])).status_code == 404


@pytest.mark.parametrize(
    "where", ["oops", "identity/oops", "schema", "meetings/max_count", "variants/oops", "identity/name"]
)
def test_a_place_that_the_rules_do_not_have_is_404(client, admin, programme, where):
    for kind in ("part", "remove"):
        assert client.get(url(programme, where, kind)).status_code == 404


def test_rest_reads_changes_compares_and_publishes_a_draft(client, admin, programme):
    address = f"/api/institutions/{programme.institution.uid}/programmes/{programme.uid}/draft"
    held = client.get(address).json()
    assert (held["begun"], held["over"], held["changes"]) == (False, 1, [])

    def send(method, path, **body):
        return getattr(client, method)(path, json.dumps(body), content_type="application/json")

    part = {"place": ["meetings"], "values": {"max_count": 9}, "base_version": held["version"]}
    changed = send("patch", address, **part).json()
    assert changed["changes"][0]["after"] == "9"
    assert send("patch", address, **{**part, "values": {"max_count": 8}}).status_code == 409
    assert send("patch", address, **{**part, "place": ["nothing"]}).status_code == 422
    wrong = {"place": ["meetings"], "values": {"max_count": "dużo"}}
    assert send("patch", address, **wrong).status_code == 422
    whole = {**changed["rules"], "targets": {"participants": 5}}
    assert send("put", address, rules=whole, base_version=held["version"]).status_code == 409
    written = send("put", address, rules=whole, base_version=changed["version"]).json()
    assert send("post", f"{address}/publish", base_version=changed["version"], over=1).status_code == 422
    assert send("post", f"{address}/publish", base_version=written["version"], over=1).status_code == 200
    assert programme.current().rules == whole
    version = send("patch", address, place=["meetings"], values={"max_count": 7}).json()["version"]
    assert client.delete(f"{address}?base_version={version}").status_code == 204
    client.force_login(make_staff(Role.ADMINISTRATOR, make_unit(make_institution())))
    assert client.get(address).status_code == 404
