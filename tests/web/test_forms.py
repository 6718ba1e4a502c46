"""Forms: fields with clear Polish messages, accessible mark-up, and the choice between two versions."""

import datetime as dt

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel.errors import Conflict
from dorobek.kernel.partial_dates import PartialDate
from dorobek.web import conflicts
from dorobek.web.drafts import resolved
from dorobek.web.forms import (
    ClockField,
    DayField,
    DorobekForm,
    Hinted,
    LongText,
    ManyChoices,
    PartialDateField,
    ShortText,
    YesNo,
)


class Sample(DorobekForm):
    name = ShortText(label="Nazwa", help_text="krótko")
    born = DayField(label="Data urodzenia", not_after=lambda: dt.date(2026, 11, 20), required=False)
    hour = ClockField(label="Godzina", required=False)
    since = PartialDateField(label="Od", required=False)
    story = LongText(label="Historia", required=False)
    way = forms.ChoiceField(
        label="Jak?", choices=[("a", Hinted("Ogólnie", "bez szczegółów")), ("b", "Wcale")], widget=forms.RadioSelect
    )
    proofs = ManyChoices(label="Dowody", choices=[("photo", "zdjęcie"), ("film", "film")], required=False)
    works = YesNo(label="Praca", required=False)


def sample(**values: object) -> Sample:
    return Sample({"name": "kasa", "way": "a", **values})


def render(source: str, form: Sample) -> str:
    with override("pl"):
        return Template(source).render(Context({"form": form}))


@given(
    st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2026, 11, 20)),
    st.sampled_from(["{:%d.%m.%Y}", "{:%Y-%m-%d}"]),
)
def test_every_day_written_in_a_known_way_is_read(day: dt.date, way: str) -> None:
    assert DayField().clean(way.format(day)) == day


@given(st.text(max_size=60))
def test_any_text_in_a_day_or_hour_gives_a_value_or_a_message(text: str) -> None:
    for field in (DayField(required=False), ClockField(required=False), PartialDateField(required=False)):
        try:
            field.clean(text)
        except forms.ValidationError as error:
            assert all(error.messages)  # noqa: PT017


def test_a_day_that_does_not_exist_is_named_with_what_to_check() -> None:
    form = sample(born="31.02.2026")
    assert form.errors["born"] == ["Tego dnia nie ma w kalendarzu: 31.02.2026. Proszę sprawdzić dzień i miesiąc."]


@pytest.mark.parametrize("typed", ["21.11.2026", "12.08.2057", "1.1.1066", "wczoraj", "00.00.2000"])
def test_a_day_to_come_or_beyond_belief_is_refused_in_words(typed: str) -> None:
    assert "Proszę" in sample(born=typed).errors["born"][0]


def test_hours_are_read_as_people_write_them() -> None:
    assert [ClockField().clean(t) for t in ("16:30", "8.05", "9")] == [dt.time(16, 30), dt.time(8, 5), dt.time(9)]
    assert "25:70" in sample(hour="25:70").errors["hour"][0]


def test_a_partial_date_keeps_what_is_known() -> None:
    form = sample(since="wiosna 2013")
    assert form.is_valid()
    assert isinstance(form.cleaned_data["since"], PartialDate)
    assert form.cleaned_data["since"].to_edtf() == "2013-21"
    assert sample(since="blurp").errors["since"]


def test_a_long_text_over_the_limit_says_by_how_much_and_keeps_it() -> None:
    form = sample(story="ż" * 10_001)
    assert "10000" in form.errors["story"][0]
    assert "10001" in form.errors["story"][0]
    assert "ż" * 10_001 in str(form["story"])
    assert sample(story="ż" * 10_000).is_valid()


def test_control_characters_are_taken_out_and_lines_kept() -> None:
    form = sample(story="a\x0b\x1fb\r\nc\td")
    assert form.is_valid()
    assert form.cleaned_data["story"] == "ab\nc\td"


def test_yes_no_may_stay_open() -> None:
    found = []
    for value in ("tak", "nie", ""):
        form = sample(works=value)
        assert form.is_valid()
        found.append(form.cleaned_data["works"])
    assert found == [True, False, None]


def test_a_wrong_field_is_tied_to_its_message_and_hint() -> None:
    shown = render("{% field form.name %}", sample(name=""))
    assert 'aria-describedby="id_name_helptext id_name_error"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'id="id_name_error"' in shown
    assert "Proszę wypełnić to pole." in shown


def test_only_optional_fields_say_so_and_nothing_has_a_star() -> None:
    assert "(nieobowiązkowe)" in render("{% field form.story %}", sample())
    assert "(nieobowiązkowe)" not in render("{% field form.name %}", sample())
    assert "*" not in render("{% field form.name %}", sample())


def test_choices_are_a_fieldset_with_a_legend_and_hints() -> None:
    shown = render("{% field form.way %}", sample(way=""))
    assert "<fieldset" in shown
    assert "<legend" in shown
    assert "bez szczegółów" in shown
    assert shown.count('type="radio"') == 2
    assert 'id="id_way_error"' in shown


def test_the_summary_links_to_each_wrong_field_and_escapes_what_was_typed() -> None:
    shown = render("{% errors form %}", sample(name="", way="", born="<b>1</b>"))
    assert 'role="alert"' in shown
    assert 'href="#id_name"' in shown
    assert 'href="#id_way_0"' in shown
    assert "<b>1" not in shown


def test_a_good_form_has_no_summary() -> None:
    shown = render("{% errors form %}", sample())
    assert 'class="errors"' not in shown
    assert 'class="notice"' not in shown
    assert shown.count("<button") == 1  # the one that Enter in a field presses: it only sends the form


def test_a_conflict_shows_both_versions_and_three_choices() -> None:
    conflict = Conflict({"name": "ich <b>słowa</b>"}, {"name": "moje"}, 7)
    with override("pl"):
        shown = Template('{% include "components/conflict.html" %}').render(
            Context({"conflict": conflict, "form": sample()})
        )
    assert 'name="_conflict" value="7"' in shown
    assert "ich &lt;b&gt;słowa" in shown
    assert "moje" in shown
    assert [f'value="{v}"' in shown for v in ("mine", "theirs", "join")] == [True, True, True]
    assert "moje\n\nich &lt;b&gt;" in shown


@pytest.mark.parametrize(
    ("choice", "kept"), [("mine", "moje"), ("theirs", "ich słowa"), ("join", "moje i ich"), ("odd", "moje")]
)
def test_the_choice_between_versions_decides_what_is_sent(choice: str, kept: str) -> None:
    data = QueryDict(mutable=True)
    data.update({"name": "moje", "way": "a", "base_version": "3", "_conflict": "7", "_choice.name": choice})
    data.update({"_theirs.name": "ich słowa", "_joined.name": "moje i ich"})
    form = Sample(resolved(data))
    assert form.is_valid()
    assert form.cleaned_data["name"] == kept
    assert form.cleaned_data["base_version"] == 7


@given(st.text(max_size=200), st.text(max_size=200))
def test_joining_two_versions_loses_no_words(yours: str, theirs: str) -> None:
    both = conflicts.joined(yours, theirs)
    assert yours in both
    assert theirs in both
