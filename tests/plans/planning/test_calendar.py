"""The calendar feed: as RFC 5545 wants it, whatever people typed (DP-6)."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel.errors import NotAllowed
from dorobek.plans import actions
from dorobek.plans.actions.feeds import close_feed, open_feed, token_of
from dorobek.plans.actions.plan import plan_of
from dorobek.plans.calendar import Entry, bare, escaped, feed, folded
from dorobek.plans.models import PlanFeed, ScenarioAction
from dorobek.plans.queries_routes import entries_of
from tests.factories import acting, make_case
from tests.plans.planning.builders import offer
from tests.vouchers.builders import make_right

DAY = dt.date(2027, 3, 1)
NOW = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
TEXTS = st.text(st.characters(blacklist_categories=("Cs",)), max_size=200)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def unescaped(value: str) -> str:
    return re.sub(r"\\([\\;,nN])", lambda found: "\n" if found[1] in "nN" else found[1], value)


def plain(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text.replace("\r\n", "\n").replace("\r", "\n"))


@given(TEXTS, TEXTS, st.integers(0, 400), st.integers(0, 400))
def test_every_line_is_short_ends_with_crlf_and_says_what_was_typed(title, about, begins, lasts):
    entry = Entry("a@dorobek", title, DAY + dt.timedelta(begins), DAY + dt.timedelta(begins + lasts), NOW, 3, about)
    text = feed("Plan", [entry])
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    lines = text.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)  # never cut inside a character
    told = dict(line.partition(":")[::2] for line in unfolded(text) if line)
    assert unescaped(told["SUMMARY"]) == plain(title)
    assert unescaped(told.get("DESCRIPTION", "")) == plain(about)
    assert told["DTEND;VALUE=DATE"] > told["DTSTART;VALUE=DATE"]
    assert told["SEQUENCE"] == "3"


@given(TEXTS)
def test_folding_loses_nothing(line):
    pieces = list(folded(line))
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
    assert all(piece.startswith(" ") for piece in pieces[1:])


def test_what_has_a_meaning_of_its_own_is_escaped():
    assert escaped("a;b,c\\d\r\ne\x00") == "a\\;b\\,c\\\\d\\ne"


def planned(audit) -> ScenarioAction:
    me = acting(audit.person.account)
    plan = plan_of(audit.person, getattr(audit, "case_uid", None) or audit.uid, me)
    scenario = actions.write_scenario(plan=plan, name="Kurs", acting_user=me)
    step = actions.write_step(
        scenario=scenario, wording="Kurs: zwroty, reklamacje", due_on=timezone.localdate() + dt.timedelta(days=60),
        acting_user=me,
    )  # fmt: skip
    ScenarioAction.objects.filter(pk=step.pk).update(edition=offer("Zwroty"))
    return ScenarioAction.objects.get(pk=step.pk)


@pytest.mark.django_db
def test_steps_enrolment_and_the_right_are_in_it_under_keys_that_stay():
    right = make_right()
    step = planned(right)
    plan = step.scenario.plan
    before = {entry.uid: entry for entry in entries_of(plan, "https://x/")}
    assert set(before) == {f"step-{step.uid}@dorobek", f"enrol-{step.uid}@dorobek", f"right-{right.uid}@dorobek"}
    actions.set_action_state(step=step, state="started", acting_user=acting(step.person.account))
    after = {entry.uid: entry for entry in entries_of(plan, "https://x/")}
    assert after[f"step-{step.uid}@dorobek"].sequence > before[f"step-{step.uid}@dorobek"].sequence
    assert f"enrol-{step.uid}@dorobek" not in after
    step.edition.withdrawn_at = timezone.now()
    step.edition.save()
    assert {entry.uid: entry for entry in entries_of(plan, "")}[f"step-{step.uid}@dorobek"].cancelled


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Przygotować bon: 2 349,00 zł", "Przygotować bon"),
        ("Kurs „Kasa, 40 godzin”", "Kurs „Kasa, 40 godzin”"),
        (
            "Szkoła Źródło, Kraków. Koszt 1\u00a0250,00\u00a0zł. Zapisy do 3.04.2027.",
            "Szkoła Źródło, Kraków. Zapisy do 3.04.2027.",
        ),
        ("Małgorzata Śliż zanosi wniosek", "zanosi wniosek"),
        ("300 zł", ""),
        ("", ""),
    ],
)
def test_sums_and_the_name_stay_out(text, told):
    assert bare(text, "Małgorzata Śliż") == told


@given(TEXTS, st.integers(0, 10**9))
def test_no_sum_is_left_however_it_stands_in_the_words(words, grosze):
    sum_of_money = f"{grosze // 100:,}".replace(",", " ") + f",{grosze % 100:02d} zł"
    for text in (f"{words} {sum_of_money}", f"{sum_of_money} {words}", f"{words}: {sum_of_money}.\n{words}"):
        assert sum_of_money not in bare(text)


@pytest.mark.django_db
def test_the_feed_tells_neither_whose_it_is_nor_what_the_voucher_pays(client):
    audit = make_case()
    step = planned(audit)
    ScenarioAction.objects.filter(pk=step.pk).update(
        wording=f"Przygotować bon: 2 349,00 zł, {audit.person.name}", support="Ośrodek. Z bonu 2 349,00 zł.",
        responsible=f"doradca i {audit.person.name}",
    )  # fmt: skip
    held = open_feed(plan=step.scenario.plan, acting_user=acting(audit.person.account))
    url = reverse("plan-calendar", args=[audit.uid, token_of(held)])
    text = "".join(unfolded(client.get(url).content.decode()))
    assert "Przygotować bon" in text
    assert "Ośrodek." in text
    for secret in (audit.person.given_names, audit.person.family_name, audit.adviser.name, "349,", "349\\,", "zł"):
        assert secret not in text


@pytest.mark.django_db
def test_the_address_opens_for_anyone_and_for_nobody_once_it_is_closed(client):
    audit = make_case()
    step = planned(audit)
    me, plan = acting(audit.person.account), step.scenario.plan
    held = open_feed(plan=plan, acting_user=me)
    assert open_feed(plan=plan, acting_user=me) == held
    assert token_of(held) not in str(PlanFeed.objects.values())
    url = reverse("plan-calendar", args=[audit.uid, token_of(held)])
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "Kurs: zwroty\\, reklamacje" in "".join(unfolded(answer.content.decode()))
    assert client.post(url).status_code == 405
    assert client.get(reverse("plan-calendar", args=[make_case().uid, token_of(held)])).status_code == 404
    close_feed(plan=plan, acting_user=me)
    assert client.get(url).status_code == 404
    assert token_of(open_feed(plan=plan, acting_user=me)) != token_of(held)


@pytest.mark.django_db
def test_the_calendar_is_the_participants_alone():
    audit = make_case()
    plan = planned(audit).scenario.plan
    with pytest.raises(NotAllowed):
        open_feed(plan=plan, acting_user=acting(audit.adviser))
    open_feed(plan=plan, acting_user=acting(audit.adviser, on_behalf_of=audit.person))
