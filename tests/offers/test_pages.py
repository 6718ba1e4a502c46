"""The offer's public pages and the import screen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dorobek.offers.actions import import_offer
from dorobek.offers.enums import Source
from dorobek.offers.models import Edition
from dorobek.people.enums import Role
from tests.factories import make_institution, make_staff, make_unit
from tests.offers.files import line, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    import_offer(file=table(line(1)), name="a.csv", source=Source.TABLE, acting_user=None)
    return Edition.objects.get()


@pytest.mark.usefixtures("edition")
def test_anybody_finds_a_training_and_nonsense_is_answered_beside_its_field(client):
    url = reverse("offer")
    assert "angielski" in client.get(url, {"q": "ANGIELSKI krakow"}).content.decode()
    page = client.get(url, {"miejsce": "Nibylandia", "cena": "tanio", "od": "jutro", "page": "-3"}).content.decode()
    assert page.count('aria-invalid="true"') == 3
    assert 'value="Nibylandia"' in page


def test_a_withdrawn_edition_keeps_its_page_and_says_so(client, edition):
    Edition.objects.update(withdrawn_at=timezone.now())
    assert "wycofał" in client.get(reverse("offer-edition", args=[edition.uid])).content.decode()
    assert client.get(f"/api/offer/{edition.uid}").json()["withdrawn"] is True
    assert client.get("/api/offer").json()["editions"] == []


def test_a_file_is_tried_first_and_then_brought_in_on_the_screen(client):
    client.force_login(make_staff(Role.COORDINATOR, make_unit(make_institution())))
    url = reverse("offer-import")

    def send(*lines, **sent):
        return client.post(url, {"file": SimpleUploadedFile("o.csv", table(*lines).read()), **sent}).content.decode()

    assert "nic nie zapisano" in send(line(1), dry_run="on")
    assert "-5" in send(line(1), line(2, cena="-5 €"))
    assert not Edition.objects.exists()
    assert "Zapisano" in send(line(1), line(2))
    assert Edition.objects.count() == 2
