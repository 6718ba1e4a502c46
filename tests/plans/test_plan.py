"""The development plan: actions, who may, both frames of its screens."""

import pytest
from django.urls import reverse

from dorobek.kernel import history
from dorobek.kernel.errors import Conflict, NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from dorobek.plans import actions
from dorobek.plans.actions.plan import plan_of
from dorobek.plans.models import Goal, ScenarioAction
from tests.factories import acting, make_account, make_case, make_competence, make_staff

pytestmark = pytest.mark.django_db


def own_plan(audit):
    return plan_of(audit.person, audit.uid, acting(audit.person.account))


def goal(audit, account=None, **fields):
    given = {"kind": "main", "subject": "learning", "wording": "Do maja zdam egzamin", **fields}
    me = acting(account or audit.person.account)
    return actions.write_goal(plan=own_plan(audit), acting_user=me, **given)


def test_the_participant_and_the_adviser_write_each_in_their_own_name():
    audit = make_case()
    goal(audit)
    goal(audit, audit.adviser, kind="alternative", wording="Kurs kasowy do lipca")
    actors = HistoryEntry.objects.filter(kind="goal.added").order_by("seq").values_list("actor", flat=True)
    assert list(actors) == [audit.person.account.pk, audit.adviser.pk]
    assert list(history.verify()) == []


def test_nobody_else_writes():
    audit = make_case()
    mine = goal(audit)
    for account in (make_account(), make_staff(Role.COORDINATOR, audit.unit), make_staff(Role.ADVISER, audit.unit)):
        with pytest.raises(NotAllowed):
            goal(audit, account, kind="alternative")
        with pytest.raises(NotAllowed):
            actions.note_progress(goal=mine, value=5, acting_user=acting(account))
        with pytest.raises(NotAllowed):
            actions.remove_part(part=mine, acting_user=acting(account))


def test_there_is_one_main_goal_at_a_time():
    audit = make_case()
    first = goal(audit)
    with pytest.raises(RuleBroken) as refusal:
        goal(audit, wording="Inny cel główny")
    assert refusal.value.field == "kind"
    actions.settle_goal(goal=first, reached=False, acting_user=acting(audit.person.account))
    assert goal(audit, wording="Inny cel główny").kind == "main"


@pytest.mark.parametrize("value", [0, 11, -3])
def test_progress_is_from_one_to_ten(value):
    audit = make_case()
    with pytest.raises(RuleBroken):
        actions.note_progress(goal=goal(audit), value=value, acting_user=acting(audit.person.account))


def test_a_competence_of_another_case_is_refused():
    audit = make_case()
    with pytest.raises(NotAllowed):
        goal(audit, competences=[make_competence(make_case())])
    assert Goal.objects.count() == 0


def test_a_stale_goal_shows_both_versions():
    audit = make_case()
    mine = goal(audit)
    common = {"kind": "main", "subject": "learning", "goal": mine, "plan": own_plan(audit)}
    me, adviser = acting(audit.person.account), acting(audit.adviser)
    actions.write_goal(wording="Do maja zdam maturę", base_version=1, acting_user=adviser, **common)
    with pytest.raises(Conflict) as conflict:
        actions.write_goal(wording="Do lipca zdam egzamin", base_version=1, acting_user=me, **common)
    assert conflict.value.theirs["wording"] == "Do maja zdam maturę"


def test_a_step_does_not_end_before_it_begins():
    audit = make_case()
    me = acting(audit.person.account)
    scenario = actions.write_scenario(plan=own_plan(audit), name="Kurs", acting_user=me)
    with pytest.raises(RuleBroken) as refusal:
        actions.write_step(
            scenario=scenario, wording="Zapis", starts_on="2027-05-02", due_on="2027-05-01", acting_user=me
        )
    assert refusal.value.field == "due_on"


def test_the_first_scenario_is_the_chosen_one_until_another_is():
    audit = make_case()
    me = acting(audit.person.account)
    plan = own_plan(audit)
    first = actions.write_scenario(plan=plan, name="Kurs", acting_user=me)
    second = actions.write_scenario(plan=plan, name="Staż", acting_user=me)
    assert own_plan(audit).chosen_scenario == first
    actions.choose_scenario(plan=plan, scenario=second, acting_user=me)
    assert own_plan(audit).chosen_scenario == second


@pytest.mark.parametrize("stem", ["case", "own"])
def test_a_whole_plan_is_written_on_the_screens(client, stem):
    audit = make_case()
    client.force_login(audit.adviser if stem == "case" else audit.person.account)
    home = reverse("case-plan" if stem == "case" else "own-goals", args=[audit.uid])
    assert client.get(home).status_code == 200

    def send(name, data, **kwargs):
        url = reverse(f"{stem}-plan-{name}", kwargs={"uid": audit.uid, **kwargs})
        assert client.get(url).status_code == 200
        answer = client.post(url, data)
        assert answer.status_code == 302, answer.content.decode()

    send("add", {"wording": "Chcę lepszej pracy <b>", "kind": "main", "subject": "job"}, part_kind="cel")
    mine = Goal.objects.get()
    send("add-to", {"value": "3", "note": "zaczynam"}, part_kind="postep", parent_uid=mine.uid)
    send("add-to", {"value": "5"}, part_kind="postep", parent_uid=mine.uid)
    send("add", {"name": "Kurs"}, part_kind="scenariusz")
    scenario = mine.plan.scenarios.get()
    send("add-to", {"wording": "Zapis na kurs", "state": "started"}, part_kind="krok", parent_uid=scenario.uid)
    step = ScenarioAction.objects.get()
    send("edit", {"wording": "Zapis na kurs", "state": "done"}, part_kind="krok", part_uid=step.uid)
    send("add-to", {"wording": "Brak miejsc"}, part_kind="ryzyko", parent_uid=scenario.uid)
    send("add", {"title": "Barometr", "says": "Brakuje kasjerów", "reliability": "official"}, part_kind="zrodlo")
    send("add", {"agreed_aim": "Nowa praca", "direction": "reskilling"}, part_kind="uzgodnienia")
    url = reverse(f"{stem}-plan-questions", args=[audit.uid, scenario.uid])
    code = audit.rules.plan.questions[0].code
    page = client.get(url)
    typed = {f"q_{c}": page.context["form"][f"q_{c}"].value() for c in page.context["form"].codes}
    assert client.post(url, {**typed, f"a_{code}": "Mam prawo jazdy"}).status_code == 302
    shown = client.get(home).content.decode().replace("\xa0", " ")
    for text in ("Zapis na kurs", "Brak miejsc", "Barometr", "Mam prawo jazdy", "lepszej", "&lt;b&gt;", "<svg"):
        assert text in shown
    decide = reverse(f"{stem}-plan-decide", kwargs={"uid": audit.uid, "part_kind": "cel", "part_uid": mine.uid})
    client.post(decide, {"reached": ""})
    mine.refresh_from_db()
    assert mine.reached_at


def test_strangers_get_404(client):
    audit = make_case()
    client.force_login(make_account())
    assert client.get(reverse("own-goals", args=[audit.uid])).status_code == 404
    assert client.get(reverse("case-plan", args=[audit.uid])).status_code == 404
