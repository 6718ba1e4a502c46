"""What judges every page really finds what is wrong with one."""

import pytest
from django.urls import reverse

from tests.journeys.support import judge

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    "spoil",
    [
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/static/dorobek/mark.svg\">')",
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<h1>Drugi</h1>')",
        "document.documentElement.lang = 'en'",
        "document.querySelector('main').style.width = '3000px'",
    ],
)
def test_a_spoiled_page_is_found_out(seat, spoil):
    page = seat(None, "phone")
    page.goto(reverse("help"))
    judge(page)
    page.evaluate(spoil)
    with pytest.raises(AssertionError):
        judge(page)
