"""Drawing competences from what was told, on the adviser's side."""

import pytest
from django.urls import reverse

from dorobek.audits.actions import competences as actions
from dorobek.audits.enums import Stage
from dorobek.audits.models import SkillsAudit
from dorobek.kernel import history
from dorobek.kernel.errors import Conflict, NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role
from dorobek.portfolio.enums import CompetenceState
from dorobek.portfolio.models import Competence
from dorobek.register.actions import import_catalogue
from dorobek.register.models import LearningOutcome
from tests.factories import acting, make_account, make_case, make_competence, make_episode, make_staff

pytestmark = pytest.mark.django_db


def draw(audit, account=None, **fields):
    given = {"kind": "skill", "wording": "Liczy utarg", **fields}
    return actions.draw_competence(audit=audit, acting_user=acting(account or audit.adviser), **given)


def test_a_drawn_competence_points_to_its_episode_and_the_history_tells():
    audit = make_case()
    episode = make_episode(audit)
    competence = draw(audit, episodes=[episode])
    assert competence.state == CompetenceState.CLAIMED
    assert competence.sources.get().episode == episode
    kinds = list(HistoryEntry.objects.filter(subject=competence.uid).order_by("seq").values_list("kind", flat=True))
    assert kinds == ["competence.drawn", "competence.sources-added"]
    assert list(history.verify()) == []


def test_the_same_catalogue_entry_twice_adds_its_source_to_the_first():
    import_catalogue()
    audit, outcome = make_case(), LearningOutcome.objects.first()
    first = draw(audit, outcome=outcome, episodes=[make_episode(audit)])
    second = draw(audit, outcome=outcome, episodes=[make_episode(audit, "Inny epizod")])
    assert first == second
    assert first.sources.count() == 2


def test_only_the_adviser_in_charge_draws():
    audit = make_case()
    others = (
        make_account(),
        audit.person.account,
        make_staff(Role.COORDINATOR, audit.unit),
        make_staff(Role.ADVISER, audit.unit),
    )
    for account in others:
        with pytest.raises(NotAllowed):
            draw(audit, account)
    assert Competence.objects.count() == 0


def test_an_episode_of_another_case_is_no_source():
    audit = make_case()
    with pytest.raises(NotAllowed):
        draw(audit, episodes=[make_episode(make_case())])
    assert Competence.objects.count() == 0


def test_a_finished_audit_takes_no_more():
    with pytest.raises(RuleBroken):
        draw(make_case(stage=Stage.FINISHED))


def test_other_words_mean_that_the_participant_is_asked_again():
    audit = make_case()
    competence = make_competence(audit, state=CompetenceState.CONFIRMED)
    marks = {"kind": "skill", "for_analysis": True, "worth_developing": False}
    me = acting(audit.adviser)
    same = actions.change_competence(
        audit=audit, competence=competence, wording=competence.wording, acting_user=me, **marks
    )
    assert same.state == CompetenceState.CONFIRMED
    assert same.for_analysis
    other = actions.change_competence(
        audit=audit, competence=competence, wording="Rozlicza sejf", acting_user=me, **marks
    )
    assert (other.state, other.asked_at) == (CompetenceState.CLAIMED, None)
    with pytest.raises(Conflict):
        actions.change_competence(
            audit=audit, competence=competence, wording="Liczy", acting_user=me, base_version=1, **marks
        )


def test_the_order_is_the_advisers():
    audit = make_case()
    one, two, three = (draw(audit, wording=f"Umie {n}") for n in range(3))
    actions.move_competence(audit=audit, competence=three, up=True, acting_user=acting(audit.adviser))
    assert [c.pk for c in Competence.objects.filter(case_uid=audit.uid)] == [one.pk, three.pk, two.pk]


def test_the_next_move_follows_what_was_drawn():
    audit = make_case()
    draw(audit)
    assert SkillsAudit.objects.get(pk=audit.pk).move_since is not None


def test_the_screen_suggests_from_the_participants_words(client):
    import_catalogue()
    audit = make_case()
    episode = make_episode(audit)
    client.force_login(audit.adviser)
    url = reverse("case-competences", args=[audit.uid])
    page = client.get(url).content.decode()
    assert "<mark>" in page
    outcome = LearningOutcome.objects.get(code="cash-register-operates")
    assert outcome.title_pl in page
    client.post(reverse("case-suggestion", args=[audit.uid]), {"outcome": outcome.pk, "z": episode.uid, "add": ""})
    competence = Competence.objects.get(case_uid=audit.uid)
    assert competence.outcome == outcome
    assert competence.sources.get().episode == episode
    client.post(reverse("case-competences-ask", args=[audit.uid]))
    competence.refresh_from_db()
    assert competence.asked_at is not None


def test_a_rejected_suggestion_is_not_made_again(client):
    import_catalogue()
    audit = make_case()
    make_episode(audit)
    client.force_login(audit.adviser)
    outcome = LearningOutcome.objects.get(code="cash-register-operates")
    client.post(reverse("case-suggestion", args=[audit.uid]), {"outcome": outcome.pk, "reject": ""})
    assert outcome.title_pl not in client.get(reverse("case-competences", args=[audit.uid])).content.decode()


def test_what_people_write_stays_text_on_the_screen(client):
    audit = make_case()
    make_competence(audit, "<script>alert(1)</script> =1+1")
    make_episode(audit, "<b>Epizod</b>", situation="<img src=x onerror=alert(1)> na kasie")
    client.force_login(audit.adviser)
    page = client.get(reverse("case-competences", args=[audit.uid])).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_strangers_get_404_and_a_coordinator_reads_without_buttons(client):
    audit = make_case()
    competence = make_competence(audit)
    url = reverse("case-competences", args=[audit.uid])
    for account in (make_account(), make_staff(Role.ADVISER, audit.unit), audit.person.account):
        client.force_login(account)
        assert client.get(url).status_code == 404
    client.force_login(make_staff(Role.COORDINATOR, audit.unit))
    page = client.get(url)
    assert competence.wording in page.content.decode()
    assert reverse("case-competence-new", args=[audit.uid]) not in page.content.decode()
    assert client.post(reverse("case-competences-ask", args=[audit.uid])).status_code == 404


def test_two_hundred_competences_cost_as_many_statements_as_two(client, django_assert_max_num_queries):
    audit = make_case()
    for n in range(60):
        make_competence(audit, f"Umie rzecz {n}")
    client.force_login(audit.adviser)
    with django_assert_max_num_queries(34):
        client.get(reverse("case-competences", args=[audit.uid]))
