"""Class times of editions: from both kinds of files, by hand, for everybody to read and to search by (VO-2)."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.models import Event, HistoryEntry
from dorobek.offers import actions, queries
from dorobek.offers.actions import import_offer
from dorobek.offers.enums import PartOfWeek, Source
from dorobek.offers.models import Edition
from dorobek.offers.queries import Wanted
from dorobek.people.enums import Role
from tests.factories import acting, make_account, make_institution, make_staff, make_unit
from tests.offers.builders import make_provider, make_provider_account
from tests.offers.files import HEAD, line, national, service
from tests.offers.test_by_hand import days

pytestmark = pytest.mark.django_db
EVENINGS = "pn, śr 17:00-20:15"
COLUMN = [[0, 1020, 1215], [2, 1020, 1215]]


def table(*times: str, **changes):
    rows = [f'{line(number, **changes)};"{told}"' for number, told in enumerate(times, start=1)]
    return "\n".join([HEAD + ";zajęcia", *rows]).encode()


def bring(content: bytes, tmp_path, **options):
    path = tmp_path / "oferta.csv"
    path.write_bytes(content)
    with path.open("rb") as file:
        return import_offer(file=file, name=path.name, source=Source.TABLE, acting_user=None, **options)


def bring_national(*services, **options):
    file = national(*services)
    return import_offer(file=file, name="a.json", source=Source.NATIONAL, acting_user=None, **options)


def test_a_table_tells_days_and_hours_and_the_part_of_the_week_follows(tmp_path):
    assert bring(table(EVENINGS, "sb 9-14", "6.02.2027 9:00-14:00", ""), tmp_path).done
    found = {one.number: one for one in Edition.objects.all()}
    assert found["E1"].class_times == COLUMN
    assert [found[f"E{n}"].part_of_week for n in (1, 2, 3, 4)] == ["evening", "weekend", "weekend", ""]
    assert found["E3"].class_times == [["2027-02-06", 540, 840]]


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("pn 20-17", "kończyć się później"), ("kiedyś 17-20", "Nie znam dnia „kiedyś”"), ("pn 17-19; pn 18-20", "nakładają"),
        ("6.06.2027 9-14", "poza terminem"), ("pn", "Nie rozumiem"),
    ],
)  # fmt: skip
def test_times_that_cannot_be_are_a_fault_of_their_line_and_nothing_is_written(told, says, tmp_path):
    for dry_run in (True, False):
        report = bring(table(EVENINGS, told), tmp_path, dry_run=dry_run)
        assert [(fault.line, fault.column) for fault in report.faults] == [(3, "class_times")]
        assert says in report.faults[0].problem
    assert not Edition.objects.exists()


def test_odd_sums_of_hours_are_remarked_and_taken(tmp_path):
    report = bring(table(EVENINGS, "pn 17-18"), tmp_path, dry_run=True)
    assert (report.fault_count, report.remark_count) == (0, 2)
    assert [remark.line for remark in report.remarks] == [2, 3]
    assert "szkolenie ma 60" in report.remarks[0].problem
    assert bring(table(EVENINGS, godziny=110), tmp_path).remark_count == 0
    assert Edition.objects.count() == 1


def test_a_changed_hour_is_told_and_a_file_without_times_changes_nothing_it_did_not_say(tmp_path):
    plain = "\n".join([HEAD, line(1)]).encode()
    bring(plain, tmp_path)
    digest = Edition.objects.get().digest
    assert bring(table(""), tmp_path).unchanged == 1
    assert Edition.objects.get().digest == digest
    assert bring(table(EVENINGS), tmp_path).changed == 1
    told = Event.objects.filter(kind="OfferMoved").get()
    assert told.data["changed"] == [str(Edition.objects.get().uid)]
    assert bring(table(EVENINGS), tmp_path).unchanged == 1
    assert Event.objects.filter(kind="OfferMoved").count() == 1


def test_the_national_schedule_is_kept_as_dated_meetings():
    meeting = {"dataZajec": "2027-03-06", "godzinaRozpoczecia": "09:00", "godzinaZakonczenia": "15:00", "temat": "VAT"}
    other = {**meeting, "dataZajec": "2027-03-13"}
    assert bring_national(service(1, harmonogram=[meeting, other]), service(2)).done
    held = Edition.objects.get(number="1")
    assert held.class_times == [["2027-03-06", 540, 900], ["2027-03-13", 540, 900]]
    assert held.part_of_week == PartOfWeek.WEEKEND
    assert Edition.objects.get(number="2").class_times == []


MEETING = {"dataZajec": "2027-03-06", "godzinaRozpoczecia": "09:00", "godzinaZakonczenia": "15:00"}
TWO_DAYS = {"godzinaRozpoczecia": "2027-03-05T09:00:00", "godzinaZakonczenia": "2027-03-06T16:00:00"}


@pytest.mark.parametrize(
    ("schedule", "says"),
    [
        ([MEETING, {**MEETING, "dataZajec": "2027-06-01"}], "poza terminem"),
        ([MEETING, {**MEETING, "godzinaRozpoczecia": "10:00"}], "nakładają się"),  # groups side by side
        ([MEETING, TWO_DAYS], "dłużej niż jeden dzień"),
        ([MEETING, {**MEETING, "dataZajec": "6 marca"}], "Nie ma takiego dnia"),
        ("pn 9-14", "listą zajęć"),
    ],
)
def test_a_national_schedule_at_fault_leaves_the_date_without_times_and_says_so(schedule, says):
    report = bring_national(service(3, harmonogram=schedule))
    assert (report.done, report.fault_count, report.new, report.remark_count) == (True, 0, 1, 1)
    assert report.remarks[0].problem.startswith("Termin przyjęty bez godzin zajęć.")
    assert says in report.remarks[0].problem
    assert Edition.objects.get(number="3").class_times == []
    assert bring_national(service(3, harmonogram=schedule)).unchanged == 1


def test_a_national_schedule_may_name_its_weekday_in_full():
    report = bring_national(service(4, harmonogram=[{**MEETING, "dataZajec": None, "dzien": "sobota"}]))
    assert report.remark_count == 0
    assert Edition.objects.get(number="4").class_times == [[5, 540, 900]]


def test_a_search_is_narrowed_to_the_part_of_the_week(tmp_path):
    bring(table(EVENINGS, "sb 9-14", "pn 9-12", "", "pt 17-20; sb 9-14"), tmp_path)

    def numbers(part):
        return {one.number for one in queries.search(Wanted(part_of_week=part)).editions}

    assert numbers("free") == {"E1", "E2", "E5"}
    assert numbers("evening") == {"E1"}
    assert numbers("weekend") == {"E2"}
    assert numbers("day") == {"E3"}
    assert len(numbers("")) == len(numbers("kiedyś")) == 5


def test_everybody_reads_the_times_on_the_pages_and_over_rest(client, tmp_path):
    bring(table(EVENINGS, "", "pn 9-12"), tmp_path)
    one, other = Edition.objects.get(number="E1"), Edition.objects.get(number="E2")
    page = client.get(reverse("offer"), {"pora": "free"}).content.decode()
    assert "pn, śr 17:00-20:15" in page.replace("\xa0", " ")
    assert reverse("offer-edition", args=[other.uid]) not in page
    assert "po pracy" in client.get(reverse("offer-edition", args=[one.uid])).content.decode()
    assert "jeszcze ich nie podał" in client.get(reverse("offer-edition", args=[other.uid])).content.decode()
    told = client.get(f"/api/offer/{one.uid}").json()
    assert told["class_times"][0] == {"weekday": 0, "day": None, "start": "17:00", "end": "20:15"}
    assert told["part_of_week"] == "evening"
    found = client.get("/api/offer", {"part_of_week": "free"}).json()["editions"]
    assert [each["uid"] for each in found] == [str(one.uid)]


# ---- by hand ----


@pytest.fixture
def provider():
    return make_provider()


@pytest.fixture
def owner(provider):
    return make_provider_account(provider)


@pytest.fixture
def edition(provider, owner):
    values = {"title": "Kadry", "kind": "training", "field": "trade", "hours": 40}
    held = actions.write_service(provider=provider, values=values, acting_user=acting(owner))
    return actions.write_edition(service=held, values=days(class_times=COLUMN), acting_user=acting(owner))


def test_a_provider_writes_them_with_history_and_whoever_chose_the_date_is_told(edition, owner):
    assert edition.part_of_week == PartOfWeek.EVENING
    given = days(class_times=[[5, 540, 840]])
    changed = actions.write_edition(service=edition.service, edition=edition, values=given, acting_user=acting(owner))
    assert Edition.objects.get().part_of_week == PartOfWeek.WEEKEND
    entry = HistoryEntry.objects.filter(kind="offer.edition-written", subject=edition.uid).order_by("seq").last()
    assert "class_times" in entry.payload.data
    assert Event.objects.filter(kind="OfferMoved").get().data["changed"] == [str(changed.uid)]
    kept = {name: value for name, value in given.items() if name != "class_times"}
    actions.write_edition(service=edition.service, edition=edition, values=kept, acting_user=acting(owner))
    assert Edition.objects.get().class_times == [[5, 540, 840]]


def test_impossible_ones_and_strangers_are_refused(edition, owner):
    with pytest.raises(RuleBroken) as refusal:
        actions.write_edition(
            service=edition.service,
            edition=edition,
            values=days(class_times=[[0, 600, 540]]),
            acting_user=acting(owner),
        )
    assert refusal.value.field == "class_times"
    assert Edition.objects.get().class_times == COLUMN


def test_the_form_shows_what_is_held_and_refuses_beside_the_field(edition, owner, client):
    url = reverse("provider-edition", args=[edition.uid])
    client.force_login(make_account())
    assert client.get(url).status_code == 404
    client.force_login(owner)
    page = client.get(url)
    assert page.context["form"]["class_times"].value() == "pn, śr 17:00-20:15"
    given = {
        "starts_on": edition.starts_on.isoformat(), "ends_on": edition.ends_on.isoformat(), "enrol_until": "",
        "place": "Kraków", "teryt": "", "price_grosze": "1250", "places": "12", "weekly_hours": "6",
        "base_version": edition.version,
    }  # fmt: skip
    for wrong in ("kiedyś 9-10", "pn 20-17", "pn 17-19; pn 18-20"):
        refused = client.post(url, {**given, "class_times": wrong})
        assert refused.status_code == 422
        assert 'href="#id_class_times"' in refused.content.decode()
    assert client.post(url, {**given, "class_times": "sb 9-10"}).status_code == 302
    assert Edition.objects.get().class_times == [[5, 540, 600]]
    home = client.get(reverse("provider-home")).content.decode().replace("\xa0", " ")
    assert "sb 9:00-10:00" in home
    assert "szkolenie ma 40" in home  # the remark


def test_over_rest_a_weekday_or_a_day_is_told_and_never_both(edition, owner, client):
    client.force_login(owner)
    url = f"/api/provider/services/{edition.service.uid}/dates"
    starts = timezone.localdate() + dt.timedelta(30)
    given = {
        "starts_on": starts.isoformat(), "ends_on": (starts + dt.timedelta(30)).isoformat(), "place": "zdalnie",
        "price_grosze": 0,
    }  # fmt: skip
    both = {"weekday": 0, "day": starts.isoformat(), "start": "9:00", "end": "10:00"}
    for wrong in (both, {"start": "9:00", "end": "10:00"}, {"weekday": 0, "start": "rano", "end": "10:00"}):
        refused = client.post(url, {**given, "class_times": [wrong]}, content_type="application/json")
        assert refused.status_code == 422
    times = [
        {"weekday": 5, "start": "9:00", "end": "14:00"},
        {"day": starts.isoformat(), "start": "17:00", "end": "18:00"},
    ]
    made = client.post(url, {**given, "class_times": times}, content_type="application/json")
    assert made.status_code == 201, made.content
    held = Edition.objects.get(uid=made.json()["uid"])
    assert held.class_times == [[5, 540, 840], [starts.isoformat(), 1020, 1080]]


def test_the_office_sees_the_remarks_of_a_file(client, tmp_path):
    client.force_login(make_staff(Role.COORDINATOR, make_unit(make_institution())))
    path = tmp_path / "oferta.csv"
    path.write_bytes(table("pn 17-18"))
    with path.open("rb") as file:
        page = client.post(reverse("offer-import"), {"file": file, "dry_run": "on"})
    assert "Do sprawdzenia, ale wczytane" in page.content.decode()
    assert not Edition.objects.exists()
