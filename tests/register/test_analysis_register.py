"""The analysis of a register: the run, its pages and REST, links to ESCO, a suggestion on its way to a change (RG-7)."""

import dataclasses
import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dorobek.cli.demo.qualifications import entries
from dorobek.cli.main import main
from dorobek.kernel.errors import NotAllowed, RuleBroken
from dorobek.kernel.models import HistoryEntry, JobState
from dorobek.people.enums import Role
from dorobek.people.models import Account
from dorobek.register.actions import import_entries
from dorobek.register.actions.analysis import analyse, decide_link, propose_links, start_analysis
from dorobek.register.analysis.entries import checked, suggested
from dorobek.register.analysis.kinds import FaultKind, FindingKind
from dorobek.register.entry import Criterion, Entry, Outcome, OutcomeSet, Read
from dorobek.register.enums import ConceptKind, Source
from dorobek.register.models import (
    AnalysisRun,
    Concept,
    Finding,
    Framework,
    OutcomeLink,
    Qualification,
    QualificationVersion,
)
from dorobek.register.queries import analysis
from tests.factories import acting, make_institution, make_staff, make_unit

pytestmark = pytest.mark.django_db
POOR = Entry(
    "90500",
    title_pl="Wiedza o kasach",
    level=3,
    sets=(
        OutcomeSet(
            1,
            "Kasy",
            outcomes=(
                Outcome(1, "Zna kasę fiskalną", criteria=(Criterion("a", "planuje zakupy i prowadzi zeszyt"),)),
                Outcome(2, "Wymienia rodzaje kas"),
            ),
        ),
    ),
)


@pytest.fixture
def register() -> list[Entry]:
    held = list(entries())
    twin = dataclasses.replace(held[0], code="90501", title_pl="Kasa w sklepie")
    import_entries(reads=[Read(entry) for entry in (*held, POOR, twin)], source=Source.TABLE)
    return held


@pytest.fixture
def editor() -> Account:
    return make_staff(Role.REGISTER_EDITOR, make_unit(make_institution()))


@pytest.fixture
def skills() -> Framework:
    framework = Framework.objects.create(
        code="esco", edition="1.2", name="ESCO", notice="Notice of ESCO.", revision=1, imported_at=timezone.now()
    )
    labels = ("obsługiwać kasę fiskalną", "hodować pszczoły", "sprawdzać zwroty towaru", "szyć żagle")
    Concept.objects.bulk_create(
        Concept(
            framework=framework, uri=f"http://esco/{n}", kind=ConceptKind.SKILL, label_pl=label, label_en=f"skill {n}"
        )
        for n, label in enumerate(labels)
    )
    return framework


def of(code: str) -> Qualification:
    return Qualification.objects.select_related("current").get(code=code)


def test_a_run_finds_the_twin_the_shared_sets_and_the_vague_entry(register):
    run = analyse()
    assert run.entries == 14
    twins = Finding.objects.filter(kind=FindingKind.DUPLICATE, qualification__code="90001")
    assert [(one.other.code, one.score) for one in twins if one.other] == [("90501", 1.0)]
    assert Finding.objects.filter(kind=FindingKind.SHARED_SET, qualification__code="90501").count() == 2
    [poor] = Finding.objects.filter(kind=FindingKind.WORDING, qualification__code="90500")
    assert {fault["kind"] for one in poor.data["wordings"] for fault in one["faults"]} >= {"vague_verb", "two_things"}


def test_a_second_run_takes_the_place_of_the_first(register):
    analyse()
    count = Finding.objects.count()
    analyse()
    assert (AnalysisRun.objects.count(), Finding.objects.count()) == (1, count)


def test_the_analysis_says_when_the_register_has_moved_on(register):
    analyse()
    assert analysis.overview().fresh
    import_entries(reads=[Read(dataclasses.replace(POOR, hours=5))], source=Source.TABLE)
    assert not analysis.overview().fresh


