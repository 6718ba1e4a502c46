"""Polish by default, English by choice."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_browser_that_asks_for_english_gets_polish_until_english_is_chosen(client):
    page = client.get(reverse("home"), headers={"accept-language": "en-US,en"}).content.decode()
    assert '<html lang="pl">' in page
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    assert '<html lang="en">' in client.get(reverse("home")).content.decode()
