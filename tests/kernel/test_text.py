"""Polish text made comparable."""

from hypothesis import given
from hypothesis import strategies as st

from dorobek.kernel.ids import uuid7
from dorobek.kernel.text import normalised, sort_key

POLISH = "aąbcćdeęfghijklłmnńoóprsśtuwyzźż"


def test_diacritics_case_and_spaces_do_not_matter():
    assert normalised("  Żółć   gęślĄ ") == "zolc gesla"


def test_names_sort_as_in_a_polish_register():
    names = ["Zając Ewa", "Żak Anna", "Źrebiec Jan", "Łoś Ula", "Lis Jan", "Ćwik Ola", "Cyrk Iga", "Ślaz Bo", "Sum An"]
    in_order = [
        "Cyrk Iga",
        "Ćwik Ola",
        "Lis Jan",
        "Łoś Ula",
        "Sum An",
        "Ślaz Bo",
        "Zając Ewa",
        "Źrebiec Jan",
        "Żak Anna",
    ]
    assert sorted(names, key=sort_key) == in_order


@given(st.text(alphabet=POLISH, min_size=1, max_size=12), st.text(alphabet=POLISH, min_size=1, max_size=12))
def test_the_key_orders_letter_by_letter(one, other):
    def by_alphabet(word):
        return [POLISH.index(letter) for letter in word]

    assert (sort_key(one) < sort_key(other)) == (by_alphabet(one) < by_alphabet(other))


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    assert normalised(normalised(text)) == normalised(text)


def test_identifiers_come_in_the_order_of_time_and_are_version_7():
    made = [uuid7() for _ in range(50)]
    assert {uid.version for uid in made} == {7}
    assert {uid.variant for uid in made} == {"specified in RFC 4122"}
    assert [uid.int >> 80 for uid in made] == sorted(uid.int >> 80 for uid in made)
    assert len(set(made)) == 50
