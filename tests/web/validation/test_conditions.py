"""Entry conditions: stated by the candidate, confirmed by the adviser, told by the history (VA-1, VA-7)."""

import json

import pytest
from django.urls import reverse

from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.portfolio.models import Evidence
from dorobek.register.actions import import_entries
from dorobek.register.entry import Body, Read
from dorobek.register.enums import Source
from dorobek.validation.actions import applying
from dorobek.validation.actions.conditions import conditions_of, show_condition, shown_now
from dorobek.validation.enums import ConditionHow
from dorobek.validation.models import ShownCondition
from tests.factories import acting, make_person
from tests.validation.conftest import second_entry
from tests.validation.world import NAME, World
from tests.web.validation.office import said

pytestmark = pytest.mark.django_db
ADULT, BEFORE = "Ukończone 18 lat", "Kwalifikacja pełna na poziomie 3 PRK"


@pytest.fixture
def world():
    return asking_world()


def asking_world():
    """The same world, where the entry asks two things of a candidate."""
    made = World()
    held = made.qualification.entry
    entry = second_entry(
        rules=held.rules, bodies=(Body(NAME, "awarding"),), texts={**held.texts, "entry_conditions": {"pl": ADULT}},
        preceding=(BEFORE,),
    )  # fmt: skip
    import_entries(reads=[Read(entry)], source=Source.TABLE)
    made.qualification.refresh_from_db()
    return made


def show(world, made, place, how="own-word", who=None, **more):
    return show_condition(
        application=made, place=place, how=ConditionHow(how), acting_user=acting(who or world.me), **more
    )


def close(world, made, **basis):
    return applying.close_documentation(
        application=made, conditions_met=True, acting_user=acting(world.adviser),
        basis={int(key.removeprefix("p")): value for key, value in basis.items()},
    )  # fmt: skip


def told(made):
    rows = HistoryEntry.objects.filter(subject=made.uid, kind__startswith="validation.condition").order_by("seq")
    return [(one.kind.rpartition("-")[2], one.payload.data["place"], one.payload.data["how"]) for one in rows]


def test_stated_by_the_candidate_and_confirmed_by_the_adviser(world):
    made = world.submitted()
    assert conditions_of(made.opening.entry_version.entry) == (ADULT, BEFORE)
    show(world, made, 0, words="Mam 34 lata.")
    show(world, made, 1, "document", evidence=world.evidence())
    with pytest.raises(RuleBroken):
        applying.close_documentation(application=made, conditions_met=False, acting_user=acting(world.adviser))
    close(world, made)
    rows = list(ShownCondition.objects.all())
    assert all(one.confirmed_by == world.adviser and one.confirmed_at for one in rows)
    assert told(made) == [
        ("shown", 0, "own-word"), ("shown", 1, "document"), ("confirmed", 0, "own-word"), ("confirmed", 1, "document"),
    ]  # fmt: skip


def test_what_nobody_stated_the_adviser_must_explain(world):
    made = world.submitted()
    show(world, made, 0, words="Mam 34 lata.")
    with pytest.raises(RuleBroken, match=BEFORE) as refusal:
        close(world, made)
    assert refusal.value.field == "basis_1"
    assert not ShownCondition.objects.exclude(confirmed_at=None).exists()
    close(world, made, p1="Dyplom nr 12/2009")
    assert told(made)[-1] == ("confirmed", 1, "adviser")


def test_a_piece_taken_away_shows_nothing(world):
    made = world.submitted()
    piece = world.evidence()
    show(world, made, 1, "document", evidence=piece)
    Evidence.objects.filter(pk=piece.pk).update(removed_at=made.submitted_at)
    assert shown_now(made) == {}


def test_what_is_refused_to_the_candidate(world):
    made = world.submitted()
    for wrong in (
        {"place": 2, "words": "x"}, {"place": 0}, {"place": 0, "how": "document"},
        {"place": 0, "how": "credential", "evidence": world.evidence()}, {"place": 0, "how": "adviser", "words": "x"},
    ):  # fmt: skip
        with pytest.raises(RuleBroken):
            show(world, made, **wrong)
    with pytest.raises(NotAllowed):
        show(world, made, 0, words="x", who=world.adviser)
    with pytest.raises(NotAllowed):
        show(world, made, 0, "document", evidence=world.evidence(make_person("Jan Obcy")))
    show(world, made, 0, words="tak")
    close(world, made, p1="dyplom")
    with pytest.raises(RuleBroken):
        show(world, made, 0, words="inaczej")


def test_the_candidates_page_the_advisers_page_and_the_history(client, world):
    made = world.submitted()
    piece = world.evidence()
    page = reverse("validation-conditions", args=[made.uid])
    client.force_login(world.me)
    assert page in client.get(reverse("validation-case", args=[made.uid])).content.decode()
    assert ADULT in said(client.get(page))
    sent = {
        "how_0": "own-word", "words_0": "", "evidence_0": "", "how_1": "document", "words_1": "z technikum",
        "evidence_1": str(piece.uid),
    }  # fmt: skip
    assert client.post(page, sent).status_code == 422
    assert not ShownCondition.objects.exists()
    assert client.post(page, {**sent, "words_0": "Mam 34 lata."}).status_code == 302
    client.force_login(world.adviser)
    assert client.get(page).status_code == 404
    closing = reverse("validation-advising-close", args=[made.uid])
    shown = said(client.get(closing))
    assert "Mam 34 lata." in shown
    assert "z technikum" in shown
    assert client.post(closing, {"conditions_met": "on"}).status_code == 302
    client.force_login(world.me)
    history = said(client.get(reverse("validation-history", args=[made.uid])))
    for words in ("Kandydat napisał, jak spełnia warunek", "Doradca potwierdził warunek", "Mam 34 lata."):
        assert words in history


def test_the_advisers_page_asks_for_what_nobody_stated(client, world):
    made = world.submitted()
    client.force_login(world.adviser)
    closing = reverse("validation-advising-close", args=[made.uid])
    assert client.post(closing, {"conditions_met": "on"}).status_code == 422
    sent = {"conditions_met": "on", "basis_0": "dowód osobisty", "basis_1": "dyplom"}
    assert client.post(closing, sent).status_code == 302
    assert ShownCondition.objects.filter(how="adviser").count() == 2


def test_rest_states_and_confirms(client, world):
    made = world.submitted()
    base = f"/api/validation/applications/{made.uid}"

    def send(method, path, body):
        answer = client.generic(method, base + path, json.dumps(body), content_type="application/json")
        return answer.status_code, answer.json()

    client.force_login(world.me)
    status, shown = send("PUT", "/conditions", {"place": 0, "how": "own-word", "words": "Mam 34 lata."})
    assert (status, shown["how"], shown["confirmed_at"]) == (200, "own-word", None)
    stranger = world.evidence(make_person("Jan Obcy"))
    assert send("PUT", "/conditions", {"place": 1, "how": "document", "evidence": str(stranger.uid)})[0] == 404
    assert send("PUT", "/conditions", {"place": 7, "how": "own-word", "words": "x"})[0] == 422
    client.force_login(world.adviser)
    assert send("PUT", "/conditions", {"place": 1, "how": "own-word", "words": "x"})[0] == 404
    assert send("POST", "/documentation", {"conditions_met": True})[0] == 422
    status, case = send("POST", "/documentation", {"conditions_met": True, "basis": {"1": "dyplom"}})
    assert (status, [one["how"] for one in case["conditions"]]) == (200, ["own-word", "adviser"])
