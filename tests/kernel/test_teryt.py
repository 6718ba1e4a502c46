import pytest

from dorobek.kernel import teryt


@pytest.mark.parametrize("code", ["12", "1201", "1201012", "12 61", "1261011", "1299"])
def test_a_code_of_correct_form_is_accepted(code: str) -> None:
    assert teryt.is_valid_code(code)


@pytest.mark.parametrize(
    "code", ["", "1", "13", "120", "12010", "120101", "1201010", "1201017", "1200", "ab", "12010123"]
)
def test_a_malformed_code_is_refused_with_a_message(code: str) -> None:
    with pytest.raises(teryt.PlaceError) as error:
        teryt.check_code(code)
    assert error.value.message.endswith(".")


def test_there_are_sixteen_voivodeships_and_twenty_two_powiats_in_malopolskie() -> None:
    assert len(teryt.places(level=teryt.PlaceLevel.VOIVODESHIP)) == 16
    malopolskie = teryt.places("12", teryt.PlaceLevel.POWIAT)
    assert len(malopolskie) == 22
    assert {place.name for place in malopolskie} >= {"Kraków", "Nowy Sącz", "Tarnów", "tatrzański"}


def test_a_place_lies_within_what_holds_it_and_within_itself() -> None:
    assert teryt.is_within("1201012", "12")
    assert teryt.is_within("1201", "1201")
    assert not teryt.is_within("12", "1201")
    assert not teryt.is_within("2401", "12")
    assert teryt.is_within("1201034", "1201033")
    assert not teryt.is_within("1201044", "1201033")


def test_a_place_is_shown_with_its_voivodeship() -> None:
    assert teryt.display("12") == "woj. małopolskie"
    assert teryt.display("1201") == "powiat bocheński, woj. małopolskie"
    assert teryt.display("1261") == "Kraków, woj. małopolskie"
    assert teryt.display("1261011") == "Kraków, woj. małopolskie"


def test_an_unknown_place_keeps_the_name_that_was_typed() -> None:
    assert teryt.display("1201072", "Rzezawa") == "Rzezawa, woj. małopolskie"
    assert teryt.display("1201072") == "1201072, powiat bocheński, woj. małopolskie"
    assert teryt.name_of("1201072") is None


def test_search_ignores_case_and_polish_letters() -> None:
    assert [place.code for place in teryt.find("krako")][:2] == ["1261", "1206"] or {
        place.code for place in teryt.find("krako")
    } == {"1206", "1261"}
    assert [place.name for place in teryt.find("ŻOR")] == ["Żory"]
    assert teryt.find("zory") == teryt.find("Żory")
    assert teryt.find("") == []
