"""Polish type: no-break spaces, plural forms, days, lengths, amounts; icons and statuses."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.safestring import mark_safe
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from dorobek.audits.enums import MeetingState
from dorobek.portfolio.enums import CompetenceState
from dorobek.web import typography
from dorobek.web.states import LOOKS

NBSP = "\u00a0"
SPRITE = Path(typography.__file__).parent / "static" / "dorobek" / "icons.svg"


@given(st.text())
def test_keeping_together_changes_only_spaces_and_is_done_once(text: str) -> None:
    kept = typography.keep_together(text)
    assert kept.replace(NBSP, " ") == text.replace(NBSP, " ")
    assert typography.keep_together(kept) == kept


@given(st.sampled_from("aiouwzAIOUWZ"), st.from_regex(r"\A[a-ząćęłńóśźż]{2,12}\Z"))
def test_a_single_letter_never_ends_a_line(letter: str, word: str) -> None:
    assert typography.keep_together(f"dom {letter} {word}") == f"dom {letter}{NBSP}{word}"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("i w domu", "i~w~domu"),
        ("(z mamą)", "(z~mamą)"),
        ("2 700,00 zł", "2~700,00~zł"),
        ("27 listopada, godz. 16:30", "27~listopada, godz.~16:30"),
        ("ul. Źródlana 3", "ul.~Źródlana 3"),
        ("30 minut", "30 minut"),
        ("pierwszy\nakapit a\ndrugi", "pierwszy\nakapit a\ndrugi"),
    ],
)
def test_examples_of_running_text(text: str, kept: str) -> None:
    assert typography.keep_together(text) == kept.replace("~", NBSP)


def test_typo_escapes_text_and_leaves_tags_of_safe_markup_alone() -> None:
    template = Template("{{ text|typo }}")
    assert template.render(Context({"text": "<b> z domu</b>"})) == f"&lt;b&gt; z{NBSP}domu&lt;/b&gt;"
    safe = mark_safe('<p class="a b">z domu</p>')
    assert template.render(Context({"text": safe})) == f'<p class="a b">z{NBSP}domu</p>'


@given(st.integers(min_value=0, max_value=100_000))
def test_the_polish_plural_follows_the_last_two_digits(number: int) -> None:
    word = typography.choose_form(number, "dzień,dni,dniów")
    if number == 1:
        assert word == "dzień"
    elif re.search(r"(?<!1)[234]$", str(number)):
        assert word == "dni"
    else:
        assert word == "dniów"


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_money_loses_no_grosz(grosze: int) -> None:
    with override("pl"):
        shown = typography.money(grosze)
    digits = int(re.sub(r"\D", "", shown))
    assert digits == abs(grosze)
    assert shown.endswith(f"{NBSP}zł")


def test_money_and_lengths_are_written_as_offices_write_them() -> None:
    with override("pl"):
        assert typography.money(270_000) == f"2{NBSP}700,00{NBSP}zł"
    assert typography.length(90) == f"1{NBSP}h{NBSP}30{NBSP}min"
    assert typography.length(0) == f"0{NBSP}min"


def test_days_are_named_in_polish() -> None:
    with override("pl"):
        assert typography.day(dt.date(2019, 11, 28)) == f"czwartek 28{NBSP}listopada 2019"
        assert typography.short_day(dt.date(2019, 3, 1)) == "01.03.2019"
        today = dt.date(2026, 11, 20)
        assert typography.ago_days(today, today) == "dziś"
        assert typography.ago_days(dt.date(2026, 11, 19), today) == "wczoraj"
        assert typography.ago_days(dt.date(2026, 11, 18), today) == f"2{NBSP}dni"
        assert typography.ago_days(dt.date(2026, 11, 25), today) == f"za 5{NBSP}dni"


def test_a_moment_is_shown_in_the_office_time_zone() -> None:
    assert typography.clock(dt.datetime(2026, 11, 20, 7, 5, tzinfo=dt.UTC)) == "8:05"
    assert typography.as_day(dt.datetime(2026, 11, 20, 23, 30, tzinfo=dt.UTC)) == dt.date(2026, 11, 21)


def test_every_icon_of_a_state_exists_in_the_sprite() -> None:
    drawn = set(re.findall(r'symbol id="([\w-]+)"', SPRITE.read_text(encoding="utf-8")))
    assert {icon for _, icon, _ in LOOKS.values() if icon} <= drawn


@pytest.mark.parametrize("state", [*CompetenceState, *MeetingState])
def test_every_state_has_an_icon_and_its_own_word(state: CompetenceState | MeetingState) -> None:
    with override("pl"):
        shown, word = Template("{% status state %}").render(Context({"state": state})), str(state.label)
    assert "<use" in shown
    assert word[1:] in shown


def test_an_icon_is_decoration_unless_it_has_a_label() -> None:
    plain, named = Template('{% icon "ok" %}|{% icon "ok" label %}').render(Context({"label": "<Gotowe>"})).split("|")
    assert 'aria-hidden="true"' in plain
    assert "role" not in plain
    assert 'role="img"' in named
    assert "&lt;Gotowe&gt;" in named


def test_query_keeps_the_other_parameters() -> None:
    request = RequestFactory().get("/", {"q": "kasa", "page": "2", "stage": "talk"})
    shown = Template('{% query page=3 stage="" %}').render(Context({"request": request}))
    assert shown == "?q=kasa&amp;page=3"


def test_words_follow_how_a_person_wishes_to_be_addressed() -> None:
    template = Template('{% gendered person "Uczestniczka" "Uczestnik" "Osoba uczestnicząca" %}')
    found = [template.render(Context({"person": {"x": 1}}))]
    for form in ("madam", "sir", "neutral"):
        found.append(template.render(Context({"person": type("P", (), {"address_form": form})()})))
    assert found == ["Osoba uczestnicząca", "Uczestniczka", "Uczestnik", "Osoba uczestnicząca"]


def test_a_stored_partial_date_is_shown_in_words_and_rubbish_as_it_is() -> None:
    with override("pl"):
        assert Template("{{ d|edtf }}").render(Context({"d": "2013-21"})) == "wiosna 2013"
        assert Template("{{ d|edtf }}").render(Context({"d": "<kiedyś>"})) == "&lt;kiedyś&gt;"