def test_the_job_is_asked_for_once_for_a_state_and_by_editors_alone(
    register, editor, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        first = start_analysis(acting_user=acting(editor))
    first.refresh_from_db()
    assert first.state == JobState.DONE
    assert start_analysis(acting_user=acting(editor)) == first
    with pytest.raises(NotAllowed):
        start_analysis(acting_user=acting(make_staff(Role.ADVISER, make_unit(make_institution()))))


def test_the_list_costs_the_same_statements_however_much_was_found(register, editor, client):
    client.force_login(editor)
    counts = []
    for extra in (0, 60):
        copies = [dataclasses.replace(POOR, code=f"91{n:03d}", title_pl=f"Kopia {n}") for n in range(extra)]
        import_entries(reads=[Read(one) for one in copies], source=Source.TABLE)
        analyse()
        client.get(reverse("register-analysis"))
        with CaptureQueriesContext(connection) as counted:
            assert client.get(reverse("register-analysis"), {"rodzaj": "wording"}).status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_filters_and_pages_narrow_the_list(register, editor, client):
    analyse()
    assert analysis.findings("wording", words="kasach").total == 1
    assert analysis.findings("wording", words="90500 nic").total == 0
    assert analysis.findings("wording", serious=True).total > 0
    client.force_login(editor)
    for query in ("?rodzaj=level&page=999", "?rodzaj=bzdura&page=-3", "?q=%00%27&powazne=1", "?page=²"):
        assert client.get(reverse("register-analysis") + query).status_code == 200


def test_an_entrys_page_shows_every_finding_with_its_reason(register, editor, client):
    analyse()
    client.force_login(editor)
    text = client.get(reverse("register-analysis-entry", args=["90500"])).content.decode()
    assert "<mark>Zna</mark>" in text
    assert "Omawia kasę fiskalną" in text
    assert "planuje zakupy" in text
    assert "Z tego tekstu nie da się zaproponować poziomu." in text
    twin = client.get(reverse("register-analysis-entry", args=["90501"])).content.decode()
    assert "te same słowa" in twin
    assert "PRK 3" in twin


def test_a_suggestion_is_written_into_the_page_of_editing_and_saves_nothing(register, editor, client):
    client.force_login(editor)
    page = reverse("register-edit", args=["90500"])
    outline = client.get(page, {"zdanie": "1.1 a", "uwaga": "0"}).context["form"].initial["outline"]
    assert outline.splitlines()[1:4] == ["Zna kasę fiskalną", "- planuje zakupy", "- prowadzi zeszyt"]
    for asked in ({"zdanie": "9.9", "uwaga": "0"}, {"zdanie": "1.1", "uwaga": "77"}, {"zdanie": "1.1", "uwaga": "x"}):
        assert "Zna kasę" in client.get(page, asked).context["form"].initial["outline"]
    assert of("90500").current.number == 1


def test_the_preview_tells_about_new_wordings_only(register, editor, client):
    client.force_login(editor)
    page = reverse("register-edit", args=["90500"])
    form = client.get(page).context["form"]
    sent = {name: ("" if value is None else value) for name, value in form.initial.items()}
    sent |= {"outline": sent["outline"] + "\nRozumie potrzeby klienta", "reason": "Nowy efekt", "look": ""}
    text = client.post(page, sent).content.decode()
    assert "Uwagi do nowych zdań" in text
    assert "<mark>Rozumie</mark>" in text
    assert "<mark>Zna</mark>" not in text


def test_a_suggestion_keeps_everything_else_of_the_entry():
    [(wording, [fault])] = [(one, found) for one, found in checked(POOR) if found[0].kind == FaultKind.VAGUE_VERB]
    after = suggested(POOR, wording.place, fault.suggestions)
    assert after.sets[0].outcomes[0].pl == "Omawia kasę fiskalną"
    assert after.sets[0].outcomes[0].criteria == POOR.sets[0].outcomes[0].criteria
    assert suggested(POOR, "8.8 z", ("x",)) == POOR


def test_proposed_skills_wait_with_their_reason_and_nobody_outside_sees_them(register, editor, skills, client):
    made = propose_links(qualification=of("90001"), acting_user=acting(editor))
    assert made == OutcomeLink.objects.count() > 0
    till = OutcomeLink.objects.get(outcome__code="90001-1-1", concept__uri="http://esco/0")
    assert ["kasę", "kasę"] in till.reason or any("kas" in words for pair in till.reason for words in pair)
    assert "http://esco/0" not in client.get(reverse("register-entry", args=["90001"])).content.decode()
    assert client.get("/api/register/90001/skills").json() == []


def test_a_decision_about_a_link_makes_kept_copies_of_the_whole_register_old(register, editor, skills, client):
    address = reverse("register-whole", args=["jsonl"])
    QualificationVersion.objects.update(created_at=timezone.now() - dt.timedelta(days=2))
    kept = client.get(address).headers["Last-Modified"]
    assert client.get(address, headers={"if-modified-since": kept}).status_code == 304
    propose_links(qualification=of("90001"), acting_user=acting(editor))
    decide_link(link=OutcomeLink.objects.order_by("pk")[0], accept=True, acting_user=acting(editor))
    assert client.get(address, headers={"if-modified-since": kept}).status_code == 200


def test_an_accepted_skill_is_seen_by_everybody_until_the_outcome_changes(register, editor, skills, client):
    propose_links(qualification=of("90001"), acting_user=acting(editor))
    link = OutcomeLink.objects.get(outcome__code="90001-1-1", concept__uri="http://esco/0")
    before = client.get(reverse("register-export", args=["90001", "json"])).headers["ETag"]
    decide_link(link=link, accept=True, acting_user=acting(editor))
    page = client.get(reverse("register-entry", args=["90001"])).content.decode()
    assert "http://esco/0" in page
    assert "Notice of ESCO." in page
    exported = client.get(reverse("register-export", args=["90001", "json"]))
    assert exported.headers["ETag"] != before
    assert json.loads(exported.content)["esco"][0]["outcome"] == "1.1"
    whole = b"".join(client.get(reverse("register-whole", args=["jsonl"])).streaming_content).decode()
    told_of = {row["code"]: row.get("esco", []) for row in map(json.loads, whole.splitlines())}
    assert [one["uri"] for one in told_of.pop("90001")] == ["http://esco/0"]
    assert not any(told_of.values())
    linked = json.loads(client.get(reverse("register-export", args=["90001", "jsonld"])).content)
    assert linked["learningOutcome"][0]["relatedESCOSkill"][0]["id"] == "http://esco/0"
    [skill] = client.get("/api/register/90001/skills").json()
    assert (skill["outcome"], skill["uri"]) == ("1.1", "http://esco/0")
    entry = of("90001").entry
    group = entry.sets[0]
    changed = dataclasses.replace(group.outcomes[0], pl="Naprawia kasę fiskalną")
    sets = (dataclasses.replace(group, outcomes=(changed, *group.outcomes[1:])), *entry.sets[1:])
    import_entries(reads=[Read(dataclasses.replace(entry, sets=sets))], source=Source.TABLE)
    assert "http://esco/0" not in client.get(reverse("register-entry", args=["90001"])).content.decode()
    client.force_login(editor)
    told = client.get(reverse("register-analysis-entry", args=["90001"])).content.decode()
    assert "efekt zmienił się po decyzji" in told


def test_a_decision_stays_when_skills_are_proposed_again_and_is_in_the_history(register, editor, skills):
    propose_links(qualification=of("90001"), acting_user=acting(editor))
    link = OutcomeLink.objects.filter(concept__uri="http://esco/0").first()
    assert link is not None
    decide_link(link=link, accept=False, acting_user=acting(editor))
    propose_links(qualification=of("90001"), acting_user=acting(editor))
    link.refresh_from_db()
    assert link.accepted is False
    assert HistoryEntry.objects.filter(kind="entry.link_decided").count() == 1


def test_without_esco_in_a_language_of_the_outcomes_it_is_said_what_to_do(register, editor):
    with pytest.raises(RuleBroken, match="import esco"):
        propose_links(qualification=of("90001"), acting_user=acting(editor))


def test_a_large_esco_whose_index_is_not_built_says_to_come_back(register, editor, skills, monkeypatch):
    monkeypatch.setattr("dorobek.register.queries.skills.FEW", 3)
    with pytest.raises(RuleBroken, match="za kilka minut"):
        propose_links(qualification=of("90001"), acting_user=acting(editor))


def test_others_neither_propose_nor_decide(register, editor, skills):
    adviser = acting(make_staff(Role.ADVISER, make_unit(make_institution())))
    with pytest.raises(NotAllowed):
        propose_links(qualification=of("90001"), acting_user=adviser)
    propose_links(qualification=of("90001"), acting_user=acting(editor))
    link = OutcomeLink.objects.first()
    assert link is not None
    with pytest.raises(NotAllowed):
        decide_link(link=link, accept=True, acting_user=adviser)


def test_the_screen_decides_about_links_of_its_own_entry_only(register, editor, skills, client):
    propose_links(qualification=of("90001"), acting_user=acting(editor))
    link = OutcomeLink.objects.first()
    assert link is not None
    client.force_login(editor)
    own, other = (reverse("register-analysis-entry", args=[code]) for code in ("90001", "90002"))
    for address, sent in (
        (other, {"link": link.pk, "decision": "tak"}),
        (own, {"link": link.pk, "decision": "może"}),
        (own, {"link": "²", "decision": "tak"}),
    ):
        assert client.post(address, sent).status_code == 404
    assert client.post(own, {"link": link.pk, "decision": "tak"}).status_code == 302
    link.refresh_from_db()
    assert link.accepted is True
    client.post(own, {"link": link.pk, "decision": "cofnij"})
    link.refresh_from_db()
    assert link.accepted is None
    client.post(own, {"propose": ""})
    assert OutcomeLink.objects.filter(accepted=None).exists()


def test_the_rest_interface_says_what_the_screens_say(register, editor, skills, client):
    analyse()
    client.force_login(editor)
    base = "/api/register/analysis"
    seen = client.get(base).json()
    assert seen["fresh"]
    assert seen["found"]["duplicate"] == 1
    page = client.get(f"{base}/findings", {"kind": "duplicate"}).json()
    assert [(one["code"], one["other"]) for one in page["findings"]] == [("90001", "90501")]
    assert client.get(f"{base}/findings", {"kind": "x"}).status_code == 422
    one = client.get(f"{base}/90500").json()
    assert one["wordings"][0]["faults"][0]["suggestions"] == ["Omawia kasę fiskalną"]
    assert one["level"]["lacks"] == "wordings"
    assert client.post(f"{base}/90001/skills", content_type="application/json").json()["fresh"] > 0
    key = client.get(f"{base}/90001").json()["links"][0]["id"]
    decided = client.post(f"{base}/90001/skills/{key}", {"accept": True}, content_type="application/json")
    assert decided.json()["accepted"] is True
    assert client.post(f"{base}/90002/skills/{key}", {}, content_type="application/json").status_code == 404


def test_the_command_prints_figures_as_json(register, capsys):
    assert main(["register", "analyse", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["entries"] == 14
    assert told["found"]["duplicate"] == 1
