"""Markup and formulas typed into every text field: pages show them as text, a spreadsheet takes them as text."""

import csv
import io
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dorobek.audits.models import Agreement, CardNote, Episode, LifeEvent, SkillsAudit
from dorobek.audits.queries.cases import REPORT_COLUMNS
from dorobek.people.enums import Role
from dorobek.plans.models import DevelopmentPlan, Goal
from dorobek.programmes.schema import SHIPPED
from dorobek.web.forms import LongText, ShortText
from tests.factories import make_case, make_episode, make_institution, make_programme, make_staff, make_unit
from tests.faults.test_twice_and_at_once import filled
from tests.sessions import signed_in_client

pytestmark = pytest.mark.django_db
EVIL = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>{{ 7|add:7 }}{% now %}"
OPENED = ("<img src=x", "<script>alert")  # what must stand in no page as markup
MARK = "onerror=alert(1)"  # what must stand in every page that shows the text
FORMULAS = ('=HYPERLINK("http://example.org";"x")', "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "=cmd|' /C calc'!A0")


def text_fields(form: forms.BaseForm) -> list[str]:
    """Fields a person types running text into; days, numbers and choices take nothing else anyway."""
    return [name for name, field in form.fields.items() if type(field) in (forms.CharField, ShortText, LongText)]


def filled_with(form: forms.BaseForm, text: str) -> dict[str, Any]:
    """The form as sent: the text in every text field, the first answer of every choice, the version it came with."""
    sent: dict[str, Any] = {"base_version": form["base_version"].value() or "0"}
    for name, field in form.fields.items():
        if name in text_fields(form):
            sent[name] = text[: field.max_length]
        elif isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
            continue
        elif isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            sent[name] = next((str(value) for value, _label in field.choices if value), "")
    return sent


def typed_into(client: Client, address: str, text: str = EVIL, **fixed: str) -> dict[str, Any]:
    """Fill the form at the address with the text and send it; what was sent."""
    form = client.get(address).context["form"]
    names = text_fields(form)
    assert names, address
    sent = {**filled_with(form, text), **fixed}
    answer = client.post(address, sent)
    assert answer.status_code == 302, (address, answer.context and answer.context["form"].errors)
    return sent


def shown_safely(client: Client, *addresses: str, says: bool = True) -> None:
    """Every page shows the text, and as text only."""
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = answer.content.decode()
        assert not [one for one in OPENED if one in page], address
        assert not says or MARK in page, address
        assert "{{ 7|add:7 }}" in page or not says, address
        assert "script-src 'self'" in answer["Content-Security-Policy"], address


def sections(audit: SkillsAudit) -> list[str]:
    return [str(section.kind) for section in audit.rules.card.sections]


@pytest.mark.parametrize("side", ["own", "case"])
@pytest.mark.parametrize("code", SHIPPED)
def test_every_text_field_of_the_card_is_shown_as_text(code: str, side: str) -> None:
    unit = make_unit(make_institution())
    audit = make_case(make_staff(Role.ADVISER, unit), version=make_programme(unit.institution, code))
    client = signed_in_client(audit.person.account if side == "own" else audit.adviser)
    written = 0
    for section in sections(audit):
        address = reverse(f"{side}-card-new", args=[audit.uid, section])
        if client.get(address).status_code == 200:
            typed_into(client, address, starts="2009", ends="2010", **{"d_valid-until": "2030"})
            written += 1
            event = LifeEvent.objects.order_by("-pk").first()
            shown_safely(client, reverse(f"{side}-card-entry", args=[audit.uid, event.uid]))
            shown_safely(client, reverse(f"{side}-card-remove", args=[audit.uid, event.uid]), says=False)
            if side == "own":
                shown_safely(client, reverse("own-card-section", args=[audit.uid, section]))
        words = "own-card-section" if side == "own" else "case-card-note"
        address = reverse(words, args=[audit.uid, section])
        typed_into(client, address)
        shown_safely(client, address)
    assert written == LifeEvent.objects.count() >= 3
    assert CardNote.objects.filter(text__contains="<img").count() == len(sections(audit))
    adviser = signed_in_client(audit.adviser)
    shown_safely(adviser, reverse("case-card", args=[audit.uid]))
    shown_safely(adviser, reverse("case", args=[audit.uid]), says=False)
    shown_safely(signed_in_client(audit.person.account), reverse("own-life", args=[audit.uid]))


def test_every_text_field_of_a_story_is_shown_as_text_on_both_sides() -> None:
    audit = make_case()
    episode = make_episode(audit)
    adviser, own = signed_in_client(audit.adviser), signed_in_client(audit.person.account)
    typed_into(adviser, reverse("case-episode", args=[audit.uid, episode.uid]), part="work", life_event="")
    shown_safely(adviser, *(reverse(name, args=[audit.uid, *more]) for name, more in
                            (("case-episode", [episode.uid]), ("case-episodes", []))))  # fmt: skip
    shown_safely(own, reverse("own-episodes", args=[audit.uid]), reverse("own-episode", args=[audit.uid, episode.uid]),
                 reverse("own-episode-rename", args=[audit.uid, episode.uid]))  # fmt: skip
    for step in ("sytuacja", "zadanie", "dzialanie", "wynik", "przydalo-sie", "dowod"):
        address = reverse("own-episode-step", args=[audit.uid, episode.uid, step])
        typed_into(own, address, EVIL + step)
        shown_safely(own, address)
    shown_safely(own, reverse("own-episode-remove", args=[audit.uid, episode.uid]), says=False)
    assert Episode.objects.get().situation.endswith("sytuacja")


def test_both_versions_of_a_conflict_are_shown_as_text() -> None:
    audit = make_case()
    episode = make_episode(audit)
    client = signed_in_client(audit.person.account)
    address = reverse("own-episode-step", args=[audit.uid, episode.uid, "zadanie"])
    for words in ("pierwsze", "drugie"):
        answer = client.post(address, {"task": EVIL + words, "base_version": "1"})
    page = answer.content.decode()
    assert "Ktoś zmienił to samo" in page
    assert not [one for one in OPENED if one in page]
    assert page.count(MARK) >= 3


@pytest.mark.parametrize("side", ["own", "case"])
def test_every_text_field_of_the_plan_is_shown_as_text(side: str) -> None:
    audit = make_case()
    client = signed_in_client(audit.person.account if side == "own" else audit.adviser)
    home = reverse("own-goals" if side == "own" else "case-plan", args=[audit.uid])
    for part in ("uzgodnienia", "cel", "scenariusz", "zrodlo"):
        fixed = {"due_on": "27.11.2030", "dated": "", "url": "javascript:alert(1)//onerror=alert(1)"}
        if part == "zrodlo":
            refused = client.post(reverse(f"{side}-plan-add", args=[audit.uid, part]),
                                  {"title": EVIL, "says": EVIL, "reliability": "certain", **fixed})  # fmt: skip
            assert refused.status_code == 200
            fixed["url"] = "https://example.org/?a=<b>"
        typed_into(client, reverse(f"{side}-plan-add", args=[audit.uid, part]), **fixed)
    plan = DevelopmentPlan.objects.get()
    scenario, goal = plan.scenarios.get(), Goal.objects.get()
    for part, parent in (("krok", scenario), ("ryzyko", scenario), ("postep", goal)):
        typed_into(client, reverse(f"{side}-plan-add-to", args=[audit.uid, part, parent.uid]), starts_on="", due_on="")
    questions = reverse(f"{side}-plan-questions", args=[audit.uid, scenario.uid])
    typed_into(client, questions)
    shown_safely(client, home, questions, reverse(f"{side}-plan-edit", args=[audit.uid, "cel", goal.uid]))
    assert 'href="javascript:' not in client.get(home).content.decode().lower()


def test_every_text_field_of_the_agreement_is_shown_as_text_on_both_sides() -> None:
    audit = make_case()
    adviser, own = signed_in_client(audit.adviser), signed_in_client(audit.person.account)
    typed_into(adviser, reverse("case-agreement", args=[audit.uid]))
    assert EVIL in Agreement.objects.get().main_goal
    shown_safely(adviser, reverse("case-agreement", args=[audit.uid]))
    shown_safely(own, reverse("own-agreement", args=[audit.uid]))


def test_the_history_of_a_case_tells_markup_as_text() -> None:
    audit = make_case()
    adviser, own = signed_in_client(audit.adviser), signed_in_client(audit.person.account)
    episode = make_episode(audit)
    typed_into(adviser, reverse("case-agreement", args=[audit.uid]))
    typed_into(adviser, reverse("case-episode", args=[audit.uid, episode.uid]), part="work", life_event="")
    for client, name in ((adviser, "case-history"), (own, "own-history")):
        shown_safely(client, reverse(name, args=[audit.uid]), says=False)


# ---- the participants' report ----


def report(client: Client) -> list[dict[str, str]]:
    answer = client.get(reverse("participants-report"))
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert rows[0] == list(REPORT_COLUMNS)
    assert {len(row) for row in rows} == {len(REPORT_COLUMNS)}
    return [dict(zip(REPORT_COLUMNS, row, strict=True)) for row in rows[1:]]


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("code", SHIPPED)
def test_no_cell_of_the_participants_report_is_a_formula(code: str, formula: str) -> None:
    unit = make_unit(make_institution())
    version = make_programme(unit.institution, code)
    adviser, head = make_staff(Role.ADVISER, unit), make_staff(Role.ADMINISTRATOR, unit)
    client = signed_in_client(adviser)
    address = reverse("case-new-form", args=[version.programme.uid])
    form = client.get(address).context["form"]
    places = {"lives_in", "works_in", "learns_in", "serves_in"}
    typed = {
        name: formula[: form.fields[name].max_length]
        for name in text_fields(form)
        if name not in {*places, "person", "identifier", "support_number", "slip", "link_code", "exception_reason"}
    }
    given = {"email": "", "lives_in": "1201" if "residence" in form.fields else "1263", "education": "upper-secondary",
             "statuses": "employee", "residence": "polish-citizen", "identifier_kind": "none", "sex": "female"}  # fmt: skip
    if code == "bilans-online-2024":
        given |= {"lives_in": "1201", "email": "kto@example.org"}
    sent = {**filled(**given), **typed}
    sent |= {name: "on" for name in form.fields if name.startswith("consent_")}
    answer = client.post(address, sent)
    assert answer.status_code == 302, answer.context["form"].errors
    [row] = report(signed_in_client(head))
    assert row["given_names"].lstrip("'").strip() == formula.strip()
    for name, cell in row.items():
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")), (name, cell)
    assert row["registered_on"] == timezone.localdate().isoformat()
